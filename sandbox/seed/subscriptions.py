"""The subscriptions of Harbour Light: every status, online and offline, and all sorts of cards (zoho.md 4.8,
5.4).
"""

from __future__ import annotations

from typing import NamedTuple

from sandbox.seed.customers import BRIGHTWATER, NORTHGATE, SILENT
from sandbox.seed.documents import DocumentMaker
from sandbox.seed.payment_methods import add_bank_account, add_card
from sandbox.seed.plans import add_plans
from sandbox.seed.subscription_past import Past
from sandbox.world import Record


class SeedSubscription(NamedTuple):
    """One subscription of the seed; `terms` is how many have begun."""

    status: str
    plan: str
    online: bool = True
    terms: int = 4
    addons: tuple[str, ...] = ()
    quantity: int = 1


OFFLINE = False
OF_BRIGHTWATER = (
    SeedSubscription("live", "care-monthly", addons=("extra-site",)),
    SeedSubscription("live", "hours-ten", OFFLINE),
    SeedSubscription("trial", "library-small", terms=0),
    SeedSubscription("non_renewing", "library-large", terms=2),
    SeedSubscription("cancelled", "podcast", terms=3),
)
OF_NORTHGATE = (
    SeedSubscription("dunning", "care-plus", terms=3),
    SeedSubscription("live", "care-yearly", terms=2, addons=("extra-site", "analytics"), quantity=3),
    SeedSubscription("live", "care-monthly", OFFLINE, terms=5),
    SeedSubscription("future", "hours-ten", OFFLINE, terms=0),
    SeedSubscription("expired", "launch-six", terms=6),
    SeedSubscription("paused", "library-small", terms=2),
)
"""`paused` is in none of Zoho's lists: undocumented statuses occur (zoho.md 4.8)."""
OF_OTHERS = (
    SeedSubscription("live", "care-monthly"),
    SeedSubscription("live", "care-plus", OFFLINE, terms=3),
    SeedSubscription("unpaid", "care-monthly", terms=3),
    SeedSubscription("cancelled_from_dunning", "hours-ten", terms=2),
    SeedSubscription("trial_expired", "care-plus", terms=0),
    SeedSubscription("live", "library-small", terms=2),
    SeedSubscription("creation_failed", "care-monthly", terms=0),
    SeedSubscription("cancelled", "care-monthly", OFFLINE, terms=2),
    SeedSubscription("live", "care-yearly", OFFLINE, terms=1),
    SeedSubscription("non_renewing", "care-monthly", OFFLINE, terms=3),
    SeedSubscription("trial", "care-plus", terms=0),
    SeedSubscription("dunning", "library-large", terms=1),
    SeedSubscription("expired", "launch-six", OFFLINE, terms=6),
    SeedSubscription("live", "library-large", terms=2, quantity=2),
    SeedSubscription("future", "care-yearly", terms=0),
)
NUMBER_OF_OTHERS = 30


def add_subscriptions(make: DocumentMaker) -> None:
    """Plans, payment methods, subscriptions with their invoices and payments, and their events."""
    add_plans(make)
    contacts = {contact["contact_name"]: contact for contact in make.organisation.contacts.values()}
    past = Past(make)
    for name, rows in ((BRIGHTWATER, OF_BRIGHTWATER), (NORTHGATE, OF_NORTHGATE)):
        cards = _cards_of_well_known(make, contacts[name])
        add_bank_account(make, contacts[name], "0771" if name == BRIGHTWATER else "6789")
        for number, row in enumerate(rows):
            _add(past, contacts[name], row, cards[number % len(cards)])
    others = [item for name, item in contacts.items() if name not in (BRIGHTWATER, NORTHGATE, SILENT)]
    cards = [
        add_card(make, other, f"{make.chance.randrange(10_000):04d}", months=make.chance.randrange(1, 40))
        for other in others
    ]
    for number in range(NUMBER_OF_OTHERS):
        which = number % len(others)
        _add(past, others[which], OF_OTHERS[number % len(OF_OTHERS)], cards[which])
    past.record_past_events()
    make.organisation.billed_until = make.day(0)


def _cards_of_well_known(make: DocumentMaker, customer: Record) -> list[Record]:
    """One that expires this month, one valid for years, and (at Northgate's first subscription) an expired
    one.
    """
    if customer["contact_name"] == BRIGHTWATER:
        return [add_card(make, customer, "0042", months=0), add_card(make, customer, "4242", months=30)]
    return [add_card(make, customer, "1881", months=-1), add_card(make, customer, "5556", months=1)]


def _add(past: Past, customer: Record, row: SeedSubscription, card: Record) -> None:
    past.subscribe(
        customer,
        row.plan,
        row.status,
        terms=row.terms,
        card=card if row.online else None,
        addons=row.addons,
        quantity=row.quantity,
    )
