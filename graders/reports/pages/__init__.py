"""Pages to look at: one for each student, one for the class.

A page is one file that needs nothing else, and lets nothing else in: no address is
loaded, no script runs but one that is named by its hash.
"""

from graders.reports.pages.class_figures import Graded
from graders.reports.pages.class_page import render_class_page
from graders.reports.pages.rendering import render_page
from graders.reports.pages.student_page import render_student_page

__all__ = ["Graded", "render_class_page", "render_page", "render_student_page"]
