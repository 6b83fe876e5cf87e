"""The style of a file: a closed list of rules, asked of ruff, told in plain words."""

from graders.style.judging import judge_style, unreadable_style

__all__ = ["judge_style", "unreadable_style"]
