"""Questions put to the model: what was asked, which runs, what is kept and said.

Each folder answers one question, and its face says which; imports run one way, from
``studies`` down to ``errors`` (see CONTRIBUTING.md). The science is not here but in
``model/``, and pages that one steps through live are in ``app/``.
"""

import importlib.util
from pathlib import Path


def _refuse_another_model() -> None:
    """Raise ``ImportError`` if another ``model`` comes first on Python's path."""
    ours = Path(__file__).parents[1] / "model" / "__init__.py"
    spec = importlib.util.find_spec("model")
    origin = spec.origin if spec else None
    if origin is None or Path(origin).resolve() != ours.resolve():
        raise ImportError(
            f"'import model' finds {origin or 'no package'} instead of the lab's own "
            f"{ours}. Rename that file, or start Python in another folder."
        )


_refuse_another_model()

from experiments.config.compose import compose  # noqa: E402 - after the check
from experiments.errors import UserError  # noqa: E402

__all__ = ["UserError", "compose"]
