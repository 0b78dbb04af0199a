"""The error for mistakes of the user."""


class UserError(Exception):
    """A mistake of the user, explained in one to three lines.

    The message names the key, the value, what is allowed and the nearest valid name.
    The command line prints it without a traceback and ends with exit code 2.
    """
