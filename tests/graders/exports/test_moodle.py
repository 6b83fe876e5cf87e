import csv
import io

import pytest

from graders.errors import UsageError
from graders.exports.changes import Why
from graders.exports.lms_table import read_table
from graders.exports.moodle import export_moodle
from tests.graders.exports.conftest import known
from tests.graders.exports.readers import moodle
from tests.stand_ins.marks import adjusted

ENGLISH = """\
Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum grade",\
"Grade can be changed","Last modified (submission)","Online text",\
"Last modified (grade)","Feedback comments"
"Participant 101","Ann Alpha",s11,ann@x.org,Submitted,,20.00,Yes,"Friday, 9 October",,-,
"Participant 102","Bo Beta",s12,bo@x.org,Submitted,12.00,20.00,Yes,Friday,,Friday,- good
"Participant 103","Cy Gamma",s13,cy@x.org,Submitted,,20.00,No,Friday,,-,
"Participant 104","Di Delta",s14,di@x.org,Submitted,14.00,20.00,Yes,Friday,,Friday,Seen.
"Participant 105","Nobody",s15,no@x.org,"No submission",,20.00,Yes,,,-,
"""
GERMAN = """\
ID,"Vollständiger Name",E-Mail-Adresse,Status,Gruppe,Bewertung,Bestwertung,\
"Bewertung kann geändert werden","Zuletzt geändert (Abgabe)",\
"Zuletzt geändert (Bewertung)","Feedback als Kommentar"
Teilnehmer/in101,"Ann Alpha",ann@x.org,Abgegeben,,,"20,00",Ja,Freitag,-,
Teilnehmer/in103,"Cy Gamma",cy@x.org,Abgegeben,,,"20,00",Nein,Freitag,-,
"""
FRENCH = """\
Identifiant,"Nom complet","Adresse de courriel",Statut,Note,"Note maximale",\
"La note peut être modifiée","Dernière modification (note)","Feedback par commentaires"
Participant101,"Ann Alpha",ann@x.org,Remis,,"20,00",Oui,-,
Participant103,"Cy Gamma",cy@x.org,Remis,,"20,00",Non,-,
"""
SPANISH = """\
Identificador,"Nombre completo","Dirección de correo",Estado,Calificación,\
"Calificación máxima","La calificación puede ser cambiada",\
"Última modificación (entrega)","Última modificación (calificación)",\
"Comentarios de retroalimentación"
"Participante 101","Ann Alpha",ann@x.org,Enviado,,"20,00",Sí,lunes,-,
"Participante 103","Cy Gamma",cy@x.org,Enviado,,"20,00",No,lunes,-,
"""
FINNISH = """\
Tunniste,"Koko nimi",Sähköposti,Tila,Arvosana,Enimmäisarvosana,"Voi muuttaa",\
"Viimeksi muokattu"
"Osallistuja 101","Ann Alpha",ann@x.org,Palautettu,,"20,00",Kyllä,-
"Osallistuja 102","Bo Beta",bo@x.org,Palautettu,,"20,00",Kyllä,-
"""
FAILED = {
    "Ann Alpha": "bias strides sizes",
    "Bo Beta": "shapes",
    "Cy Gamma": "",
    "Di Delta": "sizes",
}


@pytest.fixture
def worksheet(tmp_path):
    def read(text=ENGLISH, encoding="utf-8"):
        path = tmp_path / "worksheet.csv"
        path.write_bytes(text.encode(encoding))
        return read_table(path)

    return read


@pytest.fixture
def assign():
    return moodle.Assign(
        participants={101, 102, 103, 104, 105},
        maximum=20,
        grades={102: 12, 104: 14},
        feedback={102: "- good", 104: "Seen."},
        locked=frozenset({103}),
    )


def test_moodle_takes_the_grades_and_no_other_change(the_class, worksheet, assign):
    found = export_moodle(the_class(FAILED), worksheet(), {})

    done = moodle.import_grades(assign, found.content)
    assert done.grades == {101: 4, 102: 16}
    assert done.feedback == {}
    assert done.skipped == {
        **{103: "no value", 104: "not modified", 105: "no value"},
    }


def test_a_grade_that_cannot_be_changed_is_left_and_told(the_class, worksheet):
    found = export_moodle(the_class(FAILED), worksheet(), {})

    told = {one.student: (one.why, one.told) for one in found.left}
    assert told["Cy Gamma"] == (
        Why.LOCKED,
        "the worksheet says that its grade cannot be changed",
    )
    assert told["Di Delta"][0] is Why.UNCHANGED


