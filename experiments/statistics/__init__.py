"""What can be said: effects, precision and the estimators of panels.

Here live numbers out of numbers: paired effects with their intervals, power, when to
stop, whether a claim holds. Nothing here simulates, draws or words a sentence, and
what only one study estimates stands with that study.
"""
