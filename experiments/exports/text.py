"""The text of a file, in lines of bounded length."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from experiments.errors import UserError

BLOCK = 1 << 18
LONGEST = 64 << 20
"""Most characters of a line, or of an object of JSON."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Text:
    """Text that can be read in lines or in blocks.

    Raises ``UserError`` where it is none, or a line is too long; ``shown`` names the
    file.
    """

    def __init__(self, stream: BinaryIO | io.RawIOBase, shown: str) -> None:
        buffered = io.BufferedReader(cast(io.RawIOBase, stream), BLOCK)
        head = buffered.peek(4)
        encoding = next((e for mark, e in MARKS if head.startswith(mark)), "utf-8")
        self._text = io.TextIOWrapper(buffered, encoding=encoding, newline="")
        self._shown = shown
        self._ahead = ""

    def lines(self) -> Iterator[str]:
        """Yield all lines with their ends."""
        while line := self.line():
            yield line

    def line(self, most: int = LONGEST) -> str:
        """Read the next line; what is longer comes in parts, or is refused."""
        ahead, self._ahead = self._ahead, ""
        if ahead:
            return ahead
        try:
            line = self._text.readline(most)
        except UnicodeError:
            raise self._no_text() from None
        if len(line) >= LONGEST:
            raise UserError(
                f"{self._shown}: a line has more than {LONGEST >> 20} million "
                "characters, as no export has."
            )
        return line

    def block(self, size: int) -> str:
        """Read the next characters."""
        ahead, self._ahead = self._ahead, ""
        if ahead:
            return ahead
        try:
            return self._text.read(size)
        except UnicodeError:
            raise self._no_text() from None

    def push(self, text: str) -> None:
        """Give back what was read last."""
        self._ahead = text

    def _no_text(self) -> UserError:
        return UserError(f"{self._shown} is not text in UTF-8 or UTF-16.")
