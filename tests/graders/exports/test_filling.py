from hypothesis import given, settings
from hypothesis import strategies as st

from graders.exports.blackboard import export_blackboard
from graders.exports.canvas import export_canvas
from graders.exports.lms_table import read_table, write_rows
from graders.exports.moodle import export_moodle
from tests.graders.exports.conftest import a_class, known

_CELLS = st.sampled_from(
    ["", "-", "12", "20", "20.00", "15,0", "EX", "ex", "N/A", "B+"]
)
_WORDS = st.sampled_from(
    ["", "Doe, Jane", "Jane Doe", "jdoe", "=1+1", "s1", "Zoë", "7"]
)
_ROWS = st.lists(st.tuples(_WORDS, _WORDS, _WORDS, _CELLS), max_size=6)
_STUDENTS = st.lists(
    st.sampled_from(["Doe, Jane", "jdoe", "s1", "Zoë", "7", "101", "nobody"]),
    unique=True,
    min_size=1,
)
_IDS = st.dictionaries(st.sampled_from(["jdoe", "s1", "Zoë"]), st.integers(100, 107))


def canvas(rows):
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Small (4821)"]
    people = [
        [name, str(100 + i), sis_id, login, "X", grade]
        for i, (name, sis_id, login, grade) in enumerate(rows)
    ]
    return [header, ["    Points Possible", "", "", "", "", "20"], *people]


def moodle(rows):
    header = ["Identifier", "Full name", "ID number", "Email address", "Grade"]
    header += ["Maximum grade", "Grade can be changed", "Last modified (grade)"]
    return [
        header,
        *(
            [f"Participant {100 + i}", name, sid, email, grade, "20.00", "Yes", "-"]
            for i, (name, sid, email, grade) in enumerate(rows)
        ),
    ]


def blackboard(rows):
    header = ["Last Name", "Username", "Student ID", "Small [Total Pts: 20 Score] |4"]
    return [header, *([name, user, sid, grade] for name, sid, user, grade in rows)]


_PLATFORMS = {
    "canvas": (canvas, "user_id", export_canvas),
    "moodle": (moodle, "participant", lambda *args: export_moodle(*args, {})),
    "blackboard": (blackboard, "username", export_blackboard),
}


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(_PLATFORMS)), _ROWS, _STUDENTS, _IDS)
def test_every_mark_is_accounted_for_once_whatever_a_table_holds(
    tmp_path_factory, platform, rows, students, ids
):
    make, key, export = _PLATFORMS[platform]
    path = tmp_path_factory.mktemp("table") / "table.csv"
    path.write_bytes(write_rows(make(rows)))
    identities = [known(name, platform, **{key: str(n)}) for name, n in ids.items()]
    made = a_class(dict.fromkeys(students, ""), identities)

    found = export(made, read_table(path))

    accounted = [one.student for one in (*found.changes, *found.left, *found.unmatched)]
    assert sorted(accounted) == sorted(students)
