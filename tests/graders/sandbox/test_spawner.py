from collections.abc import Iterator

import pytest

from graders.records import Ending
from graders.sandbox.bundle import Bundle
from graders.sandbox.spawner import Spawner
from tests.stand_ins.asking import ask_once


@pytest.fixture(scope="module")
def spawner() -> Iterator[Spawner]:
    """Fresh processes without TensorFlow."""
    bundle = Bundle()
    opened = Spawner(bundle, ())
    yield opened
    opened.close()
    bundle.remove()


def test_a_fresh_process_returns_a_value(spawner):
    answer = ask_once(spawner, "def f(x):\n    return x + 1", 2)

    assert (answer.ending, answer.value) == (Ending.RETURNED, 3)


def test_a_fresh_process_that_ends_itself_died(spawner):
    answer = ask_once(spawner, "import os\ndef f():\n    os._exit(4)")

    assert answer.ending is Ending.DIED
    assert answer.note == "it ended itself with exit status 4"


def test_a_fresh_process_that_never_answers_times_out_at_its_line(spawner):
    answer = ask_once(spawner, "def f():\n    while True:\n        pass", seconds=1)

    assert answer.ending is Ending.TIMED_OUT
    assert answer.line in (2, 3)


def test_a_fresh_process_cannot_write_into_its_own_answers_by_printing(spawner):
    source = (
        "import os\ndef f():\n    print('out')\n    os.write(1, b'raw')\n    return 1"
    )

    answer = ask_once(spawner, source)

    assert (answer.ending, answer.value) == (Ending.RETURNED, 1)
    assert answer.printed == "out\n"


def test_a_fresh_process_that_floods_is_ended(spawner):
    source = "import os\ndef f():\n    while True: os.write(2, b'x' * 1000)"

    answer = ask_once(spawner, source)

    assert answer.ending is Ending.FLOODED


def test_a_fresh_process_has_a_folder_of_its_own(spawner):
    source = "import os\ndef f():\n    return os.getcwd(), os.listdir()"

    (first, left), (second, _) = (ask_once(spawner, source).value for _ in range(2))

    assert first != second
    assert left == []
