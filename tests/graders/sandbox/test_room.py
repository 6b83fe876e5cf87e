import os
import struct
import threading

import numpy as np
import pytest

from graders.records import Ending
from graders.sandbox import Limits, Room
from graders.wire import Opaque, encode
from tests.stand_ins.asking import QUICK, ask_once, call

ENDLESS = """
def f():
    n = 0
    while True:
        n += 1
"""
FORGED = """
import os, struct
def f():
    for fd in range(3, 256):
        try:
            os.write(fd, BYTES)
        except OSError:
            pass
"""


def reply(number: int) -> str:
    """The text of a forged answer to a question; the load is number 1."""
    packed = encode({"ending": "returned", "number": number})
    return repr(struct.pack(">I", len(packed)) + packed)


@pytest.fixture
def open_room(sandbox):
    """Opens rooms for a text, and closes them after the test."""
    rooms = []

    def opened(source: str = "", limits: Limits = QUICK) -> Room:
        filename = "cnn.py" if source else ""
        rooms.append(Room(sandbox, limits, filename=filename, source=source))
        return rooms[-1]

    yield opened
    for room in rooms:
        room.close()


# --- answers ----------------------------------------------------------------


def test_a_returned_value_comes_back(sandbox):
    answer = ask_once(sandbox, "def f(x):\n    return {'sum': x.sum()}", np.arange(4))

    assert answer.ending is Ending.RETURNED
    assert answer.value == {"sum": 6}


def test_it_is_known_how_long_no_worker_was_there(open_room):
    room = open_room("def f():\n    return 1")
    before = room.waited_s

    room.ask(call("f"), 20)
    first = room.waited_s
    room.ask(call("f"), 20)

    assert (before, room.waited_s) == (0, first)
    assert first > 0


def test_an_exception_comes_back_with_the_innermost_line_of_the_file(sandbox):
    source = (
        "import numpy as np\n"
        "def inner(x):\n"
        "    return np.linalg.inv(x)\n"
        "def f(x):\n"
        "    return inner(x)\n"
    )

    answer = ask_once(sandbox, source, np.zeros((2, 2)))

    assert answer.ending is Ending.RAISED
    assert answer.error.type == "LinAlgError"
    assert answer.error.message == "Singular matrix"
    assert (answer.error.line, answer.error.function) == (3, "inner")
    assert answer.error.source == "return np.linalg.inv(x)"


def test_a_file_cannot_put_other_words_where_its_own_line_is_quoted(sandbox):
    source = (
        "import linecache\n"
        "def f(x):\n"
        "    lines = [f'secret {x}' for _ in range(9)]\n"
        "    linecache.cache['cnn.py'] = (1, None, lines, 'cnn.py')\n"
        "    exec(compile('\\n' * 5 + f'def secret_{x}(): 1/0', 'cnn.py', 'exec'))\n"
        "    locals()[f'secret_{x}']()\n"
    )

    answer = ask_once(sandbox, source, 7)

    assert answer.error.type == "ZeroDivisionError"
    assert answer.error.source == "locals()[f'secret_{x}']()"
    assert answer.error.function == ""


def test_a_function_that_is_deleted_meanwhile_is_missing(open_room):
    room = open_room("def f():\n    del globals()['f']\n")

    first, second = room.ask(call("f"), 20), room.ask(call("f"), 20)

    assert first.ending is Ending.RETURNED
    assert second.ending is Ending.MISSING


def test_what_is_printed_comes_back_cut(sandbox):
    answer = ask_once(
        sandbox, "def f():\n    print('a\\x1b[31mb')\n    print('x' * 9000)"
    )

    assert answer.printed.startswith("ab\nxxx")
    assert len(answer.printed) == 4096 - len("\x1b[31m")


def test_text_that_cannot_be_encoded_does_not_cost_the_answer(sandbox):
    source = (
        "import warnings\n"
        "def f():\n"
        "    print('a\\ud800')\n"
        "    warnings.warn('b\\ud800')\n"
        "    return 3\n"
    )

    answer = ask_once(sandbox, source)

    assert (answer.ending, answer.value) == (Ending.RETURNED, 3)
    assert answer.printed == "a?\n"
    assert answer.warnings == ("b?",)


