from dataclasses import replace

import pytest

from benchmarks.regrade_ledgers import Model, fill, made_up, ten_by_six
from graders.ledger import Ledger
from graders.marks import read_marks, records_of
from tests.stand_ins.ledgers import observation


@pytest.fixture
def ledger(tmp_path):
    """One grading, with an observation in each of its two groups."""
    rubric = ten_by_six()
    (model,) = made_up(rubric, 1)
    seen = (observation("public"), observation("hidden", 4.5))
    model = Model(record=replace(model.record, observations=seen), groups=model.groups)
    with Ledger(f"sqlite:///{tmp_path}/ledger.sqlite3", "ta") as opened:
        fill(opened, rubric, [model], 1)
        yield opened


@pytest.mark.parametrize(("with_public", "groups"), [(True, ["public"]), (False, [])])
def test_observations_are_those_of_public_checks_or_none(ledger, with_public, groups):
    rubric = ten_by_six()
    with ledger.reading() as connection:
        marks = read_marks(connection, rubric.assignment, rubric)
        found = records_of(
            connection, rubric.assignment, marks, with_public=with_public
        )
        ((_, record),) = found

    assert [seen.group for seen in record.observations] == groups
