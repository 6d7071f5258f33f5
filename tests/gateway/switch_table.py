"""Every field of the portal's settings, each in one row at least: what it changes, and where that is shown to
be so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.gateway.sample_documents import (
    a_credit_note,
    a_payment,
    a_recurring_invoice,
    an_estimate,
    an_invoice,
)

ESTIMATE, INVOICE = an_estimate(terms="Payable in boats."), an_invoice(terms="Payable in boats.")
DOCUMENTS = (ESTIMATE, INVOICE, a_payment(), a_recurring_invoice(), a_credit_note())
ONE_ESTIMATE, ONE_INVOICE = f"/estimates/{ESTIMATE.id}", f"/invoices/{INVOICE.id}"
SUBSCRIPTION, PAYMENT, NOTE = (
    "/subscriptions/46000000006001",
    "/payments/46000000005001",
    "/credit-notes/46000000007001",
)


@dataclass(frozen=True)
class SwitchEffect:
    """page: where it shows. mark: a CSS selector or words that are there only when it is on. routes: what
    answers 404 when it is off.
    """

    switch: str
    page: str
    mark: str
    routes: tuple[tuple[str, str], ...] = ()
    role: str = ""


@dataclass(frozen=True)
class Choice:
    """value: another than usual. mark: what stands on the page with it, and does not without."""

    switch: str
    value: Any
    page: str
    mark: str


@dataclass(frozen=True)
class ShownIn:
    """Needs more than a page: a test elsewhere shows it. file: below tests. test: "" for all of them."""

    switch: str
    file: str
    test: str


def link(path: str) -> str:
    return f'a[href="{path}"]'


def form(path: str) -> str:
    return f'form[action="{path}"]'


def menu(path: str) -> str:
    return f'nav.menu a[href="{path}"]'


def read(*paths: str) -> tuple[tuple[str, str], ...]:
    return tuple(("GET", path) for path in paths)


def sent(*paths: str) -> tuple[tuple[str, str], ...]:
    return tuple(("POST", path) for path in paths)


def asked_and_sent(path: str) -> tuple[tuple[str, str], ...]:
    return read(path) + sent(path)


PAY = f"{ONE_INVOICE}/pay"

SWITCH_EFFECTS = (
    SwitchEffect(
        "shows_estimates",
        "/",
        menu("/estimates"),
        read("/estimates", ONE_ESTIMATE, f"{ONE_ESTIMATE}/pdf", f"{ONE_ESTIMATE}/accept"),
    ),
    SwitchEffect(
        "shows_invoices", "/", menu("/invoices"), read("/invoices", ONE_INVOICE, f"{ONE_INVOICE}/pdf", PAY)
    ),
    SwitchEffect("shows_subscriptions", "/", menu("/subscriptions"), read("/subscriptions", SUBSCRIPTION)),
    SwitchEffect(
        "shows_payments",
        "/",
        menu("/payments"),
        read("/payments", PAYMENT, f"{PAYMENT}/pdf", "/credit-notes", NOTE),
    ),
    SwitchEffect("shows_statement", "/payments", link("/statement"), read("/statement")),
    SwitchEffect("shows_terms", ONE_ESTIMATE, "Payable in boats."),
    SwitchEffect("shows_terms", ONE_INVOICE, "Payable in boats."),
    SwitchEffect("shows_mail", "/contact", link("mailto:office@harbourlight.example")),
    SwitchEffect("shows_mail", "/contact", link("/contact/mail"), asked_and_sent("/contact/mail")),
    SwitchEffect("shows_review", "/contact", link("/contact/review"), asked_and_sent("/contact/review")),
    SwitchEffect(
        "may_accept",
        ONE_ESTIMATE,
        link(f"{ONE_ESTIMATE}/accept"),
        asked_and_sent(f"{ONE_ESTIMATE}/accept"),
        "accept",
    ),
    SwitchEffect("may_accept", "/estimates", link(f"{ONE_ESTIMATE}/accept"), role="accept"),
    SwitchEffect(
        "may_decline",
        ONE_ESTIMATE,
        link(f"{ONE_ESTIMATE}/decline"),
        asked_and_sent(f"{ONE_ESTIMATE}/decline"),
        "accept",
    ),
    SwitchEffect("asks_decline_reason", f"{ONE_ESTIMATE}/decline", "textarea[name=reason]"),
    SwitchEffect(
        "may_comment", ONE_ESTIMATE, form(f"{ONE_ESTIMATE}/comments"), sent(f"{ONE_ESTIMATE}/comments")
    ),
    SwitchEffect(
        "may_comment", ONE_INVOICE, form(f"{ONE_INVOICE}/comments"), sent(f"{ONE_INVOICE}/comments")
    ),
    SwitchEffect(
        "may_edit_details", "/details", link("/details/edit"), asked_and_sent("/details/edit"), "manage"
    ),
    SwitchEffect(
        "may_edit_details", "/details", link("/details/company"), asked_and_sent("/details/company"), "manage"
    ),
    SwitchEffect(
        "may_pay",
        ONE_INVOICE,
        link(PAY),
        (*asked_and_sent(PAY), *sent(f"{PAY}/continue", f"{PAY}/cancel")),
        "pay",
    ),
    SwitchEffect("may_pay", "/invoices", link(PAY), role="pay"),
    SwitchEffect(
        "may_pay",
        "/",
        link("/pay-several"),
        (*asked_and_sent("/pay-several"), *read("/pay-several/P-2222-2222")),
        "pay",
    ),
    SwitchEffect(
        "may_report_payment",
        ONE_INVOICE,
        link(f"{ONE_INVOICE}/paid-already"),
        asked_and_sent(f"{ONE_INVOICE}/paid-already"),
        "pay",
    ),
    SwitchEffect(
        "may_apply_credit",
        ONE_INVOICE,
        link(f"{ONE_INVOICE}/credit"),
        asked_and_sent(f"{ONE_INVOICE}/credit"),
        "pay",
    ),
)

CHOICES = (
    Choice("asks_before_edit", ("phone",), "/details/edit", "is asked before this changes"),
    Choice("locks_edit", ("phone",), "/details/edit", "can change this"),
    Choice("portal_name", "Harbour Door", "/contact", "Contact Harbour Door"),
    Choice("colour", "#ffdd00", "/", 'link[href="/colours/ffdd00.css"]'),
    Choice("banner", "We have moved.", "/", "We have moved."),
    Choice("says_quote", True, "/estimates", "Quotes"),
    Choice("language", "de", "/", 'html[lang="de"]'),
)

SHOWN_IN = (
    ShownIn(
        "shows_cards",
        "gateway/paying/test_credit_views.py",
        "test_cards_are_shown_masked_with_what_they_pay_and_when_they_end",
    ),
    ShownIn(
        "shows_cards",
        "gateway/paying/test_credit_views.py",
        "test_cards_behind_their_switch_are_as_they_are",
    ),
    ShownIn(
        "may_replace_card",
        "gateway/paying/test_credit_views.py",
        "test_cards_behind_their_switch_are_as_they_are",
    ),
    ShownIn(
        "may_apply_credit",
        "gateway/paying/test_credit_views.py",
        "test_credit_behind_its_switch_is_absent",
    ),
    ShownIn("pay_route", "gateway/paying/test_views.py", "test_the_invoices_own_page_is_the_second_way"),
    ShownIn("bank_details", "gateway/paying/test_views.py", "test_the_bank_details_are_the_third"),
    ShownIn(
        "unique_payment_field",
        "workers/push/test_payment_order.py",
        "test_a_field_without_duplicates_is_the_second_belt",
    ),
    ShownIn("may_share_links", "gateway/sharing/test_link_views.py", ""),
    ShownIn(
        "requires_second_factor",
        "gateway/account/sign_in/test_second_step_views.py",
        "test_a_merchant_who_requires_it_has_it_set_up_at_the_next_sign_in",
    ),
    ShownIn(
        "may_sign_in_by_link",
        "gateway/account/sign_in/test_email_links.py",
        "test_a_merchant_who_wants_no_links_is_left_out",
    ),
    ShownIn(
        "fresh_minutes",
        "gateway/reading/test_document_reader.py",
        "test_a_document_of_which_nothing_was_heard_for_long_is_read_again_behind_the_page",
    ),
    ShownIn(
        "logo",
        "gateway/web/test_branding.py",
        "test_a_logo_is_served_by_its_content_for_good_and_runs_nothing",
    ),
    ShownIn("welcome", "gateway/web/test_branding.py", "test_the_invitation_looks_like_the_merchant"),
    ShownIn(
        "emails of a kind",
        "workers/email/test_suppression.py",
        "test_what_the_merchant_switched_off_is_left_out",
    ),
    ShownIn(
        "webhook endpoints",
        "gateway/merchant/webhooks/test_receiver_views.py",
        "test_where_a_signature_is_wanted_nothing_else_will_do",
    ),
    ShownIn(
        "webhook endpoints",
        "gateway/merchant/webhooks/test_receiver_views.py",
        "test_where_a_header_is_wanted_nothing_else_will_do",
    ),
)

OUTSIDE_THE_SETTINGS = {"emails of a kind", "webhook endpoints"}
"""Switches that are kept elsewhere."""

ALL_ROWS: tuple[SwitchEffect | Choice | ShownIn, ...] = (*SWITCH_EFFECTS, *CHOICES, *SHOWN_IN)

PAGES = ("/", "/estimates", "/invoices", "/details", "/contact", ONE_ESTIMATE, ONE_INVOICE, SUBSCRIPTION)
"""Where the buttons are."""
