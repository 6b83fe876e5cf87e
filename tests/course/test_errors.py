import pickle

import pytest

from course.errors import CourseError, DataNotPrepared


def test_an_error_prints_where_what_and_fix():
    error = CourseError("the folder is full", "/data", "Free some space.")

    text = str(error)

    assert text == "/data: the folder is full\n  Free some space."


def test_an_error_without_a_fix_cannot_be_made():
    with pytest.raises(TypeError, match="fix"):
        CourseError("the folder is full", "/data")


def test_errors_survive_the_trip_between_processes():
    error = DataNotPrepared("not there", "name", "Run a command.")

    copy = pickle.loads(pickle.dumps(error))

    assert type(copy) is DataNotPrepared
    assert (copy.what, copy.where, copy.fix) == (error.what, error.where, error.fix)