@pytest.mark.parametrize("error", ["ValueError()", "SystemExit()"])
def test_an_exception_whose_text_raises_is_still_an_exception(sandbox, error):
    source = (
        "class Odd(Exception):\n"
        "    def __str__(self):\n"
        f"        raise {error}\n"
        "def f():\n"
        "    raise Odd()\n"
    )

    answer = ask_once(sandbox, source)

    assert answer.ending is Ending.RAISED
    assert answer.error.type == "Odd"
    assert answer.error.message == "(the exception's own text could not be read)"


def test_a_changed_argument_is_named_by_its_number(sandbox):
    answer = ask_once(sandbox, "def f(x, y):\n    y[0] = 5\n", np.zeros(2), np.zeros(2))

    assert answer.changed == ("1",)


@pytest.mark.parametrize(
    ("source", "type_name"),
    [
        ("def f():\n    return f", "builtins.function"),
        ("class Odd: pass\ndef f():\n    return Odd()", "cnn.Odd"),
        ("import keras\ndef f():\n    return keras.Sequential()", "keras.Model"),
    ],
)
def test_what_is_not_plain_comes_back_as_a_handle(sandbox, source, type_name):
    answer = ask_once(sandbox, source)

    assert answer.ending is Ending.RETURNED
    assert isinstance(answer.value, Opaque)
    assert answer.value.type_name == type_name


@pytest.mark.parametrize(
    ("value", "note"),
    [
        ("np.zeros(2, dtype=np.longdouble)", "an array of dtype float128"),
        ("'\\ud800'", "the value cannot be packed"),
        ("{2**70: 1}", "the value cannot be packed"),
        ("[0.0] * 150_000", "more than 100,000 items"),
        ("np.zeros(10_000_000)", "it takes 76 MiB; at most 64 MiB fit"),
    ],
)
def test_a_value_that_may_not_cross_is_unreadable(sandbox, value, note):
    answer = ask_once(sandbox, f"import numpy as np\ndef f():\n    return {value}")

    assert answer.ending is Ending.UNREADABLE
    assert answer.note.startswith(note)


# --- limits -----------------------------------------------------------------


def test_an_endless_loop_times_out_at_its_line(sandbox):
    answer = ask_once(sandbox, ENDLESS, seconds=1)

    assert answer.ending is Ending.TIMED_OUT
    assert answer.note == "1"
    assert answer.line in (4, 5)


def test_the_line_of_a_time_out_is_the_files_own_even_inside_a_library(sandbox):
    source = "import time\ndef f():\n    g()\ndef g():\n    time.sleep(60)\n"

    answer = ask_once(sandbox, source, seconds=1)

    assert (answer.ending, answer.line) == (Ending.TIMED_OUT, 5)


def test_after_a_time_out_the_next_question_finds_the_file_loaded_again(open_room):
    room = open_room(f"calls = []\n{ENDLESS}\ndef g():\n    return 5\n")

    late, answer = room.ask(call("f"), 0.5), room.ask(call("g"), 20)

    assert late.ending is Ending.TIMED_OUT
    assert (answer.ending, answer.value) == (Ending.RETURNED, 5)


def test_a_question_without_any_time_left_times_out_at_once(open_room):
    room = open_room("def f():\n    return 1")
    room.ask({"ask": "load"}, 20)

    late, answer = room.ask(call("f"), -0.1), room.ask(call("f"), 20)

    assert late.ending is Ending.TIMED_OUT
    assert answer.value == 1


def test_an_array_beyond_the_memory_limit_is_a_memory_error(sandbox):
    source = "import numpy as np\ndef f():\n    return np.ones(2**30).sum()"
    limits = Limits(memory_mib=2048, output_kib=64)

    answer = ask_once(sandbox, source, limits=limits)

    assert answer.ending is Ending.RAISED
    assert answer.error.type.endswith("MemoryError")
    assert answer.error.line == 3


@pytest.mark.parametrize(
    "loop",
    [
        "while True: print('x' * 1000)",
        "for _ in range(10): print('x' * 1_000_000)",
        "import os\n    for _ in range(10_000): os.write(1, b'x' * 1000)",
        "import os\n    for _ in range(10_000): os.write(2, b'x' * 1000)",
        "import sys\n    while True: sys.__stdout__.write('x' * 1000)",
    ],
)
def test_too_much_output_is_a_flood_whichever_way_it_is_written(sandbox, loop):
    answer = ask_once(sandbox, f"def f():\n    {loop}\n    return 1")

    assert answer.ending is Ending.FLOODED
    assert answer.note == "64"


