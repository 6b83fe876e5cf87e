"""A table that a platform gave: read as it is, written back as it was.

Byte order marks, UTF-16, semicolons and tabs are kept. Text that people typed gets a
quote before it where a spreadsheet would run it; nothing else is touched.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graders.errors import UsageError
from graders.reports.class_scores import cell
from graders.reports.wording import points

MAX_BYTES = 64 * 1024 * 1024
_LONGEST_CELL = 16 * 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECIMAL_COMMA = re.compile(r"-?\d+,\d{1,5}")
_NUMBER = re.compile(r"-?\d{1,9}([.,]\d{1,9})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class LmsTable:
    """A table, and how it was written.

    Args:
        path: where it is.
        header: the first row.
        rows: the others.
        lines: where each of them begins in the file.
        delimiter: between cells.
        encoding: by which it was read, and is written.
        line_end: between rows.
    """

    path: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    delimiter: str
    encoding: str
    line_end: str

    def cell_of(self, row: int, column: int | None) -> str:
        """A cell without spaces around it; empty if the row is too short."""
        cells = self.rows[row]
        if column is None or column >= len(cells):
            return ""
        return cells[column].strip()

    def column_cells(self, column: int) -> list[str]:
        """All cells of a column."""
        return [self.cell_of(row, column) for row in range(len(self.rows))]


def read_table(path: Path, encoding: str = "") -> LmsTable:
    """Reads a table as a platform exported it.

    Args:
        path: of the file.
        encoding: of a file that has no byte order mark and is not UTF-8.

    Raises:
        UsageError: if it cannot be read, or is no table.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"the table cannot be read: {error.strerror}", str(path), "Check the path."
        ) from error
    if len(raw) > MAX_BYTES:
        raise UsageError(
            f"the table is larger than {MAX_BYTES // 2**20} MiB",
            str(path),
            "Give the file that the platform exports of one course.",
        )
    text, found = _decoded(raw, path, encoding)
    delimiter = _delimiter(text)
    rows, lines = _rows(text, delimiter, path)
    if not rows or len(rows[0]) < 2:
        raise UsageError(
            "this is no table: its first line has no columns",
            f"{path}:1",
            "Give the file that the platform exports, as it is.",
        )
    return LmsTable(
        path=path,
        header=tuple(name.strip() for name in rows[0]),
        rows=tuple(rows[1:]),
        lines=tuple(lines[1:]),
        delimiter=delimiter,
        encoding=found,
        line_end="\r\n" if "\r\n" in text else "\n",
    )


def write_rows(
    rows: Iterable[Sequence[str]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    line_end: str = "\n",
) -> bytes:
    """Rows as a file; nothing in them is escaped any more."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=line_end)
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


def typed(text: str) -> str:
    """A cell that a person typed, as no spreadsheet runs it; a number stays one.

    >>> typed("=1+1"), typed("-2,5"), typed("O'Hara")
    ("'=1+1", '-2,5', "O'Hara")
    """
    return text if _NUMBER.fullmatch(text) else cell(text)


def is_run(text: str) -> bool:
    """Whether a spreadsheet would run a cell, so that escaping would change it."""
    return typed(text) != text


def grade_text(value: float, *, decimal_comma: bool = False) -> str:
    """Points as a platform reads them, at most two places.

    >>> grade_text(87.5), grade_text(87.5, decimal_comma=True), grade_text(90)
    ('87.5', '87,5', '90')
    """
    text = points(value)
    return text.replace(".", ",") if decimal_comma else text


def same_grade(before: str, after: str) -> bool:
    """Whether two cells say the same grade, however they are written.

    >>> same_grade("87,50", "87.5"), same_grade("", "0"), same_grade("-", "-")
    (True, False, True)
    """
    first, second = number(before), number(after)
    if first is None or second is None:
        return before == after
    return round(first, 2) == round(second, 2)


def number(text: str) -> float | None:
    """A grade as a number; None if it is none.

    >>> number("87,50"), number("EX"), number("1.234,5")
    (87.5, None, None)
    """
    plain = text.strip().removesuffix("%")
    return float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None


def uses_decimal_comma(cells: Iterable[str]) -> bool:
    """Whether any cell is a number with a comma."""
    return any(_DECIMAL_COMMA.fullmatch(text.strip()) for text in cells)


def find_heading(
    table: LmsTable, names: Iterable[str], *, like: str = ""
) -> int | None:
    """The column of one of some headings, in any case; or of one that has a pattern."""
    wanted = {name.casefold() for name in names}
    for index, heading in enumerate(table.header):
        if heading.casefold() in wanted:
            return index
    if like:
        pattern = re.compile(like, re.IGNORECASE)
        found = [i for i, text in enumerate(table.header) if pattern.search(text)]
        if len(found) == 1:
            return found[0]
    return None


def _decoded(raw: bytes, path: Path, encoding: str) -> tuple[str, str]:
    for mark, name in _MARKS:
        if raw.startswith(mark):
            found = name
            break
    else:
        found = encoding or "utf-8"
    try:
        return raw.decode(found), found
    except (UnicodeDecodeError, LookupError) as error:
        raise UsageError(
            f"the table is not {found}: {error}",
            str(path),
            "Give --encoding, for example cp1252 if a spreadsheet saved the file."
            if not encoding
            else "Give the encoding of the file, for example cp1252.",
        ) from error


def _delimiter(text: str) -> str:
    """The one that parts the first line into most cells; the first of equals."""
    start = io.StringIO(text[:65536], newline="")
    first = next(iter(start), "")
    return max(",;\t", key=lambda sign: len(_cells(first, sign)))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _rows(
    text: str, delimiter: str, path: Path
) -> tuple[list[tuple[str, ...]], list[int]]:
    """Rows, and the line at which each begins; empty ones are left out."""
    rows, lines, begins = [], [], 1
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for row in reader:
            if any(row):
                rows.append(tuple(row))
                lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(
            f"the table cannot be read: {error}",
            f"{path}:{begins}",
            "Export it anew from the platform, and give it as it is.",
        ) from error
    finally:
        csv.field_size_limit(before)
    return rows, lines
