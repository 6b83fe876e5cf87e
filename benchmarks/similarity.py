"""What `grade similar` finds, what it does not, and how long a class of 300 takes.

    python -m benchmarks.similarity
    python -m benchmarks.similarity --only found
    python -m benchmarks.similarity --only lengths

- found: files that were written apart (reference, other right solutions, the sample
  class), and files whose functions are each from another author: no two of them
  should be named. Copies of each, disguised in seven ways: each should be. The
  threshold is made on assignments 1 and 3, and judged on 2 and 4.
- lengths: how far the two are apart for passages of other lengths, on 1 and 3.
- time: a class of 300 in a ledger, from the command to the page.

The threshold of likeness is the middle between the highest of two that were written
apart and the lowest of a whole copy, down to a multiple of 0.05; that of functions
in common is one more whole one than any two have that were written apart.
"""

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from graders.assignments import find_assignment
from graders.ledger import Ledger, hand_in, start_run
from graders.loading import load_assignment
from graders.marks import use_rubric
from graders.records import Submission
from graders.similarity.comparing import COMMON, LEAST
from graders.similarity.fingerprints import PASSAGE, Fingerprints
from graders.similarity.given_code import given_texts
from graders.similarity.likeness import (
    LEAST_OWN,
    WHOLE_FUNCTIONS,
    Alike,
    Likenesses,
    Weights,
)
from graders.similarity.reading import Reading, read_texts
from tests.stand_ins.planted_copies import (
    ASSIGNMENTS,
    DISGUISES,
    ROOT,
    all_of_it,
    half_copied,
    independent,
    recombined,
    reworded,
    stub,
)

MADE_ON, JUDGED_ON = (ASSIGNMENTS[0], ASSIGNMENTS[2]), (ASSIGNMENTS[1], ASSIGNMENTS[3])
CLASSES, STUDENTS, MOST_S = 5, 300, 30.0
PARTS = ("found", "lengths", "time")
HALF = "half of it"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--students", type=int, default=STUDENTS, help="of the class")
    options = parser.parse_args()
    only = options.only
    console = Console()
    ok = True
    if only in (None, "found"):
        tell_found(console)
    if only in (None, "lengths"):
        tell_lengths(console)
    if only in (None, "time"):
        ok = tell_time(console, options.students)
    return 0 if ok else 1


@dataclass(slots=True)
class Measured:
    """Likenesses of one assignment.

    Args:
        apart: of two that were written apart.
        copied: of an original and its copy, by the disguise.
        short: files with too little of their own to be named.
    """

    apart: list[Alike] = field(default_factory=list)
    copied: dict[str, list[Alike]] = field(default_factory=dict)
    short: int = 0

    def whole(self) -> list[Alike]:
        """Of copies of a whole file."""
        return [v for name, own in self.copied.items() if name != HALF for v in own]


class Reader:
    """Reads each text once."""

    def __init__(self) -> None:
        self._known: dict[str, Reading] = {}

    def read(self, texts: Iterable[str]) -> list[Reading]:
        texts = list(texts)
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, read_texts(new), strict=True))
        return [self._known[text] for text in texts]


def measure(assignment: str, reader: Reader, length: int = PASSAGE) -> Measured:
    """All likenesses of an assignment; each copy in a class of its own."""
    draw, found = random.Random(0), Measured()
    folder = ROOT / "assignments" / f"assignment{assignment}"
    handout = reader.read([stub(assignment), *given_texts(folder)])
    given = {
        passage
        for own in handout
        for passage in Fingerprints(own.units, every=True, length=length).places
    }

    def of(texts: Sequence[str]) -> Likenesses:
        prints = [Fingerprints(r.units, length=length) for r in reader.read(texts)]
        owners = [str(number) for number in range(len(texts))]
        return Likenesses(prints, Weights(prints, given, owners, COMMON))

    every = independent(assignment)
    alone = of(list(every.values()))
    files = [
        text
        for number, text in enumerate(every.values())
        if alone.own(number) >= LEAST_OWN
    ]
    found.short = len(every) - len(files)
    found.apart += _all(of(files), len(files))
    for _ in range(CLASSES):
        mixed = list(recombined(files, draw))
        found.apart += _all(of(mixed), len(mixed))
    for name, disguise in DISGUISES.items():
        found.copied[name] = [
            of([*files, disguise(text, draw)]).of(number, len(files))
            for number, text in enumerate(files)
        ]
    found.copied[HALF] = []
    for number, text in enumerate(files):
        other = files[number - 1]
        others = [one for one in files if one is not other]
        copy = half_copied(text, other, draw)
        alike = of([*others, copy]).of(others.index(text), len(others))
        found.copied[HALF].append(alike)
    return found


def _all(likenesses: Likenesses, count: int) -> Iterator[Alike]:
    for one in range(count):
        for other in range(one + 1, count):
            yield likenesses.of(one, other)


