"""`grade`: finds the command, or the assignment, that was named."""

import importlib
import os
import sys
from typing import Any

import click

from graders import __version__
from graders.errors import GradersError, UsageError

EXIT_GRADED, EXIT_USAGE, EXIT_BROKEN = 0, 2, 3
_COMMANDS = (
    *("batch", "intake", "doctor", "list", "new", "validate"),
    *("backup", "restore", "verify-ledger", "audit"),
    *("scores", "report", "explain", "adjust", "extend", "publish"),
    "similar",
    *("rescore", "replay", "diff", "confirm"),
    *("export", "release"),
    "review",
)
_FOR_MACHINES = ("autograde",)


class Commands(click.Group):
    """Commands by file, and every assignment's name as a command of its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands that `--help` names."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """A command, or the grading of the assignment of that name."""
        if name in (*_COMMANDS, *_FOR_MACHINES):
            module = importlib.import_module(f"graders.cli.{name.replace('-', '_')}")
            command: click.Command = module.command
            return command
        from graders.assignments import find_assignment
        from graders.cli.grade import make_command

        try:
            return make_command(find_assignment(name))
        except UsageError as error:
            raise click.UsageError(f"{error.what}. {error.fix}", ctx) from error


@click.group(
    cls=Commands,
    options_metavar="",
    subcommand_metavar="ASSIGNMENT [FILE] | COMMAND ...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="grade")
def cli() -> None:
    """Grade an assignment, or a class.

    \b
      grade assignment2            your file, where the stub was
      grade assignment2 my.py      another file
      grade assignment2 --help     the options of grading
      grade batch assignment2 DIR  a folder of submissions, or a platform's archive
      grade intake assignment2 DIR what would be graded of it, and what would not
      grade doctor                 the walls that this machine offers
      grade validate assignment2   how often the grading itself is wrong
      grade new assignment5_topic  begin an assignment of your own
      grade scores assignment2     the marks of a class, as they stand
      grade report assignment2     the reports of a class, written anew
      grade explain NAME assignment2       how a mark came about
      grade adjust assignment2 NAME ITEM POINTS --reason TEXT
      grade review assignment2     decide what waits for a person
      grade extend assignment2 NAME TIME --reason TEXT
      grade publish assignment2    students see their marks from now on
      grade similar assignment2    who should be looked at side by side
      grade rescore assignment2    the rubric was edited: propose new marks
      grade replay assignment2     a check was corrected: propose new marks
      grade diff assignment2       whose mark would move
      grade confirm assignment2    let what was proposed count
      grade export assignment2 --to canvas --table FILE --out FILE
      grade release assignment2 --gradescope     an autograder to upload
      grade audit assignment2      who did what to the grades, when and why
      grade backup                 copy the ledger of all grades to a file
      grade restore FILE           put a backup into an empty ledger
      grade verify-ledger          look for faults in what is recorded

    Exit status: 0 graded, whatever the score; 2 the command was wrong; 3 something
    of the grader's own was broken.
    """


def main() -> None:
    """The console script: errors in three parts, never a traceback."""
    _log_to_stderr()
    try:
        status: Any = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("\nStopped.", err=True)
        status = 130
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except UsageError as error:
        click.echo(f"Error: {error}", err=True)
        status = EXIT_USAGE
    except GradersError as error:
        click.echo(f"The grader has a problem: {error}", err=True)
        status = EXIT_BROKEN
    except Exception as error:
        from loguru import logger

        logger.opt(exception=error).error("the grader has a problem of its own")
        status = EXIT_BROKEN
    sys.exit(status if isinstance(status, int) else EXIT_GRADED)


def _log_to_stderr() -> None:
    """Logs are for stderr; GRADE_LOG sets their level, WARNING by default."""
    # The values of variables may be hidden inputs, or somebody's work.
    os.environ.setdefault("LOGURU_DIAGNOSE", "NO")
    if "GRADE_LOG" not in os.environ:
        os.environ.setdefault("LOGURU_LEVEL", "WARNING")
    else:
        os.environ["LOGURU_LEVEL"] = os.environ["GRADE_LOG"].upper()
