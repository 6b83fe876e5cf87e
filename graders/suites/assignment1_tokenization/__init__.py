"""Assignment 1: what judges it."""
