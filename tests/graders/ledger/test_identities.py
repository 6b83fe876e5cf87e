from graders.ledger import Identity, identities_of, keep_identities
from tests.stand_ins.ledgers import A9, contents


def named(student, **known_as):
    return Identity(student=student, system="canvas", known_as=known_as)


def test_a_later_identity_takes_the_place_of_an_earlier_one(ledger):
    keep_identities(ledger, A9, [named("student_a", user_id="1")], "week1.zip")
    keep_identities(ledger, A9, [named("student_a", user_id="2")], "week2.zip")

    found = ledger.read(lambda connection: identities_of(connection, A9))

    assert found == {"student_a": {"canvas": {"user_id": "2"}}}


def test_what_is_known_already_is_not_recorded_again(ledger):
    one = named("student_ä", user_id="1", name="Ä, Ö")
    keep_identities(ledger, A9, [one], "week1.zip")
    keep_identities(ledger, A9, [one], "week2.zip")

    (row,) = contents(ledger, "identities")["identities"]
    assert "week1.zip" in row


def test_each_platform_has_a_name_of_its_own_for_a_student(ledger):
    other = Identity(student="student_a", system="roster", known_as={"email": "a@b"})
    keep_identities(ledger, A9, [named("student_a", user_id="1"), other], "")

    found = ledger.read(lambda connection: identities_of(connection, A9))

    assert set(found["student_a"]) == {"canvas", "roster"}
    assert ledger.read(lambda connection: identities_of(connection, "other")) == {}
