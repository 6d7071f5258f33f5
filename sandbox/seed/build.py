"""The seed: everything in the sandbox on its first day, deterministic from one number, dated relative to
today.

Merchants (the consent page asks who signs in; there are no passwords):

- us, Ada Okafor, ada@harbourlight.example: "Harbour Light Studio", organisation 600123101, USD, New York,
  with Billing, 26 customers; and "Harbour Light Archive", 600123102, inactive and empty, so that choosing
  matters. Tomas Reyes, tomas@harbourlight.example, is a user of the studio as well
- eu, Jonas Weber, jonas@weberundsohn.example: "Weber & Sohn Werkzeuge", 200345601, EUR, Berlin, German
  messages, Books only, 14 customers
- in, Meera Nair, meera@spicetrail.example: "Spice Trail Exports", 600987301, INR, Kolkata, empty

Well-known clients, each with five answerable `sent` estimates, others draft, accepted, declined, expired and
invoiced, and invoices unpaid, overdue, partly paid, paid (singly and together), credited, draft and void:

- us, "Brightwater Cafés": Lena Hartmann, lena@brightwater.example (and Marcus Bell,
  marcus@brightwater.example)
- us, "Northgate Clinics": Omar Haddad, omar@northgate.example (and Grace Liu, grace@northgate.example)
- eu, "Bäckerei Sommer": Petra Sommer, petra@sommer.example (and Jan Sommer, jan@sommer.example)

Harbour Light also has Zoho Billing: eight plans, some forty subscriptions in every status, online and
offline, with their invoices. Brightwater has a card that ends this month, an offline subscription to pay and
a trial; Northgate a card whose time is over, and so a subscription in dunning. Both have a bank account.

Peculiar customers, all at us: "Meridian Freight Lines" has hundreds of invoices; "Quiet Harbor Yoga" has no
document; "Old Mill Print Works" has a person without e-mail; "Pixel & Thread" has markup in its notes;
"Kitsune Records K.K." has Japanese names and notes and pays in JPY (no decimals); "Manama Pearl Trading
W.L.L." pays in BHD (three decimals), "Atelier Vivienne" in EUR, "Lotus Mills Pvt Ltd" in INR, "Wren & Sons
Upholstery" in GBP.
"""

from __future__ import annotations

import json
import random
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.clock import Clock
from sandbox.seed.customers import AMERICAN, BRIGHTWATER, EUROPEAN, NORTHGATE, SOMMER, Customer, add_customer
from sandbox.seed.demo_clients import fill_demo_client
from sandbox.seed.document_history import fill
from sandbox.seed.documents import DocumentMaker
from sandbox.seed.organisations import (
    HARBOUR_LIGHT,
    TIME_ZONES,
    WEBER,
    add_bookkeeper,
    add_harbour_light,
    add_spice_trail,
    add_weber,
)
from sandbox.seed.refunds import add_refunds
from sandbox.seed.subscriptions import add_subscriptions
from sandbox.world import DataCentre, World

CENTRES = {"us": "4600000", "eu": "2000000", "in": "6000000"}
"""Data centres and the prefix of their ids; with twelve more digits they exceed 2^53."""
WELL_KNOWN = (BRIGHTWATER, NORTHGATE, SOMMER)
LONG_AGO = 730


class SeedBox:
    """Returns fresh copies of the seed; rebuilds it when the day changes for one of its organisations."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._days: tuple[date, ...] = ()
        self._text = ""

    def fresh(self, clock: Clock) -> dict[str, DataCentre]:
        """All data centres in their initial state, sharing nothing with earlier copies."""
        days = tuple(clock.today(time_zone) for time_zone in TIME_ZONES.values())
        if self._days != days:
            centres = build(self._seed, clock.now())
            self._text = json.dumps({code: item.as_json() for code, item in centres.items()})
            self._days = days
        data: dict[str, dict[str, Any]] = json.loads(self._text)
        return {code: DataCentre.from_json(item) for code, item in data.items()}


def build(seed: int, now: datetime) -> dict[str, DataCentre]:
    """The whole seed at one moment; each organisation's documents are dated by its own calendar day (zoho.md
    4.1).
    """
    chance = random.Random(seed)
    centres = {code: DataCentre(code=code, id_prefix=prefix) for code, prefix in CENTRES.items()}
    world = World(centres, Clock())
    add_harbour_light(centres["us"])
    add_weber(centres["eu"])
    add_spice_trail(centres["in"])
    merchants: list[tuple[DataCentre, str, tuple[Customer, ...]]] = [
        (centres["us"], HARBOUR_LIGHT, AMERICAN),
        (centres["eu"], WEBER, EUROPEAN),
    ]
    for centre, organization_id, customers in merchants:
        _fill_organisation(world, centre, organization_id, customers, chance, now)
    add_bookkeeper(centres["us"])
    return centres


def _fill_organisation(
    world: World,
    centre: DataCentre,
    organization_id: str,
    customers: tuple[Customer, ...],
    chance: random.Random,
    now: datetime,
) -> None:
    organisation = centre.organisations[organization_id]
    today = now.astimezone(ZoneInfo(organisation.time_zone)).date()
    make = DocumentMaker(centre, organisation, chance, today)
    contacts = [
        add_customer(centre, organisation, customer, make.moment(LONG_AGO - number))
        for number, customer in enumerate(customers)
    ]
    by = next(iter(centre.users.values()))
    for contact in contacts:
        if contact["contact_name"] in WELL_KNOWN:
            fill_demo_client(world, make, contact, by)
    fill(make, [contact for contact in contacts if contact["contact_name"] not in WELL_KNOWN])
    if organisation.has_billing:
        add_subscriptions(make)
    add_refunds(centre, organisation, today)
