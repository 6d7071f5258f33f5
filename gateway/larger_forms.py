"""Forms that bring a file may be larger than the others. Who reads a form before this has run reads it within
the smaller limit.
"""

from __future__ import annotations

from flask import Flask, request

from cache.records.payment_proofs import LARGEST

WITH_A_FILE = {"payment_reports.report": LARGEST + 512 * 1024}
"""Endpoint → bytes of the whole form."""


def allow_larger_forms(app: Flask) -> None:
    """To be called before anything that looks into forms."""

    @app.before_request
    def allow() -> None:
        if request.endpoint in WITH_A_FILE:
            request.max_content_length = WITH_A_FILE[request.endpoint]