def test_every_other_cell_of_the_worksheet_stays_as_it_was(the_class, worksheet):
    table = worksheet()

    found = export_moodle(the_class(FAILED), table, {})

    rows = list(csv.reader(io.StringIO(found.content.decode())))
    assert tuple(rows[0]) == table.header
    for before, after in zip(table.rows, rows[1:], strict=True):
        assert [*before[:5], *before[6:]] == [*after[:5], *after[6:]]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, moodle.GERMAN),
        (FRENCH, moodle.FRENCH),
        (SPANISH, moodle.SPANISH),
    ],
    ids=["german", "french", "spanish"],
)
def test_a_worksheet_in_another_language_is_filled_with_decimal_commas(
    the_class, worksheet, assign, text, language
):
    given = {"Ann Alpha": [adjusted("A9.1", 7.25)]}

    found = export_moodle(
        the_class(FAILED, adjustments=given), worksheet(text, "utf-8-sig"), {}
    )

    assert [one.after for one in found.changes] == ["7,25"]
    done = moodle.import_grades(assign, found.content, language)
    assert done.grades == {101: 7.25}
    assert found.left[0].why is Why.LOCKED


def test_a_language_that_is_not_known_is_read_by_what_is_in_the_columns(
    the_class, worksheet
):
    found = export_moodle(the_class(FAILED), worksheet(FINNISH), {})

    assert found.column == "Arvosana"
    assert {one.student: one.after for one in found.changes} == {
        **{"Ann Alpha": "4", "Bo Beta": "16"}
    }
    assert found.notes == (
        "Which grades can be changed is not known; Moodle skips those that cannot."
        " --heading changeable=TEXT names the column.",
    )


def test_columns_can_be_named(the_class, worksheet):
    text = ENGLISH.replace(",Grade,", ",Mark,").replace("Maximum grade", "Most")

    with pytest.raises(UsageError) as caught:
        export_moodle(the_class(FAILED), worksheet(text.replace("20.00", "")), {})
    found = export_moodle(the_class(FAILED), worksheet(text), {"grade": "Mark"})

    assert caught.value.what == "the worksheet's column for 'grade' cannot be told"
    assert caught.value.fix.startswith("Name it, --heading grade=TEXT: 'Identifier', ")
    assert found.column == "Mark"
    assert [one.student for one in found.changes] == ["Ann Alpha", "Bo Beta"]


def test_an_empty_cell_of_feedback_gets_a_sentence_and_a_teachers_own_stays(
    the_class, worksheet, assign
):
    found = export_moodle(the_class(FAILED), worksheet(), {}, with_comments=True)

    done = moodle.import_grades(assign, found.content)
    assert done.feedback == {101: "<p>4 of 20 points.</p>"}


def test_points_above_the_maximum_are_told_since_moodle_would_skip_them(
    the_class, worksheet
):
    table = worksheet(ENGLISH.replace("20.00", "10.00"))

    found = export_moodle(the_class(FAILED), table, {})

    told = {one.student: one.told for one in found.left}
    assert told["Bo Beta"].startswith("16 is above the maximum of 10, and Moodle")
    assert found.notes[0].startswith("Moodle has 10 points for this, the rubric 20.")


def test_an_assignment_that_is_graded_by_a_scale_is_refused(the_class, worksheet):
    text = ENGLISH.replace("Maximum grade", "Scale").replace("20.00", "poor good")

    with pytest.raises(UsageError, match="graded by a scale, not by points"):
        export_moodle(the_class(FAILED), worksheet(text), {})


def test_blind_marking_needs_the_number_that_the_archive_gave(the_class, worksheet):
    text = "Identifier,Status,Grade,Maximum grade,Last modified (grade)\n"
    table = worksheet(text + "Participant 7,Submitted,,20.00,-\n")
    identities = [known("Ann Alpha", "moodle", participant="7", name="Participant 7")]

    found = export_moodle(the_class(FAILED, identities), table, {})

    assert [(one.student, one.why) for one in found.changes] == [
        ("Ann Alpha", "participant 7")
    ]
    assert len(found.unmatched) == 3


def test_names_and_texts_of_students_are_run_by_no_spreadsheet(
    the_class, worksheet, assign
):
    text = ENGLISH.replace('"Ann Alpha"', '"=1+1"').replace("October,,", "October,@x,")
    text = text.replace('"Friday, 9 October",,', '"Friday, 9 October",@SUM(1),')
    identities = [known("Ann Alpha", "moodle", participant="101")]

    found = export_moodle(the_class(FAILED, identities), worksheet(text), {})

    row = list(csv.reader(io.StringIO(found.content.decode())))[1]
    assert (row[1], row[9]) == ("'=1+1", "'@SUM(1)")
    assert moodle.import_grades(assign, found.content).grades[101] == 4
