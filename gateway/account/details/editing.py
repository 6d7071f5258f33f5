"""Editing details that Zoho keeps: the form with what is there, and the order that brings only what was
changed.

The same way for a person and for their company; the views say whose, and who may.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from cache.records.orders.details_edit import DetailsEdit, edits_between, edits_of
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.records.portal.edit_rules import FIELD_TO_EDITABLE, EditRule, rule_of
from config.stored_messages import StoredMessage
from gateway.requests.open_orders import EDITABLE_AGAIN, orders_on, own_order
from gateway.requests.recording import NewOrder, record_order
from gateway.web.access import ClientVisit
from gateway.web.posted_form import read_form
from gateway.web.wording import _


@dataclass(frozen=True, kw_only=True)
class EditForm:
    """labels: field → what people call it. max_lengths: field → characters. recorded_text, pending_text: the
    first step of the receipt, and that of an edit that waits for the merchant. template, extra_context: the
    template and what it needs besides.
    """

    kind: OrderKind
    labels: Mapping[str, str]
    max_lengths: Mapping[str, int]
    schema: type[Schema]
    recorded_text: str
    pending_text: str
    template: str
    extra_context: Mapping[str, Any] = field(default_factory=dict)


def show_edit_form(
    visit: ClientVisit, form: EditForm, document_id: str, now: Mapping[str, str]
) -> ResponseReturnValue:
    """The form; or the receipt of the edit that is still open. now: every field as Zoho has it.

    ?after: the receipt of an edit that did not come about; what was typed then stands in the form again.
    """
    if order := open_edit(visit, form.kind, document_id):
        return redirect(url_for("requests.detail", order_id=order.id), code=303)
    before = own_order(visit, request.args.get("after", ""))
    if (
        before is None
        or (before.kind, before.document_id) != (form.kind, document_id)
        or before.state not in EDITABLE_AGAIN
    ):
        return _page(visit, form, now, now)
    edits, zoho_message = edits_of(before.payload), before.steps[-1].zoho_message
    typed = {**now, **{edit.name: edit.wanted for edit in edits}}
    # Zoho's words are not branched on; but when only one field was sent, they can only be about that one.
    errors = {edits[0].name: zoho_message} if zoho_message and len(edits) == 1 else {}
    return _page(visit, form, now, typed, errors=errors, zoho_message="" if errors else zoho_message)


def record_edit(visit: ClientVisit, form: EditForm, document_id: str, name: str) -> ResponseReturnValue:
    """Record the edit and go to its receipt. While one is open, its receipt is shown instead of making a
    second.

    name: of whom or what is edited, for the receipt. An edit waits for the merchant's word as a whole when
    one of its fields does.
    """
    posted = read_form(form.schema(), request.form)
    if set(posted.errors) - set(form.labels):
        abort(400)
    seen = {label: request.form.get(f"seen_{label}", "").strip() for label in form.labels}
    typed = {
        label: request.form.get(label, seen[label] if rule_for(visit, label) is EditRule.LOCKED else "")
        for label in form.labels
    }
    if errors := posted.errors or _locked(visit, seen, typed):
        return make_response(_page(visit, form, seen, typed, errors=errors), 422)
    if order := open_edit(visit, form.kind, document_id):
        return redirect(url_for("requests.detail", order_id=order.id), code=303)
    edits = edits_between(
        seen, {**seen, **{label: posted.values[label] for label in form.labels if label in request.form}}
    )
    if not edits:
        return redirect(url_for("details.show"), code=303)
    waits = any(rule_for(visit, edit.name) is EditRule.ASK for edit in edits)
    words = form.pending_text if waits else form.recorded_text
    kept = record_order(
        visit,
        NewOrder(
            message=StoredMessage(words, name=visit.account.name, merchant=visit.merchant_name),
            kind=form.kind,
            document_id=document_id,
            document_number=name,
            payload=DetailsEdit(edits),
            state=OrderState.PROPOSED if waits else OrderState.RECORDED,
        ),
        form_key=posted.values["form_key"],
    )
    return redirect(url_for("requests.detail", order_id=kept.id), code=303)


def rule_for(visit: ClientVisit, field_name: str) -> EditRule:
    """What the merchant has decided about this field, or about cache/records/edit_rules.FIRST_CONTACT."""
    settings = visit.settings
    return rule_of(FIELD_TO_EDITABLE[field_name], asks=settings.asks_before_edit, locks=settings.locks_edit)


def _locked(visit: ClientVisit, seen: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """Locked fields that were changed all the same, each with the reason."""
    changed = (
        item
        for item in seen
        if typed[item].strip() != seen[item] and rule_for(visit, item) is EditRule.LOCKED
    )
    return {
        item: _(
            "%(merchant)s keeps this and changes it for you: please ask them.", merchant=visit.merchant_name
        )
        for item in changed
    }


def open_edit(visit: ClientVisit, kind: OrderKind, document_id: str) -> Order | None:
    """The edit that Zoho has not settled yet, whoever asked for it."""
    return next(
        (item for item in orders_on(visit, document_id) if item.kind is kind and not item.is_final), None
    )


def _page(
    visit: ClientVisit,
    form: EditForm,
    seen: Mapping[str, str],
    typed: Mapping[str, str],
    *,
    errors: dict[str, str] | None = None,
    zoho_message: str = "",
) -> str:
    """zoho_message: Zoho's words about an earlier try, where they cannot be given to one field."""
    return render_template(
        form.template,
        labels=form.labels,
        max_lengths=form.max_lengths,
        seen=seen,
        typed=typed,
        errors=errors or {},
        zoho_message=zoho_message,
        form_key=secrets.token_urlsafe(18),
        rules={label: rule_for(visit, label) for label in form.labels},
        **form.extra_context,
    )
