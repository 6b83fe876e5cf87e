import random

import tensorflow_datasets as tfds

from course.datasets.isolation import own_randomness, quiet


def test_nothing_printed_inside_is_seen(capsys):
    with quiet():
        print("Generating examples")
    print("after")

    assert capsys.readouterr().out == "after\n"


def test_progress_bars_come_back_after_an_error(monkeypatch):
    calls = []
    monkeypatch.setattr(tfds, "disable_progress_bar", lambda: calls.append("off"))
    monkeypatch.setattr(tfds, "enable_progress_bar", lambda: calls.append("on"))

    try:
        with quiet():
            raise OSError
    except OSError:
        pass

    assert calls == ["off", "on"]


def test_the_random_state_of_the_caller_is_untouched():
    random.seed(0)
    wanted = random.random()
    random.seed(0)

    with own_randomness():
        random.random()

    assert random.random() == wanted


def test_two_callers_with_one_seed_draw_differently_inside():
    drawn = []
    for _ in range(2):
        random.seed(0)
        with own_randomness():
            drawn.append(random.random())

    assert drawn[0] != drawn[1]
