"""Statistics of runs: effects, precision and the estimators of panels.

Here live numbers out of numbers: paired effects with their intervals, power, when to
stop, whether a claim holds. Nothing here simulates, draws a chart or writes a sentence.
What only one study estimates lives with that study.
"""
