import pytest

from graders.errors import UsageError
from graders.similarity.given_code import given_texts


def test_python_files_and_python_in_markdown_are_given(tmp_path):
    (tmp_path / "small.py").write_text("x = 1\n")
    (tmp_path / "rubric.yaml").write_text("x: 1\n")
    (tmp_path / "handout.md").write_text(
        "Read\n\n```python\n>>> y = 2\n```\n\n```\nno code\n```\n"
    )

    assert given_texts(tmp_path) == ["y = 2\n", "x = 1\n"]


def test_files_beside_the_handout_are_given_too(tmp_path):
    more = tmp_path / "slides.py"
    more.write_text("z = 3\n")

    assert given_texts(tmp_path / "gone", [more]) == ["z = 3\n"]


def test_a_file_that_is_no_text_is_told(tmp_path):
    picture = tmp_path / "slides.png"
    picture.write_bytes(b"\x89PNG\xff")

    with pytest.raises(UsageError, match="Name a Python or a Markdown file"):
        given_texts(tmp_path / "gone", [picture])
