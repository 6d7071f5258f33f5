"""`foyer …`: what operators do from a terminal. 0: done. 1: done, and something is not as it should be. 2:
could not be done.
"""

from __future__ import annotations

import os

import click

from cache.stores import StoreUnavailable, store_errors
from config.settings import SettingsError, load_settings
from gateway.cli.chain import activity
from gateway.cli.client_data import client
from gateway.cli.organisations import connections, orders, organisations, resync
from gateway.cli.sealing_keys import keys
from workers.services import build_services


class PlainGroup(click.Group):
    """Reports an unreachable Redis in one plain line instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            with store_errors():
                return super().invoke(ctx)
        except (SettingsError, StoreUnavailable) as fault:
            click.echo(str(fault), err=True)
            raise SystemExit(2) from None


@click.group(cls=PlainGroup)
@click.pass_context
def foyer(context: click.Context) -> None:
    """Look after a running Foyer. It reads the same environment as its web process; the words of each
    command: --help.
    """
    context.obj = build_services(load_settings(os.environ))


for command in (organisations, connections, orders, resync, keys, activity, client):
    foyer.add_command(command)
