"""A typed card or bank account. Full numbers live only during the request; four digits are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sandbox.billing.calendar_terms import last_day_of
from sandbox.world import Organisation, Record

CARD_HINT, DECLINED_HINT = "4242 4242 4242 4242", "4000 0000 0000 0002"
ACCOUNT_HINT, FAILING_HINT = "000123456789", "000111110002"


class Mistyped(Exception):
    """What is wrong, for the person."""


def read_card(form: Mapping[str, str], today: date, gateway: str) -> Record:
    """{"last_four_digits", "expiry_month", "expiry_year", "first_name", "last_name", "payment_gateway"}.
    Raises Mistyped.
    """
    number = form.get("number", "").replace(" ", "")
    if not number.isascii() or not number.isdigit() or not 12 <= len(number) <= 19:
        raise Mistyped("Please type the number of the card: 12 to 19 digits.")
    month, _, year = form.get("expiry", "").replace(" ", "").partition("/")
    if not (month.isdigit() and year.isdigit() and len(year) == 2 and 1 <= int(month) <= 12):
        raise Mistyped("Please type until when the card is good, as on the card: MM/YY.")
    if last_day_of(2000 + int(year), int(month)) < today:
        raise Mistyped("The time of this card is over. Please use another one.")
    first, _, last = form.get("holder", "").strip().partition(" ")
    return {
        "last_four_digits": number[-4:],
        "expiry_month": int(month),
        "expiry_year": 2000 + int(year),
        "first_name": first,
        "last_name": last,
        "payment_gateway": gateway,
    }


def read_account(form: Mapping[str, str], gateway: str) -> Record:
    """{"last_four_digits", "payment_gateway"}. Raises Mistyped."""
    number = form.get("account_number", "").replace(" ", "")
    if not number.isascii() or not number.isdigit() or not 4 <= len(number) <= 17:
        raise Mistyped("Please type the number of the account: 4 to 17 digits.")
    return {"last_four_digits": number[-4:], "payment_gateway": gateway}


def gateway_of(organisation: Organisation) -> str:
    """The gateway used."""
    return str(next(iter(organisation.settings["payment_gateways"]), ""))
