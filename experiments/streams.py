"""Standard input, output and error, as a command finds them.

Somebody may have closed them, as for a daemon; a pipe may have lost its reader; the
disk behind them may be full; their encoding may lack our signs. A command goes on with
a closed one as if nobody listened. Standard output was asked for: if it cannot be
written, the command ends with a sentence. Messages on standard error are then lost.
"""

import codecs
import io
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Literal, TextIO

PLAIN = "tokenmaxxing.plain"
"""Name of the error handler of our streams."""
INSTEAD = {
    "−": "-",
    "–": "-",
    "±": "+/-",
    "·": ".",
    "…": "...",
    "“": '"',
    "”": '"',
    "’": "'",
    "°": " degrees",
    "■": "#",
    "▁": "_",
    "↑": "up",
    "↓": "down",
    "\u200b": "",
    "\ufeff": "",
}
"""What stands for a sign that an encoding lacks: a lost minus is another number."""
BROKEN_PIPE = 141
"""What a shell reports of a program that SIGPIPE ended: 128 + 13."""


@contextmanager
def standard_streams() -> Iterator[None]:
    """See to it that the standard streams can be used; flush standard output at last.

    Raises ``SystemExit`` where standard output cannot be written: silently with 141 if
    its reader had enough, else with 2 after a sentence.
    """
    before = sys.stdin, sys.stdout, sys.stderr
    codecs.register_error(PLAIN, plain)
    with ExitStack() as opened:
        for name in ("stdin", "stdout", "stderr"):
            if getattr(sys, name) is None:
                setattr(sys, name, opened.enter_context(_nowhere(name)))
        try:
            sys.stdout = _ours(sys.stdout, _Output)
            sys.stderr = _ours(sys.stderr, _Errors)
            yield
            sys.stdout.flush()
        except SystemExit:
            sys.stdout.flush()  # that it fails counts more than how the command ended
            raise
        finally:
            sys.stdin, sys.stdout, sys.stderr = before


def plain(error: UnicodeError) -> tuple[str | bytes, int]:
    """Write something readable for a sign that an encoding lacks.

    Bytes of a file's name that are no text are given back as they came.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    sign, after = error.object[error.start], error.start + 1
    if 0xDC80 <= ord(sign) <= 0xDCFF:
        return bytes([ord(sign) - 0xDC00]), after
    escaped = sign.encode("ascii", "backslashreplace").decode("ascii")
    return INSTEAD.get(sign, escaped), after


def _nowhere(name: str) -> TextIO:
    """Open what was closed: else the next file would be the standard output."""
    mode: Literal["r", "w"] = "r" if name == "stdin" else "w"
    stream = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115 - by the caller
    os.set_inheritable(stream.fileno(), True)  # for processes that we start
    return stream


def _ours(stream: TextIO, kind: "type[_Output | _Errors]") -> TextIO:
    """Give a stream the manners of this module; those of a test or notebook stay."""
    if stream not in (sys.__stdout__, sys.__stderr__):
        return stream
    assert isinstance(stream, io.TextIOWrapper)
    if stream.isatty():  # a terminal has no reader to lose, and may be no plain file
        stream.reconfigure(errors=PLAIN)
        return stream
    stream.flush()
    raw: io.RawIOBase = kind(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors=PLAIN,
        # python -u asks for every write at once; whole lines are what is seen of it.
        line_buffering=stream.line_buffering or stream.write_through,
    )


class _Output(io.FileIO):
    """Standard output, which ends the program when it cannot be written."""

    def write(self, data: bytes) -> int | None:  # type: ignore[override]
        try:
            return super().write(data)
        except OSError as error:
            _drop(self)
            if isinstance(error, BrokenPipeError):
                raise SystemExit(BROKEN_PIPE) from None
            reason = (error.strerror or str(error)).lower()
            print(
                f"tokenmaxxing: cannot write to standard output ({reason}); what is "
                "finished is kept.",
                file=sys.stderr,
            )
            raise SystemExit(2) from None


class _Errors(io.FileIO):
    """Standard error, which nothing waits for."""

    def write(self, data: bytes) -> int | None:  # type: ignore[override]
        try:
            return super().write(data)
        except OSError:
            _drop(self)
            return len(data)


def _drop(stream: io.FileIO) -> None:
    """Let a stream lead nowhere from now on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
