"""A proposal under which no mark moves needs nobody to look at it."""

from graders.ledger import Ledger, Proposal, decide, rubric_of
from graders.marks.differences import moves_any
from graders.marks.graded_assignment import find_graded

NO_MARK_MOVES = "no mark moves"


def settle(ledger: Ledger, assignment: str, proposal: Proposal) -> bool:
    """Accepts a proposal under which no mark moves; whether it did.

    Not if its rubric gives marks otherwise than the one that stands, even where no mark
    moves by that today: a penalty for lateness while nobody is late, a bonus that
    nobody has earned. Such a rubric decides what is handed in tomorrow, so a person
    has to accept it. What is accepted by itself is a finding in other words, for as
    many points, and a rubric in other words.

    Raises:
        UsageError: if somebody has decided otherwise meanwhile.
    """
    with ledger.reading() as connection:
        graded = find_graded(connection, assignment)
        marks = rubric_of(connection, proposal.rubric).marks
        if marks != graded.row.marks or moves_any(connection, graded, proposal):
            return False
    decide(ledger, proposal, accepted=True, reason=NO_MARK_MOVES)
    return True
