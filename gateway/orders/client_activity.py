"""The activity of a client's own company: who asked for what, when, and what Zoho answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import islice

from cache.records.activity import Entry
from cache.records.order import Order, OrderKind
from cache.records.order_wishes import wish_for
from cache.scope import CustomerScope
from config.phrases import marked
from gateway.access import ClientVisit
from gateway.orders.activity_groups import belongs
from gateway.wiring import wired
from gateway.wording import _, said

LOOKED_THROUGH = 5_000
"""Latest entries of the organisation among which the customer's are found."""

EVENT_WORDS = {
    "order_recorded": marked("%(who)s asked for it"),
    "order_withdrawn": marked("%(who)s withdrew it"),
    "payment_confirmed": marked("The merchant confirmed it"),
    "payment_turned_down": marked("The merchant did not confirm it"),
    "change_confirmed": marked("The merchant agreed"),
    "change_turned_down": marked("The merchant did not agree"),
    "order_confirmed": marked("Confirmed by Zoho"),
    "order_refused": marked("Refused by Zoho"),
    "order_changed": marked("Not sent: it had changed meanwhile"),
    "order_needs_attention": marked("Needs the attention of a person"),
    "comment_answered": marked("%(who)s wrote it for the merchant"),
    "message_written": marked("%(who)s wrote to the merchant"),
    "review_written": marked("%(who)s left or changed a review"),
    "link_made": marked("%(who)s made a link to it"),
    "link_revoked": marked("%(who)s revoked a link to it"),
}
NOT_OF_AN_ORDER = {
    "message_written": marked("Message to the merchant"),
    "review_written": marked("Review of the merchant"),
    "link_made": marked("Document %(number)s"),
    "link_revoked": marked("Document %(number)s"),
}
"""What was done outside of any request; written words themselves are not kept here."""


@dataclass(frozen=True)
class Happening:
    """One line. what: of which document; words: what happened to it; zoho: Zoho's own words, "" for none."""

    at: dt.datetime
    what: str
    words: str
    zoho: str
    receipt: str


def note_recorded(visit: ClientVisit, order: Order) -> None:
    """A client asked for something."""
    _note(visit, order, "order_recorded")


def note_withdrawn(visit: ClientVisit, order: Order) -> None:
    _note(visit, order, "order_withdrawn")


def note_written(visit: ClientVisit, event: str) -> None:
    """A client wrote to the merchant. event: message_written or review_written."""
    fields = {"customer": visit.scope.customer_id, "person": visit.account.name}
    wired().activity.append(visit.scope.org, visit.account.id, event, fields)


def note_sharing(visit: ClientVisit, event: str, kind: str, document_id: str, number: str) -> None:
    """A client made or revoked a link to a document. event: link_made or link_revoked. kind: the document's,
    "estimates" or "invoices".
    """
    fields = {
        "customer": visit.scope.customer_id,
        "kind": kind,
        "document": document_id,
        "number": number,
        "person": visit.account.name,
    }
    wired().activity.append(visit.scope.org, visit.account.id, event, fields)


def happenings(scope: CustomerScope, limit: int, group: str = "all") -> list[Happening]:
    """Newest first, of this customer alone. group: one of gateway/orders/activity_groups.py."""
    mine = (
        one
        for one in wired().activity.recent(scope.org, LOOKED_THROUGH)
        if one.fields.get("customer") == scope.customer_id
    )
    told = (one for one in mine if one.event in EVENT_WORDS and belongs(one.fields, group))
    return [_happening(one) for one in islice(told, limit)]


def _note(visit: ClientVisit, order: Order, event: str) -> None:
    wired().activity.append(order.org, visit.account.id, event, {**order.named, "person": visit.account.name})


def _happening(entry: Entry) -> Happening:
    fields = entry.fields
    number = fields.get("number", "")
    if fields.get("kind") in set(OrderKind):
        what = said(wish_for(OrderKind(fields["kind"]), number))
    else:
        what = _(NOT_OF_AN_ORDER.get(entry.event, marked("Request %(number)s")), number=number)
    return Happening(
        at=entry.at,
        what=what,
        words=_(EVENT_WORDS[entry.event], who=fields.get("person") or _("Somebody")),
        zoho=fields.get("zoho", ""),
        # The merchant's own comments have no receipt among the client's requests.
        receipt="" if "by" in fields else fields.get("order", ""),
    )
