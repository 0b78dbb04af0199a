"""The error for mistakes of the user."""

import sys


class UserError(Exception):
    """A mistake of the user, explained in one to three lines.

    The message names the key, the value, what is allowed and the nearest valid name.
    The command line prints it without a traceback and ends with exit code 2.
    """


def missing(what: str, package: str, extra: str) -> UserError:
    """Say that a package is needed which is not installed, and the command for it.

    The command names the Python at work: another ``pip`` may serve another one.
    """
    return UserError(
        f"{what} needs {package}, which is not installed.\n"
        f"Install it with: {sys.executable} -m pip install 'tokenmaxxing[{extra}]'"
    )
