"""How often the grading itself is wrong: measured on solutions of known worth."""
