"""Questions put to the model: what was asked, which runs, what is kept and said.

Each folder answers one question, and its face says which; imports run one way, from
``studies`` down to ``errors`` (see CONTRIBUTING.md). The science is not here but in
``model/``, and pages that one steps through live are in ``app/``.
"""

from tokenmaxxing import another

if foreign := another("model"):
    raise ImportError(foreign)

from experiments.config.compose import compose
from experiments.errors import UserError

__all__ = ["UserError", "compose"]
