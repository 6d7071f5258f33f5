"""One row per kind of order: its title, who may ask for it, and how it waits with others. Pure. For
delivery see workers/push/order_kinds.py, for pages gateway/requests/order_kinds.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cache.records.accounts.client_roles import Role
from cache.records.orders.credit_use import CreditUse
from cache.records.orders.details_edit import DetailsEdit
from cache.records.orders.merchant_reply import MerchantReply
from cache.records.orders.method_replacement import MethodReplacement
from cache.records.orders.open_payment import OpenPayment
from cache.records.orders.order import Order, OrderKind
from cache.records.orders.payload import Payload
from cache.records.orders.primary_change import PrimaryChange
from cache.records.orders.reported_payment import ReportedPayment
from cache.records.orders.seen_document import SeenDocument
from config.stored_messages import N_


class OrderFamily(StrEnum):
    """Kinds that pages treat alike. answer: settles an estimate. comment: adds text under a document. edit:
    changes what Zoho keeps of a person or a company. settlement: settles an invoice, or part of it.
    replacement: replaces what Zoho charges, on a page of Zoho's.
    """

    ANSWER = "answer"
    COMMENT = "comment"
    EDIT = "edit"
    SETTLEMENT = "settlement"
    REPLACEMENT = "replacement"


class DocumentType(StrEnum):
    """What an order is about: the thing in Zoho whose id is its document_id."""

    ESTIMATE = "estimate"
    INVOICE = "invoice"
    SUBSCRIPTION = "subscription"
    BANK_ACCOUNT = "bank_account"
    PERSON = "person"
    COMPANY = "company"


class QueueBy(StrEnum):
    """Which orders are delivered one after the other. document: all about one document, whichever their kind.
    kind_and_document, kind_and_customer: those of the same kind. order: none, so that one that is stuck holds
    up no other.
    """

    DOCUMENT = "document"
    KIND_AND_DOCUMENT = "kind_and_document"
    KIND_AND_CUSTOMER = "kind_and_customer"
    ORDER = "order"


@dataclass(frozen=True, kw_only=True)
class OrderKindRow:
    """payload: the class of what it carries. title: what was asked for, with %(number)s, for receipts, lists
    and e-mails. role: what a person needs to ask for it. switches: fields of PortalSettings that must all be
    on; they are checked when it is asked, so what was recorded while they were on is still delivered
    (docs/decisions/0011).

    once_at_a_time: while one is open on a document, asking again finds it instead of making a second.
    conflicts_with: kinds that must not be open on the same document, because both would settle it.
    is_about_person: whether erasing a person empties what the order carries.
    merchant_email: the kind of e-mail that merchants get when it is confirmed, "" for none.
    """

    payload: type[Payload]
    title: str
    family: OrderFamily
    document_type: DocumentType
    role: Role
    switches: tuple[str, ...]
    queue_by: QueueBy
    once_at_a_time: bool
    conflicts_with: frozenset[OrderKind]
    is_about_person: bool
    merchant_email: str


NONE: frozenset[OrderKind] = frozenset()

ORDER_KINDS: Mapping[OrderKind, OrderKindRow] = {
    OrderKind.ACCEPT_ESTIMATE: OrderKindRow(
        payload=SeenDocument,
        title=N_("Acceptance of estimate %(number)s"),
        family=OrderFamily.ANSWER,
        document_type=DocumentType.ESTIMATE,
        role=Role.ACCEPT,
        switches=("may_accept", "shows_estimates"),
        queue_by=QueueBy.DOCUMENT,
        once_at_a_time=True,
        conflicts_with=NONE,
        is_about_person=False,
        merchant_email="estimate_accepted",
    ),
    OrderKind.DECLINE_ESTIMATE: OrderKindRow(
        payload=SeenDocument,
        title=N_("Decline of estimate %(number)s"),
        family=OrderFamily.ANSWER,
        document_type=DocumentType.ESTIMATE,
        role=Role.ACCEPT,
        switches=("may_decline", "shows_estimates"),
        queue_by=QueueBy.DOCUMENT,
        once_at_a_time=True,
        conflicts_with=NONE,
        is_about_person=False,
        merchant_email="estimate_declined",
    ),
    OrderKind.COMMENT_ESTIMATE: OrderKindRow(
        payload=MerchantReply,
        title=N_("Comment on estimate %(number)s"),
        family=OrderFamily.COMMENT,
        document_type=DocumentType.ESTIMATE,
        role=Role.SEE,
        switches=("may_comment", "shows_estimates"),
        queue_by=QueueBy.ORDER,
        once_at_a_time=False,
        conflicts_with=NONE,
        is_about_person=False,
        merchant_email="",
    ),
    OrderKind.COMMENT_INVOICE: OrderKindRow(
        payload=MerchantReply,
        title=N_("Comment on invoice %(number)s"),
        family=OrderFamily.COMMENT,
        document_type=DocumentType.INVOICE,
        role=Role.SEE,
        switches=("may_comment", "shows_invoices"),
        queue_by=QueueBy.ORDER,
        once_at_a_time=False,
        conflicts_with=NONE,
        is_about_person=False,
        merchant_email="",
    ),
    OrderKind.EDIT_PERSON: OrderKindRow(
        payload=DetailsEdit,
        title=N_("Change of details of %(number)s"),
        family=OrderFamily.EDIT,
        document_type=DocumentType.PERSON,
        role=Role.MANAGE,
        switches=("may_edit_details",),
        queue_by=QueueBy.KIND_AND_DOCUMENT,
        once_at_a_time=False,
        conflicts_with=NONE,
        is_about_person=True,
        merchant_email="",
    ),
    OrderKind.EDIT_COMPANY: OrderKindRow(
        payload=DetailsEdit,
        title=N_("Change of details of %(number)s"),
        family=OrderFamily.EDIT,
        document_type=DocumentType.COMPANY,
        role=Role.MANAGE,
        switches=("may_edit_details",),
        queue_by=QueueBy.KIND_AND_DOCUMENT,
        once_at_a_time=False,
        conflicts_with=NONE,
        is_about_person=True,
        merchant_email="",
    ),
    OrderKind.MARK_PRIMARY: OrderKindRow(
        payload=PrimaryChange,
        title=N_("First contact: %(number)s"),
        family=OrderFamily.EDIT,
        document_type=DocumentType.PERSON,
        role=Role.MANAGE,
        switches=("may_edit_details",),
        # Two persons made first contact one after the other: the last request counts.
        queue_by=QueueBy.KIND_AND_CUSTOMER,
        once_at_a_time=False,
        conflicts_with=NONE,
        is_about_person=True,
        merchant_email="",
    ),
    OrderKind.APPLY_CREDIT: OrderKindRow(
        payload=CreditUse,
        title=N_("Use of credit for invoice %(number)s"),
        family=OrderFamily.SETTLEMENT,
        document_type=DocumentType.INVOICE,
        role=Role.PAY,
        switches=("may_apply_credit", "shows_invoices"),
        queue_by=QueueBy.KIND_AND_DOCUMENT,
        once_at_a_time=True,
        conflicts_with=frozenset({OrderKind.PAY_INVOICE}),
        is_about_person=False,
        merchant_email="",
    ),
    OrderKind.RECORD_PAYMENT: OrderKindRow(
        payload=ReportedPayment,
        title=N_("Reported payment of invoice %(number)s"),
        family=OrderFamily.SETTLEMENT,
        document_type=DocumentType.INVOICE,
        role=Role.PAY,
        switches=("may_report_payment", "shows_invoices"),
        queue_by=QueueBy.KIND_AND_DOCUMENT,
        once_at_a_time=True,
        conflicts_with=NONE,
        is_about_person=False,
        merchant_email="",
    ),
    OrderKind.REPLACE_CARD: OrderKindRow(
        payload=MethodReplacement,
        title=N_("New card for %(number)s"),
        family=OrderFamily.REPLACEMENT,
        document_type=DocumentType.SUBSCRIPTION,
        role=Role.PAY,
        switches=("may_replace_card", "shows_cards"),
        queue_by=QueueBy.ORDER,
        once_at_a_time=False,
        conflicts_with=NONE,
        is_about_person=False,
        merchant_email="",
    ),
    OrderKind.REPLACE_BANK_ACCOUNT: OrderKindRow(
        payload=MethodReplacement,
        title=N_("Replacement of bank account %(number)s"),
        family=OrderFamily.REPLACEMENT,
        document_type=DocumentType.BANK_ACCOUNT,
        role=Role.PAY,
        switches=("may_replace_card", "shows_cards"),
        queue_by=QueueBy.KIND_AND_DOCUMENT,
        once_at_a_time=True,
        conflicts_with=NONE,
        is_about_person=False,
        merchant_email="",
    ),
    OrderKind.PAY_INVOICE: OrderKindRow(
        payload=OpenPayment,
        title=N_("Payment of invoice %(number)s"),
        family=OrderFamily.SETTLEMENT,
        document_type=DocumentType.INVOICE,
        role=Role.PAY,
        switches=("may_pay", "shows_invoices"),
        queue_by=QueueBy.KIND_AND_DOCUMENT,
        once_at_a_time=True,
        conflicts_with=frozenset({OrderKind.APPLY_CREDIT}),
        is_about_person=False,
        merchant_email="",
    ),
}


def is_in_family(order: Order, family: OrderFamily) -> bool:
    return ORDER_KINDS[order.kind].family is family
