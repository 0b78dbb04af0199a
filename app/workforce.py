"""The choice of a workforce, which *Compare*, *Live* and *One employee* offer."""

from collections.abc import Callable

import solara

from app.choice import Choice
from experiments.config import roles
from experiments.words.groups import role_title
from model.roles import Workforce

OWN = "a mix of your own"
"""How a workforce is shown that is not a shipped one."""


@solara.component
def WorkforceSelect(
    label: str, workforce: Workforce, on_workforce: Callable[[Workforce], None]
) -> None:
    """Offer the shipped workforces, and the present one if it is none of them."""
    mixes = roles.mixes()
    name = roles.name_of(workforce) or ""
    names = {name: role_title(name) for name in mixes}
    offers = names if name else {"": OWN, **names}

    def choose(name: str) -> None:
        if name:
            on_workforce(mixes[name])

    Choice(label, offers, name, choose)
