"""The grading engine: files go in, findings and points come out.

`graders/README.md` has the picture, the nouns and the import table.
"""

__version__ = "0.1.0"
