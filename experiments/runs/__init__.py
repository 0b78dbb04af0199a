"""How runs are carried out: the runner, its engines, progress, and pieces.

Here lives everything that takes time: batches side by side on threads or a cluster,
going on after an interruption, simulations of a single claim (trial). The choice of
runs lives in ``designs/``, their evaluation in ``statistics/``.
"""
