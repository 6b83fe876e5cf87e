"""What the screen shows, as text with styles: never as markup."""

from collections.abc import Iterator, Sequence

from rich.syntax import Syntax
from rich.text import Text

from graders.review.cases import Case
from graders.review.choices import choices
from graders.review.code import Excerpt, Piece
from graders.review.counting import DraftMove
from graders.review.evidence import Evidence
from graders.review.session import Review
from graders.review.wording import (
    choice_line,
    count_line,
    heading,
    move_line,
    standing_lines,
)

_MOST_COLOURED = 60_000
"""Characters; more would keep the reviewer waiting."""
KEYS = "p points  c comment  s skip  b back  u undo  j student  / find  ? keys  q quit"
HELP = """\
0 to 9     give the points that stand beside the digit
p          give any number of points
c          write a comment; it is kept with the points
s          skip: it comes again at the end
b          back to the one before, decided or not
u          undo the last decision, and the one before it
d          take your draft of this one back
j          jump to a student
/  n       search the code; the next place
f          the whole file, or only what the item is about
Tab        the arrow keys move the other part of the screen
arrows     move the code; so do Space, Page Up and Page Down
t          light or dark
?          these keys, and back to the code
q          quit; drafts are kept, and you go on where you were

Nothing counts before you confirm it: at the end of the queue,
or with `grade review ASSIGNMENT --confirm`.
"""


def head(review: Review, case: Case) -> Text:
    """Two lines: what is looked at, and how far one is."""
    title = Text(heading(review, case), style="bold", no_wrap=True, overflow="ellipsis")
    return Text("\n").join([title, Text(str(review.progress()), style="dim")])


def facts(review: Review, case: Case, evidence: Evidence, comment: str) -> Text:
    """All beside the code: choices first, then what is known."""
    lines = [Text(choice_line(one), style="bold") for one in choices(case)]
    lines += [Text(line) for line in standing_lines(review, case, evidence.note)]
    if comment:
        lines.append(Text(f"Comment, for the next points: {comment}"))
    for title, *words in evidence.found:
        lines.append(Text(f"- {title}", style="bold"))
        lines += [Text(f"  {line}") for line in words]
    if evidence.num_passed and case.automatic is not None:
        checks = "check" if evidence.num_passed == 1 else "checks"
        lines.append(Text(f"{evidence.num_passed} {checks} passed.", style="dim"))
    return Text("\n").join(lines)


def code(shown: Excerpt, filename: str, *, dark: bool, search: str) -> Text:
    """Numbered lines; places that are searched for are reversed."""
    lines: list[Text] = []
    for missing in shown.missing:
        lines.append(Text(f"{missing} is not in the file.", style="bold"))
    where = filename if shown.whole else f"{filename}, what the item is about"
    lines.append(Text(where, style="dim"))
    length = sum(len(line) for one in shown.pieces for line in one.lines)
    small = length <= _MOST_COLOURED
    last = max(one.first + len(one.lines) for one in shown.pieces)
    for piece in shown.pieces:
        colours = ("ansi_dark" if dark else "ansi_light") if small else ""
        lines += _numbered(piece, colours, len(str(last)))
        lines.append(Text(""))
    whole = Text("\n", no_wrap=True).join(lines)
    if search:
        for start in places(whole.plain, search):
            whole.stylize("reverse", start, start + len(search))
    return whole


def places(text: str, search: str) -> list[int]:
    """Where a word is, whatever its case."""
    folded, word = text.lower(), search.lower()
    if len(folded) != len(text):  # Some letters have no lower case of one character.
        folded, word = text, search
    return list(_places(folded, word))


def ending(review: Review, moves: Sequence[DraftMove]) -> Text:
    """What the end of the queue says; `all_moves` has the rest."""
    lines = [Text("The end of the queue.", style="bold")]
    left = review.progress().total - review.progress().decided
    if left:
        lines.append(Text(f"{left} left open. s: go through them."))
    lines.append(Text(count_line(moves)))
    if any(one.is_sound for one in moves):
        lines.append(Text("y: let them count. q: quit, and keep them as drafts."))
    return Text("\n").join(lines)


def all_moves(moves: Sequence[DraftMove]) -> Text:
    """What drafts would do, one a line."""
    return Text("\n").join(Text(move_line(one)) for one in moves)


def _places(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while word and start >= 0:
        yield start
        start = text.find(word, start + len(word))


def _numbered(piece: Piece, colours: str, width: int) -> list[Text]:
    body = "\n".join(piece.lines)
    text = Text(body)
    if colours:
        syntax = Syntax(body, "python", theme=colours, background_color="default")
        text = syntax.highlight(body)
    lines = text.split("\n", allow_blank=True)[: len(piece.lines)]
    return [
        Text.assemble((f"{number:>{width}} ", "dim"), line)
        for number, line in enumerate(lines, piece.first)
    ]