# --- the end of a child -----------------------------------------------------


@pytest.mark.parametrize(
    ("body", "note"),
    [
        ("import os; os._exit(0)", "it ended itself with exit status 0"),
        ("import os; os._exit(3)", "it ended itself with exit status 3"),
        ("import ctypes; ctypes.string_at(0)", "it was ended by SIGSEGV"),
        ("import os; os.abort()", "it was ended by SIGABRT"),
        ("import os; os.kill(os.getpid(), 9)", "it was ended by SIGKILL"),
    ],
)
def test_a_process_that_ends_itself_died(sandbox, body, note):
    answer = ask_once(sandbox, f"def f():\n    {body}")

    assert answer.ending is Ending.DIED
    assert answer.note == note


@pytest.mark.parametrize("raised", ["SystemExit", "KeyboardInterrupt"])
def test_sys_exit_and_its_like_are_exceptions_of_the_file(sandbox, raised):
    answer = ask_once(sandbox, f"def f():\n    raise {raised}(7)")

    assert answer.ending is Ending.RAISED
    assert (answer.error.type, answer.error.line) == (raised, 2)


def test_after_a_death_the_next_child_knows_nothing_of_the_last(open_room):
    room = open_room(
        "import os\ncalls = []\n"
        "def f():\n    calls.append(1)\n    return len(calls)\n"
        "def g():\n    os._exit(1)\n"
    )

    counts = [room.ask(call("f"), 20).value for _ in range(2)]
    died = room.ask(call("g"), 20)
    after = room.ask(call("f"), 20)

    assert counts == [1, 2]
    assert died.ending is Ending.DIED
    assert after.value == 1


def test_a_handle_of_a_child_that_has_died_is_lost(open_room):
    room = open_room("import os\ndef f():\n    return f\ndef g(x):\n    os._exit(1)\n")
    handle = room.ask(call("f"), 20).value
    room.ask(call("g", 1), 20)
    room.ask(call("f"), 20)

    answer = room.ask(call("g", [handle]), 20)

    assert answer.ending is Ending.LOST


def test_a_handle_can_be_given_back_to_the_child_that_made_it(open_room):
    room = open_room(
        "class Box: size = 3\ndef f():\n    return Box()\ndef g(box): return box.size\n"
    )
    handle = room.ask(call("f"), 20).value

    answer = room.ask(call("g", handle), 20)
    read = room.ask({"ask": "read", "of": handle, "name": "size"}, 20)

    assert answer.value == 3
    assert read.value == 3


@pytest.mark.parametrize("forks", [1, 2], ids=["a child", "a child's child"])
def test_a_process_left_behind_is_ended_with_its_room(open_room, forks):
    room = open_room(
        "import os, time\n"
        "def f(forks):\n"
        "    reader, writer = os.pipe()\n"
        "    if os.fork() == 0:\n"
        "        os.setsid()\n"
        "        if forks == 2 and os.fork():\n"
        "            os._exit(0)\n"
        "        os.write(writer, str(os.getpid()).encode())\n"
        "        time.sleep(60)\n"
        "        os._exit(0)\n"
        "    return int(os.read(reader, 20))\n"
    )
    left_behind = room.ask(call("f", forks), 20).value
    os.kill(left_behind, 0)

    room.close()

    with pytest.raises(ProcessLookupError):
        os.kill(left_behind, 0)


def test_a_process_left_behind_does_not_hold_up_the_end_of_its_room(open_room):
    room = open_room(
        "import os, time\n"
        "def f():\n"
        "    if os.fork() == 0:\n"
        "        os.setsid()\n"
        "        time.sleep(20)\n"
        "        os._exit(0)\n"
        "    return 1\n"
    )
    threads = threading.active_count()
    answer = room.ask(call("f"), 20)

    room.close()

    assert answer.value == 1
    assert threading.active_count() == threads


# --- hostile children -------------------------------------------------------


