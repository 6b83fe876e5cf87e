"""The table of results: on the terminal, and between two marks in the README.

python -m benchmarks.readme
"""

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import results

PATH = Path(__file__).resolve().parents[1] / "README.md"
START, END = "<!-- benchmark -->", "<!-- /benchmark -->"
_COMPARED = ("system", "wall s", "CPU s", "peak MiB", "ratio", "at least")
_PER_JOB = ("per job", "measured", "at most")


def show(data: dict[str, Any]) -> None:
    """Prints every setting that was measured, and whether the targets are met."""
    console = Console()
    if "comparison" in data:
        part = data["comparison"]
        table = _table(f"Per submission, {part['processes']} processes", _COMPARED)
        for row in part["rows"]:
            table.add_row(*_compared_cells(row, threads=True))
        console.print(table)
    if "per_job" in data:
        table = _table("What a job costs", _PER_JOB)
        for row in data["per_job"]["rows"]:
            table.add_row(*_per_job_cells(row))
        console.print(table)


def rewrite(data: dict[str, Any], path: Path = PATH) -> None:
    """Puts the tables between the two marks.

    Raises:
        ValueError: if the file does not have both marks, once each, in order.
    """
    text = path.read_text("utf-8")
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end) or START in rest or END in after:
        raise ValueError(f"{path.name} needs one {START} and, below it, one {END}")
    path.write_text(f"{before}{START}\n{render(data)}{END}{after}", "utf-8")


def render(data: dict[str, Any]) -> str:
    """Markdown: what counts of the comparison, and what a job costs."""
    lines: list[str] = []
    if "comparison" in data:
        part = data["comparison"]
        rows = [row for row in part["rows"] if row["counts"]]
        lines += [_caption(part), ""]
        lines += _markdown(_COMPARED, [_compared_cells(row) for row in rows])
    if "per_job" in data:
        rows = data["per_job"]["rows"]
        lines += ["", *_markdown(_PER_JOB, [_per_job_cells(row) for row in rows])]
    return "\n".join(lines) + "\n"


def _caption(part: dict[str, Any]) -> str:
    return (
        f"Per submission, {part['processes']} processes each on {part['cores']} cores,"
        f" Python {part['python']}, Keras {part['keras']},"
        f" TensorFlow {part['tensorflow']}, {part['date'].split()[0]}:"
    )


def _compared_cells(row: results.Row, *, threads: bool = False) -> list[str]:
    setting = f", {row['threads']} threads" if row["threads"] == "default" else ""
    setting = ", one thread" if row["threads"] == "one" else setting
    ratio = f"{row['ratio']:.1f}" if "ratio" in row else "1"
    target = f"{row['target']:g}" if "target" in row else ""
    return [
        _name(row) + (setting if threads else ""),
        f"{row['wall_s']:.2f}",
        f"{row['cpu_s']:.2f}",
        f"{row['peak_mib']:,.0f}",
        ratio,
        target + ("" if row.get("met", True) else " (missed)"),
    ]


def _name(row: results.Row) -> str:
    if "warm_wall_s" not in row:
        return str(row["system"])
    told = f"{row['students']} at a go; {row['warm_wall_s']:.2f} s once started"
    return f"{row['system']} ({told})"


def _per_job_cells(row: results.Row) -> list[str]:
    digits = 2 if row["unit"] == "s" else 1
    value = f"{row['value']:.{digits}f} {row['unit']}"
    if "limit" not in row:
        return [row["what"], value, ""]
    missed = "" if row["met"] else " (missed)"
    return [row["what"], value, f"{row['limit']:g} {row['unit']}{missed}"]


def _table(title: str, columns: tuple[str, ...]) -> Table:
    table = Table(title=title)
    for index, column in enumerate(columns):
        table.add_column(column, justify="right" if index else "left")
    return table


def _markdown(columns: tuple[str, ...], rows: list[list[str]]) -> list[str]:
    aligned = ["---", *["--:"] * (len(columns) - 1)]
    lines = [list(columns), aligned, *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]


if __name__ == "__main__":
    rewrite(results.read())
