"""Commands for organisations: their connections, their orders, and a resync."""

from __future__ import annotations

import click

from cache.records.connections.connection import Connection, ConnectionState
from cache.records.orders.order import OrderState
from workers.services import Services


def known_connection(services: Services, org: str) -> Connection:
    """The connection of an organisation; exits with 2 if the key is unknown."""
    connection = services.connections.get(org)
    if connection is None:
        raise click.UsageError(f"There is no organisation {org}. `organisations` lists them.")
    return connection


@click.command()
@click.pass_obj
def organisations(services: Services) -> None:
    """Every organisation: key, name, clients, and who looks after it."""
    for org in sorted(services.connections.orgs()):
        connection, clients = known_connection(services, org), services.accounts.of_org(org)
        who = ", ".join(merchant.name for merchant in services.merchants.for_org(org))
        click.echo(f"{org}\t{connection.name}\t{len(clients)} clients\t{who}")


@click.command()
@click.pass_obj
def connections(services: Services) -> None:
    """The state of every connection to Zoho, and when its lists were last read. 1 when one needs its
    merchant.
    """
    is_lost = False
    for org in sorted(services.connections.orgs()):
        connection = known_connection(services, org)
        is_lost = is_lost or connection.state is ConnectionState.RECONNECT_NEEDED
        read = [state.last_success for state in services.sync_states.all_of(org) if state.last_success]
        oldest = min(read).isoformat(timespec="seconds") if read else "never"
        click.echo(
            f"{org}\t{connection.state}\toldest list {oldest}"
            + (f"\t{connection.why}" if connection.why else "")
        )
    raise SystemExit(1 if is_lost else 0)


@click.command()
@click.argument("org")
@click.option("--open", "only_open", is_flag=True, help="Only those that have not come to rest.")
@click.option(
    "--limit",
    default=50,
    show_default=True,
    type=click.IntRange(1, 5000),
    help="How many of the newest are looked at.",
)
@click.pass_obj
def orders(services: Services, org: str, only_open: bool, limit: int) -> None:
    """The newest orders of ORG: receipt, state, kind, document. 1 when one of them needs a person."""
    known_connection(services, org)
    found = [order for order in services.orders.of_org(org, limit) if not (only_open and order.is_final)]
    for order in found:
        recorded = order.recorded_at.isoformat(timespec="seconds")
        click.echo(f"{order.id}\t{order.state}\t{order.kind}\t{order.document_id}\t{recorded}")
    raise SystemExit(1 if any(order.state is OrderState.NEEDS_ATTENTION for order in found) else 0)


@click.command()
@click.argument("org")
@click.option("--whole", is_flag=True, help="Every list from its first page; costs a call per 200 rows.")
@click.pass_obj
def resync(services: Services, org: str, whole: bool) -> None:
    """Read ORG now, within its calls. Pages go on with what is known meanwhile."""
    connection = known_connection(services, org)
    if connection.state is not ConnectionState.CONNECTED:
        click.echo(f"{connection.name} is not connected: only its merchant can change that.", err=True)
        raise SystemExit(2)
    if whole:
        for state in services.sync_states.all_of(org):
            services.sync_states.update(org, state.list_name, last_sweep=None, page=0)
    services.sync_states.expedite(org)
    services.sync_due.set_in(org, 0)
    services.job_queue.enqueue_sync(org)
    click.echo(f"{connection.name} is read now. `connections` shows how far it has come.")
