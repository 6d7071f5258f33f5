"""Pages for payers: no sign-in, anyone with the URL may use them (zoho.md 7.1). No CSRF token either: tests
drive them.
"""

from __future__ import annotations

from flask import Blueprint

payer_pages = Blueprint("payer_pages", __name__)
