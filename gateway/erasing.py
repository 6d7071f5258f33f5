"""What Foyer itself keeps of one client, handed out and erased. The chain of the activity stays whole:
docs/decisions/0023.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from cache.records.accounts import ClientAccount, normal_email
from cache.records.activity import Entry
from cache.records.order import Order
from cache.records.order_erasure import erase_person
from gateway.wiring import Wiring

ACTOR = "operator"
MOST = 100_000
SECRET = ("password_hash", "sealed_path")


@dataclass
class Erasure:
    """gone: what → how many. kept: what stays, and why, in sentences."""

    gone: dict[str, int] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def orders_of(wiring: Wiring, account: ClientAccount) -> list[Order]:
    """Everything this person asked for."""
    return [
        one
        for one in wiring.orders.of_customer(account.org, account.customer_id, MOST)
        if one.account_id == account.id
    ]


def open_orders_of(wiring: Wiring, account: ClientAccount) -> list[Order]:
    return [order for order in orders_of(wiring, account) if not order.is_final]


def what_is_kept(wiring: Wiring, account: ClientAccount) -> dict[str, Any]:
    """Everything, in the person's own words and ours, without what opens their account."""
    review = wiring.reviews.get(account.org, account.id)
    return {
        "account": _plain(account),
        "sessions": [
            {"started_at": one.started_at, "last_seen_at": one.last_seen_at}
            for one in wiring.sessions.of(account.id)
        ],
        "requests": [_plain(order) for order in orders_of(wiring, account)],
        "letters": [_plain(letter) for letter in wiring.letters.to_person(account.id)],
        "letters_not_wanted": sorted(wiring.letter_choices.unwanted(account.id)),
        "links_to_documents": [_plain(one) for one in wiring.shared_links.of_account(account.id)],
        "review": _plain(review) if review is not None else None,
        "activity": [
            _plain(entry)
            for entry in wiring.activity.recent(account.org, MOST)
            if _is_about(entry, account, set())
        ],
    }


def erase(wiring: Wiring, account: ClientAccount, *, dry_run: bool) -> Erasure:
    """Take the person out of every record; with dry_run only count. Their orders have come to rest. May run
    twice after a crash: the account itself goes last.
    """
    orders = orders_of(wiring, account)
    ids = {order.id for order in orders}
    entries = [entry for entry in wiring.activity.recent(account.org, MOST) if _is_about(entry, account, ids)]
    erasure = Erasure(
        gone={
            "sessions": len(wiring.sessions.of(account.id)),
            "letters": len(wiring.letters.to_person(account.id)),
            "names and words in requests": len(orders),
            "names and words in the activity": sum(entry.has_words for entry in entries),
            "reviews": int(wiring.reviews.get(account.org, account.id) is not None),
            "account": 1,
        },
        kept=[f"{len(orders)} requests, without who made them: what was agreed is the merchant's evidence."]
        if orders
        else [],
    )
    if not dry_run:
        _do(wiring, account, orders, [entry.number for entry in entries])
    return erasure


def _do(wiring: Wiring, account: ClientAccount, orders: list[Order], numbers: list[int]) -> None:
    address = normal_email(account.email)
    wiring.sessions.end_all(account.id)
    wiring.invitations.close(account.id)
    wiring.reset_links.close(address)
    wiring.sign_in_links.close(address)
    wiring.shared_links.end_all(account.id)
    wiring.second_factors.remove(account.id)
    wiring.letters.forget_person(account.org, account.id)
    wiring.letter_choices.forget(account.id)
    wiring.reviews.forget(account.org, account.id)
    for order in orders:
        erase_person(wiring.redis.records, order)
    wiring.activity.erase_words(account.org, numbers)
    wiring.accounts.forget(account)
    wiring.activity.append(account.org, ACTOR, "client_erased", {"account": account.id})


def _is_about(entry: Entry, account: ClientAccount, order_ids: set[str]) -> bool:
    """Whether the person did it, or it happened to them or to something they asked for."""
    told = {entry.fields.get("account"), entry.fields.get("order"), entry.fields.get("request")}
    return entry.actor == account.id or account.id in told or bool(told & order_ids)


def _plain(record: Any) -> dict[str, Any]:
    return {name: value for name, value in dataclasses.asdict(record).items() if name not in SECRET}
