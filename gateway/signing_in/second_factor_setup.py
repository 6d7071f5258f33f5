"""Setting up a second factor: a secret is shown, and taken once a code made from it was typed. Also who may
change one.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import request
from markupsafe import Markup

from cache.records.account_letters import AccountChange
from cache.records.accounts import ClientAccount
from cache.records.second_factors import SecondFactor
from cache.records.sessions import Session
from gateway.signing_in.account_changes import tell
from gateway.signing_in.known_browsers import browser_known_to
from gateway.signing_in.second_factors import (
    app_address,
    hashed,
    is_right_code,
    matching_step,
    new_recovery_codes,
    new_secret,
    picture_of,
)
from gateway.wiring import wired


class Offer(NamedTuple):
    """What a person is shown. spelled: the secret for typing, in groups of four. address: opens an app on the
    same device.
    """

    picture: Markup
    spelled: str
    address: str


class SetUp(NamedTuple):
    """codes: the recovery codes, which nobody can read again."""

    factor: SecondFactor
    codes: list[str]


def offer_for(session: Session, account: ClientAccount, merchant: str) -> Offer:
    """The same one again until it is confirmed, so that two tabs show one secret."""
    secret = wired().second_factors.offer(session.id, new_secret())
    address = app_address(account, secret, merchant)
    return Offer(
        picture_of(address),
        " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        address,
    )


def confirm(session: Session, account: ClientAccount, typed: str) -> SetUp | None:
    """None when the code does not belong to what was offered. Otherwise every other session of the account
    has ended.
    """
    secret = wired().second_factors.offered(session.id)
    step = matching_step(secret, "".join(typed.split())) if secret else None
    if step is None:
        return None
    codes = new_recovery_codes()
    salt, hashes = hashed(codes)
    factor = wired().second_factors.set_up(account.id, secret, step=step, salt=salt, codes=hashes)
    wired().second_factors.forget_offer(session.id)
    wired().sessions.end_all(account.id, but=session.id)
    tell(account, AccountChange.SECOND_FACTOR_SET_UP)
    return SetUp(factor, codes)


def renew_codes(account: ClientAccount) -> list[str]:
    """New recovery codes in place of those of before."""
    codes = new_recovery_codes()
    salt, hashes = hashed(codes)
    wired().second_factors.renew_codes(account.id, salt=salt, codes=hashes)
    tell(account, AccountChange.RECOVERY_CODES_RENEWED)
    return codes


def take_code(account: ClientAccount, factor: SecondFactor, typed: str) -> float | None:
    """None when the code was right, and is thereby used up; 0 when it was wrong; more: the seconds to wait
    before any is checked.

    Counted like passwords, for the account and where it is tried from, so that strangers do not lock the
    person out.
    """
    tries, subject = wired().sign_in_tries, f"second factor of {account.id}"
    address, browser = request.remote_addr or "", browser_known_to(account.email)
    if wait := tries.take(subject, address, browser=browser):
        return wait
    if not is_right_code(factor, typed):
        return 0
    tries.give_back(subject, address, browser=browser)
    now = wired().second_factors.get(account.id)
    if now is not None and now.codes_left < factor.codes_left:
        tell(account, AccountChange.RECOVERY_CODE_USED)
    return None


def check_password(account: ClientAccount, password: str) -> float | None:
    """The same for the password of somebody who is signed in and wants to change the lock."""
    tries, address, browser = (
        wired().sign_in_tries,
        request.remote_addr or "",
        browser_known_to(account.email),
    )
    if wait := tries.take(account.email, address, browser=browser):
        return wait
    if not wired().passwords.is_right(password, account.password_hash):
        return 0
    tries.give_back(account.email, address, browser=browser)
    return None
