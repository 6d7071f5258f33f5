"""Who subscribes to what at Harbour Light Studio: every status, online and offline, and cards of all sorts
(FACTS 4.8, 5.4).
"""

from __future__ import annotations

from typing import NamedTuple

from sandbox.seed.customers import BRIGHTWATER, NORTHGATE, SILENT
from sandbox.seed.documents import DocumentMaker
from sandbox.seed.payment_methods import add_bank_account, add_card
from sandbox.seed.plans import add_plans
from sandbox.seed.subscription_past import Past
from sandbox.world import Record


class Wish(NamedTuple):
    """One subscription as the seed wants it; `terms` is how many have begun."""

    status: str
    plan: str
    online: bool = True
    terms: int = 4
    addons: tuple[str, ...] = ()
    quantity: int = 1


OFFLINE = False
OF_BRIGHTWATER = (
    Wish("live", "care-monthly", addons=("extra-site",)),
    Wish("live", "hours-ten", OFFLINE),
    Wish("trial", "library-small", terms=0),
    Wish("non_renewing", "library-large", terms=2),
    Wish("cancelled", "podcast", terms=3),
)
OF_NORTHGATE = (
    Wish("dunning", "care-plus", terms=3),
    Wish("live", "care-yearly", terms=2, addons=("extra-site", "analytics"), quantity=3),
    Wish("live", "care-monthly", OFFLINE, terms=5),
    Wish("future", "hours-ten", OFFLINE, terms=0),
    Wish("expired", "launch-six", terms=6),
    Wish("paused", "library-small", terms=2),
)
"""`paused` is in no list of Zoho's: there are statuses that nobody told us of (FACTS 4.8)."""
OF_OTHERS = (
    Wish("live", "care-monthly"),
    Wish("live", "care-plus", OFFLINE, terms=3),
    Wish("unpaid", "care-monthly", terms=3),
    Wish("cancelled_from_dunning", "hours-ten", terms=2),
    Wish("trial_expired", "care-plus", terms=0),
    Wish("live", "library-small", terms=2),
    Wish("creation_failed", "care-monthly", terms=0),
    Wish("cancelled", "care-monthly", OFFLINE, terms=2),
    Wish("live", "care-yearly", OFFLINE, terms=1),
    Wish("non_renewing", "care-monthly", OFFLINE, terms=3),
    Wish("trial", "care-plus", terms=0),
    Wish("dunning", "library-large", terms=1),
    Wish("expired", "launch-six", OFFLINE, terms=6),
    Wish("live", "library-large", terms=2, quantity=2),
    Wish("future", "care-yearly", terms=0),
)
NUMBER_OF_OTHERS = 30


def add_subscriptions(make: DocumentMaker) -> None:
    """Plans, payment methods, subscriptions with their invoices and payments, and the events of all that."""
    add_plans(make)
    contacts = {one["contact_name"]: one for one in make.organisation.contacts.values()}
    past = Past(make)
    for name, wishes in ((BRIGHTWATER, OF_BRIGHTWATER), (NORTHGATE, OF_NORTHGATE)):
        cards = _cards_of_well_known(make, contacts[name])
        add_bank_account(make, contacts[name], "0771" if name == BRIGHTWATER else "6789")
        for number, wish in enumerate(wishes):
            _add(past, contacts[name], wish, cards[number % len(cards)])
    others = [one for name, one in contacts.items() if name not in (BRIGHTWATER, NORTHGATE, SILENT)]
    cards = [
        add_card(make, one, f"{make.chance.randrange(10_000):04d}", months=make.chance.randrange(1, 40))
        for one in others
    ]
    for number in range(NUMBER_OF_OTHERS):
        which = number % len(others)
        _add(past, others[which], OF_OTHERS[number % len(OF_OTHERS)], cards[which])
    past.tell_events()
    make.organisation.billed_until = make.day(0)


def _cards_of_well_known(make: DocumentMaker, customer: Record) -> list[Record]:
    """One that ends this month, one good for years, and (at Northgate's first subscription) one whose time is
    over.
    """
    if customer["contact_name"] == BRIGHTWATER:
        return [add_card(make, customer, "0042", months=0), add_card(make, customer, "4242", months=30)]
    return [add_card(make, customer, "1881", months=-1), add_card(make, customer, "5556", months=1)]


def _add(past: Past, customer: Record, wish: Wish, card: Record) -> None:
    past.subscribe(
        customer,
        wish.plan,
        wish.status,
        terms=wish.terms,
        card=card if wish.online else None,
        addons=wish.addons,
        quantity=wish.quantity,
    )
