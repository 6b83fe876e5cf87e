import pytest
from pydantic import BaseModel, ConfigDict, Field, model_validator

from graders.errors import AssignmentError
from graders.yaml_files import WrongValue, read_closed_yaml


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    points: float = Field(gt=0)


class Most(BaseModel):
    model_config = ConfigDict(extra="forbid")

    share: float
    when: str = ""

    @model_validator(mode="after")
    def _is_a_share(self):
        if self.share > 1:
            raise WrongValue(f"a share of {self.share:g}", "Write 0.5.", at="share")
        return self


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    schema_: int = Field(alias="schema", default=1)
    parts: tuple[Inner, ...] = ()
    named: dict[str, Inner] = {}
    most: Most | None = None


def refused(path, text):
    path.write_text(text)
    with pytest.raises(AssignmentError) as caught:
        read_closed_yaml(path, Outer)
    return caught.value.what, caught.value.where, caught.value.fix


@pytest.fixture
def path(tmp_path):
    return tmp_path / "some.yaml"


def test_a_file_with_known_keys_becomes_the_model(path):
    path.write_text("schema: 1\nparts:\n  - title: a\n    points: 2\n")

    read = read_closed_yaml(path, Outer)

    assert read.parts[0].points == 2


@pytest.mark.parametrize(
    ("text", "what", "where", "fix"),
    [
        (
            "parts:\n  - title: a\n    pionts: 2\n    points: 1\n",
            "unknown key 'pionts'",
            "some.yaml:3",
            "Did you mean 'points'?",
        ),
        (
            "zzz: 1\n",
            "unknown key 'zzz'",
            "some.yaml:1",
            "Known keys: most, named, parts, schema.",
        ),
        (
            "schema: 1\nparts:\n  - title: a\n",
            "the key 'points' is missing",
            "some.yaml:3",
            "Add `points:`.",
        ),
        (
            "parts:\n  - title: a\n    points: many\n",
            "parts.0.points: input should be a valid number, unable to parse string as"
            " a number; received 'many'",
            "some.yaml:3",
            "Correct the value.",
        ),
        (
            "parts:\n  - title: a\n    points: -1\n",
            "parts.0.points: input should be greater than 0; received '-1'",
            "some.yaml:3",
            "Correct the value.",
        ),
    ],
)
def test_an_error_names_the_line_and_the_way_out(path, text, what, where, fix):
    said = refused(path, text)

    assert said == (what, where, fix)


def test_text_that_is_no_yaml_is_refused_with_its_line(path):
    what, where, fix = refused(path, "schema: 1\nparts: [\n")

    assert what.startswith("not valid YAML: ")
    assert where == "some.yaml:3"
    assert fix == "Check the indentation."


@pytest.mark.parametrize("text", ["", "- 1\n", "text\n"])
def test_a_file_that_is_no_mapping_is_refused(path, text):
    what, where, _ = refused(path, text)

    assert "input should be a valid dictionary" in what
    assert where == "some.yaml:1"


def test_no_yaml_file_can_run_code(path):
    what, _, _ = refused(path, "schema: !!python/object/apply:os.getcwd []\n")

    assert what.startswith("not valid YAML: could not determine a constructor")


def test_a_key_that_is_no_text_is_an_unknown_key(path):
    what, where, _ = refused(path, "schema: 1\n7: 1\n")

    assert "7" in what
    assert where.startswith("some.yaml:")


def test_a_file_that_is_not_there_is_refused(path):
    with pytest.raises(AssignmentError, match="the file cannot be read"):
        read_closed_yaml(path, Outer)


def test_a_file_that_is_no_text_is_refused(path):
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(AssignmentError, match="the file cannot be read"):
        read_closed_yaml(path, Outer)


@pytest.mark.parametrize(
    ("text", "what", "line", "fix"),
    [
        (
            "most:\n  share: 0.5\n  wehn: now\n",
            "unknown key 'wehn'",
            3,
            "Did you mean 'when'?",
        ),
        (
            "named:\n  share:\n    title: a\n    pionts: 1\n",
            "unknown key 'pionts'",
            4,
            "Did you mean 'points'?",
        ),
        (
            "most:\n  share: 0.5\n  title: a\n",
            "unknown key 'title'",
            3,
            "Known keys: share, when.",
        ),
    ],
)
def test_an_unknown_key_is_told_those_of_its_own_place(path, text, what, line, fix):
    assert refused(path, text) == (what, f"some.yaml:{line}", fix)


def test_a_validator_that_knows_the_way_out_names_the_key_and_the_way(path):
    said = refused(path, "schema: 1\nmost:\n  when: now\n  share: 2\n")

    assert said == ("a share of 2", "some.yaml:4", "Write 0.5.")


@pytest.mark.parametrize(
    "when", ["2026-10-09", "2026-10-09 23:59:00", "2026-13-09 23:59:00"]
)
def test_a_date_is_text_whether_or_not_there_is_one(path, when):
    path.write_text(f"most:\n  share: 1\n  when: {when}\n")

    assert read_closed_yaml(path, Outer).most.when == when
