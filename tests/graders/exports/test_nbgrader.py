import csv
import io

from graders.exports.nbgrader import export_nbgrader
from graders.ledger import Identity


def test_the_columns_are_those_of_nbgraders_own_export(the_class):
    roster = Identity(
        student="ann",
        system="roster",
        known_as={"name": "Alpha, Ann", "email": "=ann@x.org"},
    )

    found = export_nbgrader(the_class({"ann": "bias"}, [roster]))

    rows = list(csv.DictReader(io.StringIO(found.content.decode())))
    assert rows == [
        {
            "assignment": "assignment9_small",
            "duedate": "",
            "timestamp": "",
            "student_id": "ann",
            "last_name": "Alpha",
            "first_name": "Ann",
            "email": "'=ann@x.org",
            "raw_score": "15",
            "late_submission_penalty": "0",
            "score": "15",
            "max_score": "20",
        }
    ]
