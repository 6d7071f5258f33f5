"""The WSGI application of one data centre."""

from __future__ import annotations

from flask import Flask, redirect, url_for
from flask.typing import ResponseReturnValue

from sandbox import billing_control, generate_control, tampering_control, webhook_control
from sandbox.accounts.consent import consent
from sandbox.accounts.token_endpoint import token_endpoint
from sandbox.app_pages import (
    comment_pages,
    estimate_pages,
    invoice_pages,
    organisation_pages,
    payment_link_pages,
    payment_pages,
)
from sandbox.app_pages.blueprint import app_pages
from sandbox.billing import customers as billing_customers
from sandbox.billing import events_feed, hosted_pages, subscriptions
from sandbox.billing import invoices as billing_invoices
from sandbox.billing import organizations as billing_organizations
from sandbox.billing.blueprint import billing
from sandbox.books import (
    contact_persons,
    contacts,
    credit_notes,
    customer_payments,
    estimates,
    invoice_files,
    invoice_settlements,
    invoices,
    organizations,
    payment_links,
    payment_upsert,
    recurring_invoices,
    refunds,
)
from sandbox.books.blueprint import books
from sandbox.control import control
from sandbox.payer_pages import hosted, invoice_page
from sandbox.payer_pages.blueprint import payer_pages
from sandbox.runtime import NAME, Place, Runtime
from sandbox.surface import SandboxFlask, register_handlers

VIEWS = (
    organizations,
    contacts,
    contact_persons,
    estimates,
    invoices,
    invoice_settlements,
    invoice_files,
    payment_links,
    customer_payments,
    payment_upsert,
    recurring_invoices,
    credit_notes,
    refunds,
    billing_organizations,
    subscriptions,
    billing_customers,
    billing_invoices,
    events_feed,
    hosted_pages,
    organisation_pages,
    estimate_pages,
    invoice_pages,
    payment_pages,
    payment_link_pages,
    comment_pages,
    hosted,
    invoice_page,
    webhook_control,
    billing_control,
    generate_control,
    tampering_control,
)
"""Imported to register their views on the blueprints."""


def create_application(runtime: Runtime, dc: str) -> Flask:
    """Accounts, Books, Billing, the merchant's page and the control API of one data centre."""
    app = SandboxFlask("sandbox", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["PROPAGATE_EXCEPTIONS"] = True
    app.extensions[NAME] = Place(runtime, dc)
    register_handlers(app)
    for blueprint in (consent, token_endpoint, books, billing, control, app_pages, payer_pages):
        app.register_blueprint(blueprint)
    app.add_url_rule("/", "front_door", _front_door)
    return app


def _front_door() -> ResponseReturnValue:
    return redirect(url_for("app_pages.organisations"))
