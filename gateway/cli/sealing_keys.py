"""Sealing keys: docs/operations.md, "Rotating keys"."""

from __future__ import annotations

import click

from cache.resealing import reseal_records
from workers.services import Services


@click.group()
def keys() -> None:
    """The keys that seal tokens and secrets."""


@keys.command()
@click.pass_obj
def rotate(services: Services) -> None:
    """Seal everything anew with the first of FOYER_SEALING_KEYS, while everything runs. 1 names what no key
    opens.
    """
    done = reseal_records(services.stores.records, services.seal)
    click.echo(f"{done.renewed} secrets were sealed anew with the first key.")
    for key in done.broken:
        click.echo(f"No key opens what is sealed in {key}.", err=True)
    raise SystemExit(1 if done.broken else 0)