def margin(found: Iterable[Measured]) -> tuple[float, float]:
    """The highest likeness of two written apart, the lowest of a whole copy."""
    found = list(found)
    return (
        max(pair.likeness for own in found for pair in own.apart),
        min(pair.likeness for own in found for pair in own.whole()),
    )


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What two must have to be named."""

    likeness: float
    functions: int

    def name(self, pair: Alike) -> bool:
        return pair.likeness >= self.likeness or pair.functions >= self.functions


def thresholds(found: Sequence[Measured]) -> Thresholds:
    """The middle, down to a multiple of 0.05; and one function more than by chance."""
    most = max(pair.functions for own in found for pair in own.apart)
    return Thresholds(int(sum(margin(found)) / 2 / 0.05 + 1e-9) * 0.05, most + 1)


def tell_found(console: Console) -> None:
    reader = Reader()
    found = {name: measure(name, reader) for name in ASSIGNMENTS}
    made_on = [found[name] for name in MADE_ON]
    made = thresholds(made_on)
    apart, copied = margin(made_on)
    console.print(
        f"On {' and '.join(MADE_ON)}: written apart at most {apart:.2f}, whole copies"
        f" at least {copied:.2f}. So two are named from {made.likeness:.2f}, or"
        f" {made.functions} whole functions; by the command from {LEAST:.2f}, or"
        f" {WHOLE_FUNCTIONS}."
    )
    table = Table("assignment", "what", "pairs", "likeness", "whole functions", "named")
    for name, own in found.items():
        for what, pairs in {"written apart": own.apart, **own.copied}.items():
            alike = [pair.likeness for pair in pairs]
            functions = [pair.functions for pair in pairs]
            table.add_row(
                *(name, what, f"{len(pairs)}"),
                f"{min(alike):.2f} to {max(alike):.2f}",
                f"{min(functions)} to {max(functions)}",
                f"{sum(map(made.name, pairs))}",
            )
        table.add_row(name, "too short to tell", f"{own.short} files")
    console.print(table)
    judged = [found[name] for name in JUDGED_ON]
    apart_there = [pair for own in judged for pair in own.apart]
    halves = [pair for own in judged for pair in own.copied[HALF]]
    wholes = [pair for own in judged for pair in own.whole()]
    tell_rates(console, "whole copies", apart_there, wholes, made)
    tell_rates(console, "copies of half", apart_there, halves, made)


def tell_rates(
    console: Console,
    what: str,
    apart: Sequence[Alike],
    copies: Sequence[Alike],
    made: Thresholds,
) -> None:
    where = " and ".join(JUDGED_ON)
    false = sum(map(made.name, apart))
    true = sum(map(made.name, copies))
    precision = true / (true + false) if true + false else 1.0
    console.print(
        f"On {where}, {what}: {true} of {len(copies)} named (recall"
        f" {true / len(copies):.3f}), and {false} of {len(apart)} pairs that were"
        f" written apart (precision {precision:.3f})."
    )


def tell_lengths(console: Console) -> None:
    reader = Reader()
    table = Table("words of a passage", "written apart", "whole copies", "between")
    for length in (6, 8, 10, 12, 16, 20):
        found = [measure(name, reader, length) for name in MADE_ON]
        apart, copied = margin(found)
        table.add_row(
            f"{length}", f"{apart:.2f}", f"{copied:.2f}", f"{copied - apart:.2f}"
        )
    console.print(table)


def tell_time(console: Console, students: int) -> bool:
    """Fills a ledger with a class, and runs the command."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/ledger.sqlite3"
        planted = fill(url, students)
        code = "import sys; from graders.cli.main import main; main()"
        start = time.perf_counter()
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                code,
                "similar",
                "assignment2",
                "--out",
                "alike.html",
            ],
            env={**os.environ, "GRADES_DB": url, "PYTHONPATH": str(ROOT)},
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
        wall_s = time.perf_counter() - start
        usage = _children()
        size = Path(folder, "alike.html").stat().st_size / 1e6
        named = sum(name in done.stdout for name in planted)
        console.print(done.stdout)
    console.print(
        f"{students} submissions: {wall_s:.1f} s of wall time, at most {MOST_S:g} s;"
        f" {usage[0]:.1f} s of CPU; {usage[1]:.0f} MB in the largest process; a page of"
        f" {size:.1f} MB; {named} of {len(planted)} copies in the terminal."
    )
    return wall_s <= MOST_S


def fill(url: str, students: int) -> list[str]:
    """Hands in for a class, with ten copies in it; tells whose those are."""
    draw = random.Random(7)
    files = list(independent(ASSIGNMENTS[1]).values())
    long = [text for text in files if len(text) > 3000]
    texts = {
        f"student_{number:03d}": reworded(text, draw)
        for number, text in enumerate(recombined(long, draw, students - 10))
    }
    sources = draw.sample(sorted(texts), 10)
    planted = []
    for number, name in enumerate(sources):
        copy = f"copy_{number}"
        planted.append(copy)
        texts[copy] = (
            half_copied(texts[name], texts[sources[number - 1]], draw)
            if number >= 7
            else all_of_it(texts[name], draw)
        )
    listing = find_assignment("assignment2")
    with Ledger(url, "ta") as ledger:
        use_rubric(ledger, load_assignment(listing).rubric)
        run = start_run(ledger, "batch", listing.name, {})
        handed = [
            Submission(
                student=student,
                filename=listing.file,
                source=text,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
            )
            for student, text in texts.items()
        ]
        hand_in(ledger, listing.name, handed, run)
    return planted


def _children() -> tuple[float, float]:
    """CPU seconds of all children together, and MB of the largest of them."""
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    sys.exit(main())
