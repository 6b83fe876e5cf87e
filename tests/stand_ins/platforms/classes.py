"""A simulated class of any size, with the usual mess; the platforms' modules pack it.

`members(120)` are the people, each with a situation: most hand in `cnn.py`, some a
renamed file, two attempts, a PDF, an empty file, a zip in a zip. A platform's module
has `hand_over(people)`, which packs what they hand in as that platform does. It says
of every file where it belongs (`HandedOver.expected`, in the words of
`graders.intake.Category`), and of every person under which name they are graded: with
the platform's own table as roster (`graded`), and without one (`without_roster`). That
table, a gradebook or worksheet that fits the class, is `HandedOver.table`.

Nothing in here knows the code under test.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

GRADED, NOTHING_TO_RUN, OLDER = "graded", "nothing to run", "older attempt"
BESIDE, IGNORED = "beside the submission", "ignored"
REFUSED, UNMATCHED = "refused", "unmatched"

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
WORD = b"PK\x03\x04" + bytes(200)
NOTEBOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
RNN = b"def rnn_forward(x):\n    return x\n"

_MESS = (
    *("renamed", "two attempts", "empty file", "nothing", "packed", "packed twice"),
    *("packed too deep", "wrong assignment", "pdf", "word", "notebook", "attachments"),
    *("litter", "own name", "two files", "late", "upper case", "rules of its own"),
)
_UNUSUAL = ("Zoë Ñandú", "学生 九", "Çağrş Öz", "Ана Б", "O'Neil Mc-Test", "Ærø Ünit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person, as every platform knows them.

    Args:
        number: 1 for the first.
        first, last: names.
        situation: what they hand in; empty for what was asked for.
    """

    number: int
    first: str
    last: str
    situation: str = ""

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def user_id(self) -> str:
        """Canvas' number."""
        return str(41_000 + self.number)

    @property
    def participant(self) -> str:
        """Moodle's number, for one assignment."""
        return str(730_000 + 7 * self.number)

    @property
    def sid(self) -> str:
        """With a zero before it, which a number would lose."""
        return f"0{9_000_000 + self.number}"

    @property
    def login(self) -> str:
        return f"{'klmnop'[self.number % 6]}-user{self.number:03d}"

    @property
    def email(self) -> str:
        return f"{self.login}@example.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file that somebody hands in.

    Args:
        name: as they call it.
        data: its bytes.
        belongs: where it is to end up.
        attempt: 0 for the first.
    """

    name: str
    data: bytes
    belongs: str
    attempt: int = 0


@dataclass(slots=True, kw_only=True)
class HandedOver:
    """What a platform gives, and what is to become of it.

    Args:
        entries: files of the archive, by path.
        expected: where each of them belongs, by path.
        graded: names in the ledger, by number of the member, with the roster.
        without_roster: the same, without one.
        not_runnable: numbers of members whose submission cannot be run.
        table: the platform's gradebook or worksheet.
        table_name: how it is called.
    """

    entries: dict[str, bytes] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)
    graded: dict[int, str] = field(default_factory=dict)
    without_roster: dict[int, str] = field(default_factory=dict)
    not_runnable: set[int] = field(default_factory=set)
    table: str = ""
    table_name: str = ""

    def add(self, path: str, data: bytes, belongs: str) -> None:
        assert path not in self.entries, path
        self.entries[path] = data
        self.expected[path] = belongs

    def write_zip(self, path: Path) -> Path:
        path.write_bytes(zipped(self.entries))
        return path

    def write_tar(self, path: Path) -> Path:
        """Packed as the ending of the path says."""
        packed: dict[str, Callable[[bytes], bytes]] = {
            ".gz": gzip.compress,
            ".bz2": bz2.compress,
            ".xz": lzma.compress,
        }
        with io.BytesIO() as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                for name, data in self.entries.items():
                    member = tarfile.TarInfo(name)
                    member.size = len(data)
                    archive.addfile(member, io.BytesIO(data))
            plain = file.getvalue()
        path.write_bytes(packed.get(path.suffix, bytes)(plain))
        return path

    def write_folder(self, path: Path) -> Path:
        for name, data in self.entries.items():
            file = path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return path

    def write_table(self, folder: Path) -> Path:
        path = folder / self.table_name
        path.write_text(self.table, "utf-8")
        return path


def members(number: int = 120) -> list[Member]:
    """A class: each kind of mess twice or more, and two people of one name."""
    people = []
    for n in range(1, number + 1):
        first, last = f"Given{n:03d}", f"Family{n:03d}"
        if n % 20 == 3:
            first, last = _UNUSUAL[n // 20 % len(_UNUSUAL)].split()
        if n in (50, 90):
            first, last = "Same", "Name"
        mess = _MESS[n // 3 % len(_MESS)] if n % 3 == 0 else ""
        people.append(Member(number=n, first=first, last=last, situation=mess))
    return people


def solution(member: Member, attempt: int = 0) -> bytes:
    """A file that can be run, and is nobody else's."""
    return (
        f"# {member.number}, attempt {attempt}\n\n"
        "def output_size(size, kernel, stride, padding):\n    return 1\n"
    ).encode()


