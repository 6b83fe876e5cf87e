import json

import pytest

from tests.stand_ins.command import run_grade

SYNTAX_ERROR = "def output_size(n:\n    return 1\n"


@pytest.fixture
def broken_file(tmp_path):
    path = tmp_path / "cnn.py"
    path.write_text(SYNTAX_ERROR)
    return path


def test_a_score_of_zero_is_a_command_that_worked(broken_file):
    done = run_grade("assignment2", broken_file)

    assert done.returncode == 0
    assert "Score 0 / 100" in done.stdout
    assert "Syntax error" in done.stdout
    assert "cnn.py:1" in done.stdout


def test_json_prints_one_document_and_nothing_else(broken_file):
    done = run_grade("assignment2", broken_file, "--json")

    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert (document["score"], document["max_score"]) == (0, 100)
    assert document["assignment"] == "assignment2_cnn"
    assert document["student"] == "cnn"
    assert [item["id"] for item in document["items"]] == [
        *(f"A2.{number}" for number in range(1, 11)),
        "style",
    ]


def test_one_task_can_be_graded_by_itself(broken_file):
    done = run_grade("cnn", broken_file, "--json", "--task", "A2.4")

    document = json.loads(done.stdout)
    assert [item["id"] for item in document["items"]] == ["A2.4"]
    assert document["max_score"] == 8


def test_public_leaves_the_hidden_checks_out(broken_file):
    done = run_grade("2", broken_file, "--json", "--public", "--seed", "5")

    document = json.loads(done.stdout)
    assert document["public_only"] is True
    assert document["max_score"] < 100
    assert document["key"]["seed"] == 5


def test_an_unknown_task_is_a_usage_error_that_names_the_tasks(broken_file):
    done = run_grade("assignment2", broken_file, "--task", "A2.99")

    assert done.returncode == 2
    assert done.stderr.strip().splitlines() == [
        "Error: --task: there is no task 'A2.99'",
        "  Tasks: A2.1, A2.2, A2.3, A2.4, A2.5, A2.6, A2.7, A2.8, A2.9, A2.10.",
    ]


def test_a_missing_file_suggests_the_nearest_name(broken_file, tmp_path):
    done = run_grade("assignment2", "cmn.py", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr == "Error: cmn.py: no such file\n  Did you mean cnn.py?\n"
    assert done.stdout == ""


def test_a_missing_file_like_no_other_asks_for_its_path(tmp_path):
    done = run_grade("assignment2", "nowhere/cnn.py", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr == "Error: nowhere/cnn.py: no such file\n  Check the path.\n"


def test_a_folder_is_refused_with_the_command_for_a_class(tmp_path):
    done = run_grade("assignment2", tmp_path)

    assert done.returncode == 2
    assert done.stderr == (
        f"Error: {tmp_path}: this is a folder\n  Name the file, or grade a class:"
        f" `grade batch assignment2 {tmp_path}`.\n"
    )


def test_without_a_file_the_stub_must_be_here(tmp_path):
    done = run_grade("assignment2", cwd=tmp_path)

    assert done.returncode == 2
    assert "there is no assignments/assignment2_cnn/cnn.py here" in done.stderr
    assert "`grade assignment2 FILE`" in done.stderr


@pytest.mark.parametrize("name", ["cnn.py", "assignments/assignment2_cnn/cnn.py"])
def test_without_a_file_the_stub_or_its_name_is_graded(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SYNTAX_ERROR)

    done = run_grade("assignment2", cwd=tmp_path)

    assert done.returncode == 0
    assert "Syntax error" in done.stdout


def test_a_file_that_is_no_python_is_graded_and_says_why(tmp_path):
    (tmp_path / "cnn.py").write_bytes(b"%PDF-1.4")

    done = run_grade("assignment2", tmp_path / "cnn.py")

    assert done.returncode == 0
    assert "The file is a PDF document, not Python." in done.stdout


def test_a_data_folder_that_cannot_be_used_is_our_fault_and_says_what_to_set(tmp_path):
    path = tmp_path / "cnn.py"
    path.write_text("def max_pool(x):\n    return x\n")
    occupied = tmp_path / "occupied"
    occupied.write_text("")

    done = run_grade(
        "assignment2", path, "--task", "A2.4", SURVIVAL_SCHOOL_DATA=str(occupied)
    )

    assert done.returncode == 3
    assert "The grader has a problem:" in done.stderr
    assert "Set SURVIVAL_SCHOOL_DATA to a folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_several_tasks_can_be_graded_together(broken_file):
    done = run_grade("cnn", broken_file, "--json", "--task", "A2.5", "--task", "A2.4")

    items = json.loads(done.stdout)["items"]
    assert [item["id"] for item in items] == ["A2.4", "A2.5"]
