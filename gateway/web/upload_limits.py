"""Forms that bring a file may be larger than the others. Who reads a form before this has run reads it within
the smaller limit.
"""

from __future__ import annotations

from flask import Flask, request

from cache.records.orders.payment_proofs import MAX_BYTES

UPLOAD_LIMITS = {"payment_reports.report": MAX_BYTES + 512 * 1024}
"""Endpoint → bytes of the whole form."""


def raise_upload_limits(app: Flask) -> None:
    """To be called before anything that looks into forms."""

    @app.before_request
    def allow() -> None:
        if request.endpoint in UPLOAD_LIMITS:
            request.max_content_length = UPLOAD_LIMITS[request.endpoint]
