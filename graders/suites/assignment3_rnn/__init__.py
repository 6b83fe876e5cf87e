"""Assignment 3: what judges it."""
