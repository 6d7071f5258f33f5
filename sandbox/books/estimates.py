"""`/estimates` (zoho.md 4.4, 5.1)."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request

from sandbox import lifecycle
from sandbox.books import document_comments
from sandbox.books.blueprint import books
from sandbox.books.caller import Call, needs
from sandbox.books.envelope import pdf_answer, success
from sandbox.books.estimate_records import estimate_detail, estimate_row
from sandbox.books.list_filters import Listing
from sandbox.books.listing import page_of
from sandbox.document_pdf import estimate_pages
from sandbox.pdf_writer import write_pdf
from sandbox.refusals import invalid_value, not_found
from sandbox.runtime import place
from sandbox.wording import say
from sandbox.world import DataCentre, Organisation, Record, World

MOST_PDFS = 25


@books.get("/estimates")
@needs("estimates.READ")
def list_estimates(call: Call) -> Response:
    today = call.world.today(call.organisation).isoformat()
    listing = Listing(
        kind="estimates",
        key="estimates",
        report_name="Quotes",
        status=lambda one: lifecycle.estimate_status(one, today),
        exact_filters=("customer_id", "estimate_number", "reference_number"),
        date_filters=("date", "expiry_date"),
        line_filters={"item_id": "item_id", "item_name": "name", "item_description": "description"},
        day=today,
        searched=("estimate_number", "reference_number", "customer_name"),
        columns=("customer_name", "estimate_number", "date", "total", "created_time"),
    )
    return success(
        **page_of(
            call.organisation, listing, request.args, lambda one: estimate_row(call.organisation, one, today)
        )
    )


@books.get("/estimates/pdf")
@needs("estimates.READ")
def bulk_export_estimates_as_pdf(call: Call) -> Response:
    """Several estimates in one file, at most 25."""
    ids = [part for part in request.args.get("estimate_ids", "").split(",") if part]
    if not 0 < len(ids) <= MOST_PDFS:
        raise invalid_value("estimate_ids")
    pages = [
        page for record_id in ids for page in estimate_pages(call.organisation, estimate_of(call, record_id))
    ]
    return pdf_answer(write_pdf(pages, "Quotes"), "quotes")


@books.get("/estimates/<estimate_id>")
@needs("estimates.READ")
def get_estimate(call: Call, estimate_id: str) -> Response:
    estimate = estimate_of(call, estimate_id)
    if request.args.get("accept") == "pdf":
        number = estimate["estimate_number"]
        return pdf_answer(write_pdf(estimate_pages(call.organisation, estimate), number), number)
    today = call.world.today(call.organisation).isoformat()
    return success(estimate=estimate_detail(call.organisation, estimate, today, place().origin))


@books.post("/estimates/<estimate_id>/status/sent")
@needs("estimates.CREATE")
def mark_estimate_sent(call: Call, estimate_id: str) -> Response:
    return _change(call, estimate_id, lifecycle.mark_sent, "estimate_sent")


@books.post("/estimates/<estimate_id>/status/accepted")
@needs("estimates.CREATE")
def mark_estimate_accepted(call: Call, estimate_id: str) -> Response:
    return _change(call, estimate_id, lifecycle.accept, "estimate_accepted")


@books.post("/estimates/<estimate_id>/status/declined")
@needs("estimates.CREATE")
def mark_estimate_declined(call: Call, estimate_id: str) -> Response:
    return _change(call, estimate_id, lifecycle.decline, "estimate_declined")


@books.get("/estimates/<estimate_id>/comments")
@needs("estimates.READ")
def list_estimate_comments(call: Call, estimate_id: str) -> Response:
    return document_comments.comments_response(
        call, estimate_of(call, estimate_id)["estimate_id"], "estimate"
    )


@books.post("/estimates/<estimate_id>/comments")
@needs("estimates.CREATE")
def create_estimate_comment(call: Call, estimate_id: str) -> Response:
    return document_comments.add_comment(call, estimate_of(call, estimate_id)["estimate_id"], "estimate")


def estimate_of(call: Call, estimate_id: str) -> Record:
    """The estimate, or Refused 1002."""
    try:
        return call.organisation.estimates[estimate_id]
    except KeyError:
        raise not_found() from None


def _change(
    call: Call,
    estimate_id: str,
    action: Callable[[World, DataCentre, Organisation, Record, Record], None],
    wording: str,
) -> Response:
    """Status changes return code and message only, no record (zoho.md 4.4)."""
    action(call.world, call.centre, call.organisation, estimate_of(call, estimate_id), call.user)
    return success(say(call.organisation.language, wording))
