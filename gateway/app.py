"""The Flask application: wires and registers, nothing else."""

from __future__ import annotations

from flask import Flask
from flask_bootstrap import Bootstrap5
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from config.settings import Settings
from gateway.access import refuse_unmarked_views
from gateway.browser_choices import send_choice_cookies
from gateway.csrf import require_csrf
from gateway.error_pages import add_error_pages
from gateway.larger_forms import allow_larger_forms
from gateway.own_host import answer_to_own_host_only
from gateway.response_headers import send_response_headers
from gateway.sessions import send_session_cookie
from gateway.signing_in.known_browsers import send_known_browser_cookie
from gateway.static_files import compress_static_files, mark_static_addresses
from gateway.template_filters import add_template_filters
from gateway.template_functions import add_template_functions
from gateway.url_types import add_url_types
from gateway.views import (
    account_choices,
    account_security,
    activity,
    card_replacements,
    cards,
    checking,
    comments,
    company_edits,
    contact,
    contact_mail,
    contact_review,
    credit_notes,
    dashboard,
    details,
    estimate_answers,
    estimates,
    health,
    invitations,
    invoice_credits,
    invoices,
    language_choices,
    letter_choices,
    letter_stops,
    link_requests,
    look_choices,
    looks,
    merchant_activity,
    merchant_billing,
    merchant_bulk_invitations,
    merchant_client,
    merchant_client_views,
    merchant_clients,
    merchant_colleagues,
    merchant_comments,
    merchant_connection,
    merchant_inbox,
    merchant_letters,
    merchant_look,
    merchant_mails,
    merchant_overview,
    merchant_requests,
    merchant_reviews,
    merchant_sessions,
    merchant_settings,
    merchant_setup,
    merchant_sync,
    merchant_webhooks,
    password_resets,
    pay_several,
    paying,
    payment_reports,
    payments,
    person_edits,
    requests,
    second_factor,
    second_step,
    shared_documents,
    shared_links,
    sign_in,
    sign_in_links,
    statements,
    subscriptions,
    webhooks,
)
from gateway.wiring import EXTENSION, wire
from gateway.wording import add_wording

LARGEST_FORM = 256 * 1024
"""Bytes."""

CLIENT_PAGES = (
    dashboard,
    estimates,
    estimate_answers,
    comments,
    shared_links,
    shared_documents,
    subscriptions,
    invoices,
    payments,
    statements,
    credit_notes,
    requests,
    details,
    letter_choices,
    letter_stops,
    person_edits,
    company_edits,
    invoice_credits,
    payment_reports,
    paying,
    pay_several,
    card_replacements,
    cards,
    contact,
    contact_mail,
    contact_review,
    activity,
    checking,
    sign_in,
    link_requests,
    sign_in_links,
    second_step,
    password_resets,
    account_choices,
    account_security,
    second_factor,
    invitations,
    language_choices,
    look_choices,
    looks,
    health,
)
MERCHANT_PAGES = (
    merchant_connection,
    merchant_overview,
    merchant_billing,
    merchant_bulk_invitations,
    merchant_clients,
    merchant_client,
    merchant_client_views,
    merchant_colleagues,
    merchant_look,
    merchant_comments,
    merchant_activity,
    merchant_inbox,
    merchant_requests,
    merchant_reviews,
    merchant_settings,
    merchant_setup,
    merchant_sync,
    merchant_webhooks,
    merchant_letters,
    merchant_mails,
    merchant_sessions,
)


def create_app(settings: Settings) -> Flask:
    """The portal for these settings. Connects to nothing until the first request."""
    app = Flask(__name__)
    app.config.update(BOOTSTRAP_SERVE_LOCAL=True, MAX_CONTENT_LENGTH=LARGEST_FORM)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    app.extensions[EXTENSION] = wire(settings)
    Bootstrap5(app)
    add_url_types(app)
    add_template_filters(app)
    add_wording(app)
    add_error_pages(app)
    answer_to_own_host_only(app, settings)
    refuse_unmarked_views(app)
    allow_larger_forms(app)
    require_csrf(app)
    send_response_headers(app, settings)
    send_session_cookie(app)
    send_known_browser_cookie(app)
    send_choice_cookies(app)
    for module in (*CLIENT_PAGES, *MERCHANT_PAGES, webhooks):
        app.register_blueprint(module.bp)
    mark_static_addresses(app)
    compress_static_files(app)
    add_template_functions(app)
    return app
