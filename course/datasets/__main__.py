"""`python -m course.datasets`: list the data sets and prepare them.

Exit status: 0 done, 1 not done (the error says why), 2 wrong usage.
"""

from pathlib import Path
from typing import NoReturn

import click

from course.datasets.catalog import CATALOG, DatasetCard, find_card
from course.datasets.folders import data_folder, is_prepared
from course.datasets.preparing import prepare
from course.errors import CourseError, UnknownName

PROGRAM = "python -m course.datasets"

data_dir_option = click.option(
    "--data-dir",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The data folder. Default: $SURVIVAL_SCHOOL_DATA, else the user's cache.",
)


class CardName(click.ParamType[DatasetCard]):
    """A data set's name on the command line; a wrong one is a usage error."""

    name = "name"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> DatasetCard:
        """Turns the name into its card, or stops with exit status 2."""
        try:
            return find_card(value)
        except UnknownName as error:
            self.fail(f"{error.what}. {error.fix}", param, ctx)


@click.group()
def main() -> None:
    """List the course's data sets, or make one ready to use without a network."""


@main.command("list")
@data_dir_option
def list_command(data_dir: Path | None) -> None:
    """Show each data set, its size, and whether it is prepared."""
    try:
        folder = data_folder(data_dir)
    except CourseError as error:
        _stop(error)
    for card in CATALOG.values():
        click.echo(_line(card, folder))
    click.echo(f"Data folder: {folder}")


@main.command("prepare")
@click.argument("card", type=CardName(), metavar="NAME")
@click.option("--online", is_flag=True, help="Allow a download.")
@data_dir_option
def prepare_command(card: DatasetCard, online: bool, data_dir: Path | None) -> None:
    """Make the data set NAME ready to use without a network."""
    try:
        prepared = prepare(card.name, online=online, data_dir=data_dir)
    except CourseError as error:
        _stop(error)
    click.echo(f"{card.name} is ready: {prepared}")


def _line(card: DatasetCard, folder: Path) -> str:
    size = "{}x{}".format(*card.image_shape) if card.image_shape else ""
    if is_prepared(card, folder):
        state = "prepared"
    else:
        state = "needs --online" if card.online else "made on first use"
    return (
        f"{card.name:<15} {sum(card.num_examples):>6} {card.content + 's':<6}"
        f" {size:<6} {state:<18} {card.summary}"
    )


def _stop(error: CourseError) -> NoReturn:
    click.echo(str(error), err=True)
    raise SystemExit(1)


if __name__ == "__main__":
    main(prog_name=PROGRAM)
