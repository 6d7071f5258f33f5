"""Send one email from the outbox."""

from __future__ import annotations

import time

import structlog

from cache.locks import only_one
from cache.records.email.email_kinds import EMAIL_KINDS, Mode
from cache.records.email.emails import Email, EmailState
from cache.sealing import SealBroken
from connectors.mail.delivery import deliver
from connectors.mail.errors import MailRefused, MailUnavailable
from connectors.mail.outgoing_email import OutgoingEmail
from workers.crash_points import reached
from workers.email.digest import gather
from workers.email.render_context import render_context, reply_address
from workers.email.rendering import RenderedEmail, render_email
from workers.email.suppression import suppression_reason
from workers.services import Services

log = structlog.get_logger()

MOST_TRIES = 12
FIRST_PAUSE, LONGEST_PAUSE = 15.0, 3 * 3600.0

IN_DOUBT = (
    "A worker stopped in the middle of handing it over. It may have arrived, so it was not "
    "sent a second time."
)


def send_email(email_id: str, services: Services) -> None:
    """Render and send it if it is still waiting and not suppressed, then record the result.

    A worker that dies while sending leaves it "sending". Emails that people cannot do without are then sent
    once more under the same Message-ID; others are not (docs/decisions/0022).
    """
    with only_one(
        services.stores.records, f"letter:{email_id}", held_for=float(services.settings.order_lease)
    ) as mine:
        email = services.emails.get(email_id) if mine else None
        if email is None or email.state not in (EmailState.WAITING, EmailState.SENDING):
            if mine:
                services.mail_due.remove(email_id)
            return
        if email.state is EmailState.SENDING and not EMAIL_KINDS[email.kind].is_repeated:
            services.emails.settle(email_id, EmailState.FAILED, why=IN_DOUBT)
        elif why := suppression_reason(services, email):
            services.emails.settle(email_id, EmailState.SUPPRESSED, why=why)
        else:
            _render_and_send(services, email)


def send_due_emails(services: Services) -> None:
    """Send everything that is due in one job, because a thousand emails are not a thousand jobs. The rest is
    enqueued again.
    """
    ends = time.monotonic() + services.settings.order_lease / 2
    while time.monotonic() < ends:
        found = services.mail_due.claim_due(1, lease=1.5 * services.settings.order_lease)
        if not found:
            return
        send_email(found[0], services)
    services.job_queue.enqueue_due_emails()


def _render_and_send(services: Services, email: Email) -> None:
    try:
        context = render_context(services, email)
    except SealBroken:
        services.emails.settle(
            email.id,
            EmailState.FAILED,
            why="Its link was sealed with a key that this portal no longer has.",
        )
        return
    rendered = render_email(email.kind, email.values, context)
    if services.email_settings.get(email.org).mode(email.kind) is Mode.DIGEST:
        gather(services, email)
        services.emails.settle(email.id, EmailState.GATHERED, subject=rendered.subject)
        return
    mail = OutgoingEmail(
        id=email.id,
        org=email.org,
        kind=email.kind,
        to=email.to,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        reply_to=reply_address(services, email),
        from_name=context.merchant,
        unsubscribe_link=context.unsubscribe_link,
    )
    reached("before_begin")
    services.emails.begin(email.id)
    reached("after_begin")
    _deliver(services, email, mail, rendered)


def _deliver(services: Services, email: Email, mail: OutgoingEmail, rendered: RenderedEmail) -> None:
    try:
        deliver(services.settings, mail)
    except MailRefused as refusal:
        services.emails.settle(email.id, EmailState.FAILED, why=refusal.reason, subject=rendered.subject)
        log.warning("email_refused", org=email.org, mail=email.id, kind=email.kind)
    except MailUnavailable as away:
        if email.tries + 1 >= MOST_TRIES:
            services.emails.settle(email.id, EmailState.FAILED, why=away.reason, subject=rendered.subject)
            log.error("email_given_up", org=email.org, mail=email.id, kind=email.kind)
        else:
            services.emails.settle(
                email.id,
                EmailState.WAITING,
                why=away.reason,
                next_in=retry_pause(email.tries),
                subject=rendered.subject,
            )
    else:
        reached("after_delivery")
        # Sent emails are private. Only a developer's folder can be read on a page, sign-in links included.
        is_read_here = services.settings.mail_delivery == "folder" and not services.settings.is_production
        text, html = (rendered.text, rendered.html) if is_read_here else ("", "")
        services.emails.settle(email.id, EmailState.SENT, subject=rendered.subject, text=text, html=html)


def retry_pause(tries: int) -> float:
    """Seconds until the next try: doubles with each one, about a day and a half in all."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**tries)
