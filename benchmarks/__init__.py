"""What grading costs: against other systems, and over the student's own compute."""
