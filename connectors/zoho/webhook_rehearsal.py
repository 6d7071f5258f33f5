"""A delivery like Zoho's, sent by ourselves: whether the portal's own address answers from outside and lets a
genuine one in.
"""

from __future__ import annotations

import json
from enum import StrEnum

import requests
import structlog

from connectors.zoho.webhooks import SIGNATURE_HEADER, TOKEN_HEADER, Posted, signature_of

TIMEOUTS = (3.0, 5.0)
"""Seconds to connect, and to answer."""

BODY = json.dumps({"test": "sent by the portal itself"}).encode()
"""Names no record, so nothing is read because of it."""

log = structlog.get_logger()


class Rehearsal(StrEnum):
    """arrived: let in. refused: it answered, and said no. unreached: nobody answered at the address."""

    ARRIVED = "arrived"
    REFUSED = "refused"
    UNREACHED = "unreached"


def rehearse(address: str, secret: str) -> Rehearsal:
    """Post to our own address with every proof a door may ask for. address: the whole of it, as the merchant
    pastes it.
    """
    signature = signature_of(secret, Posted(query=(), form=(), body=BODY))
    headers = {"Content-Type": "application/json", SIGNATURE_HEADER: signature, TOKEN_HEADER: secret}
    try:
        answer = requests.post(address, data=BODY, headers=headers, timeout=TIMEOUTS, allow_redirects=False)
    except requests.RequestException as fault:
        log.info("webhook_rehearsal", outcome="unreached", why=type(fault).__name__)
        return Rehearsal.UNREACHED
    return Rehearsal.ARRIVED if answer.ok and not answer.is_redirect else Rehearsal.REFUSED
