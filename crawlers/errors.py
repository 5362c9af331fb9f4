"""The error whose message is meant for the person who typed the command."""


class UserError(Exception):
    """Says what is wrong, where, and what to do; shown as one line, without a traceback."""
