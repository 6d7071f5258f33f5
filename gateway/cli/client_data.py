"""Data protection requests for one client: export and erasure."""

from __future__ import annotations

import json

import click

from cache.records.accounts.accounts import ClientAccount
from gateway.cli.organisations import known_connection
from gateway.merchant.clients.client_data import Erasure, erase, export_client_data, open_orders_of
from workers.services import Services

NOT_OURS = (
    "What stands in Zoho Books is the merchant's: it is not touched here, and copies of it end by themselves."
)


@click.group()
def client() -> None:
    """One client's data."""


@client.command()
@click.argument("org")
@click.argument("email")
@click.pass_obj
def export(services: Services, org: str, email: str) -> None:
    """Everything Foyer itself keeps of the person with EMAIL at ORG, as JSON on the output."""
    account = _account(services, org, email)
    click.echo(json.dumps(export_client_data(services, account), indent=2, ensure_ascii=False, default=str))


@client.command("erase")
@click.argument("org")
@click.argument("email")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@click.pass_obj
def erase_client(services: Services, org: str, email: str, dry_run: bool, yes: bool) -> None:
    """Erase the person with EMAIL at ORG. 1 while something they asked for is still on its way: nothing is
    erased then.
    """
    account = _account(services, org, email)
    if waiting := open_orders_of(services, account):
        click.echo(
            "Still on its way: "
            + ", ".join(order.id for order in waiting)
            + ". Let it end, or withdraw it first.",
            err=True,
        )
        raise SystemExit(1)
    if not dry_run and not yes:
        click.confirm(
            (
                f"Erase {account.name} <{account.email}> at {known_connection(services, org).name}? This "
                f"cannot be undone"
            ),
            abort=True,
        )
    _print_erasure(erase(services, account, dry_run=dry_run), dry_run=dry_run)


def _account(services: Services, org: str, email: str) -> ClientAccount:
    known_connection(services, org)
    found = [account for account in services.accounts.by_email(email) if account.org == org]
    if not found:
        raise click.UsageError(f"Nobody with this address is a client of {org}.")
    return found[0]


def _print_erasure(erasure: Erasure, *, dry_run: bool) -> None:
    click.echo("This would go:" if dry_run else "Erased:")
    for what, count in erasure.erased.items():
        click.echo(f"  {what}: {count}")
    for line in erasure.retained:
        click.echo(f"Kept: {line}")
    click.echo(NOT_OURS)
