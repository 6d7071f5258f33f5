"""Where a person may be sent after signing in: only to a page of this portal."""

from __future__ import annotations

from urllib.parse import urlsplit


def safe_way_back(address: str, otherwise: str) -> str:
    """The address when it is a plain path of ours, else `otherwise`. Browsers read //host and /\\host as another site."""
    parts = urlsplit(address)
    is_ours = address.startswith("/") and not parts.scheme and not parts.netloc and not address.startswith(("//", "/\\"))
    has_odd_signs = any(ord(sign) < 33 or sign == "\\" for sign in address)
    return address if is_ours and not has_odd_signs else otherwise
