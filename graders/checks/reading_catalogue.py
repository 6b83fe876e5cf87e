"""Reads `misconceptions.yaml`: closed keys, errors with line and nearest name."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from graders.checks.catalogue import Catalogue, Misconception
from graders.errors import AssignmentError
from graders.yaml_files import read_closed_yaml


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    task: str
    title: str = Field(min_length=10)
    hint: str = Field(min_length=40)
    mutant: str = Field(pattern=r"^[a-z0-9_]+\.py$")
    row: int | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_: int = Field(alias="schema", ge=1, le=1)
    assignment: str
    misconceptions: tuple[_Entry, ...]


def read_catalogue(path: Path) -> Catalogue:
    """The misconceptions of a file, by id.

    Raises:
        AssignmentError: if the file is wrong, with the line.
    """
    found: dict[str, Misconception] = {}
    for entry in read_closed_yaml(path, _File).misconceptions:
        if entry.id in found:
            raise AssignmentError(
                f"the id {entry.id!r} is used twice", str(path), "Rename one of them."
            )
        found[entry.id] = Misconception(**entry.model_dump())
    return found