def zipped(entries: Mapping[str, bytes]) -> bytes:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in entries.items():
                archive.writestr(name, data)
        return file.getvalue()


def pieces(member: Member) -> Sequence[Piece]:
    """What a member hands in. Two attempts are for the platform to tell apart."""
    return list(_pieces(member))


def cannot_be_run(own: Sequence[Piece]) -> bool:
    return not any(piece.belongs == GRADED for piece in own)


def _pieces(member: Member) -> Iterator[Piece]:
    good = solution(member)
    alone = {
        "": ("cnn.py", good, GRADED),
        "late": ("cnn.py", good, GRADED),
        "renamed": ("cnn-1.py", good, GRADED),
        "upper case": ("CNN.PY", good, GRADED),
        "own name": ("my network (final).py", good, GRADED),
        "wrong assignment": ("rnn.py", RNN, GRADED),
        "packed": ("hand in.zip", zipped({"x/cnn.py": good}), GRADED),
        "packed twice": ("cnn.zip", _nested(good, 2), GRADED),
        "packed too deep": ("cnn.zip", _nested(good, 3), REFUSED),
        "empty file": ("cnn.py", b"", NOTHING_TO_RUN),
        "pdf": ("report.pdf", PDF, NOTHING_TO_RUN),
        "word": ("cnn.docx", WORD, NOTHING_TO_RUN),
        "notebook": ("cnn.ipynb", NOTEBOOK, NOTHING_TO_RUN),
    }
    if member.situation in alone:
        name, data, belongs = alone[member.situation]
        yield Piece(name=name, data=data, belongs=belongs)
    elif member.situation == "two attempts":
        yield Piece(name="cnn.py", data=good, belongs=OLDER)
        yield Piece(
            name="cnn-1.py", data=solution(member, 1), belongs=GRADED, attempt=1
        )
    elif member.situation == "two files":
        yield Piece(name="part one.py", data=good, belongs=BESIDE)
        yield Piece(name="part two.py", data=solution(member, 1), belongs=BESIDE)
    elif member.situation != "nothing":
        yield Piece(name="cnn.py", data=good, belongs=GRADED)
        yield from _beside(member.situation)


def _beside(situation: str) -> Iterator[Piece]:
    if situation == "attachments":
        yield Piece(name="report.pdf", data=PDF, belongs=BESIDE)
        yield Piece(name="history.csv", data=b"loss\n1.0\n", belongs=BESIDE)
    elif situation == "litter":
        yield Piece(name=".DS_Store", data=b"\0", belongs=IGNORED)
        yield Piece(name="__init__.pyc", data=b"\0", belongs=IGNORED)
    elif situation == "rules of its own":
        yield Piece(name="grader.yaml", data=b"points: 100\n", belongs=BESIDE)
        yield Piece(name="conftest.cfg", data=b"[tool]\n", belongs=BESIDE)


def _nested(data: bytes, depth: int) -> bytes:
    packed = zipped({"cnn.py": data})
    for _ in range(depth - 1):
        packed = zipped({"cnn.zip": packed})
    return packed
