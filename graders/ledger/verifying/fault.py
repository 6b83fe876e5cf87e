"""One thing that is wrong with a ledger."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where.

    Args:
        what: in a sentence.
        where: the row, or the table.

    >>> print(Fault("its text is not the one that was recorded", "sources ab12"))
    sources ab12: its text is not the one that was recorded
    """

    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"
