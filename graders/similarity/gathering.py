"""All that a comparison needs, from the ledgers and the assignment's folder."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graders.assignments import FOLDER
from graders.errors import UsageError
from graders.ledger import open_ledger
from graders.marks import find_graded
from graders.similarity.given_code import given_texts
from graders.similarity.handed_in import Work, earlier_ledger, read_class


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What is compared.

    Args:
        name: of the assignment.
        title: of the assignment.
        works: submissions, those of earlier years last.
        given: texts that everybody had.
        results: of all works, as `HandedIn` has them.
        num_unread: how many of the class handed in no text.
    """

    name: str
    title: str
    works: Sequence[Work]
    given: Sequence[str]
    results: Mapping[str, frozenset[tuple[str, str]]]
    num_unread: int


def gather(
    assignment: str,
    across: Iterable[str],
    handout: Iterable[Path],
    *,
    all_attempts: bool,
) -> Gathered:
    """Reads the class, and the same assignment of earlier years.

    Args:
        assignment: any name that its rubric has.
        across: ledgers of earlier years.
        handout: files that were given beside the stub.
        all_attempts: whether earlier attempts count, too.

    Raises:
        UsageError: if something that was named is not there.
    """
    with open_ledger(create=False) as ledger, ledger.reading() as connection:
        graded = find_graded(connection, assignment)
        name = graded.name
        own = read_class(connection, name, all_attempts=all_attempts)
    works, results = [*own.works], dict(own.results)
    for other in across:
        with earlier_ledger(other) as ledger, ledger.reading() as connection:
            year = (
                Path(other).stem if "://" not in other else ledger.engine.url.database
            )
            earlier = read_class(
                connection, name, all_attempts=all_attempts, year=year or "earlier"
            )
        if not earlier.works:
            raise UsageError(
                f"nothing was handed in of {name}",
                other,
                "Name the ledger of a year in which it was graded.",
            )
        works += earlier.works
        results = {**earlier.results, **results}
    return Gathered(
        name=name,
        title=graded.rubric.title,
        works=works,
        given=given_texts(FOLDER / name, handout),
        results=results,
        num_unread=own.num_unread,
    )
