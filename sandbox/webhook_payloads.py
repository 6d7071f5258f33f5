"""The body of a Zoho Books webhook: all fields of the record, keyed by its module (zoho.md 6.1, 6.2)."""

from __future__ import annotations

from sandbox.books.contact_records import ContactWriter
from sandbox.books.estimate_records import estimate_detail
from sandbox.books.invoice_records import invoice_detail
from sandbox.books.payment_records import payment_detail
from sandbox.world import DataCentre, Organisation, Record, World

MODULES = {"estimates": "estimate", "invoices": "invoice", "payments": "payment", "contacts": "contact"}
"""Kind of record → the name of its module in the payload."""
IDS = {
    "estimates": "estimate_id",
    "invoices": "invoice_id",
    "payments": "payment_id",
    "contacts": "contact_id",
}


def owner_of(world: World, record: Record) -> tuple[DataCentre, Organisation, str] | None:
    """A record's organisation and kind; None for records without webhooks."""
    for centre in world.data_centres.values():
        for organisation in centre.organisations.values():
            for kind, id_name in IDS.items():
                if id_name in record and organisation.documents(kind).get(record[id_name]) is record:
                    return centre, organisation, kind
    return None


def payload(world: World, organisation: Organisation, kind: str, record: Record, origin: str) -> Record:
    """The default payload of a record in its current state."""
    today = world.today(organisation).isoformat()
    if kind == "estimates":
        detail = estimate_detail(organisation, record, today, origin)
    elif kind == "invoices":
        detail = invoice_detail(organisation, record, today, origin)
    elif kind == "payments":
        detail = payment_detail(organisation, record)
    else:
        detail = ContactWriter(organisation, record["contact_id"]).detail(record)
    return {MODULES[kind]: detail}
