"""The attacks: a folder each, with the file that is handed in and its card."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from graders.yaml_files import read_closed_yaml

ATTACKS = Path(__file__).resolve().parent / "attacks"
TEXTS = Path(__file__).resolve().parent / "texts"
# What a line `# @HONEST@` stands for, and so on.
INCLUDED = {
    f"# @{path.stem.upper()}@": path.read_bytes().strip()
    for path in sorted(TEXTS.glob("*.py"))
}
TIERS = ("none", "container-only", "B", "B+uid", "A", "A+cg")
"""From the weakest to the strongest."""

Tier = Literal["none", "B", "B+uid", "A", "A+cg"]
Layer = Literal[
    "bubblewrap",
    "namespaces",
    "landlock",
    "seccomp",
    "rlimits",
    "undumpable",
    "sweep",
    "memory",
    "own_user",
]
Form = Literal["file", "symlink", "fifo", "socket", "directory", "sparse", "device"]


class Card(BaseModel):
    """What is due to one attack.

    Args:
        row: of the catalogue; rows that begin with X are not in it.
        why: one sentence: what the submission tries.
        points: per task, or their sum.
        says: each must be part of some finding.
        says_not: none may be part of any finding, nor of a report.
        deadline_s: for the whole grading.
        needs: the weakest tier that must stop it.
        tasks: which are graded, for the attack and for the honest one after it.
        times: how often it is graded in a row.
        fast: whether it runs with the everyday tests.
        stopped_by: the one layer that stops it.
        filename: what the file is called.
        form: what is handed in under that name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    row: str = Field(pattern=r"^[A-JX]\d\d$")
    why: str = Field(pattern=r"^[A-Z].*\.$")
    points: float | dict[str, float]
    says: tuple[str, ...] = ()
    says_not: tuple[str, ...] = ()
    deadline_s: float = Field(default=25, gt=0)
    needs: Tier = "none"
    tasks: tuple[str, ...] = ("A0.1", "A0.2")
    times: int = Field(default=1, ge=1, le=3)
    fast: bool = False
    stopped_by: Layer | None = None
    filename: str = "work.py"
    form: Form = "file"


@dataclass(frozen=True)
class Attack:
    """A folder of `attacks/`."""

    name: str
    card: Card
    text: bytes

    @property
    def fast(self) -> bool:
        """Whether it runs with the everyday tests."""
        return self.card.fast

    def runs_in(self, tier: str) -> bool:
        """Whether that tier must stop it; no other tier is to meet it."""
        return TIERS.index(tier) >= TIERS.index(self.card.needs)

    def filled_in(self, values: dict[str, str]) -> bytes:
        """The file with its `@NAMES@` replaced."""
        text = self.text
        for line, included in INCLUDED.items():
            text = text.replace(line.encode(), included)
        for name, value in values.items():
            text = text.replace(f"@{name}@".encode(), value.encode())
        return text


def read_attack(name: str) -> Attack:
    folder = ATTACKS / name
    card = read_closed_yaml(folder / "card.yaml", Card)
    path = folder / "work.py"
    return Attack(name, card, path.read_bytes() if path.is_file() else b"")


def read_attacks() -> list[Attack]:
    """All of them, by name."""
    return [
        read_attack(path.name) for path in sorted(ATTACKS.iterdir()) if path.is_dir()
    ]
