"""What the page, the terminal and the document say alike."""

from collections import defaultdict
from collections.abc import Sequence

from graders.reports.wording import visible
from graders.similarity.comparing import Pair
from graders.similarity.handed_in import Work
from graders.similarity.rare import Shared

HINT = (
    "This is a hint to a person, never a verdict. Two who worked alone can be alike,"
    " and two who copied can be unlike. No points depend on it, and no student is told."
)
_ONE = {
    "file": "the same file, byte for byte",
    "table": "a table of {text}",
    "comment": "the comment “{text}”",
    "text": "the text “{text}”",
    "number": "the number {text}",
    "mistake": "the mistake {text}",
    "network": "a network that is the same once trained, {text}",
}
_MANY = {
    "table": "{count} tables of numbers",
    "comment": "{count} comments",
    "text": "{count} texts",
    "number": "{count} numbers",
    "mistake": "{count} wrong answers",
    "network": "{count} networks that are the same once trained",
}
_ORDER = ("file", "mistake", "table", "comment", "text", "network", "number")


def named(work: Work, *, attempts: bool = False) -> str:
    """Who, and where that is not plain, in which year and which attempt."""
    parts = [visible(work.student).replace("\n", " ")]
    if work.year:
        parts.append(f"({visible(work.year)})")
    if attempts:
        parts.append(f"attempt {work.number}")
    return " ".join(parts)


def percent(share: float) -> str:
    """Of what two share; 100 % only where nothing is left.

    >>> percent(0.999), percent(1.0), percent(0.5)
    ('99 %', '100 %', '50 %')
    """
    return f"{int(100 * min(1.0, share) + 1e-9)} %"


def besides(pair: Pair) -> str:
    """Whole functions, and what two share that is rare, in a line."""
    whole = f"{pair.functions} whole functions" if pair.functions > 1 else ""
    return "; ".join(filter(None, [whole, in_short(pair.shared)]))


def in_short(shared: Sequence[Shared]) -> str:
    """What two share that is rare, in a line."""
    by_kind: dict[str, list[Shared]] = defaultdict(list)
    for one in shared:
        by_kind[one.kind].append(one)
    said = []
    for kind in _ORDER:
        own = by_kind[kind]
        if len(own) == 1 and kind != "mistake":
            said.append(in_words(own[0], most=40))
        elif own and kind in _MANY:
            count = f"{len(own)} equal" if kind == "mistake" else str(len(own))
            words = _MANY[kind].format(count=count)
            said.append(words.removesuffix("s") if len(own) == 1 else words)
    return "; ".join(said)


def in_words(shared: Shared, most: int = 300) -> str:
    """One thing that is rare.

    >>> in_words(Shared(kind="number", text="0.1234", count=2))
    'the number 0.1234'
    """
    text = visible(shared.text).replace("\n", " ")
    text = text if len(text) <= most else f"{text[:most]} ..."
    return _ONE[shared.kind].format(text=text)
