"""Archives that somebody made to do harm: F02 to F18 of the catalogue of attacks."""

import contextlib
import io
import os
import random
import stat
import struct
import tarfile
import zipfile

import pytest

from graders.errors import UsageError
from graders.intake import Asked, Category, take_in
from tests.stand_ins.platforms.classes import members as class_members
from tests.stand_ins.platforms.classes import solution, zipped
from tests.stand_ins.platforms.hostile_zips import Member, lying_zip

GOOD = solution(class_members(1)[0])
ASKED = Asked(file="cnn.py")
OTHER = Member(name=b"student_b/cnn.py")
PEOPLE = class_members(8)
TAR_MODES = {"tar": "w", "tar.gz": "w:gz"}


@pytest.fixture
def handed(tmp_path):
    """What is taken in of an archive of those bytes."""

    def take(data, name="class.zip"):
        path = tmp_path / name
        path.write_bytes(data)
        return take_in(path, ASKED)

    return take


def refused(taken):
    return {
        file.path: file.why for file in taken.files if file.category is Category.REFUSED
    }


def graded(taken):
    return [one.student for one in taken.submissions if not one.problem]


def whole_refusal(handed, data, name="class.zip"):
    with pytest.raises(UsageError) as caught:
        handed(data, name)
    assert caught.value.where.endswith(name)
    assert caught.value.fix
    return caught.value.what


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("/etc/passwd", "its path is absolute"),
        ("C:\\Users\\cnn.py", "its path names a drive"),
        ("c:cnn.py", "its path names a drive"),
        ("\\\\server\\share\\cnn.py", "its path names another machine"),
        ("//server/share/cnn.py", "its path names another machine"),
        ("../../cnn.py", "its path leads out of the archive"),
        ("a\\..\\..\\cnn.py", "its path leads out of the archive"),
        ("a/\0/cnn.py", "its name holds a control character"),
        ("a/cnn.py\0.txt", "its name holds a control character"),
        ("a/cnn\n.py", "its name holds a control character"),
        ("a/\x1b[2Jcnn.py", "its name holds a control character"),
        ("a/\u202eyp.nnc", "its name holds a character that turns the direction"),
        (f"a/{'n' * 300}.py", "its name is longer than 255 bytes"),
        (f"a/{'é' * 130}.py", "its name is longer than 255 bytes"),
        ("a/" * 40 + "cnn.py", "it lies more than 32 folders deep"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused_and_costs_nobody_else(
    handed, name, why
):
    taken = handed(lying_zip([Member(name=name.encode()), OTHER]))

    assert next(iter(refused(taken).values())).startswith(why)
    assert graded(taken) == ["student_b"]


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (stat.S_IFLNK, "it is a link"),
        (stat.S_IFIFO, "it is not a regular file"),
        (stat.S_IFCHR, "it is not a regular file"),
        (stat.S_IFSOCK, "it is not a regular file"),
    ],
)
def test_an_entry_of_a_zip_that_is_no_file_is_refused(handed, kind, why):
    link = Member(name=b"student_a", data=b"/etc", mode=kind | 0o777)
    through = Member(name=b"student_a/cnn.py")

    taken = handed(lying_zip([link, through, OTHER]))

    assert refused(taken) == {"student_a": why}
    assert graded(taken) == ["student_a", "student_b"]


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (tarfile.SYMTYPE, "it is a link"),
        (tarfile.LNKTYPE, "it is a link"),
        (tarfile.CHRTYPE, "it is not a regular file"),
        (tarfile.BLKTYPE, "it is not a regular file"),
        (tarfile.FIFOTYPE, "it is not a regular file"),
    ],
)
def test_an_entry_of_a_tar_that_is_no_file_is_refused(handed, kind, why):
    link = tarfile.TarInfo("student_a/cnn.py")
    link.type, link.linkname = kind, "/etc/passwd"

    taken = handed(tar_of(link, plain("student_b/cnn.py")), "class.tar")

    assert refused(taken) == {"student_a/cnn.py": why}
    assert graded(taken) == ["student_b"]


def test_a_name_in_a_tar_that_is_not_utf_8_is_refused(handed):
    taken = handed(
        tar_of(plain("student_a/c\udcff.py"), plain("student_b/cnn.py")), "class.tar"
    )

    assert list(refused(taken).values()) == ["its name is not UTF-8 text"]
    assert graded(taken) == ["student_b"]


def test_a_name_in_a_zip_that_is_not_the_utf_8_it_says_refuses_the_archive(handed):
    what = whole_refusal(handed, lying_zip([Member(name=b"a/\xff\xfe.py"), OTHER]))

    assert what == "a name in the archive is not UTF-8 text, though it says so"


