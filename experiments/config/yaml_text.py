"""Read and write YAML: the one reader of the whole project.

PyYAML reads YAML 1.1, in which ``040`` is 32, ``1:20`` is 80, ``no`` is false and the
second of two equal keys wins. Here words mean what they mean on the command line
(``plain``), keys are text, and whatever else YAML can say is refused: aliases, by which
a short file can stand for a huge one, tags, and keys that are no words.
"""

import math
import re
from typing import Any, NoReturn

import yaml

from experiments.config import plain
from experiments.errors import UserError

MOST_DEEP = 20
"""Lists and mappings within each other; what the lab reads has five at most."""
EMPTY = ("", "~")
"""How YAML writes nothing, beside ``null``."""
HALF = re.compile(r"[\ud800-\udfff]")
"""Surrogates, which an escape can write and no file can hold."""


def load(text: str, where: str = "") -> Any:
    """Read a text as mappings with keys of text, lists and plain values.

    Raises ``UserError`` naming the line; its message begins with ``where``.
    """
    try:
        node = _node(text)
        return None if node is None else _content(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reason = error.problem
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        reason = f"the character {chr(error.character)!r} is not allowed"
    raise UserError(f"{where}line {line}: {reason}.")


def _node(text: str) -> yaml.Node | None:
    loader = _Composer(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    except (ValueError, OverflowError):  # an escape such as "\UFFFFFFFF"
        _refuse("there is no such character or version", loader.get_mark())
    return node


class _Composer(yaml.BaseLoader):
    """YAML without aliases and tags, and not too deep for those who walk through it."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            _refuse("aliases are not read; write the value itself", event.start_mark)
        if event.tag is not None:
            _refuse("tags are not read; write the value itself", event.start_mark)
        if self.depth >= MOST_DEEP:
            _refuse(
                f"lists and mappings stand {MOST_DEEP} deep at most", event.start_mark
            )
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _content(node: Any) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_content(inner) for inner in node.value]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    if HALF.search(node.value):
        _refuse("half a character cannot be read", node.start_mark)
    if node.style is not None:  # quoted, or a block of text
        return node.value
    return None if node.value in EMPTY else plain.value(node.value)


def _mapping(node: yaml.MappingNode) -> dict[str, Any]:
    content: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, inner in node.value:
        mark = key.start_mark
        if not isinstance(key, yaml.ScalarNode):
            _refuse("a key must be a word, not a list or mapping", mark)
        if key.value in content:
            _refuse(
                f"the key {key.value} stands in line {lines[key.value]} already; keep "
                "one of them",
                mark,
            )
        lines[key.value] = mark.line + 1
        content[key.value] = _content(inner)
    return content


def _refuse(problem: str, mark: Any) -> NoReturn:
    raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def dump(content: Any) -> str:
    """Write mappings, lists and plain values so that ``load`` reads the same."""
    text: str = yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True)
    return text


class _Dumper(yaml.SafeDumper):
    """YAML in which text that looks like a number or a word stands in quotes."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write in full what stands twice in memory: aliases are not read."""
        return True

    def represent_str(self, data: str) -> yaml.ScalarNode:
        style = None if plain.value(data) is data else "'"
        return self.represent_scalar("tag:yaml.org,2002:str", data, style)

    def represent_float(self, data: float) -> yaml.ScalarNode:
        """Write infinity and NaN in the words that ``load`` reads."""
        if math.isfinite(data):
            return super().represent_float(data)
        return self.represent_scalar("tag:yaml.org,2002:str", str(data))


_Dumper.add_representer(str, _Dumper.represent_str)
_Dumper.add_representer(float, _Dumper.represent_float)
