"""The whole exception tree.

Every expected fault (an unreadable page, wrong use, an account that does not stand) is a
``ConsilienceError``; anything else that is raised is a defect of the program.
"""


class ConsilienceError(Exception):
    """Base of all expected faults; its text is one plain line for the user."""


class InputError(ConsilienceError):
    """One input could not be read: it is named, the others go on."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class UsageError(ConsilienceError):
    """The program was asked for something that it cannot do as asked."""


class AccountError(ConsilienceError):
    """A stored account is not one: not JSON, another format, a key missing."""


class ModelError(ConsilienceError):
    """A model file that belongs to the package is missing or broken."""
