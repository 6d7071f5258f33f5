"""The activity of an organisation as its merchant reads it: names instead of numbers. Who takes it away gets
the numbers too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cache.records.activity.activity import ActivityEntry
from gateway.web.access import OrganisationVisit
from gateway.web.services import services

NON_PERSON_ACTORS = {"foyer": "Foyer", "operator": "Who runs Foyer"}
SHOWN_ELSEWHERE = frozenset({"account", "document", "merchant", "person"})
"""Numbers, and names that stand under who did it or whom it was done to."""


@dataclass(frozen=True)
class ActivityLine:
    """actor: the name of who did it, "" where nobody knows it any more. person: the client it was done to, ""
    for nobody else. details: what else was kept of it.
    """

    entry: ActivityEntry
    actor: str
    person: str
    details: str


def activity_lines(visit: OrganisationVisit, entries: Iterable[ActivityEntry]) -> list[ActivityLine]:
    """In the order of the entries; names are looked up once for all of them."""
    entries = list(entries)
    known, customers = _names_of({entry.actor for entry in entries}), _customer_names(visit.org, entries)
    return [
        _line(entry, known.get(entry.actor) or entry.fields.get("merchant", ""), customers)
        for entry in entries
    ]


def details_of(fields: dict[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in fields.items() if value)


def _line(entry: ActivityEntry, who: str, customers: dict[str, str]) -> ActivityLine:
    person = entry.fields.get("person", "")
    fields = {name: value for name, value in entry.fields.items() if name not in SHOWN_ELSEWHERE}
    if customer := fields.get("customer"):
        fields["customer"] = customers.get(customer, customer)
    return ActivityLine(entry, who, "" if person == who else person, details_of(fields))


def _names_of(actors: set[str]) -> dict[str, str]:
    """Clients by their accounts, merchants by their records, and who is no person."""
    found = NON_PERSON_ACTORS | services().accounts.names(actors - NON_PERSON_ACTORS.keys())
    for actor in actors - found.keys():
        if merchant := services().merchants.get(actor):
            found[actor] = merchant.name
    return found


def _customer_names(org: str, entries: list[ActivityEntry]) -> dict[str, str]:
    wanted = sorted({entry.fields["customer"] for entry in entries if entry.fields.get("customer")})
    return {
        customer: str(body.get("name", ""))
        for customer, body in services().directory.customer_bodies(org, wanted).items()
    }
