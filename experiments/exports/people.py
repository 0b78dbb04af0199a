"""Who a row is about: spellings of an id, and ids that are no people."""

import hmac
import re
import unicodedata

TOTAL = re.compile(
    r"(?i)(?:grand[ _-]?|sub[ _-]?)?totals?|sum|all|everyone|everybody|gesamt|summe|"
    r"insgesamt"
)
PROGRAM = re.compile(
    r"(?i)(?<![^\W_])(?:bot|robot|ci|svc|svcacct|service|automation|api[ _-]?actor|"
    r"(?:api[ _-]?)?key)(?![^\W_])"
)
"""A word in an id, between signs that are neither letters nor digits."""
SIGN = re.compile(r"[\W_]")
"""What may part an id and something that is added to it."""
DIGITS = 12
"""Hexadecimal digits of a pseudonym: two of 10,000 people share one once in 10^7."""


def plain(name: str) -> str:
    """Write an id in one way, whatever its capitals, blanks and forms of accents."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def pseudonym(secret: bytes, person: str) -> str:
    """Give a person another name, which nobody without the secret can undo or guess."""
    return hmac.digest(secret, person.encode(), "sha256").hex()[:DIGITS]
