from pathlib import Path

import pytest

from course.datasets.catalog import find_card
from course.datasets.folders import data_folder, is_prepared, make_folder
from course.errors import DataFolderUnusable


def test_the_argument_wins_over_the_variable(tmp_path):
    assert data_folder(tmp_path / "mine") == tmp_path / "mine"


def test_the_variable_wins_over_the_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("SURVIVAL_SCHOOL_DATA", str(tmp_path / "set"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    assert data_folder() == tmp_path / "set"


def test_a_tilde_is_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))

    assert data_folder("~/data") == tmp_path / "data"


@pytest.mark.parametrize("variable", ["", None], ids=["empty", "unset"])
def test_without_the_variable_the_cache_folder_of_the_user_is_used(
    monkeypatch, tmp_path, variable
):
    if variable is None:
        monkeypatch.delenv("SURVIVAL_SCHOOL_DATA")
    else:
        monkeypatch.setenv("SURVIVAL_SCHOOL_DATA", variable)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    assert data_folder() == tmp_path / "cache" / "survival_school" / "tfds"


@pytest.mark.parametrize("cache", [None, "relative/cache"])
def test_without_an_absolute_cache_variable_the_home_folder_is_used(
    monkeypatch, tmp_path, cache
):
    monkeypatch.delenv("SURVIVAL_SCHOOL_DATA")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if cache:
        monkeypatch.setenv("XDG_CACHE_HOME", cache)
    monkeypatch.setenv("HOME", str(tmp_path))

    assert data_folder() == tmp_path / ".cache" / "survival_school" / "tfds"


def test_a_missing_home_names_the_variable_to_set(monkeypatch):
    def no_home():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("SURVIVAL_SCHOOL_DATA")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", no_home)

    with pytest.raises(DataFolderUnusable, match="Set SURVIVAL_SCHOOL_DATA"):
        data_folder()


def test_a_folder_that_cannot_be_created_names_the_variable_to_set(tmp_path):
    (tmp_path / "home").write_text("a file where a folder should be")
    folder = tmp_path / "home" / ".cache"

    with pytest.raises(DataFolderUnusable) as caught:
        make_folder(folder)

    assert caught.value.where == str(folder)
    assert "Not a directory" in caught.value.what
    assert "Set SURVIVAL_SCHOOL_DATA to a folder" in caught.value.fix


def test_a_folder_without_write_permission_names_the_variable_to_set(
    monkeypatch, tmp_path
):
    monkeypatch.setattr("os.access", lambda path, mode: False)  # also true for root

    with pytest.raises(DataFolderUnusable, match="Permission denied") as caught:
        make_folder(tmp_path)

    assert "SURVIVAL_SCHOOL_DATA" in caught.value.fix


def test_a_data_set_is_prepared_only_once_its_description_is_in_place(tmp_path):
    card = find_card("digits")
    (tmp_path / "digits" / "1.0.0").mkdir(parents=True)
    before = is_prepared(card, tmp_path)

    (tmp_path / "digits" / "1.0.0" / "dataset_info.json").write_text("{}")

    assert not before
    assert is_prepared(card, tmp_path)
