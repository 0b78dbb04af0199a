"""Plan runs: schemes, points and factors, before anything is simulated.

Here live the design that every study of runs has, factors and their levels, the points
of a sweep and the two sides of a pair. How a design is carried out does not
(``runs/``), nor what is kept of it (``store/``).
"""
