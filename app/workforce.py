"""The choice of a workforce, which *Compare*, *Live* and *One employee* offer."""

from collections.abc import Callable

import solara

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
    offers = {role_title(name): mix for name, mix in roles.mixes().items()}
    name = roles.name_of(workforce)
    shown = role_title(name) if name else OWN

    def choose(name: str) -> None:
        if name in offers:
            on_workforce(offers[name])

    names = [*offers] if name else [OWN, *offers]
    solara.Select(label, names, shown, on_value=choose)
