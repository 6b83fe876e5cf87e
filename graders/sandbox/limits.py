"""Ceilings of one submission, as the rubric states them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds are wall-clock seconds.

    Args:
        load_s: importing the submission's file.
        check_s: the answers to one check, all together.
        submission_s: everything, per group of checks.
        memory_mib: private memory of one child (Linux only).
        output_kib: what one child may print.
    """

    load_s: float = 30.0
    check_s: float = 30.0
    submission_s: float = 240.0
    memory_mib: int = 3072
    output_kib: int = 1024
