import random
import shutil

import pytest
import tensorflow_datasets as tfds

from course.datasets import load_arrays, prepare, preparing
from course.datasets.preparing import open_builder
from course.errors import (
    DataFolderUnusable,
    DataNotPrepared,
    DownloadFailed,
    UnknownName,
)

WAIT_THEN_LOAD = """
import random
import course.datasets.digits  # the slow imports, before the race
from course.datasets import load_arrays
random.seed(0)
print("ready", flush=True)
input()
x, y = load_arrays("digits", "test")
print(x.shape, int(x.sum()), int(y.sum()))
"""


class Builder:
    """Stands for the TFDS builder of fashion_mnist."""

    def __init__(self, error):
        self.error = error

    def download_and_prepare(self):
        raise self.error


def failing_download(monkeypatch, error):
    monkeypatch.setattr(tfds, "builder", lambda name, data_dir: Builder(error))


def test_preparing_leaves_the_data_set_and_nothing_else(tmp_path):
    folder = prepare("digits", data_dir=tmp_path / "new")

    assert folder == tmp_path / "new" / "digits" / "1.0.0"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["digits"]


def test_preparing_twice_keeps_the_files(prepared_dir):
    info = prepared_dir / "digits" / "1.0.0" / "dataset_info.json"
    before = info.stat().st_mtime_ns

    prepare("digits", data_dir=prepared_dir)

    assert info.stat().st_mtime_ns == before


def test_preparing_prints_nothing(tmp_path, capfd):
    prepare("digits", data_dir=tmp_path)

    assert capfd.readouterr() == ("", "")


def test_preparing_leaves_the_random_state_alone(tmp_path):
    random.seed(0)
    wanted = random.random()
    random.seed(0)

    prepare("digits", data_dir=tmp_path)

    assert random.random() == wanted


@pytest.mark.parametrize("name", ["digits", "shifted_digits", "paragraphs"])
def test_two_folders_receive_the_same_bytes(prepared_dir, tmp_path, name):
    prepare(name, data_dir=tmp_path)

    for split in ("train", "validation", "test"):
        first = load_arrays(name, split, prepared_dir)
        second = load_arrays(name, split, tmp_path)
        assert first[0].tobytes() == second[0].tobytes()
        assert first[1].tobytes() == second[1].tobytes()


def test_two_processes_with_one_seed_may_prepare_at_once(
    python, prepared_dir, empty_default_folder
):
    x, y = load_arrays("digits", "test", prepared_dir)
    racers = [python("-c", WAIT_THEN_LOAD) for _ in range(2)]
    ready = [racer.stdout.readline() for racer in racers]

    for racer in racers:
        racer.stdin.write("\n")
        racer.stdin.flush()
    answers = [racer.communicate() for racer in racers]

    assert ready == ["ready\n", "ready\n"]
    wanted = f"{x.shape} {int(x.sum())} {int(y.sum())}\n"
    assert answers == [(wanted, ""), (wanted, "")]
    assert [path.name for path in empty_default_folder.iterdir()] == ["digits"]


def test_whoever_loses_the_race_uses_what_the_winner_made(
    monkeypatch, prepared_dir, tmp_path
):
    def open_while_another_process_finishes(card, folder):
        shutil.copytree(
            prepared_dir / card.name, tmp_path / card.name, dirs_exist_ok=True
        )
        return open_builder(card, folder)

    monkeypatch.setattr(preparing, "open_builder", open_while_another_process_finishes)

    folder = prepare("digits", data_dir=tmp_path)

    assert (folder / "dataset_info.json").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["digits"]


def test_an_incomplete_data_set_in_the_way_is_named(tmp_path):
    blocked = tmp_path / "digits" / "1.0.0"
    blocked.mkdir(parents=True)
    (blocked / "half.array_record").touch()

    with pytest.raises(DataFolderUnusable, match="incomplete digits") as caught:
        prepare("digits", data_dir=tmp_path)

    assert caught.value.where == str(blocked)
    assert caught.value.fix == "Delete this folder and try again."


def test_an_unknown_data_set_creates_no_folder(tmp_path):
    with pytest.raises(UnknownName, match="'digit'"):
        prepare("digit", data_dir=tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_without_the_switch_a_download_is_refused_with_the_command_to_run(
    empty_default_folder,
):
    with pytest.raises(DataNotPrepared) as caught:
        prepare("fashion_mnist")

    assert "`python -m course.datasets prepare fashion_mnist --online`" in str(
        caught.value
    )
    assert caught.value.where == str(empty_default_folder)
    assert not empty_default_folder.exists()


def test_the_command_repeats_the_data_folder_that_was_asked_for(tmp_path):
    with pytest.raises(DataNotPrepared) as caught:
        prepare("fashion_mnist", data_dir=tmp_path / "two words")

    assert f"--online --data-dir '{tmp_path}/two words'`" in caught.value.fix


@pytest.mark.parametrize("value", ["0", "", "true"])
def test_only_1_switches_downloads_on(monkeypatch, value):
    monkeypatch.setenv("KERAS_COURSE_ONLINE", value)

    with pytest.raises(DataNotPrepared, match="KERAS_COURSE_ONLINE=1"):
        prepare("fashion_mnist")


@pytest.mark.parametrize("by", ["argument", "variable"])
def test_with_the_switch_a_download_is_tried(monkeypatch, tmp_path, by):
    failing_download(monkeypatch, ConnectionError("no route to host"))
    if by == "variable":
        monkeypatch.setenv("KERAS_COURSE_ONLINE", "1")

    with pytest.raises(DownloadFailed) as caught:
        prepare("fashion_mnist", online=by == "argument", data_dir=tmp_path)

    assert "ConnectionError: no route to host" in caught.value.what
    assert "Check the network connection" in caught.value.fix


def test_a_module_that_a_download_lacks_is_named(monkeypatch, tmp_path):
    error = ModuleNotFoundError("No module named 'spam'", name="spam")
    failing_download(monkeypatch, error)

    with pytest.raises(DownloadFailed, match="python -m pip install spam"):
        prepare("fashion_mnist", online=True, data_dir=tmp_path)


def test_a_download_that_another_process_finished_is_no_failure(monkeypatch, tmp_path):
    def another_process_finishes(name, data_dir):
        folder = data_dir / "fashion_mnist" / "3.0.1"
        folder.mkdir(parents=True)
        (folder / "dataset_info.json").touch()
        return Builder(OSError("Directory not empty"))

    monkeypatch.setattr(tfds, "builder", another_process_finishes)

    folder = prepare("fashion_mnist", online=True, data_dir=tmp_path)

    assert folder == tmp_path / "fashion_mnist" / "3.0.1"
