"""The course: data sets, and later the lessons that use them.

Importing this package imports nothing else.
"""
