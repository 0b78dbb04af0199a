"""Worlds: full settings of everything that nobody knows, and the plausible ones.

``unknowns`` says which numbers a world draws, and from which distribution; ``world``
puts a world into a scenario; ``tolerances`` says which worlds are plausible, those in
which the voluntary organisation is as it is known to be; ``search`` finds them, once;
``shipped`` reads the list that comes with the lab, and tells whether it belongs to the
model as it is; ``runs`` simulates schemes in worlds.

    from experiments.worlds import apply, load

    for world in load().first(200):
        scenario = apply(scheme, world)
"""

from experiments.worlds.shipped import Worlds, load
from experiments.worlds.tolerances import plausible
from experiments.worlds.world import World, apply

__all__ = ["World", "Worlds", "apply", "load", "plausible"]
