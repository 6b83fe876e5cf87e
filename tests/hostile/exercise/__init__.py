"""A small assignment that the hostile submissions are aimed at."""
