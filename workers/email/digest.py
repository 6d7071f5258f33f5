"""A merchant's digest: what was gathered since the last one, in one email."""

from __future__ import annotations

from cache.clock import store_now
from cache.records.email.emails import Email, new_email_id
from workers.organisation_time import local_time, seconds_until
from workers.services import Services

MOST_LINES = 100


def seconds_until_digest(services: Services, org: str) -> float:
    """Seconds until the merchant's chosen hour."""
    return seconds_until(
        services.email_settings.get(org).digest_hour,
        local_time(services, org, store_now(services.stores.records)),
    )


def gather(services: Services, email: Email) -> None:
    """Add to the merchant's digest; emails to the organisation's own address are added to every
    merchant's.
    """
    merchants = (
        [email.merchant_id]
        if email.merchant_id
        else [merchant.id for merchant in services.merchants.for_org(email.org)]
    )
    for merchant_id in merchants:
        services.digests.gather(
            email.org, merchant_id, email.id, due_in=seconds_until_digest(services, email.org)
        )


def compose_digest(services: Services, org: str, merchant_id: str) -> None:
    """Send the day's digest if anything was gathered. Safe to repeat: the day's entries, and so the email's
    key, stay the same.
    """
    day = local_time(services, org, store_now(services.stores.records)).date()
    ids = services.digests.take(org, merchant_id, day.isoformat())
    merchant = services.merchants.get(merchant_id)
    if ids and merchant is not None:
        email = Email(
            id=new_email_id(),
            org=org,
            to=merchant.email,
            kind="digest",
            merchant_id=merchant_id,
            path=f"/merchant/{org}",
            values={"count": str(len(ids)), "lines": _lines(services, ids)},
        )
        if services.emails.add(email, once_key=f"digest:{org}:{merchant_id}:{day.isoformat()}") is not None:
            services.job_queue.enqueue_mail(email.id)
    services.digests.settle(org, merchant_id, next_in=seconds_until_digest(services, org))


def _lines(services: Services, ids: list[str]) -> str:
    found = [email for email in map(services.emails.get, ids[:MOST_LINES]) if email is not None]
    lines = [
        f"· {email.subject}" + (f"\n  {services.settings.portal_url}{email.path}" if email.path else "")
        for email in found
    ]
    if len(ids) > MOST_LINES:
        lines.append(f"· and {len(ids) - MOST_LINES} more")
    return "\n".join(lines)
