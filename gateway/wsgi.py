"""The WSGI entry point: `gateway.wsgi:app`. Refuses to start with incomplete configuration."""

from __future__ import annotations

import os

from config.logging_setup import set_up_logging
from config.settings import load_settings
from gateway.app import create_app

settings = load_settings(os.environ)
set_up_logging(settings.log_level, environment=settings.environment)
app = create_app(settings)
