"""Designs: which schemes are run at which points, before anything is simulated.

Here live the design that every study of runs has, factors and their levels, the points
of a sweep and the two sides of a pair. ``runs/`` carries a design out, ``store/`` keeps
its results.
"""
