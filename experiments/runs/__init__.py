"""How runs are carried out: the runner, its engines, progress, and pieces.

Here live everything that takes time: batches side by side on threads or a cluster,
going on after an interruption, simulations of a single claim (trial). What runs there
are does not (``designs/``), nor what can be said about them (``statistics/``).
"""
