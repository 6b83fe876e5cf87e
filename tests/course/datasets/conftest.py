"""One prepared data folder for all tests here, and no way to the network."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from course.datasets import prepare

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def prepared_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared")
    prepare("digits", data_dir=folder)
    prepare("shifted_digits", data_dir=folder)
    prepare("paragraphs", data_dir=folder)
    return folder


@pytest.fixture(autouse=True)
def empty_default_folder(monkeypatch, tmp_path):
    """The default data folder is empty, and downloads are off."""
    folder = tmp_path / "default"
    monkeypatch.setenv("SURVIVAL_SCHOOL_DATA", str(folder))
    monkeypatch.delenv("KERAS_COURSE_ONLINE", raising=False)
    return folder


@pytest.fixture
def python():
    """Starts a fresh Python that sees the course, with `SURVIVAL_SCHOOL_DATA` kept."""

    def start(*arguments):
        return subprocess.Popen(
            [sys.executable, "-W", "error", *arguments],
            cwd=ROOT,
            env=dict(os.environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start
