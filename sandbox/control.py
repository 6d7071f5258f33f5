"""The control API: for tests and for people who want to inspect or break things. Never part of Zoho's
surface.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request

from sandbox.billing.state_records import billing_writers
from sandbox.books.contact_records import ContactWriter
from sandbox.books.credit_notes import credit_note_detail
from sandbox.books.estimate_records import estimate_detail
from sandbox.books.invoice_records import invoice_detail
from sandbox.books.payment_records import payment_detail
from sandbox.books.recurring_invoices import recurring_invoice_detail
from sandbox.refusals import Refused, not_found
from sandbox.runtime import Place, place
from sandbox.world import BILLING_KINDS, DEFAULT_SETTINGS, KINDS, Organisation, Record

control = Blueprint("control", __name__, url_prefix="/_sandbox")


@control.get("/calls")
def calls() -> Response:
    """Every call to Zoho's surface after number `since`."""
    return jsonify({"calls": place().runtime.calls.since(int(request.args.get("since", "0")))})


@control.get("/faults")
def faults() -> Response:
    """What is pending: faults, late effects, and calls that have not ended."""
    runtime = place().runtime
    return jsonify(
        {
            "faults": runtime.faults.waiting(),
            "late": runtime.late.waiting(),
            "under_way": runtime.calls.under_way(),
        }
    )


@control.post("/faults")
def order_fault() -> tuple[Response, int]:
    fault = place().runtime.faults.order(request.get_json())
    return jsonify({"id": fault.id}), 201


@control.delete("/faults")
def clear_faults() -> Response:
    place().runtime.faults.clear()
    return jsonify({"faults": []})


@control.post("/reset")
def reset() -> Response:
    place().runtime.reset()
    return jsonify({"reset": True})


@control.get("/clock")
def get_clock() -> Response:
    return _time()


@control.post("/clock")
def move_clock() -> Response:
    """{"seconds": n} moves by n, {"to": "2026-11-02T09:00:00Z"} jumps, {"offset": 0} restores real time."""
    body, clock = request.get_json(), place().world.clock
    if "to" in body:
        moment = datetime.fromisoformat(str(body["to"]))
        if moment.tzinfo is None:
            raise Refused(4, "Give the time with its offset, for example 2026-11-02T09:00:00Z")
        clock.set_to(moment)
    elif "offset" in body:
        clock.offset = float(body["offset"])
    else:
        clock.move(float(body["seconds"]))
    place().world.touch()
    return _time()


@control.get("/settings")
def settings() -> Response:
    here = place()
    return jsonify(
        {
            key: item.settings
            for centre in here.world.data_centres.values()
            for key, item in centre.organisations.items()
        }
    )


@control.post("/settings")
def change_settings() -> Response:
    """{"organization_id": …, setting: value, …}: see DEFAULT_SETTINGS.

    Unknown names and wrong types are refused.
    """
    body, here = dict(request.get_json()), place()
    found = here.world.organisation(str(body.pop("organization_id", "")))
    if found is None:
        raise not_found()
    for name, value in body.items():
        if name not in DEFAULT_SETTINGS or type(value) is not type(DEFAULT_SETTINGS[name]):
            raise Refused(
                4,
                (
                    f"{name} is not a setting, or not of this type; the settings are "
                    f"{', '.join(DEFAULT_SETTINGS)}"
                ),
            )
    found[1].settings.update(body)
    here.world.touch()
    return jsonify(found[1].settings)


@control.get("/state")
def state() -> Response:
    """The stored state in the form of Zoho's details; filter by organization_id, kind and id."""
    here, asked = place(), request.args
    kinds = [kind for kind in (*KINDS, *BILLING_KINDS) if asked.get("kind", kind) == kind]
    organisations: dict[str, Any] = {}
    for centre in here.world.data_centres.values():
        for key, organisation in centre.organisations.items():
            if asked.get("organization_id", key) == key:
                organisations[key] = {
                    kind: _documents(here, organisation, kind, asked.get("id")) for kind in kinds
                }
    return jsonify({"organisations": organisations})


@control.delete("/documents")
def delete_document() -> Response:
    """Delete one record, as a merchant can: ?organization_id=&kind=&id=.

    Afterwards its id returns 404 and no list contains it.
    """
    here, asked = place(), request.args
    found = here.world.organisation(asked.get("organization_id", ""))
    if (
        found is None
        or asked.get("kind") not in (*KINDS, *BILLING_KINDS)
        or asked.get("id") not in found[1].documents(asked["kind"])
    ):
        raise not_found()
    del found[1].documents(asked["kind"])[asked["id"]]
    here.world.touch()
    return jsonify({"deleted": asked["id"]})


@control.post("/revoke")
def revoke_everything() -> Response:
    """As if this data centre's merchants had removed the application in their Zoho accounts,
    without notice.
    """
    centre = place().centre
    centre.refresh_tokens.clear()
    centre.access_tokens.clear()
    place().world.touch()
    return jsonify({"revoked": True})


@control.post("/throttle")
def forget_given_tokens() -> Response:
    """As if minutes had passed without a new token, at the same clock time: earlier tokens no longer count
    (zoho.md 1.3).
    """
    for grant in place().centre.refresh_tokens.values():
        grant["refreshed_at"] = []
    place().centre.refresh_tokens_given.clear()
    return jsonify({"counted": 0})


def _documents(here: Place, organisation: Organisation, kind: str, only: str | None) -> dict[str, Record]:
    today, origin = here.world.today(organisation).isoformat(), here.origin
    writer = ContactWriter(organisation)
    write: dict[str, Callable[[Record], Record]] = {
        "contacts": writer.detail,
        "estimates": lambda one: estimate_detail(organisation, one, today, origin),
        "invoices": lambda one: invoice_detail(organisation, one, today, origin),
        "payments": lambda one: payment_detail(organisation, one),
        "recurring_invoices": lambda one: recurring_invoice_detail(organisation, one),
        "credit_notes": lambda one: credit_note_detail(organisation, one),
        **billing_writers(organisation, today, origin),
    }
    records = organisation.documents(kind)
    if only is not None:
        return {only: write[kind](records[only])} if only in records else {}
    return {key: write[kind](item) for key, item in records.items()}


def _time() -> Response:
    clock = place().world.clock
    return jsonify({"now": clock.now().isoformat(), "offset": clock.offset})
