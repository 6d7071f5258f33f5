"""The control API for organisations with very many documents."""

from __future__ import annotations

from flask import Response, jsonify, request

from sandbox.books.customer_payments import payment_listing
from sandbox.books.invoices import invoice_listing
from sandbox.books.listing import sort_key
from sandbox.control import control
from sandbox.generated.listed_records import ListedRecords
from sandbox.generated.set_up import generate
from sandbox.refusals import not_found
from sandbox.runtime import place

WARM = ("created_time", "last_modified_time", "date")
"""Sort orders prepared in advance, so that no list call waits for them."""


@control.post("/generate")
def generate_documents() -> tuple[Response, int]:
    """{"organization_id": …, "invoices": 100000, "customers": 500, "seed": 1}: customers, invoices and
    payments, once.

    The same numbers on the same day make the same documents. The answer says how many of each there are now.
    """
    body, world = dict(request.get_json()), place().world
    found = world.organisation(str(body.get("organization_id", "")))
    if found is None:
        raise not_found()
    centre, organisation = found
    generate(
        world,
        centre,
        organisation,
        invoices=int(body.get("invoices", 1_000)),
        customers=int(body.get("customers", 100)),
        seed=int(body.get("seed", 1)),
    )
    listings = (
        (organisation.invoices, invoice_listing(world, organisation)),
        (organisation.payments, payment_listing("")),
    )
    for records, listing in listings:
        if isinstance(records, ListedRecords):
            for column in WARM:
                records.warm(column, sort_key(listing, column))
    return jsonify(
        {kind: len(organisation.documents(kind)) for kind in ("contacts", "invoices", "payments")}
    ), 201
