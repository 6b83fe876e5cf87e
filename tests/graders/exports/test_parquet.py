import io

import pyarrow.parquet as pq

from graders.exports.parquet import export_parquet


def test_a_reader_of_parquet_finds_a_row_per_student_and_item(the_class):
    found = export_parquet(the_class({"Zoë": "bias", "student_a": ""}))

    table = pq.read_table(io.BytesIO(found.content))
    rows = table.to_pylist()
    assert [(row["student"], row["item"], row["points"]) for row in rows] == [
        *(("Zoë", "A9.1", 10), ("Zoë", "A9.2", 5)),
        *(("student_a", "A9.1", 10), ("student_a", "A9.2", 10)),
    ]
    assert {row["score"] for row in rows} == {15, 20}
    assert table.schema.metadata[b"assignment"] == b"assignment9_small"
    assert found.num_written == 2


def test_what_is_not_known_is_null_and_not_zero(the_class):
    manual = [{"id": "A9.M1", "title": "The report", "points": 10}]
    made = the_class({"student_a": ""}, manual=manual)

    rows = pq.read_table(io.BytesIO(export_parquet(made).content)).to_pylist()

    waiting = rows[-1]
    assert (waiting["item"], waiting["points"], waiting["waiting"]) == (
        *("A9.M1", None, True),
    )
    assert waiting["late_days"] is None
    assert waiting["submitted_at"] is None
