"""Where a person may be sent after signing in or choosing: only to a page of this portal."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException


def safe_return_path(address: str, otherwise: str) -> str:
    """The address when it is a plain path of ours, else `otherwise`. Browsers read //host and /\\host as
    another site.
    """
    parts = _parts(address)
    is_ours = (
        address.startswith("/")
        and not parts.scheme
        and not parts.netloc
        and not address.startswith(("//", "/\\"))
    )
    has_odd_signs = any(ord(sign) < 33 or sign == "\\" for sign in address)
    return address if is_ours and not has_odd_signs else otherwise


def referring_page(otherwise: str) -> str:
    """The page this request came from, as the browser says: its path and query when it is one of ours that
    can be opened again.

    The Referer keeps what stands in an address, such as the secret of an invitation, out of the addresses of
    links.
    """
    before = _parts(request.referrer or "")
    if before.netloc != request.host:
        return otherwise
    address = before.path + (f"?{before.query}" if before.query else "")
    return safe_return_path(address, otherwise) if _is_readable_page(before.path) else otherwise


def _parts(address: str) -> SplitResult:
    """What is no address at all is nobody's: "http://[" and the like."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("none:")


def _is_readable_page(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    try:
        return adapter is not None and bool(adapter.match(path, method="GET"))
    except HTTPException:
        return False
