"""The actions on an estimate and the resulting statuses (zoho.md 5.1)."""

from __future__ import annotations

from datetime import timedelta

from sandbox import history
from sandbox.invoice_lifecycle import new_invoice
from sandbox.refusals import Refused
from sandbox.wording import say
from sandbox.world import DataCentre, Organisation, Record, World

NOT_ALLOWED = 4043


def estimate_status(estimate: Record, today: str) -> str:
    """The status Zoho shows on a day (yyyy-mm-dd): a sent estimate past its expiry date is expired."""
    if estimate["status"] == "sent" and estimate["expiry_date"] and estimate["expiry_date"] < today:
        return "expired"
    return str(estimate["status"])


def accept(
    world: World, centre: DataCentre, organisation: Organisation, estimate: Record, by: Record
) -> None:
    """sent → accepted, or directly invoiced if the organisation converts. Not idempotent. Raises Refused
    4043.
    """
    _check_answerable(world, organisation, estimate, also=(), wording="estimate_cannot_accept")
    estimate["status"], estimate["accepted_date"] = "accepted", world.today(organisation).isoformat()
    _note(
        world, centre, organisation, estimate, by, f"Quote {estimate['estimate_number']} marked as accepted"
    )
    if organisation.settings["auto_convert"]:
        convert(world, centre, organisation, estimate, by, status=organisation.settings["auto_convert"])


def decline(
    world: World, centre: DataCentre, organisation: Organisation, estimate: Record, by: Record
) -> None:
    """sent (or accepted, which is not ruled out) → declined.

    Raises Refused 4043 for draft, declined, invoiced, expired.
    """
    _check_answerable(world, organisation, estimate, also=("accepted",), wording="estimate_cannot_decline")
    estimate["status"], estimate["declined_date"], estimate["accepted_date"] = (
        "declined",
        world.today(organisation).isoformat(),
        "",
    )
    _note(
        world, centre, organisation, estimate, by, f"Quote {estimate['estimate_number']} marked as declined"
    )


def mark_sent(
    world: World, centre: DataCentre, organisation: Organisation, estimate: Record, by: Record
) -> None:
    """draft, declined or expired → sent; harmless on sent.

    Raises Refused 4043 for accepted and invoiced. Sends no mail.
    """
    if estimate["status"] in ("accepted", "invoiced"):
        raise Refused(NOT_ALLOWED, say(organisation.language, "estimate_cannot_send"))
    if estimate["status"] != "sent":
        estimate["status"], estimate["declined_date"] = "sent", ""
        _note(
            world, centre, organisation, estimate, by, f"Quote {estimate['estimate_number']} marked as sent"
        )


def convert(
    world: World, centre: DataCentre, organisation: Organisation, estimate: Record, by: Record, *, status: str
) -> Record:
    """Create an estimate's invoice, `draft` or `sent`; the estimate becomes invoiced and refers to it. Raises
    Refused.
    """
    if estimate["status"] not in ("sent", "accepted"):
        raise Refused(NOT_ALLOWED, say(organisation.language, "estimate_cannot_convert"))
    today = world.today(organisation)
    invoice = new_invoice(
        world,
        centre,
        organisation,
        by,
        customer_id=estimate["customer_id"],
        status=status,
        date=today.isoformat(),
        due_date=(today + timedelta(days=30)).isoformat(),
        lines=estimate["line_items"],
        notes=estimate["notes"],
        terms=estimate["terms"],
        estimate_id=estimate["estimate_id"],
        reference=estimate["estimate_number"],
    )
    estimate["status"] = "invoiced"
    estimate["invoice_ids"].append(invoice["invoice_id"])
    _note(
        world,
        centre,
        organisation,
        estimate,
        by,
        f"Invoice {invoice['invoice_number']} created from this quote",
    )
    return invoice


def _check_answerable(
    world: World, organisation: Organisation, estimate: Record, *, also: tuple[str, ...], wording: str
) -> None:
    status = estimate_status(estimate, world.today(organisation).isoformat())
    allowed = {"sent", *also} | ({"expired"} if organisation.settings["answers_expired_estimates"] else set())
    if status not in allowed:
        raise Refused(NOT_ALLOWED, say(organisation.language, wording))


def _note(
    world: World, centre: DataCentre, organisation: Organisation, estimate: Record, by: Record, text: str
) -> None:
    world.modify(estimate)
    history.note(
        world,
        centre,
        organisation,
        document_id=estimate["estimate_id"],
        transaction_type="estimate",
        by=by,
        description=text,
    )
