"""Assignment 1: tokenization."""
