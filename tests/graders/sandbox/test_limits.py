import errno

import numpy as np
import pytest

from graders.records import StudentError
from graders.sandbox import Limits
from graders.sandbox.limits import limit_behind

LIMITS = Limits(memory_mib=2048, disk_mib=16, files=1000, processes=64, cpu_s=1200)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("memory", "2,048 MiB of memory"),
        ("cpu", "1,200 s of processor time"),
        ("disk", "16 MiB of files"),
        ("entries", "1,000 files"),
        ("tasks", "64 processes and threads"),
    ],
)
def test_a_limit_has_words_for_a_finding(words, said):
    assert getattr(LIMITS, words) == said


def test_a_worker_is_told_its_ceilings_and_no_time_limit_of_the_grading():
    assert LIMITS.for_worker() == {
        "cpu_s": 1200,
        "memory_mib": 2048,
        "disk_mib": 16,
        "files": 1000,
        "processes": 64,
    }


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"type": "MemoryError"}, "2,048 MiB of memory"),
        ({"type": "ResourceExhaustedError"}, "2,048 MiB of memory"),
        (
            {"type": "OSError", "errno": errno.ENOSPC},
            "16 MiB of files, or 1,000 files",
        ),
        ({"type": "OSError", "errno": errno.EFBIG}, "16 MiB of files"),
        (
            {"type": "OSError", "errno": errno.EDQUOT},
            "16 MiB of files, or 1,000 files",
        ),
        ({"type": "OSError", "errno": errno.EMFILE}, "1,000 files"),
        (
            {"type": "BlockingIOError", "errno": errno.EAGAIN},
            "64 processes and threads",
        ),
        (
            {"type": "RuntimeError", "message": "can't start new thread"},
            "64 processes and threads, or 2,048 MiB of memory",
        ),
        ({"type": "OSError", "errno": errno.ENOENT}, ""),
        ({"type": "ValueError"}, ""),
    ],
)
def test_an_exception_that_a_limit_causes_names_it(parts, said):
    error = StudentError(**{"message": "", **parts})

    assert limit_behind(error, LIMITS) == said


def test_an_array_that_is_too_large_names_the_limit_of_memory():
    with pytest.raises(MemoryError) as raised:
        np.ones(2**50)

    error = StudentError(type=raised.type.__name__, message=str(raised.value))
    assert limit_behind(error, LIMITS) == "2,048 MiB of memory"
