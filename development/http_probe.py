"""Whether a URL answers, using only the standard library."""

from __future__ import annotations

import urllib.error
import urllib.request


def answers(address: str, *, timeout: float = 2.0) -> bool:
    """True when a GET of this loopback address answers with a 2xx."""
    try:
        with urllib.request.urlopen(address, timeout=timeout) as answer:  # noqa: S310 - loopback addresses of our own
            return bool(200 <= answer.status < 300)
    except (urllib.error.URLError, OSError):
        return False


def body_of(address: str, *, timeout: float = 2.0) -> str:
    """The response body, whatever its status; "" if nothing answers."""
    try:
        with urllib.request.urlopen(address, timeout=timeout) as answer:  # noqa: S310 - loopback addresses of our own
            return str(answer.read().decode("utf-8", "replace"))
    except urllib.error.HTTPError as refused:
        return refused.read().decode("utf-8", "replace")
    except (urllib.error.URLError, OSError):
        return ""
