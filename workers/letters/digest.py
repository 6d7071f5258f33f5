"""A merchant's digest: what was gathered since the last one, in one letter."""

from __future__ import annotations

from cache.clock import store_now
from cache.records.letters import Letter, new_letter_id
from workers.job_setup import Resources
from workers.organisation_time import local_time, seconds_until

MOST_LINES = 100


def seconds_until_digest(desk: Resources, org: str) -> float:
    """Until the hour the merchant chose."""
    return seconds_until(
        desk.letter_settings.get(org).digest_hour, local_time(desk, org, store_now(desk.redis.records))
    )


def gather(desk: Resources, letter: Letter) -> None:
    """Into the digest of its merchant; one that went to the organisation's own address, into everybody's."""
    merchants = (
        [letter.merchant_id] if letter.merchant_id else [one.id for one in desk.merchants.for_org(letter.org)]
    )
    for merchant_id in merchants:
        desk.digests.gather(letter.org, merchant_id, letter.id, due_in=seconds_until_digest(desk, letter.org))


def write_digest(desk: Resources, org: str, merchant_id: str) -> None:
    """One letter a day, if anything was gathered. May run any number of times: the day's letters stay the
    same, and so does its key.
    """
    day = local_time(desk, org, store_now(desk.redis.records)).date()
    ids = desk.digests.take(org, merchant_id, day.isoformat())
    merchant = desk.merchants.get(merchant_id)
    if ids and merchant is not None:
        letter = Letter(
            id=new_letter_id(),
            org=org,
            to=merchant.email,
            kind="digest",
            merchant_id=merchant_id,
            path=f"/merchant/{org}",
            values={"count": str(len(ids)), "lines": _lines(desk, ids)},
        )
        if desk.letters.add(letter, once_key=f"digest:{org}:{merchant_id}:{day.isoformat()}") is not None:
            desk.doorbell.ring_mail(letter.id)
    desk.digests.settle(org, merchant_id, next_in=seconds_until_digest(desk, org))


def _lines(desk: Resources, ids: list[str]) -> str:
    found = [letter for letter in map(desk.letters.get, ids[:MOST_LINES]) if letter is not None]
    lines = [
        f"· {letter.subject}" + (f"\n  {desk.settings.portal_url}{letter.path}" if letter.path else "")
        for letter in found
    ]
    if len(ids) > MOST_LINES:
        lines.append(f"· and {len(ids) - MOST_LINES} more")
    return "\n".join(lines)
