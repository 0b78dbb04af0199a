"""Hydra's grammar of overrides, in which no mapping may hold a key twice."""

from collections.abc import Hashable
from typing import Any

from hydra.core.override_parser.overrides_parser import (
    OverridesParser,
    create_functions,
)
from hydra.core.override_parser.overrides_visitor import HydraOverrideVisitor
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException
from hydra.grammar.gen.OverrideLexer import (  # type: ignore[attr-defined]
    CommonTokenStream,
    InputStream,
    OverrideLexer,
)
from hydra.grammar.gen.OverrideParser import OverrideParser


class UnreadableError(Exception):
    """The text is no override."""


class DoubledError(Exception):
    """A mapping holds a key twice, of which Hydra takes the last; it names the key."""


def read(text: str) -> Override:
    """Read an override; raises ``UnreadableError`` or ``DoubledError``."""
    try:
        override = OverridesParser.create().parse_override(text)
    except (HydraException, ValueError, RecursionError):
        raise UnreadableError from None
    if "{" in text:
        _check_keys(text)
    return override


def _check_keys(text: str) -> None:
    """Walk once more through a text that Hydra can read, now to look at its keys."""
    tokens = CommonTokenStream(OverrideLexer(InputStream(text)))
    tree = OverrideParser(tokens).override()  # type: ignore[no-untyped-call]
    _Once(create_functions()).visit(tree)


class _Once(HydraOverrideVisitor):
    """Hydra's own walk, except that it stops at the second of two equal keys."""

    def visitDictContainer(self, ctx: Any) -> Any:  # noqa: N802 - its name is Hydra's
        seen: set[Hashable] = set()
        for pair in ctx.dictKeyValuePair():
            key = self.visitDictKey(pair.dictKey())
            if key in seen:
                raise DoubledError(key)
            seen.add(key)
        return super().visitDictContainer(ctx)
