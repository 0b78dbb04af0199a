"""Records: classes whose annotations are the fields of a NumPy structured array.

Compiled rules read such a record by attribute, as if it were an object of the class.
"""

from typing import Any, get_type_hints

import numpy as np

from model.compiled import COMPILES

KINDS: dict[Any, str] = {float: "f8", int: "i8", bool: "?"}


def record(kind: type) -> np.dtype[np.void]:
    """The structured dtype of a class.

    A field is a float, an int, a bool, an array declared as
    ``Annotated[NDArray[...], "f8", shape]``, or a record ``Annotated[kind, dtype]``.
    """
    hints = get_type_hints(kind, include_extras=True)
    return readable([(name, _field(hint)) for name, hint in hints.items()])


def readable(fields: list[tuple[str, Any]]) -> np.dtype[np.void]:
    """The structured dtype of these fields, which rules read by attribute.

    Compiled rules can do so anyway; plain Python can with NumPy's own record type.
    """
    fields_in_place = np.dtype(fields, align=True)
    return fields_in_place if COMPILES else np.dtype((np.record, fields_in_place))


def _field(hint: Any) -> Any:
    if hint in KINDS:
        return KINDS[hint]
    inner = tuple(hint.__metadata__)
    return inner[0] if len(inner) == 1 else inner
