import pytest

from graders.errors import UsageError
from graders.exports.lms_table import read_table
from graders.exports.moodle_feedback import export_moodle_feedback
from tests.graders.exports.readers.moodle import import_feedback
from tests.graders.exports.test_moodle import ENGLISH


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "worksheet.csv"
    path.write_text(ENGLISH.replace("Bo Beta", "../Bo_/Beta"), "utf-8")
    return read_table(path)


@pytest.fixture
def results(tmp_path):
    for name in ("Ann Alpha", "s12", "Cy Gamma"):
        folder = tmp_path / "results" / "students" / name
        folder.mkdir(parents=True)
        (folder / "report.md").write_text(f"# {name}\n")
    html = tmp_path / "results" / "students" / "Cy Gamma" / "report.html"
    html.write_text("<p>Cy</p>")
    return tmp_path / "results"


def test_moodle_finds_every_student_and_their_report(the_class, table, results):
    made = the_class({"Ann Alpha": "", "s12": "", "Cy Gamma": ""})

    found = export_moodle_feedback(made, table, {}, results)

    assert import_feedback({101, 102, 103}, found.content) == {
        (101, "report.md"): b"# Ann Alpha\n",
        (102, "report.md"): b"# s12\n",
        (103, "report.html"): b"<p>Cy</p>",
    }
    assert found.num_written == 3


def test_no_name_leads_out_of_its_folder(the_class, table, results):
    found = export_moodle_feedback(the_class({"s12": ""}), table, {}, results)

    assert b"Bo Beta_102_assignsubmission_file_/report.md" in found.content


def test_a_student_without_a_report_is_told(the_class, table, results):
    made = the_class({"Ann Alpha": "", "Di Delta": ""})

    found = export_moodle_feedback(made, table, {}, results)

    assert [one.student for one in found.left] == ["Di Delta"]
    assert found.left[0].told.startswith("there is no report in ")


def test_a_link_is_not_followed(the_class, table, results, tmp_path):
    (tmp_path / "secret").write_text("secret")
    report = results / "students" / "Ann Alpha" / "report.md"
    report.unlink()
    report.symlink_to(tmp_path / "secret")

    with pytest.raises(UsageError, match="there are no reports here"):
        export_moodle_feedback(the_class({"Ann Alpha": ""}), table, {}, results)


def test_the_same_reports_give_the_same_bytes(the_class, table, results):
    made = the_class({"Ann Alpha": ""})

    first = export_moodle_feedback(made, table, {}, results).content
    again = export_moodle_feedback(made, table, {}, results).content

    assert first == again