@pytest.mark.parametrize(
    ("forged", "note"),
    [
        ("b'forged bytes'", "a frame of 1,718,579,815 bytes was announced"),
        ("b'\\0\\0\\0\\x02\\xc1\\xc1'", "not a packed value"),
        ("b'\\0\\0\\0\\x01\\x05'", "not a reply"),
        ("b'\\0\\0\\0\\x09\\x81\\xa6ending\\x90'", "not a reply"),
    ],
)
def test_forged_bytes_on_every_descriptor_are_unreadable(sandbox, forged, note):
    answer = ask_once(sandbox, FORGED.replace("BYTES", forged))

    assert answer.ending is Ending.UNREADABLE
    assert answer.note.startswith(note)


def test_half_a_frame_and_then_the_end_is_unreadable(sandbox):
    source = FORGED.replace("BYTES", "struct.pack('>I', 100)") + "    os._exit(0)\n"

    answer = ask_once(sandbox, source)

    assert answer.ending is Ending.UNREADABLE
    assert answer.note == "the stream ended inside a frame"


def test_replies_that_nobody_asked_for_are_not_collected(open_room):
    room = open_room(FORGED.replace("BYTES", f"{reply(2)} * 1000"))

    answers = [room.ask(call("f"), 20) for _ in range(2)]

    refused = [answer for answer in answers if answer.ending is Ending.UNREADABLE]
    # Which of the two depends on whether the next question was put by then.
    assert refused[0].note in (
        "a reply that nobody asked for",
        "a reply to another question",
    )


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_reply_to_another_question_is_unreadable(sandbox, number):
    answer = ask_once(sandbox, FORGED.replace("BYTES", reply(number)))

    assert answer.ending is Ending.UNREADABLE
    assert answer.note == "a reply to another question"


def test_a_child_that_reads_no_questions_any_more_times_out(open_room):
    # It answers by itself and goes on for ever; the next question does not fit into
    # the channel.
    room = open_room(
        FORGED.replace("BYTES", reply(2))
        + "    while True: pass\ndef g(x):\n    return 1\n"
    )
    forged = room.ask(call("f"), 20)

    late = room.ask(call("g", np.zeros(2_000_000)), 1)
    answer = room.ask(call("g", np.zeros(2)), 20)

    assert forged.ending is Ending.RETURNED
    assert late.ending is Ending.TIMED_OUT
    assert answer.value == 1


# --- loading ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "ending"),
    [
        ("1 / 0", Ending.RAISED),
        ("import os\nos._exit(1)", Ending.DIED),
        ("import sys\nsys.exit()", Ending.RAISED),
        ("while True: print('x' * 1000)", Ending.FLOODED),
    ],
)
def test_a_load_that_fails_answers_every_later_question(open_room, source, ending):
    room = open_room(source)

    answers = [room.ask({"ask": "load"}, 20), room.ask(call("f"), 20)]

    assert answers[0].ending is ending
    assert answers[1] is answers[0]


def test_a_load_that_never_ends_times_out_at_its_line(open_room):
    room = open_room("n = 0\nwhile True:\n    n += 1\n", Limits(load_s=1))

    answer = room.ask({"ask": "load"}, 20)

    assert answer.ending is Ending.TIMED_OUT
    assert answer.line in (2, 3)


def test_a_load_tells_what_the_file_defines(open_room):
    room = open_room("import os\nX = 1\ndef f(a, b=2, *, c):\n    pass\n")

    loaded = room.ask({"ask": "load"}, 20).value

    assert set(loaded) == {"f"}
    assert loaded["f"]["line"] == 3
    assert loaded["f"]["parameters"] == [
        ["a", "POSITIONAL_OR_KEYWORD", False],
        ["b", "POSITIONAL_OR_KEYWORD", True],
        ["c", "KEYWORD_ONLY", False],
    ]


def test_a_file_is_importable_under_its_own_name_and_is_not_main(sandbox):
    source = "def f():\n    import cnn\n    return cnn.f is f, __name__"

    answer = ask_once(sandbox, source)

    assert answer.value == (True, "cnn")


# --- what a worker can see --------------------------------------------------


