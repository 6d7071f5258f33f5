"""Upload forms may be larger than others. A form that is read before this has run is held to the smaller
limit.
"""

from __future__ import annotations

from flask import Flask, request

from cache.records.orders.payment_proofs import MAX_BYTES

UPLOAD_LIMITS = {"payment_reports.report": MAX_BYTES + 512 * 1024}
"""Endpoint → bytes of the whole form."""


def raise_upload_limits(app: Flask) -> None:
    """Call it before registering anything that reads forms."""

    @app.before_request
    def allow() -> None:
        if request.endpoint in UPLOAD_LIMITS:
            request.max_content_length = UPLOAD_LIMITS[request.endpoint]
