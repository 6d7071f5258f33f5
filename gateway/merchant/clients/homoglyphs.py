"""Addresses with letters that look like others: nоra with a Cyrillic о is somebody else, and whoever invites
her should see it.
"""

from __future__ import annotations

import unicodedata


def describe_homoglyphs(address: str) -> str:
    """The letters beyond plain ones by name, and the domain as mail servers write it; "" for an address
    without any.
    """
    odd = dict.fromkeys(sign for sign in address if not sign.isascii())
    if not odd:
        return ""
    names = ", ".join(f"“{sign}” ({unicodedata.name(sign, 'a sign without a name').lower()})" for sign in odd)
    _, _, domain = address.rpartition("@")
    return f"{names}; domain {_plain_domain(domain)}" if not domain.isascii() else names


def _plain_domain(domain: str) -> str:
    """xn--…; as it is where no mail server could write it."""
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return ascii(domain).strip("'")
