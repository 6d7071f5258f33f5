"""Codes of an app (RFC 6238) and recovery codes: made, shown and checked."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Sequence

import pyotp
import segno
from markupsafe import Markup

from cache.records.accounts.accounts import ClientAccount
from cache.records.sign_in.second_factors import SecondFactor
from gateway.account.security.passwords import passwords
from gateway.web.services import services

STEP = 30
"""Seconds for which an app shows one code."""

DRIFT = (0, -1, 1)
"""Steps around now whose codes are taken: clocks differ, and typing takes a moment."""

CODES, CODE_LETTERS, GROUP = 10, 12, 4
"""How many recovery codes there are, and how they are written: abcd-efgh-jkmn, about 59 bits each."""

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters that are taken for others."""


def new_secret() -> str:
    """160 random bits in base32."""
    return pyotp.random_base32()


def matching_step(secret: str, typed: str, *, now: float | None = None) -> int | None:
    """The step whose code was typed, None when it is none of now. Says nothing about whether it was used
    before.
    """
    app, step = pyotp.TOTP(secret), int(time.time() if now is None else now) // STEP
    found = [
        step + drift
        for drift in DRIFT
        if hmac.compare_digest(app.at((step + drift) * STEP).encode(), typed.encode())
    ]
    return found[0] if found else None


def is_right_code(factor: SecondFactor, typed: str) -> bool:
    """Whether this code of the app, or this recovery code, opens the account now. A right one is thereby used
    up.
    """
    plain = "".join(typed.split()).replace("-", "").casefold()
    if plain.isascii() and plain.isdigit() and len(plain) == 6:
        step = matching_step(factor.secret, plain) if factor.secret else None
        return step is not None and services().second_factors.take_step(factor, step)
    if len(plain) != CODE_LETTERS or set(plain) - set(ALPHABET):
        return False
    return services().second_factors.take_code(factor.account_id, passwords().salted(plain, factor.salt))


def new_recovery_codes() -> list[str]:
    """As a person reads them."""
    return [_grouped("".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))) for _ in range(CODES)]


def hashed(codes: Sequence[str]) -> tuple[str, list[str]]:
    """(a new salt, the hash of each code with it): what is kept."""
    salt = secrets.token_hex(16)
    return salt, [passwords().salted(code.replace("-", ""), salt) for code in codes]


def app_address(account: ClientAccount, secret: str, merchant: str) -> str:
    """What an app reads: otpauth://…; it shows the merchant's name and the address."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=merchant or "Foyer")


def qr_code(address: str) -> Markup:
    """The address as a QR code: a drawing in the page, with attributes instead of styles, dark on light in
    every theme.
    """
    drawing = segno.make(address, error="m", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True
    )
    return Markup(drawing)  # noqa: S704 - made from the encoded squares alone


def _grouped(text: str) -> str:
    return "-".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))
