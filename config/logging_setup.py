"""One line per event: a constant name and fields. Tokens, passwords and addresses are masked first."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET_FIELDS = re.compile(
    r"token|secret|password|authorization|cookie|code_verifier|email|address|smtp_url|redis_url",
    re.IGNORECASE,
)
"""Fields whose names contain these are masked."""

SECRET_TEXT = re.compile(
    r"Zoho-oauthtoken\s+\S+"
    r"|1000\.[0-9a-fA-F]{16,}\.[0-9a-fA-F]{16,}"  # the shape of Zoho's tokens and codes
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"  # user:password in an address
    r"|(?i:(?:access_token|refresh_token|client_secret|code|token)=[^&\s]+)"
)

MASK = "***"


def mask(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor that masks secret fields by name, and secret-looking text in the others and in
    tracebacks.
    """
    return {name: MASK if SECRET_FIELDS.search(name) else _masked(value) for name, value in event.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return SECRET_TEXT.sub(MASK, value)
    if isinstance(value, dict):
        return {
            name: MASK if SECRET_FIELDS.search(str(name)) else _masked(item) for name, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    return value


def set_up_logging(level: str, *, environment: str) -> None:
    """Log our events and the libraries' messages to standard error: as JSON, or readable in development."""
    renderer: Any = structlog.processors.JSONRenderer()
    if environment == "development":
        renderer = structlog.dev.ConsoleRenderer(colors=False)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, mask, renderer],
        )
    )
    # Do not report logging failures: Python would print the record unmasked.
    logging.raiseExceptions = environment == "development"
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
