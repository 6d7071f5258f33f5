"""Letters: what was written to whom and what became of it. Where letters go into a folder, what they say can
be read here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from cache.records.email.emails import Email, EmailState, new_email_id
from gateway.merchant.emails.forms import EmailsQuery
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.email_labels import STATE_LABELS, email_kind_label
from gateway.web.email_outbox import enqueue_email
from gateway.web.headers import SANDBOXED
from gateway.web.services import services

bp = Blueprint("merchant_sent_emails", __name__)

LINK = re.compile(r"https?://[^\s<>\"']+")
SCAN_LIMIT, MAX_SHOWN = 2_000, 100
"""Letters; those shown are the newest that match."""


@dataclass(frozen=True)
class EmailRow:
    """text: with links to this portal; "" where it cannot be read here."""

    email: Email
    kind: str
    label: str
    tone: str
    text: Markup


@bp.get("/merchant/<org_key:org>/mails")
@organisation_only
def listing(visit: OrganisationVisit) -> ResponseReturnValue:
    query = EmailsQuery.of(request.args)
    emails = [email for email in services().emails.recent(visit.org, SCAN_LIMIT) if query.matches(email)]
    return render_template(
        "merchant/emails/sent.html",
        rows=[_row(email) for email in emails[:MAX_SHOWN]],
        total=len(emails),
        query=query,
        states=STATE_LABELS,
        saves_to_folder=services().settings.mail_delivery == "folder",
        test_to=visit.merchant.email,
        is_tested=request.args.get("done") == "tested",
    )


@bp.get("/merchant/<org_key:org>/mails/<string(maxlength=40):email_id>")
@organisation_only
def show_html(visit: OrganisationVisit, email_id: str) -> ResponseReturnValue:
    """The HTML as its reader sees it: in a sandbox, where nothing runs and nothing is fetched."""
    email = services().emails.get(email_id)
    if email is None or email.org != visit.org or not email.html:
        abort(404)
    return Response(email.html, headers={"Content-Security-Policy": SANDBOXED})


@bp.post("/merchant/<org_key:org>/test-letter")
@organisation_only
def send_test(visit: OrganisationVisit) -> ResponseReturnValue:
    """A letter to the merchant who asks, by the same way as all others."""
    email = Email(
        id=new_email_id(),
        org=visit.org,
        to=visit.merchant.email,
        kind="test",
        merchant_id=visit.merchant.id,
        values={"answers_to": str(visit.connection.profile.get("email") or visit.merchant.email)},
        path=f"/merchant/{visit.org}/mails",
    )
    enqueue_email(email, once_key=f"test:{email.id}")
    return redirect(url_for("merchant_sent_emails.listing", org=visit.org, done="tested"), code=303)


def _row(email: Email) -> EmailRow:
    word, tone = STATE_LABELS[email.state]
    if email.state is EmailState.WAITING and email.tries:
        word = "Tried, waiting"
    return EmailRow(email, email_kind_label(email.kind), word, tone, with_links(email.text))


def with_links(text: str) -> Markup:
    """Plain text with its own portal's addresses as links; everything else stays text."""
    portal = services().settings.portal_url
    parts, end = [], 0
    for found in LINK.finditer(text):
        address = found.group()
        parts.append(escape(text[end : found.start()]))
        parts.append(
            Markup('<a href="{0}">{0}</a>').format(address)
            if address.startswith(portal + "/")
            else escape(address)
        )
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])
