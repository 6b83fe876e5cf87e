"""One question over the screen: a reason, a number, a name, a word to look for."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from graders.reports.wording import visible


class Question(ModalScreen[str | None]):
    """Asks for one line; Escape leaves it.

    Args:
        title: what is asked.
        offers: lines to be taken again, by Up and Down.
        value: that stands there at first.
    """

    CSS = """
    Question { align: center bottom; }
    Question Vertical {
        height: auto; width: 100%; padding: 0 1; border-top: solid $foreground;
        background: $background;
    }
    Question Input { border: none; height: 1; padding: 0; background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("up", "offer(1)", show=False),
        Binding("down", "offer(-1)", show=False),
    ]

    def __init__(self, title: str, offers: Sequence[str] = (), value: str = "") -> None:
        super().__init__()
        self._title, self._offers, self._value = title, list(offers), value
        self._offered = 0

    def compose(self) -> ComposeResult:
        """The question, what is offered, and the line to write in."""
        with Vertical():
            for number in range(len(self._offers), 0, -1):
                offer = visible(self._offers[number - 1]).replace("\n", " ")
                yield Static(Text(f"{number} ↑ {offer}", no_wrap=True, style="dim"))
            keys = "Enter: done, Esc: leave it" + ", Up: earlier ones" * bool(
                self._offers
            )
            yield Static(Text(f"{self._title}  ({keys})"))
            yield Input(self._value, select_on_focus=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        self.dismiss(event.value)

    def action_leave(self) -> None:
        """Escape."""
        self.dismiss(None)

    def action_offer(self, step: int) -> None:
        """The next of the earlier lines, or the one before."""
        self._offered = min(max(self._offered + step, 0), len(self._offers))
        line = self.query_one(Input)
        line.value = self._offers[self._offered - 1] if self._offered else self._value
        line.cursor_position = len(line.value)
