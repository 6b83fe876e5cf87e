"""`grade list`: the assignments there are."""

import click

from graders.assignments import list_assignments


@click.command("list")
def command() -> None:
    """List the assignments."""
    for listing in list_assignments():
        names = ", ".join(listing.names)
        click.echo(f"{listing.name}  ({names})")
        click.echo(f"    {listing.title}; {listing.points:g} points; {listing.stub}")
