"""Assignment 2: what judges it."""
