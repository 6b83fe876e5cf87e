"""One folder per assignment: its checks, its reference and its catalogue."""
