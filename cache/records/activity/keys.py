"""Key of the activity log."""

from __future__ import annotations


def activity(org: str) -> str:
    return f"o:{{{org}}}:activity"
