"""The secret behind pseudonyms: thrown away, or in a file outside the results.

Who has it can find the pseudonym of any id; without it nobody can, not even by trying
a whole staff list.
"""

import hmac
import os
import re
import secrets
from pathlib import Path
from typing import NamedTuple

from experiments.config.paths import expanded
from experiments.errors import UserError
from experiments.exports.collect import Files

ONCE = "once"
BYTES = 32
HEX = re.compile(r"[0-9a-f]{64}\n?")
OPEN = 0o077
"""Rights of other people in a file's mode."""


class Secret(NamedTuple):
    """A secret, and what may be said of it.

    Attributes
    ----------
    fingerprint : str
        Tells secrets apart, and says nothing about them.
    said : str
        What a command that repeats the import names.
    """

    key: bytes
    fingerprint: str
    said: str

    @classmethod
    def of(cls, asked: str, out: Path | None, files: Files) -> "Secret":
        """Read the secret, or make one; the file is made if it is not there.

        Raises ``UserError`` if it lies among the results or the exports, or others can
        read it.
        """
        if asked == ONCE:
            return cls(secrets.token_bytes(BYTES), ONCE, ONCE)
        path = expanded(asked, "study.secret=")
        _check_place(path, out, files)
        key = _read(path) if path.exists() else _made(path)
        fingerprint = hmac.digest(key, b"fingerprint of a secret", "sha256").hex()[:12]
        return cls(key, fingerprint, path.name)


def _check_place(path: Path, out: Path | None, files: Files) -> None:
    whole = path.resolve()
    results = [Path("outputs").resolve(), *([out.resolve()] if out else [])]
    if any(whole.is_relative_to(folder) for folder in results):
        raise UserError(
            f"study.secret={path} lies among the results, where it would undo the "
            "pseudonyms.\nName a file elsewhere, such as ~/tokenmaxxing.secret."
        )
    if whole in {export.path.resolve() for export in files.exports}:
        raise UserError(
            f"study.secret={path} is one of the exports; name another file."
        )


def _read(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii") if path.is_file() else ""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise UserError(f"study.secret={path}: {reason.lower()}.") from None
    if not HEX.fullmatch(text):
        raise UserError(
            f"study.secret={path} is no secret of this study: 64 hexadecimal digits "
            "are needed.\nName a file that is not there, and it will be made."
        )
    if os.name != "nt" and mode & OPEN:
        raise UserError(
            f"study.secret={path} can be read by others: chmod 600 {path.name}"
        )
    return bytes.fromhex(text.strip())


def _made(path: Path) -> bytes:
    key = secrets.token_bytes(BYTES)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key.hex() + "\n")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"cannot write study.secret={path}: {reason}.") from None
    return key
