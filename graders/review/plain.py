"""The review line by line: for screen readers, slow lines and scripts."""

from collections.abc import Callable
from typing import TextIO

from graders.errors import UsageError
from graders.reports.wording import visible
from graders.review.cases import Case
from graders.review.choices import Choice, choices
from graders.review.code import Excerpt
from graders.review.evidence import Evidence
from graders.review.session import Review
from graders.review.wording import choice_line, heading, standing_lines

HELP = """\
  a digit        give the points that stand beside it
  p POINTS       give any number of points
  c TEXT         a comment, kept with the points that you give next
  v              the code that the item is about
  f              the whole file
  / TEXT         lines of the file with a text
  s              skip
  b              back to the one before
  u              undo the last decision
  d              take your draft of this one back
  j STUDENT      jump to a student
  q              quit; drafts are kept"""
_MOST_LINES = 400


class Plain:
    """Asks on one stream and reads from another, until the queue or the input ends.

    Args:
        review: the queue.
        lines: where answers come from.
        out: where all is written.
    """

    def __init__(self, review: Review, lines: TextIO, out: TextIO) -> None:
        self._review, self._lines, self._out = review, lines, out
        self._comment = ""
        self._evidence: Evidence | None = None
        self._ended = False

    def run(self) -> None:
        """Goes through the queue."""
        while not self._ended:
            self._evidence = self._review.show()
            self._tell_notice()
            case = self._review.current
            if case is None:
                self._say(f"The end: {self._review.progress()}.")
                return
            self._tell(case)
            while not self._ended and not self._answer(case, self._ask("> ")):
                pass
        self._say(f"Stopped: {self._review.progress()}; drafts are kept.")

    def _tell(self, case: Case) -> None:
        evidence = self._evidence
        assert evidence is not None
        self._say("")
        self._say(f"[{self._review.progress()}] {heading(self._review, case)}")
        for line in standing_lines(self._review, case, evidence.note):
            self._say(line)
        for title, *words in evidence.found:
            self._say(f"- {title}")
            for line in words:
                self._say(f"  {line}")
        for choice in choices(case):
            self._say(choice_line(choice))
        self._say("v: code, p POINTS, c COMMENT, s: skip, b: back, u: undo, ?: help")

    def _answer(self, case: Case, line: str | None) -> bool:
        """Does what a line says; whether the case, or another, is to be told anew."""
        if line is None:
            self._ended = True
            return True
        word, _, rest = line.strip().partition(" ")
        chosen = next((one for one in choices(case) if one.key == word), None)
        if chosen is not None and not rest:
            return self._choose(case, chosen)
        known: dict[str, Callable[[str], bool]] = {
            "p": lambda text: self._free(case, text),
            "c": self._keep_comment,
            "v": lambda _: self._tell_code(whole=False),
            "f": lambda _: self._tell_code(whole=True),
            "/": self._search,
            "s": lambda _: self._go(self._review.skip),
            "b": lambda _: self._go(self._review.back),
            "u": lambda _: self._undo(),
            "d": lambda _: self._take_back(),
            "j": self._jump,
            "q": lambda _: self._quit(),
            "?": lambda _: self._say(HELP),
        }
        if word not in known:
            return self._say(f"{visible(word)!r} is none of the keys; ? tells them.")
        return known[word](rest.strip())

    def _choose(self, case: Case, chosen: Choice) -> bool:
        return self._decide(case, chosen.points)

    def _free(self, case: Case, text: str) -> bool:
        number = text.replace(",", ".", 1)
        try:
            return self._decide(case, float(number))
        except ValueError:
            return self._say(f"{visible(text)!r} is no number. Write p 7.5.")

    def _decide(self, case: Case, points: float) -> bool:
        reason = ""
        if case.overrules:
            asked = self._ask_reason()
            if not asked:
                return self._say("Nothing was noted: it needs a reason.")
            reason = asked
        try:
            if self._review.decide(points, reason, self._comment):
                self._comment = ""
        except UsageError as error:
            return self._say(f"{error.what}. {error.fix}")
        return True

    def _ask_reason(self) -> str | None:
        known = self._review.reasons()
        for number, reason in enumerate(known, 1):
            self._say(f"  {number}: {visible(reason)}")
        offer = ", or the number of an earlier one" if known else ""
        answer = (self._ask(f"Reason{offer}: ") or "").strip()
        if answer.isdecimal() and 0 < int(answer) <= len(known):
            return known[int(answer) - 1]
        return answer

    def _keep_comment(self, text: str) -> bool:
        self._comment = text
        return self._say("Kept for the points that you give next.")

    def _tell_code(self, *, whole: bool) -> bool:
        assert self._evidence is not None
        shown = self._evidence.whole if whole else self._evidence.part
        for missing in shown.missing:
            self._say(f"{missing} is not in the file.")
        return self._say(_numbered(shown, self._evidence.filename))

    def _search(self, text: str) -> bool:
        assert self._evidence is not None
        found = [
            line
            for line in _numbered(self._evidence.whole, "").splitlines()
            if text and text.casefold() in line[6:].casefold()
        ]
        return self._say("\n".join(found[:_MOST_LINES]) or "No line has it.")

    def _jump(self, text: str) -> bool:
        return self._review.jump(text) or self._say(f"{visible(text)!r} is not here.")

    def _undo(self) -> bool:
        return self._review.undo() or self._say("There is nothing to undo.")

    def _take_back(self) -> bool:
        return self._review.take_back() or self._say("There is no draft of it.")

    def _go(self, move: Callable[[], None]) -> bool:
        move()
        return True

    def _quit(self) -> bool:
        self._ended = True
        return True

    def _tell_notice(self) -> None:
        if self._review.notice:
            self._say(visible(self._review.notice.strip()))
            self._review.notice = ""

    def _ask(self, prompt: str) -> str | None:
        """A line; None if there will be no more."""
        self._out.write(prompt)
        self._out.flush()
        line = self._lines.readline()
        return line.rstrip("\n") if line else None

    def _say(self, text: str) -> bool:
        """Writes a line. It is no reason to tell the case anew, so: False."""
        self._out.write(f"{text}\n")
        self._out.flush()
        return False


def _numbered(shown: Excerpt, filename: str) -> str:
    lines = [f"{filename}:"] if filename else []
    for piece in shown.pieces:
        lines += [f"{n:>5} {line}" for n, line in enumerate(piece.lines, piece.first)]
    return "\n".join(lines)
