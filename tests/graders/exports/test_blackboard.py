import pytest

from graders.errors import UsageError
from graders.exports.blackboard import export_blackboard
from graders.exports.changes import Why
from graders.exports.lms_table import read_table
from tests.graders.exports.conftest import known
from tests.graders.exports.readers.blackboard import upload

GRADEBOOK = """\
"Last Name","First Name","Username","Student ID","Last Access",\
"Small [Total Pts: 20 Score] |4001","Total [Total Pts: up to 70 Score] |4002",\
"Other [Total Pts: 50 Score] |4003"
"Alpha","Ann","ann","s11","2026-10-09","","70","7"
"Beta","Bo","bo","s12","2026-10-09","12.00","80","8"
"Delta","Di","di","s14","2026-10-09","14","80","8"
"""
USERS, COLUMNS = {"ann", "bo", "di"}, {"4001", "4002", "4003"}


@pytest.fixture
def gradebook(tmp_path):
    def read(text=GRADEBOOK, encoding="utf-8-sig", name="gc.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return read_table(path)

    return read


def test_blackboard_takes_the_changed_grades_into_the_column_that_is_there(
    the_class, gradebook
):
    made = the_class({"ann": "bias", "bo": "shapes", "di": "sizes"})

    found = export_blackboard(made, gradebook())

    done = upload(USERS, COLUMNS, found.content)
    assert done.grades == {("ann", "4001"): "15", ("bo", "4001"): "16"}
    assert (done.new_columns, done.unknown_users) == ([], [])
    assert found.num_left(Why.UNCHANGED) == 1


def test_a_file_of_tabs_in_utf_16_comes_back_as_one(the_class, gradebook):
    text = GRADEBOOK.replace('","', '"\t"')

    found = export_blackboard(
        the_class({"ann": "bias"}), gradebook(text, "utf-16", "gc.xls")
    )

    assert upload(USERS, COLUMNS, found.content).grades == {("ann", "4001"): "15"}
    assert found.content.startswith((b"\xff\xfe", b"\xfe\xff"))


def test_a_calculated_column_is_never_written(the_class, gradebook):
    with pytest.raises(UsageError) as caught:
        export_blackboard(the_class({"ann": ""}), gradebook(), "4002")

    assert caught.value.what == "no column of the gradebook is called '4002'"
    assert "|4001" in caught.value.fix
    assert "|4002" not in caught.value.fix


def test_the_username_of_the_archive_decides(the_class, gradebook):
    identities = [known("Alpha, Ann", "blackboard", username="bo")]

    found = export_blackboard(the_class({"Alpha, Ann": ""}, identities), gradebook())

    assert [one.row for one in found.changes] == ["Beta, Bo (bo)"]


def test_a_username_that_a_spreadsheet_would_run_is_left_to_a_person(
    the_class, gradebook
):
    table = gradebook(GRADEBOOK.replace('"ann"', '"=ann"'))

    found = export_blackboard(the_class({"Alpha, Ann": ""}), table)

    assert found.left[0].why is Why.UNSAFE
    assert found.left[0].told.endswith("enter 20 by hand")
    assert b"=ann" not in found.content


def test_a_file_without_usernames_is_no_gradebook(the_class, gradebook):
    with pytest.raises(UsageError, match="it has no column Username"):
        export_blackboard(the_class({"ann": ""}), gradebook("a,b\n1,2\n"))
