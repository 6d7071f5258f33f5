"""The blueprint of all Billing views."""

from __future__ import annotations

from flask import Blueprint

billing = Blueprint("billing", __name__, url_prefix="/billing/v1")
