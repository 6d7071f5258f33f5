"""The sandbox's error responses."""

from __future__ import annotations


class Refused(Exception):
    """Zoho's `{"code": n, "message": "…"}` with its HTTP status (zoho.md 3.2)."""

    def __init__(self, code: int, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


def not_found() -> Refused:
    """An id that is unknown, deleted, or of another organisation (zoho.md 2.6)."""
    return Refused(1002, "Resource does not exist.", 404)


def not_authorised() -> Refused:
    """Missing scope, bad token or a token of another data centre (zoho.md 3.2)."""
    return Refused(57, "You are not authorized to perform this operation", 401)


def invalid_value(name: str) -> Refused:
    """A parameter or field with an invalid value."""
    return Refused(4, f"Invalid value passed for {name}")
