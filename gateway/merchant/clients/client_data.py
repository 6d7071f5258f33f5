"""What Foyer itself keeps of one client, handed out and erased. The chain of the activity stays whole:
docs/decisions/0023.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from cache.records.accounts.accounts import ClientAccount, normal_email
from cache.records.activity.activity import ActivityEntry
from cache.records.orders.erasure import erase_person
from cache.records.orders.order import Order
from workers.services import Services

ACTOR = "operator"
EVERYTHING = 100_000
SECRET_FIELDS = ("password_hash", "sealed_path")


@dataclass
class Erasure:
    """gone: what → how many. kept: what stays, and why, in sentences."""

    erased: dict[str, int] = field(default_factory=dict)
    retained: list[str] = field(default_factory=list)


def orders_of(services: Services, account: ClientAccount) -> list[Order]:
    """Everything this person asked for."""
    return [
        order
        for order in services.orders.of_customer(account.org, account.customer_id, EVERYTHING)
        if order.account_id == account.id
    ]


def open_orders_of(services: Services, account: ClientAccount) -> list[Order]:
    return [order for order in orders_of(services, account) if not order.is_final]


def export_client_data(services: Services, account: ClientAccount) -> dict[str, Any]:
    """Everything, in the person's own words and ours, without what opens their account."""
    review = services.reviews.get(account.org, account.id)
    return {
        "account": _exported(account),
        "sessions": [
            {"started_at": session.started_at, "last_seen_at": session.last_seen_at}
            for session in services.sessions.of(account.id)
        ],
        "requests": [_exported(order) for order in orders_of(services, account)],
        "emails": [_exported(email) for email in services.emails.to_person(account.id)],
        "emails_not_wanted": sorted(services.email_preferences.unwanted(account.id)),
        "links_to_documents": [_exported(link) for link in services.shared_links.of_account(account.id)],
        "review": _exported(review) if review is not None else None,
        "activity": [
            _exported(entry)
            for entry in services.activity.recent(account.org, EVERYTHING)
            if _is_about(entry, account, set())
        ],
    }


def erase(services: Services, account: ClientAccount, *, dry_run: bool) -> Erasure:
    """Take the person out of every record; with dry_run only count. Their orders have come to rest. May run
    twice after a crash: the account itself goes last.
    """
    orders = orders_of(services, account)
    ids = {order.id for order in orders}
    entries = [
        entry for entry in services.activity.recent(account.org, EVERYTHING) if _is_about(entry, account, ids)
    ]
    erasure = Erasure(
        erased={
            "sessions": len(services.sessions.of(account.id)),
            "emails": len(services.emails.to_person(account.id)),
            "names and words in requests": len(orders),
            "names and words in the activity": sum(entry.has_personal_text for entry in entries),
            "reviews": int(services.reviews.get(account.org, account.id) is not None),
            "account": 1,
        },
        retained=[
            f"{len(orders)} requests, without who made them: what was agreed is the merchant's evidence."
        ]
        if orders
        else [],
    )
    if not dry_run:
        _erase_records(services, account, orders, [entry.number for entry in entries])
    return erasure


def _erase_records(
    services: Services, account: ClientAccount, orders: list[Order], numbers: list[int]
) -> None:
    address = normal_email(account.email)
    services.sessions.end_all(account.id)
    services.invitations.close(account.id)
    services.reset_links.close(address)
    services.sign_in_links.close(address)
    services.shared_links.end_all(account.id)
    services.second_factors.remove(account.id)
    services.emails.forget_person(account.org, account.id)
    services.email_preferences.forget(account.id)
    services.reviews.forget(account.org, account.id)
    for order in orders:
        erase_person(services.stores.records, order)
    services.activity.erase_personal_text(account.org, numbers)
    services.accounts.forget(account)
    services.activity.append(account.org, ACTOR, "client_erased", {"account": account.id})


def _is_about(entry: ActivityEntry, account: ClientAccount, order_ids: set[str]) -> bool:
    """Whether the person did it, or it happened to them or to something they asked for."""
    told = {entry.fields.get("account"), entry.fields.get("order"), entry.fields.get("request")}
    return entry.actor == account.id or account.id in told or bool(told & order_ids)


def _exported(record: Any) -> dict[str, Any]:
    return {name: value for name, value in dataclasses.asdict(record).items() if name not in SECRET_FIELDS}
