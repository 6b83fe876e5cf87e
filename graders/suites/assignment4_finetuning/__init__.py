"""Assignment 4: what judges it."""
