"""Closed forms and numerical solutions for reduced scenarios, one result a file.

Plain NumPy and SciPy, written from the mathematics: nothing here calls the rules that
it is compared with, and no rule calls anything here.
"""
