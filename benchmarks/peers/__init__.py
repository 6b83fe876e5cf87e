"""The other systems, each grading the same file with the same assertions."""