def test_a_name_of_an_old_packer_is_read_as_what_it_was(handed):
    old = Member(name="Zoë/cnn.py".encode(), flags=0)

    assert graded(handed(lying_zip([old, OTHER]))) == ["Zoë", "student_b"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("a/cnn.py", "a/cnn.py"),
        ("a/cnn.py", "A/CNN.py"),
        ("a/caf\u00e9.py", "a/cafe\u0301.py"),
        ("a/cnn.py", "a\\cnn.py"),
        ("a/cnn.py", "a/./cnn.py"),
    ],
)
def test_names_that_a_disk_takes_for_one_are_refused_and_named(handed, one, two):
    taken = handed(
        lying_zip([Member(name=one.encode()), Member(name=two.encode()), OTHER])
    )

    (why, again) = [f.why for f in taken.files if f.category is Category.REFUSED]
    assert why == again
    assert why.startswith("2 entries have names that some systems take for one: '")
    assert graded(taken) == ["student_b"]


def test_overlapping_entries_refuse_the_archive(handed):
    first = Member(name=b"student_a/cnn.py", data=os.urandom(4000))
    inside = Member(name=b"student_b/cnn.py", at=0)

    what = whole_refusal(handed, lying_zip([first, inside]))

    assert what == "entries of the archive overlap, as those of a bomb do"


def test_a_quoted_overlap_with_a_header_of_its_own_refuses_the_archive(handed):
    # The second header lies in the body of the first, as in David Fifield's bomb.
    hidden = lying_zip([Member(name=b"b/cnn.py")])
    outer = Member(name=b"a/cnn.py", data=os.urandom(2000), method=0)
    data = bytearray(lying_zip([outer, Member(name=b"b/cnn.py", at=200)]))
    data[200 : 200 + len(hidden) - 22 - 46 - 8] = hidden[: len(hidden) - 76]

    what = whole_refusal(handed, bytes(data))

    assert what == "entries of the archive overlap, as those of a bomb do"


@pytest.mark.parametrize(
    ("says", "why"),
    [
        (3, "it is damaged in the archive"),
        (20_000, "it is shorter than the archive says"),
    ],
)
def test_a_size_that_is_a_lie_costs_its_own_entry_only(handed, says, why):
    liar = Member(name=b"student_a/cnn.py", data=GOOD, says_size=says)

    taken = handed(lying_zip([liar, OTHER]))

    assert refused(taken) == {"student_a/cnn.py": why}
    assert graded(taken) == ["student_b"]


def test_an_entry_that_unpacks_to_two_hundred_times_its_size_is_not_unpacked(handed):
    bomb = Member(name=b"student_a/cnn.py", data=bytes(3 * 1024**2))

    taken = handed(lying_zip([bomb, OTHER]))

    assert refused(taken) == {
        "student_a/cnn.py": "it unpacks to more than 200 times its size, as a bomb does"
    }


def test_a_large_attachment_is_refused_by_what_it_says_of_itself(handed):
    large = Member(name=b"student_a/data.npz", says_size=500 * 1024**2)

    taken = handed(lying_zip([large, Member(name=b"student_a/cnn.py"), OTHER]))

    assert refused(taken) == {"student_a/data.npz": "it is larger than 64 MiB"}
    assert graded(taken) == ["student_a", "student_b"]


def test_an_archive_that_adds_up_to_too_much_is_refused(handed, monkeypatch):
    monkeypatch.setattr("graders.intake.zip_archive.MOST_TOTAL_BYTES", 1024**2)
    parts = [
        Member(name=b"a/%d.csv" % n, data=os.urandom(9000), says_size=1024**2)
        for n in range(2)
    ]

    what = whole_refusal(handed, lying_zip(parts))

    assert what.startswith("it unpacks to more than ")


def test_too_many_entries_are_refused_by_number(handed, monkeypatch):
    monkeypatch.setattr("graders.intake.zip_archive.MOST_ENTRIES", 500)

    what = whole_refusal(handed, zipped({f"{n}": b"" for n in range(501)}))

    assert what == "the archive has more than 500 entries"


def test_a_list_of_entries_too_large_for_memory_is_not_read(handed):
    end = struct.pack("<HHHHLLH", 0, 0, 9, 9, 400 * 1024**2, 0, 0)

    what = whole_refusal(handed, b"PK\x03\x04" + bytes(100) + b"PK\x05\x06" + end)

    assert what == "the archive has more than 50,000 entries"


def test_a_zip64_record_that_lies_is_refused(handed):
    record = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 9, 9, 2**62, 0)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, 4, 1)
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 9, 9, 2**32 - 1, 2**32 - 1, 0)

    what = whole_refusal(handed, b"PK\x03\x04" + record + locator + end)

    assert what == "the archive has more than 50,000 entries"


def test_an_encrypted_entry_is_refused_alone(handed):
    taken = handed(lying_zip([Member(name=b"student_a/cnn.py", flags=0x801), OTHER]))

    assert refused(taken) == {"student_a/cnn.py": "it is encrypted"}
    assert graded(taken) == ["student_b"]


