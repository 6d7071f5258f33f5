"""How long to wait, as text."""

from __future__ import annotations

from gateway.web.wording import ngettext


def wait_text(seconds: float) -> str:
    """For someone who hit a rate limit."""
    return ngettext(
        "There were too many tries. Please try again in %(num)s minute.",
        "There were too many tries. Please try again in %(num)s minutes.",
        max(1, round(seconds / 60)),
    )
