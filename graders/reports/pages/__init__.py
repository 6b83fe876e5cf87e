"""Pages to look at: one for each student, one for the class.

A page is one file that needs nothing else, and lets nothing else in: no address is
loaded, no script runs but one that is named by its hash.
"""

from graders.reports.pages.rendering import render_page

__all__ = ["render_page"]
