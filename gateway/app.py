"""The Flask application: puts the features together."""

from __future__ import annotations

from flask import Flask
from flask_bootstrap import Bootstrap5
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from config.settings import Settings
from gateway.account.details import company_views, person_views
from gateway.account.details import views as details_views
from gateway.account.preferences import email_views as email_preference_views
from gateway.account.preferences import unsubscribe_views
from gateway.account.preferences import views as preferences_views
from gateway.account.security import second_factor_views
from gateway.account.security import views as security_views
from gateway.account.security.passwords import add_passwords
from gateway.account.sign_in import (
    account_choice_views,
    invitation_views,
    link_request_views,
    password_reset_views,
    second_step_views,
)
from gateway.account.sign_in import link_views as sign_in_link_views
from gateway.account.sign_in import views as sign_in_views
from gateway.account.sign_in.known_browsers import send_known_browser_cookie
from gateway.answers import views as answers_views
from gateway.comments import views as comments_views
from gateway.contact import message_views, review_views
from gateway.contact import views as contact_views
from gateway.documents import (
    check_now_views,
    credit_note_views,
    estimate_views,
    home_views,
    invoice_views,
    payment_views,
    subscription_views,
)
from gateway.documents.statement import views as statement_views
from gateway.merchant.clients import bulk_invitation_views as merchant_bulk_invitation_views
from gateway.merchant.clients import client_views as merchant_client_views
from gateway.merchant.clients import view_as_client_views as merchant_view_as_client_views
from gateway.merchant.clients import views as merchant_clients_views
from gateway.merchant.connecting import billing_views as merchant_billing_views
from gateway.merchant.connecting import views as merchant_connecting_views
from gateway.merchant.emails import sent_views as merchant_sent_email_views
from gateway.merchant.emails import settings_views as merchant_email_settings_views
from gateway.merchant.overview import inbox_views as merchant_inbox_views
from gateway.merchant.overview import setup_views as merchant_setup_views
from gateway.merchant.overview import sync_views as merchant_sync_views
from gateway.merchant.overview import views as merchant_overview_views
from gateway.merchant.requests import activity_views as merchant_activity_views
from gateway.merchant.requests import comment_views as merchant_comment_views
from gateway.merchant.requests import review_views as merchant_review_views
from gateway.merchant.requests import views as merchant_requests_views
from gateway.merchant.settings import branding_views as merchant_branding_views
from gateway.merchant.settings import views as merchant_settings_views
from gateway.merchant.team import session_views as merchant_session_views
from gateway.merchant.team import views as merchant_team_views
from gateway.merchant.webhooks import receiver_views as webhook_receiver_views
from gateway.merchant.webhooks import views as merchant_webhooks_views
from gateway.paying import (
    batch_views,
    card_replacement_views,
    credit_views,
    payment_method_views,
    report_views,
)
from gateway.paying import views as payment_page_views
from gateway.reading.cold_document import add_cold_document_page
from gateway.reading.cold_reads import add_cold_reads
from gateway.requests import activity_views
from gateway.requests import views as requests_views
from gateway.sharing import document_views as shared_document_views
from gateway.sharing import link_views as shared_link_views
from gateway.template_functions import add_template_functions
from gateway.web import branding_views, health_views, language_views
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
    home_views,
    estimate_views,
    answers_views,
    comments_views,
    shared_link_views,
    shared_document_views,
    subscription_views,
    invoice_views,
    payment_views,
    statement_views,
    credit_note_views,
    requests_views,
    details_views,
    email_preference_views,
    unsubscribe_views,
    person_views,
    company_views,
    credit_views,
    report_views,
    payment_page_views,
    batch_views,
    card_replacement_views,
    payment_method_views,
    contact_views,
    message_views,
    review_views,
    activity_views,
    check_now_views,
    sign_in_views,
    link_request_views,
    sign_in_link_views,
    second_step_views,
    password_reset_views,
    account_choice_views,
    security_views,
    second_factor_views,
    invitation_views,
    language_views,
    preferences_views,
    branding_views,
    health_views,
)
MERCHANT_PAGES = (
    merchant_connecting_views,
    merchant_overview_views,
    merchant_billing_views,
    merchant_bulk_invitation_views,
    merchant_clients_views,
    merchant_client_views,
    merchant_view_as_client_views,
    merchant_team_views,
    merchant_branding_views,
    merchant_comment_views,
    merchant_activity_views,
    merchant_inbox_views,
    merchant_requests_views,
    merchant_review_views,
    merchant_settings_views,
    merchant_setup_views,
    merchant_sync_views,
    merchant_webhooks_views,
    merchant_email_settings_views,
    merchant_sent_email_views,
    merchant_session_views,
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
    for module in (*CLIENT_PAGES, *MERCHANT_PAGES, webhook_receiver_views):
        app.register_blueprint(module.bp)
    fingerprint_static_urls(app)
    compress_static_files(app)
    add_template_functions(app)
    return app
