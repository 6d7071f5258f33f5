"""Creating and editing estimates, as the merchant does."""

from __future__ import annotations

from sandbox import history
from sandbox.drafting import common_fields
from sandbox.totals import work_out
from sandbox.world import DataCentre, Organisation, Record, World


def blank_estimate(
    centre: DataCentre,
    organisation: Organisation,
    *,
    customer_id: str,
    status: str,
    date: str,
    expiry_date: str,
    lines: list[Record],
    reference: str,
    notes: str,
    terms: str,
    at: int,
) -> Record:
    """A complete estimate, added to its organisation; `at` is its creation time, in seconds since 1970."""
    estimate = {
        "estimate_id": centre.new_id(),
        "estimate_number": organisation.next_number("estimate", "QT-"),
        "status": status,
        "date": date,
        "expiry_date": expiry_date,
        "accepted_date": "",
        "declined_date": "",
        "invoice_ids": [],
        **common_fields(
            organisation, customer_id, lines=lines, reference=reference, notes=notes, terms=terms, at=at
        ),
    }
    work_out(estimate, organisation.precision(estimate["currency_code"]))
    organisation.estimates[estimate["estimate_id"]] = estimate
    return estimate


def new_estimate(
    world: World,
    centre: DataCentre,
    organisation: Organisation,
    by: Record,
    *,
    customer_id: str,
    date: str,
    expiry_date: str,
    lines: list[Record],
    reference: str,
    notes: str,
    terms: str,
) -> Record:
    """A new draft."""
    estimate = blank_estimate(
        centre,
        organisation,
        customer_id=customer_id,
        status="draft",
        date=date,
        expiry_date=expiry_date,
        lines=lines,
        reference=reference,
        notes=notes,
        terms=terms,
        at=world.clock.seconds(),
    )
    world.modify(estimate)
    history.note(
        world,
        centre,
        organisation,
        document_id=estimate["estimate_id"],
        transaction_type="estimate",
        by=by,
        description=f"Quote {estimate['estimate_number']} created",
        operation_type="Added",
    )
    return estimate


def edit_estimate(
    world: World,
    centre: DataCentre,
    organisation: Organisation,
    by: Record,
    estimate: Record,
    changes: Record,
) -> None:
    """Change fields; totals are recalculated.

    The status stays: a declined estimate is declined until it is marked as sent again.
    """
    estimate.update(changes)
    work_out(estimate, organisation.precision(estimate["currency_code"]))
    world.modify(estimate)
    history.note(
        world,
        centre,
        organisation,
        document_id=estimate["estimate_id"],
        transaction_type="estimate",
        by=by,
        description=f"Quote {estimate['estimate_number']} updated",
    )
