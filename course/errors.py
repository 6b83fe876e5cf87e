"""The errors the course raises on purpose."""


class CourseError(Exception):
    """Base of every deliberate error; catch this one to print, not to trace.

    The three parts are required, so no message can leave one out. They are
    positional because `Exception` pickles by calling the class again with its
    args, and these errors may cross process boundaries.

    Args:
        what: One sentence: the fact, with the value received.
        where: The name of the argument, or the folder or file.
        fix: One sentence: the next action.

    >>> print(CourseError("the split is empty", "split", "Ask for another split."))
    split: the split is empty
      Ask for another split.
    """

    def __init__(self, what: str, where: str, fix: str) -> None:
        super().__init__(what, where, fix)
        self.what, self.where, self.fix = what, where, fix

    def __str__(self) -> str:
        return f"{self.where}: {self.what}\n  {self.fix}"


class UnknownName(CourseError):
    """A data set or a split was asked for by a name that does not exist."""


class DataNotPrepared(CourseError):
    """A data set needs a download, and downloads are off."""


class DataFolderUnusable(CourseError):
    """The data folder cannot be written, or what it holds cannot be read."""


class DownloadFailed(CourseError):
    """A download was allowed and did not succeed."""