def test_an_encrypted_archive_is_refused(handed):
    what = whole_refusal(handed, lying_zip([Member(name=b"a.py", flags=0x801)]))

    assert what == "the archive is encrypted"


def test_a_method_that_no_platform_uses_is_refused(handed):
    taken = handed(lying_zip([Member(name=b"student_a/cnn.py", method=14), OTHER]))

    assert refused(taken) == {
        "student_a/cnn.py": "it is packed by a method that platforms do not use"
    }


@pytest.mark.parametrize("left", [0.2, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("ending", ["zip", "tar", "tar.gz", "tar.xz"])
def test_an_archive_that_is_cut_off_is_refused(handed, left, ending):
    entries = {f"s{n}/cnn.py": os.urandom(400) for n in range(20)}
    whole = zipped(entries)
    if ending != "zip":
        parts = [plain(name, data) for name, data in entries.items()]
        whole = tar_of(*parts, mode=f"w:{ending[4:]}")
    if ending == "tar":  # Less the zeros at its end, which nobody would miss.
        whole = whole.rstrip(b"\0")

    what = whole_refusal(handed, whole[: int(len(whole) * left)], f"class.{ending}")

    assert what == "the archive is damaged or cut off"


@pytest.mark.parametrize("data", [b"", b"PK", b"Rar!\x1a\x07", b"<html>Log in</html>"])
def test_what_is_no_archive_is_told(handed, data):
    assert whole_refusal(handed, data) in (
        "this is neither a zip nor a tar archive",
        "the archive is damaged or cut off",
    )


def test_an_archive_with_nothing_in_it_is_told(handed):
    assert whole_refusal(handed, zipped({})) == "nobody handed anything in"


def test_a_tar_that_never_ends_is_refused(handed, monkeypatch):
    monkeypatch.setattr("graders.intake.tar_archive.MOST_TOTAL_BYTES", 1024**2)
    data = tar_of(plain("a/data.bin", bytes(2 * 1024**2)), mode="w:gz")

    what = whole_refusal(handed, data, "class.tar.gz")

    assert what.startswith("the archive unpacks to more than ")


@pytest.mark.parametrize("at", [0, 1024, 2048])
def test_a_damaged_header_never_passes_for_the_end_of_a_tar(handed, at):
    data = bytearray(tar_of(*[plain(f"s{n}/cnn.py") for n in range(3)]))
    data[at : at + 8] = b"damaged!"

    what = whole_refusal(handed, bytes(data), "class.tar")

    assert what == "the archive is damaged or cut off"


def test_a_tar_that_is_cut_between_two_files_is_refused(handed):
    whole = tar_of(*[plain(f"s{n}/cnn.py") for n in range(3)])

    what = whole_refusal(handed, whole[:2048], "class.tar")

    assert what == "the archive is damaged or cut off"


def test_a_header_of_megabytes_is_not_read_into_memory(handed):
    long = tarfile.TarInfo("a/cnn.py")
    long.pax_headers = {"comment": "x" * 100_000}

    what = whole_refusal(handed, tar_of(long), "class.tar")

    assert what.startswith("the archive has a header of 100,")


def test_a_sparse_file_of_a_terabyte_is_refused_without_being_read(handed):
    sparse = tarfile.TarInfo("student_a/cnn.py")
    sparse.pax_headers = {
        "GNU.sparse.major": "0",
        "GNU.sparse.minor": "1",
        "GNU.sparse.name": "student_a/cnn.py",
        "GNU.sparse.size": str(2**40),
        "GNU.sparse.map": "0,0",
    }

    taken = handed(tar_of(sparse, plain("student_b/cnn.py")), "class.tar")

    assert refused(taken) == {"student_a/cnn.py": "it is not a regular file"}


def test_a_bomb_that_a_student_packed_costs_that_student_only(handed):
    bomb = lying_zip([Member(name=b"cnn.py", data=bytes(5 * 1024**2))])
    broken = zipped({"cnn.py": b"x = 1\n"})[:-10]

    taken = handed(
        zipped({"a/cnn.zip": bomb, "b/cnn.zip": broken, "c/cnn.py": b"x = 1\n"})
    )

    told = {one.student: one.problem.what for one in taken.submissions if one.problem}
    assert told == {
        "a": "No Python file was handed in; in cnn.zip, no file at all; cnn.py: it"
        " unpacks to more than 200 times its size, as a bomb does.",
        "b": "No Python file was handed in; cnn.zip: the archive is damaged or cut"
        " off.",
    }
    assert graded(taken) == ["c"]


@pytest.mark.parametrize("ending", ["zip", "tar"])
def test_a_large_archive_of_a_student_is_not_opened(handed, monkeypatch, ending):
    monkeypatch.setattr("graders.intake.sources.MOST_NESTED_BYTES", 1024**2)
    monkeypatch.setattr("graders.intake.opening.MOST_NESTED_BYTES", 1024**2)
    large = zipped({"cnn.py": b"x = 1", "data.bin": os.urandom(1024**2)})
    outer = zipped({"a/cnn.zip": large})
    if ending == "tar":
        outer = tar_of(plain("a/cnn.zip", large))

    taken = handed(outer, f"class.{ending}")

    assert refused(taken) == {"a/cnn.zip": "the archive is larger than 1 MiB"}


def test_archives_that_lie_deeper_than_two_are_not_opened(handed):
    inner = {"cnn.py": b"x = 1\n"}
    for _ in range(9):
        inner = {"lib.zip": zipped(inner)}

    taken = handed(zipped({"a/lib.zip": zipped(inner), "b/cnn.py": b"x = 1\n"}))

    assert refused(taken) == {"a/lib.zip": "archives lie too deep in one another"}


@pytest.mark.parametrize(
    "name", ["-rf.py", "$(reboot).py", "a;b.py", "{}%s%n.py", "`id`.py", "'\".py"]
)
def test_a_name_that_a_shell_would_read_becomes_a_plain_folder_name(handed, name):
    taken = handed(zipped({name: b"x = 1\n"}))

    student = taken.submissions[0].student
    assert not set(student) & set("$();{}%`'\"/\\ ")
    assert not student.startswith("-")


def test_who_names_a_file_after_somebody_else_is_still_themselves(handed):
    taken = handed(
        zipped(
            {
                "doejane_1234_5678_roerick_9999_1111_cnn.py": b"x = 1\n",
                "roerick_9999_1111_doejane_1234_5679_cnn.py": b"x = 2\n",
            }
        )
    )

    sources = {one.student: one.source for one in taken.submissions}
    assert sources == {"doejane-1234": "x = 1\n", "roerick-9999": "x = 2\n"}


def test_who_names_a_file_like_another_attempt_gets_no_other_time(handed):
    real = "Assignment 2_user_attempt_2026-10-12-10-00-00"
    forged = "b_other_attempt_2026-10-08-10-00-00_cnn.py"

    taken = handed(zipped({f"{real}_{forged}": b"x = 1\n", f"{real}.txt": b"note"}))

    (submission,) = taken.submissions
    assert submission.student == "user"
    assert submission.submitted_at.isoformat() == "2026-10-12T10:00:00+00:00"


def test_rules_that_a_submission_brings_are_not_read(handed):
    files = {
        name: b"x = 1\n"
        for name in ("a/tests/x.txt", "a/grader.yaml", "a/otter_config.json")
    }

    taken = handed(zipped({"a/cnn.py": GOOD, "b/cnn.py": GOOD, **files}))

    beside = {f.path: f.why for f in taken.files if f.category is Category.BESIDE}
    assert beside == dict.fromkeys(
        files, "not read: a submission brings no rules of its own"
    )


def test_pipes_and_links_in_an_extracted_folder_are_refused(tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "doejane_1_2_cnn.py").write_text("x = 1\n")
    (folder / "roerick_3_4_cnn.py").symlink_to("/etc/passwd")
    os.mkfifo(folder / "poeann_5_6_cnn.py")
    with (folder / "laoyi_7_8_cnn.py").open("wb") as file:
        file.truncate(2**40)

    taken = take_in(folder, ASKED)

    assert refused(taken) == {
        "roerick_3_4_cnn.py": "it is a link",
        "poeann_5_6_cnn.py": "it is not a regular file",
        "laoyi_7_8_cnn.py": "it is larger than 64 MiB",
    }
    assert graded(taken) == ["doejane-1"]


def plain(name, data=b"x = 1\n"):
    member = tarfile.TarInfo(name)
    member.size = len(data)
    return member, data


def tar_of(*members, mode="w"):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        for one in members:
            member, data = one if isinstance(one, tuple) else (one, b"")
            archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_whatever_is_done_to_its_bytes_an_archive_is_read_or_refused(handed, kind):
    chance = random.Random(f"seed {kind}")
    entries = {f"name_{n}_{n}_cnn.py": solution(m) for n, m in enumerate(PEOPLE)}
    parts = [plain(name, data) for name, data in entries.items()]
    whole = zipped(entries) if kind == "zip" else tar_of(*parts, mode=TAR_MODES[kind])
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 12))):
            at = len(data) - 1 - int(chance.expovariate(1 / 300)) % len(data)
            data[at] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))

        with contextlib.suppress(UsageError):
            handed(bytes(data), f"class.{kind}")


def test_the_liar_writes_archives_that_python_reads(tmp_path):
    path = tmp_path / "true.zip"
    path.write_bytes(lying_zip([Member(name=b"a/cnn.py"), OTHER]))

    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
