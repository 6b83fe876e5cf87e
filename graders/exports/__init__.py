"""Marks → files that a learning platform, or another program, reads."""
