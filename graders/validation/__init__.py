"""How often the grading itself is wrong: measured, not claimed."""
