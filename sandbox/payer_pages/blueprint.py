"""Pages for those who pay: no sign-in, whoever has the address may use it (zoho.md 7.1). No form token
either: tests drive them.
"""

from __future__ import annotations

from flask import Blueprint

payer_pages = Blueprint("payer_pages", __name__)
