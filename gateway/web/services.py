"""The services of the app that answers this request."""

from __future__ import annotations

from typing import cast

from flask import current_app

from workers.services import Services

EXTENSION = "foyer"


def services() -> Services:
    """The services that create_app built for this app."""
    return cast(Services, current_app.extensions[EXTENSION])
