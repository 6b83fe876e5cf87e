"""The review as a screen in the terminal. The queue itself is `Review`."""

import math
import time
from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, ScrollableContainer, VerticalScroll
from textual.widgets import Static

from graders.errors import GradersError, UsageError
from graders.ledger import Ledger
from graders.reports.wording import visible
from graders.review import painting
from graders.review.cases import Case
from graders.review.choices import choices
from graders.review.counting import DraftMove, draft_moves, make_count
from graders.review.dialogs import Question
from graders.review.evidence import Evidence
from graders.review.session import Review

_DARK, _LIGHT = "ansi-dark", "ansi-light"


def _key(keys: str, action: str) -> Binding:
    return Binding(keys, action, show=False)


class ReviewApp(App[None]):
    """One case at a time: a digit gives points and goes on.

    Args:
        review: the queue.
        ledger: in which drafts are made to count at the end.
        rest_s: a digit counts after so long without one, so that a key that is held,
            or keys that a slow line brings all at once, give no points unseen.
    """

    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 (textual has it of the instance)
        (0, "-narrow"),
        (110, "-wide"),
    ]
    CSS = """
    #head { height: 2; padding: 0 1; }
    #side { padding: 0 1; scrollbar-size-vertical: 1; }
    #code { padding: 0; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; }
    #text { width: auto; min-width: 100%; }
    #status, #keys { height: 1; padding: 0 1; }
    #keys { text-style: reverse; }
    .-narrow #body { layout: vertical; }
    .-narrow #side { height: auto; max-height: 45%; border-bottom: solid $foreground; }
    .-narrow #code { height: 1fr; }
    .-wide #body { layout: horizontal; }
    .-wide #side { width: 38; height: 100%; border-right: solid $foreground; }
    .-wide #code { width: 1fr; }
    .-narrow #side:focus { border-bottom: heavy $foreground; }
    .-wide #side:focus { border-right: heavy $foreground; }
    #body { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("p", "free"),
        _key("c", "comment"),
        _key("s", "skip"),
        _key("b", "before"),
        _key("u", "undo"),
        _key("d", "drop"),
        _key("j", "jump"),
        _key("slash", "search"),
        _key("n", "next_place"),
        _key("f", "file"),
        _key("t", "light"),
        _key("y", "count"),
        _key("space", "page"),
        _key("question_mark", "keys"),
        _key("q", "quit"),
        Binding("ctrl+c", "quit", show=False, priority=True),
    ]

    def __init__(self, review: Review, ledger: Ledger, rest_s: float = 0.15) -> None:
        super().__init__(ansi_color=True)
        self._rest_s, self._digit_s = rest_s, -math.inf
        self.failure: GradersError | None = None
        """What ended it, where the ledger could not go on."""
        self._review, self._ledger = review, ledger
        self._evidence: Evidence | None = None
        self._moves: list[DraftMove] = []
        self._comment = self._search = ""
        self._place = 0
        self._whole_file = self._helping = False

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Static(id="head", markup=False)
        with Container(id="body"):
            with VerticalScroll(id="side"):
                yield Static(id="facts", markup=False)
            with ScrollableContainer(id="code"):
                yield Static(id="text", markup=False)
        yield Static(id="status", markup=False)
        yield Static(Text(painting.KEYS, no_wrap=True, overflow="ellipsis"), id="keys")

    def on_mount(self) -> None:
        """The first case."""
        self.theme = _DARK
        self.query_one("#code").focus()
        self._do(lambda: None)

    def on_key(self, event: events.Key) -> None:
        """A digit gives points."""
        case = self._review.current
        if case is None or not (event.character or "").isdecimal():
            return
        before, self._digit_s = self._digit_s, time.monotonic()
        if self._digit_s - before < self._rest_s:
            return
        chosen = next((o for o in choices(case) if o.key == event.character), None)
        if chosen is None:
            self._tell(f"{event.character} gives nothing here; p gives any points.")
        else:
            self._decide(case, chosen.points)

    # What keys do.

    def action_free(self) -> None:
        """Any number of points."""
        case = self._review.current
        if case is None:
            return

        def answered(text: str | None) -> None:
            if text is None:
                return
            try:
                number = float(text.strip().replace(",", ".", 1))
            except ValueError:
                self._tell(f"{text!r} is no number.")
            else:
                self._decide(case, number)

        self.push_screen(Question(f"Points, 0 to {case.max_points:g}:"), answered)

    def action_comment(self) -> None:
        """Words beside the points of this case; a draft takes them at once."""
        if self._review.current is None:
            return

        def answered(text: str | None) -> None:
            if text is not None:
                self._comment = text.strip()
                if self._review.comment(self._comment):
                    self._comment = ""
                self._do(lambda: None)

        self.push_screen(Question("Comment:", value=self._comment), answered)

    def action_skip(self) -> None:
        """On to the next; at the end, to the first that is open."""
        if self._review.current is None:
            self._go(lambda: self._review.next_open(start=0))
        else:
            self._go(self._review.skip)

    def action_before(self) -> None:
        """To the one before."""
        self._go(self._review.back)

    def action_undo(self) -> None:
        """The last decision is none."""

        def undo() -> None:
            if not self._review.undo():
                self._review.notice = "There is nothing to undo."

        self._go(undo)

    def action_drop(self) -> None:
        """The draft of this case is taken back."""

        def drop() -> None:
            done = self._review.take_back()
            self._review.notice = "Taken back." if done else "There is no draft of it."

        self._do(drop)

    def action_jump(self) -> None:
        """To a student."""

        def answered(text: str | None) -> None:
            if text and self._review.jump(text):
                self._go(lambda: None)
            elif text:
                self._tell(f"{text!r} is not in the queue.")

        self.push_screen(Question("Student:"), answered)

    def action_search(self) -> None:
        """A word in the code."""

        def answered(text: str | None) -> None:
            if text is not None:
                self._search, self._place = text, 0
                self._paint()
                self._scroll_to_place()

        self.push_screen(Question("Search:", value=self._search), answered)

    def action_next_place(self) -> None:
        """The next place of the word."""
        self._place += 1
        self._scroll_to_place()

    def action_file(self) -> None:
        """The whole file, or the part of the item."""
        self._whole_file = not self._whole_file
        self._paint()

    def action_light(self) -> None:
        """Colours for the other kind of terminal."""
        self.theme = _LIGHT if self.theme == _DARK else _DARK
        self._paint()

    def action_page(self) -> None:
        """A page of code on."""
        self.query_one("#code").scroll_page_down(animate=False)

    def action_keys(self) -> None:
        """All keys in the place of the code, and back."""
        self._helping = not self._helping
        self._paint()
        self.query_one("#code").scroll_home(animate=False)
        self._tell("?: back to the code." if self._helping else "")

    def action_count(self) -> None:
        """At the end of the queue: drafts count."""
        if self._review.current is not None or not self._moves:
            return

        def count() -> None:
            now = draft_moves(self._ledger, self._review.graded, self._review.selection)
            if now != self._moves:
                self._review.notice = "Something has changed meanwhile: look again."
                return
            counted = make_count(self._ledger, self._review.graded, now)
            self._review.notice = f"{len(counted)} drafts count now."
            self._review.refresh()

        self._do(count)

    # How it is done.

    def _decide(self, case: Case, points: float) -> None:
        if not case.overrules:
            return self._give(points, "")

        def answered(reason: str | None) -> None:
            if reason is not None:
                self._give(points, reason)

        question = Question("Reason (students may read it):", self._review.reasons())
        self.push_screen(question, answered)

    def _give(self, points: float, reason: str) -> None:
        def give() -> None:
            if self._review.decide(points, reason, self._comment):
                self._forget()

        self._do(give)

    def _go(self, move: Callable[[], None]) -> None:
        """Goes elsewhere, where another comment and another place belong."""
        self._forget()
        self._do(move)

    def _forget(self) -> None:
        self._comment, self._place, self._helping = "", 0, False
        self.query_one("#code").scroll_home(animate=False)
        self.query_one("#side").scroll_home(animate=False)

    def _do(self, what: Callable[[], object]) -> None:
        """Does something to the queue, and shows what is there then."""
        try:
            what()
            self._evidence = self._review.show()
            if self._evidence is None:
                chosen = self._review.selection
                self._moves = draft_moves(self._ledger, self._review.graded, chosen)
        except UsageError as error:
            self._review.notice = f"{error.what}. {error.fix}"
        except GradersError as error:
            self.failure = error
            self.exit()
            return
        self._paint()
        self._tell(self._review.notice.strip())
        self._review.notice = ""

    def _paint(self) -> None:
        case, evidence = self._review.current, self._evidence
        head = Text(str(self._review.progress()))
        facts = painting.ending(self._review, self._moves)
        if case is not None and evidence is not None:
            head = painting.head(self._review, case)
            facts = painting.facts(self._review, case, evidence, self._comment)
        self.query_one("#head", Static).update(head)
        self.query_one("#facts", Static).update(facts)
        self.query_one("#text", Static).update(self._text())

    def _text(self) -> Text:
        """The large part of the screen."""
        if self._helping:
            return Text(painting.HELP)
        if self._evidence is None:
            return painting.all_moves(self._moves)
        shown = self._evidence.whole if self._whole_file else self._evidence.part
        return painting.code(
            *(shown, self._evidence.filename),
            dark=self.theme == _DARK,
            search=self._search,
        )

    def _scroll_to_place(self) -> None:
        text = self._text().plain
        found = painting.places(text, self._search)
        if not found:
            self._tell(f"{self._search!r} is not here. f: the whole file.")
            return
        place = self._place % len(found)
        line = text.count("\n", 0, found[place])
        self.query_one("#code").scroll_to(y=max(0, line - 3), animate=False)
        self._tell(f"Place {place + 1} of {len(found)}. n: the next one.")

    def _tell(self, text: str) -> None:
        line = Text(visible(text).replace("\n", " "), no_wrap=True, overflow="ellipsis")
        self.query_one("#status", Static).update(line)