def test_the_environment_of_a_worker_holds_nothing_of_the_graders(sandbox, monkeypatch):
    monkeypatch.setenv("GRADE_SECRET", "canary")
    source = "import os\ndef f():\n    return dict(os.environ)"

    environment = ask_once(sandbox, source).value

    assert not [name for name in environment if name.startswith(("GRADE", "SURVIVAL"))]
    assert "canary" not in environment.values()
    assert environment["HOME"] == environment["TMPDIR"]


def test_no_path_of_a_worker_leads_to_this_repository(sandbox):
    source = "import sys, os\ndef f():\n    return [*sys.path, os.getcwd()]"

    paths = ask_once(sandbox, source).value

    repository = str(__file__).split("/tests/")[0]
    outside = [path for path in paths if "/.venv/" not in path]
    assert not [path for path in outside if path.startswith(repository)]
    assert "" not in paths


@pytest.mark.parametrize(
    "name",
    [
        "graders.suites",
        "graders.checks",
        "graders.rubric",
        "graders.pipeline",
        "graders.sandbox",
        "assignments",
        "course",
        "tests",
    ],
)
def test_a_worker_cannot_import_what_judges_it(sandbox, name):
    answer = ask_once(sandbox, f"def f():\n    import {name}")

    assert answer.ending is Ending.RAISED
    assert answer.error.type == "ModuleNotFoundError"


def test_a_worker_starts_in_an_empty_folder_that_is_gone_afterwards(sandbox):
    source = (
        "import os\ndef f():\n"
        "    found = os.listdir()\n"
        "    open('left.txt', 'w').close()\n"
        "    return os.getcwd(), found\n"
    )

    folders = [ask_once(sandbox, source).value for _ in range(2)]

    assert [found for _, found in folders] == [[], []]
    assert folders[0][0] != folders[1][0]
    assert not list(sandbox.bundle.scratch.glob("job*/left.txt"))


def test_standard_input_is_empty(sandbox):
    answer = ask_once(sandbox, "def f():\n    return input()")

    assert answer.error.type == "EOFError"


# --- the clean room ---------------------------------------------------------


def test_the_clean_room_rebuilds_and_runs_a_model(open_room):
    room = open_room()
    layers = [
        {"class_name": "InputLayer", "config": {"batch_shape": [None, 3]}},
        {"class_name": "Dense", "config": {"units": 2, "name": "dense"}},
    ]
    for layer in layers:
        layer["module"] = "keras.layers"
    config = {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "given", "layers": layers},
    }
    weights = [np.ones((3, 2), np.float32), np.array([0, 1], np.float32)]
    question = {"ask": "rebuild", "config": config, "weights": weights, "seed": 0}

    model = room.ask(question, 20).value
    x = np.ones((1, 3), np.float32)
    applied = room.ask({"ask": "apply", "model": model, "x": x, "training": None}, 20)

    assert model.type_name == "keras.Model"
    np.testing.assert_allclose(applied.value, [[3, 4]])


def test_the_clean_room_holds_no_file(open_room):
    answer = open_room().ask({"ask": "load"}, 20)

    assert answer.ending is Ending.RETURNED
    assert answer.value == {}


def test_a_file_that_students_were_given_can_be_imported_and_read(sandbox):
    provided = {
        "pretrained.py": b"from pathlib import Path\n"
        b"TEXT = Path(__file__).with_name('base.txt').read_text()\n",
        "base.txt": b"weights",
    }
    source = (
        "from pretrained import TEXT\n"
        "def f():\n    return TEXT, open('base.txt').read()\n"
    )
    room = Room(sandbox, QUICK, filename="cnn.py", source=source, provided=provided)
    try:
        answer = room.ask(call("f"), 20)
    finally:
        room.close()

    assert answer.value == ("weights", "weights")


def test_a_handle_inside_a_dict_is_lost_with_its_child(sandbox):
    source = (
        "import os\n"
        "class Thing:\n    pass\n"
        "def make():\n    return Thing()\n"
        "def use(things):\n    return len(things)\n"
        "def end():\n    os._exit(1)\n"
    )
    room = Room(sandbox, QUICK, filename="cnn.py", source=source)
    try:
        handle = room.ask(call("make"), 20).value
        alive = room.ask(call("use", {"one": handle}), 20)
        room.ask(call("end"), 20)
        gone = room.ask(call("use", {"one": handle}), 20)
    finally:
        room.close()

    assert alive.value == 1
    assert gone.ending is Ending.LOST
