"""What can go wrong by a person's hand."""


class UserError(Exception):
    """Something that a person got wrong, said in one to three lines.

    The message names the key, the value, what is allowed and the nearest valid name.
    The command line prints it without a traceback and ends with exit code 2.
    """
