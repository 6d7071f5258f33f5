"""The Flask application: wires and registers, nothing else."""

from __future__ import annotations

from flask import Flask
from flask_bootstrap import Bootstrap5
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from config.settings import Settings
from gateway.account.details import company_views as company_edits
from gateway.account.details import person_views as person_edits
from gateway.account.details import views as details
from gateway.account.preferences import email_views as letter_choices
from gateway.account.preferences import unsubscribe_views as letter_stops
from gateway.account.preferences import views as look_choices
from gateway.account.security import second_factor_views as second_factor
from gateway.account.security import views as account_security
from gateway.account.security.passwords import add_passwords
from gateway.account.sign_in import account_choice_views as account_choices
from gateway.account.sign_in import invitation_views as invitations
from gateway.account.sign_in import link_request_views as link_requests
from gateway.account.sign_in import link_views as sign_in_links
from gateway.account.sign_in import password_reset_views as password_resets
from gateway.account.sign_in import second_step_views as second_step
from gateway.account.sign_in import views as sign_in
from gateway.account.sign_in.known_browsers import send_known_browser_cookie
from gateway.answers import views as estimate_answers
from gateway.comments import views as comments
from gateway.contact import message_views as contact_mail
from gateway.contact import review_views as contact_review
from gateway.contact import views as contact
from gateway.documents import check_now_views as checking
from gateway.documents import credit_note_views as credit_notes
from gateway.documents import estimate_views as estimates
from gateway.documents import home_views as dashboard
from gateway.documents import invoice_views as invoices
from gateway.documents import payment_views as payments
from gateway.documents import subscription_views as subscriptions
from gateway.documents.statement import views as statements
from gateway.merchant.clients import bulk_invitation_views as merchant_bulk_invitations
from gateway.merchant.clients import client_views as merchant_client
from gateway.merchant.clients import view_as_client_views as merchant_client_views
from gateway.merchant.clients import views as merchant_clients
from gateway.merchant.connecting import billing_views as merchant_billing
from gateway.merchant.connecting import views as merchant_connection
from gateway.merchant.emails import sent_views as merchant_mails
from gateway.merchant.emails import settings_views as merchant_letters
from gateway.merchant.overview import inbox_views as merchant_inbox
from gateway.merchant.overview import setup_views as merchant_setup
from gateway.merchant.overview import sync_views as merchant_sync
from gateway.merchant.overview import views as merchant_overview
from gateway.merchant.requests import activity_views as merchant_activity
from gateway.merchant.requests import comment_views as merchant_comments
from gateway.merchant.requests import review_views as merchant_reviews
from gateway.merchant.requests import views as merchant_requests
from gateway.merchant.settings import branding_views as merchant_look
from gateway.merchant.settings import views as merchant_settings
from gateway.merchant.team import session_views as merchant_sessions
from gateway.merchant.team import views as merchant_colleagues
from gateway.merchant.webhooks import receiver_views as webhooks
from gateway.merchant.webhooks import views as merchant_webhooks
from gateway.paying import batch_views as pay_several
from gateway.paying import card_replacement_views as card_replacements
from gateway.paying import credit_views as invoice_credits
from gateway.paying import payment_method_views as cards
from gateway.paying import report_views as payment_reports
from gateway.paying import views as paying
from gateway.reading.cold_document import add_cold_document_page
from gateway.reading.cold_reads import add_cold_reads
from gateway.requests import activity_views as activity
from gateway.requests import views as requests
from gateway.sharing import document_views as shared_documents
from gateway.sharing import link_views as shared_links
from gateway.template_functions import add_template_functions
from gateway.web import branding_views as looks
from gateway.web import health_views as health
from gateway.web import language_views as language_choices
from gateway.web.access import refuse_unmarked_views
from gateway.web.csrf import require_csrf
from gateway.web.errors import add_error_pages
from gateway.web.headers import send_response_headers
from gateway.web.own_host import answer_to_own_host_only
from gateway.web.preference_cookies import send_preference_cookies
from gateway.web.services import EXTENSION
from gateway.web.sessions import send_session_cookie
from gateway.web.static_files import compress_static_files, fingerprint_static_urls
from gateway.web.template_filters import add_template_filters
from gateway.web.upload_limits import raise_upload_limits
from gateway.web.url_types import add_url_types
from gateway.web.wording import add_wording
from workers.services import build_services

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
    app.extensions[EXTENSION] = build_services(settings)
    add_passwords(app)
    add_cold_reads(app)
    Bootstrap5(app)
    add_url_types(app)
    add_template_filters(app)
    add_wording(app)
    add_error_pages(app)
    add_cold_document_page(app)
    answer_to_own_host_only(app, settings)
    refuse_unmarked_views(app)
    raise_upload_limits(app)
    require_csrf(app)
    send_response_headers(app, settings)
    send_session_cookie(app)
    send_known_browser_cookie(app)
    send_preference_cookies(app)
    for module in (*CLIENT_PAGES, *MERCHANT_PAGES, webhooks):
        app.register_blueprint(module.bp)
    fingerprint_static_urls(app)
    compress_static_files(app)
    add_template_functions(app)
    return app
