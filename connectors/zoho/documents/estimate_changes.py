"""An estimate's content as lines of text: the base of the digest and of the difference."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from config.stored_messages import N_, StoredMessage
from connectors.zoho.documents.line_item import LineItem, TaxLine
from connectors.zoho.documents.money import rounded

STATUSES = (N_("sent"), N_("accepted"), N_("declined"), N_("expired"), N_("invoiced"))
"""Zoho's statuses of an estimate that a client has seen, as a difference names them."""


class Change(NamedTuple):
    """One difference: its label, the text before and the text now ("" where absent)."""

    label: str
    before: str
    now: str


class Offer(Protocol):
    """The parts of an estimate that a client reads and agrees to."""

    @property
    def number(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def precision(self) -> int | None: ...
    @property
    def expires_on(self) -> dt.date | None: ...
    @property
    def total(self) -> Decimal: ...
    @property
    def sub_total(self) -> Decimal | None: ...
    @property
    def tax_total(self) -> Decimal | None: ...
    @property
    def discount(self) -> Decimal | None: ...
    @property
    def discount_percent(self) -> Decimal | None: ...
    @property
    def shipping(self) -> Decimal | None: ...
    @property
    def adjustment(self) -> Decimal | None: ...
    @property
    def line_items(self) -> tuple[LineItem, ...]: ...
    @property
    def taxes(self) -> tuple[TaxLine, ...]: ...
    @property
    def notes(self) -> str: ...
    @property
    def terms(self) -> str: ...
    @property
    def status(self) -> str: ...


@dataclass(frozen=True)
class OfferField:
    """One line of an offer. key: identifies it in both versions. label: its name for people. text: its
    content.
    """

    key: str
    label: str
    text: str


def offer_fields(offer: Offer) -> tuple[OfferField, ...]:
    """The offer in the page's order; the status is not part of it."""
    return tuple(field for field in _all_fields(offer) if field.text)


def digest_of(offer: Offer) -> str:
    """sha256 in hex. Equal exactly when both offers read the same."""
    lines = [[field.key, field.text] for field in offer_fields(offer)]
    return hashlib.sha256(json.dumps(lines, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def changes(before: Offer, now: Offer) -> tuple[Change, ...]:
    """The difference in the page's order: first the status, then changed or added lines, then
    removed ones.
    """
    old = {field.key: field for field in offer_fields(before)}
    new = {field.key: field for field in offer_fields(now)}
    found = (
        [Change(StoredMessage("Status"), _status(before.status), _status(now.status))]
        if before.status != now.status
        else []
    )
    for key, item in new.items():
        was = old.get(key)
        if was is None or was.text != item.text:
            found.append(Change(item.label, was.text if was else "", item.text))
    found += [Change(item.label, item.text, "") for key, item in old.items() if key not in new]
    if not found and digest_of(before) != digest_of(now):
        found.append(Change(StoredMessage("Order of the lines"), "", StoredMessage("changed")))
    return tuple(found)


def _all_fields(offer: Offer) -> Iterator[OfferField]:
    def money(amount: Decimal | None) -> str:
        return "" if amount is None else f"{rounded(amount, offer.precision):f} {offer.currency}"

    yield OfferField("number", StoredMessage("Number"), offer.number)
    yield OfferField(
        "expiry", StoredMessage("Valid until"), offer.expires_on.isoformat() if offer.expires_on else ""
    )
    for key, line in _keyed_lines(offer.line_items):
        yield OfferField(
            key,
            StoredMessage(
                "Line “%(name)s”", name=line.name or line.description[:40] or StoredMessage("without name")
            ),
            _line_text(line, offer),
        )
    yield OfferField("sub_total", StoredMessage("Subtotal"), money(offer.sub_total))
    yield OfferField(
        "discount", StoredMessage("Discount"), money(offer.discount) or _percent(offer.discount_percent)
    )
    yield OfferField("shipping", StoredMessage("Shipping"), money(offer.shipping))
    yield OfferField("adjustment", StoredMessage("Adjustment"), money(offer.adjustment))
    for place, tax in enumerate(offer.taxes):
        yield OfferField(
            f"tax:{tax.name}:{place}", StoredMessage("Tax “%(name)s”", name=tax.name), money(tax.amount)
        )
    yield OfferField("tax_total", StoredMessage("Tax"), money(offer.tax_total))
    yield OfferField("total", StoredMessage("Total"), money(offer.total))
    yield OfferField("notes", StoredMessage("Notes"), offer.notes)
    yield OfferField("terms", StoredMessage("Terms"), offer.terms)


def _keyed_lines(lines: tuple[LineItem, ...]) -> Iterator[tuple[str, LineItem]]:
    """Lines by Zoho's id; a line with no id or a duplicate one gets its position as key."""
    used: set[str] = set()
    for place, line in enumerate(lines):
        key = f"line:{line.id}" if line.id and f"line:{line.id}" not in used else f"line at {place}:{line.id}"
        used.add(key)
        yield key, line


def _line_text(line: LineItem, offer: Offer) -> str:
    """ "Sail cloth, 2 pcs × 120.00 = 240.00 USD; heavy, white": everything a line shows, in one sentence."""

    def amount(value: Decimal) -> str:
        return f"{rounded(value, offer.precision):f}"

    text = line.name
    if line.quantity is not None:
        text += f", {line.quantity.normalize():f}{' ' + line.unit if line.unit else ''}"
    if line.rate is not None:
        text += f" × {line.rate.normalize():f}"
    if line.discount:
        text += f", less {amount(line.discount)}"
    if line.discount_percent:
        text += f", less {_percent(line.discount_percent)}"
    if line.total is not None:
        text += f" = {amount(line.total)} {offer.currency}"
    return f"{text}; {line.description}" if line.description else text


def _status(status: str) -> str:
    return StoredMessage(status) if status in STATUSES else status


def _percent(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}%"
