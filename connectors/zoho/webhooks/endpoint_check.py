"""Send ourselves a delivery like Zoho's, to check that the portal is reachable from outside and
accepts it.
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
"""Names no record, so it causes no fetch."""

log = structlog.get_logger()


class EndpointCheck(StrEnum):
    """arrived: accepted. refused: an HTTP error. unreached: no response from the address."""

    ARRIVED = "arrived"
    REFUSED = "refused"
    UNREACHED = "unreached"


def check_endpoint(address: str, secret: str) -> EndpointCheck:
    """Post to our own address with every proof an endpoint may require. address: complete, as the merchant
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
