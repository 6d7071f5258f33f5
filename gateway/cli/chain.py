"""Verifies the hash chain of the activity log."""

from __future__ import annotations

import click

from workers.services import Services


@click.group()
def activity() -> None:
    """The log of who did what."""


@activity.command()
@click.argument("orgs", nargs=-1)
@click.pass_obj
def verify(services: Services, orgs: tuple[str, ...]) -> None:
    """Look through the chain of each ORG, of all without one. 1 names the first entry that was changed, taken
    out or put in.
    """
    is_broken = False
    for org in orgs or sorted(services.connections.orgs()):
        place = services.activity.first_broken(org)
        if place is not None:
            is_broken = True
            click.echo(f"{org}: entry {place} was changed, taken out or put in", err=True)
    if is_broken:
        raise SystemExit(1)
    click.echo("Every chain is whole.")
