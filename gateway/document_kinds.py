"""How each mirrored kind of document appears: its pages, its place in the portal and its texts. One row per
kind.
"""

from __future__ import annotations

from collections.abc import Mapping

from cache.document_kind import DocumentKind
from config.stored_messages import N_
from gateway.document_pages import DocumentPages, ListTexts, MenuPlace, ModuleSwitch

DOCUMENT_PAGES: Mapping[DocumentKind, DocumentPages] = {
    row.name: row
    for row in (
        DocumentPages(
            name=DocumentKind.CONTACTS,
            title="Customers and contact persons",
            noun="customer",
            blueprint="",
            module="",
            switch=None,
            menu=None,
            texts=None,
            statuses={},
            fills_home=False,
            is_required=True,
            is_checkable=False,
        ),
        DocumentPages(
            name=DocumentKind.ESTIMATES,
            title="Estimates",
            noun="estimate",
            blueprint="estimates",
            module="estimates",
            switch=ModuleSwitch(
                position=1, title="Estimates", description="The list of estimates, each estimate and its PDF."
            ),
            menu=MenuPlace(position=1, label=N_("Estimates"), lit_by=("estimate_answers",)),
            texts=ListTexts(
                fetching=N_("Your estimates are being fetched for the first time"),
                no_match=N_("No estimates fit what you chose."),
                incomplete=N_(
                    "Not all of your estimates are here yet: they are being fetched for the first time. "
                    "The page tries again by itself."
                ),
            ),
            statuses={
                "sent": (N_("Waiting for you"), "waiting"),
                "accepted": (N_("Accepted"), "good"),
                "invoiced": (N_("Accepted and invoiced"), "good"),
                "declined": (N_("Declined"), "quiet"),
                "expired": (N_("Expired"), "quiet"),
            },
            fills_home=True,
            is_required=True,
            is_checkable=True,
        ),
        DocumentPages(
            name=DocumentKind.INVOICES,
            title="Invoices",
            noun="invoice",
            blueprint="invoices",
            module="invoices",
            switch=ModuleSwitch(
                position=2,
                title="Invoices",
                description=(
                    "The list of invoices, each invoice and its PDF; without them nothing can be paid here."
                ),
            ),
            menu=MenuPlace(
                position=3,
                label=N_("Invoices"),
                lit_by=(
                    "invoice_credits",
                    "payment_reports",
                    "paying",
                    "payment_batch",
                ),
            ),
            texts=ListTexts(
                fetching=N_("Your invoices are being fetched for the first time"),
                no_match=N_("No invoices fit what you chose."),
                incomplete=N_(
                    "Not all of your invoices are here yet: they are being fetched for the first time. "
                    "The page tries again by itself."
                ),
            ),
            statuses={
                "sent": (N_("Unpaid"), "waiting"),
                "viewed": (N_("Unpaid"), "waiting"),
                "unpaid": (N_("Unpaid"), "waiting"),
                "overdue": (N_("Overdue"), "bad"),
                "partially_paid": (N_("Partly paid"), "waiting"),
                "paid": (N_("Paid"), "good"),
                "void": (N_("Void"), "quiet"),
                "reported": (N_("Reported paid, waiting for confirmation"), "waiting"),
                "reported_booking": (N_("Reported paid, being booked"), "waiting"),
                "being_paid": (N_("Being paid"), "waiting"),
                "booking": (N_("Payment received, being booked"), "waiting"),
                "debit": (N_("A bank payment is on its way"), "waiting"),
                "looked_at": (N_("Being looked at"), "waiting"),
            },
            fills_home=True,
            is_required=True,
            is_checkable=True,
        ),
        DocumentPages(
            name=DocumentKind.PAYMENTS,
            title="Payments",
            noun="payment",
            blueprint="payments",
            module="payments",
            switch=ModuleSwitch(
                position=4, title="Payments", description="What was paid, when, and for which invoices."
            ),
            menu=MenuPlace(
                position=4,
                label=N_("Payments"),
                lit_by=(
                    "credit_notes",
                    "statements",
                ),
            ),
            texts=ListTexts(
                fetching=N_("Your payments are being fetched for the first time"),
                no_match=N_("No payments fit what you chose."),
                incomplete=N_(
                    "Not all of your payments are here yet: they are being fetched for the first time. "
                    "The page tries again by itself."
                ),
            ),
            statuses={},
            fills_home=True,
            is_required=False,
            is_checkable=True,
        ),
        DocumentPages(
            name=DocumentKind.CREDIT_NOTES,
            title="Credit notes",
            noun="credit note",
            blueprint="credit_notes",
            module="payments",
            switch=None,
            menu=None,
            texts=ListTexts(
                fetching=N_("Your credit notes are being fetched for the first time"),
                no_match=N_("No credit notes fit what you chose."),
                incomplete=N_(
                    "Not all of your credit notes are here yet: they are being fetched for the first time. "
                    "The page tries again by itself."
                ),
            ),
            statuses={
                "open": (N_("Credit left"), "good"),
                "closed": (N_("Used up"), "quiet"),
                "void": (N_("Void"), "quiet"),
            },
            fills_home=False,
            is_required=False,
            is_checkable=False,
        ),
        DocumentPages(
            name=DocumentKind.SUBSCRIPTIONS,
            title="Subscriptions",
            noun="subscription",
            blueprint="subscriptions",
            module="subscriptions",
            switch=ModuleSwitch(
                position=3,
                title="Subscriptions",
                description="Subscriptions, or recurring invoices where you have no Zoho Billing.",
            ),
            menu=MenuPlace(position=2, label=N_("Subscriptions"), lit_by=("card_replacements",)),
            texts=ListTexts(
                fetching=N_("Your subscriptions are being fetched for the first time"),
                no_match=N_("No subscriptions fit what you chose."),
                incomplete=N_(
                    "Not all of your subscriptions are here yet: they are being fetched for the first time. "
                    "The page tries again by itself."
                ),
            ),
            statuses={
                "live": (N_("Running"), "good"),
                "trial": (N_("Trial"), "good"),
                "future": (N_("Starts later"), "quiet"),
                "dunning": (N_("Payment failed"), "bad"),
                "unpaid": (N_("Unpaid"), "bad"),
                "non_renewing": (N_("Ends after this term"), "waiting"),
                "cancelled": (N_("Cancelled"), "quiet"),
                "cancelled_from_dunning": (N_("Cancelled"), "quiet"),
                "expired": (N_("Ended"), "quiet"),
                "trial_expired": (N_("Trial ended"), "quiet"),
            },
            fills_home=True,
            is_required=False,
            is_checkable=False,
        ),
        DocumentPages(
            name=DocumentKind.RECURRING_INVOICES,
            title="Recurring invoices",
            noun="subscription",
            blueprint="subscriptions",
            module="subscriptions",
            switch=None,
            menu=None,
            texts=None,
            statuses={"active": (N_("Running"), "good"), "stopped": (N_("Stopped"), "quiet")},
            fills_home=True,
            is_required=False,
            is_checkable=False,
        ),
    )
}
