"""Reads the form of an estimate or an invoice: customer, dates, lines, notes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.amounts import exact, json_number, rounded
from sandbox.drafting import new_line
from sandbox.times import read_date
from sandbox.world import DataCentre, Organisation, Record

SPARE_LINES = 3


class FormProblem(Exception):
    """What a person must correct."""


def read_document(
    centre: DataCentre, organisation: Organisation, form: Mapping[str, str], *, end: str, known: Record | None
) -> Record:
    """The form's values. Raises FormProblem.

    They are customer_id, date, `end` (the name of the second date), lines, reference, notes and terms.
    """
    customer_id = known["customer_id"] if known else form.get("customer_id", "")
    if customer_id not in organisation.contacts:
        raise FormProblem("Choose a customer.")
    first, last = form.get("date", ""), form.get(end, "")
    if read_date(first) is None or (last and read_date(last) is None):
        raise FormProblem("Write dates as year-month-day, for example 2026-11-02.")
    precision = organisation.precision(organisation.contacts[customer_id]["currency_code"])
    lines = [
        line
        for number in range(1, line_count(form) + 1)
        if (line := _line(centre, organisation, form, number, precision, known))
    ]
    if not lines:
        raise FormProblem("Give at least one line with an item.")
    return {
        "customer_id": customer_id,
        "date": first,
        end: last,
        "lines": lines,
        "reference": form.get("reference_number", "").strip(),
        "notes": form.get("notes", "").strip(),
        "terms": form.get("terms", "").strip(),
    }


def line_count(form: Mapping[str, str]) -> int:
    """How many lines the form had."""
    return sum(1 for name in form if name.startswith("line-") and name.endswith("-name"))


def _line(
    centre: DataCentre,
    organisation: Organisation,
    form: Mapping[str, str],
    number: int,
    precision: int,
    known: Record | None,
) -> Record | None:
    said_name = form.get(f"line-{number}-name", "").strip()
    if not said_name:
        return None
    quantity = _amount(form.get(f"line-{number}-quantity") or "1", f"quantity {number}")
    rate = rounded(_amount(form.get(f"line-{number}-rate") or "0", f"rate {number}"), precision)
    old: Record = known["line_items"][number - 1] if known and number <= len(known["line_items"]) else {}
    tax = next(
        (tax for tax in organisation.details["taxes"] if tax["tax_id"] == form.get(f"line-{number}-tax")),
        None,
    )
    line = new_line(
        centre,
        name=said_name,
        description=form.get(f"line-{number}-description", "").strip(),
        quantity=float(quantity),
        rate=json_number(rate, precision),
        unit=old.get("unit", ""),
        discount=old.get("discount", 0),
        tax=tax,
    )
    kept: dict[str, Any] = {name: old[name] for name in ("line_item_id", "item_id") if name in old}
    return {**line, **kept}


def _amount(text: str, what: str) -> Decimal:
    try:
        found = exact(text.strip())
    except InvalidOperation:
        raise FormProblem(f"The {what} is not a number.") from None
    if not found.is_finite() or found < 0:
        raise FormProblem(f"The {what} is not a number.")
    return found
