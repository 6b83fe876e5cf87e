from tests.stand_ins.command import run_grade


def test_every_assignment_is_listed_with_its_names_points_and_file():
    done = run_grade("list")

    assert done.returncode == 0
    assert "assignment2_cnn  (assignment2, cnn, 2)\n" in done.stdout
    assert "; 100 points; assignments/assignment2_cnn/cnn.py\n" in done.stdout
