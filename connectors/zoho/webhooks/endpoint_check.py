"""A delivery like Zoho's, sent by ourselves: whether the portal's own address answers from outside and lets a
genuine one in.
"""

from __future__ import annotations

import json
from enum import StrEnum

import requests
import structlog

from connectors.zoho.webhooks.deliveries import SIGNATURE_HEADER, TOKEN_HEADER, WebhookRequest, signature_of

TIMEOUTS = (3.0, 5.0)
"""Seconds to connect, and to answer."""

BODY = json.dumps({"test": "sent by the portal itself"}).encode()
"""Names no record, so nothing is read because of it."""

log = structlog.get_logger()


class EndpointCheck(StrEnum):
    """arrived: let in. refused: it answered, and said no. unreached: nobody answered at the address."""

    ARRIVED = "arrived"
    REFUSED = "refused"
    UNREACHED = "unreached"


def check_endpoint(address: str, secret: str) -> EndpointCheck:
    """Post to our own address with every proof a door may ask for. address: the whole of it, as the merchant
    pastes it.
    """
    signature = signature_of(secret, WebhookRequest(query=(), form=(), body=BODY))
    headers = {"Content-Type": "application/json", SIGNATURE_HEADER: signature, TOKEN_HEADER: secret}
    try:
        response = requests.post(address, data=BODY, headers=headers, timeout=TIMEOUTS, allow_redirects=False)
    except requests.RequestException as fault:
        log.info("webhook_endpoint_checked", outcome="unreached", why=type(fault).__name__)
        return EndpointCheck.UNREACHED
    return EndpointCheck.ARRIVED if response.ok and not response.is_redirect else EndpointCheck.REFUSED
