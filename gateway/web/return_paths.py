"""Safe redirect targets after sign-in or a choice: only pages of this portal (no open redirects)."""

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
    """The page this request came from, per the Referer header: path and query if it is one of ours and can
    be opened again, else `otherwise`.

    Using the Referer keeps secrets in a URL, such as an invitation's, out of link parameters.
    """
    before = _parts(request.referrer or "")
    if before.netloc != request.host:
        return otherwise
    address = before.path + (f"?{before.query}" if before.query else "")
    return safe_return_path(address, otherwise) if _is_readable_page(before.path) else otherwise


def _parts(address: str) -> SplitResult:
    """An empty result for malformed URLs such as "http://["."""
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
