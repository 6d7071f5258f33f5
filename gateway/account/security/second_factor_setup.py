"""Setting up a second factor: a secret is shown, and taken once a code made from it was typed. Also who may
change one.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import request
from markupsafe import Markup

from cache.records.accounts.accounts import ClientAccount
from cache.records.email.account_emails import AccountChange
from cache.records.sign_in.second_factors import SecondFactor
from cache.records.sign_in.sessions import Session
from gateway.account.security.account_changes import notify_change
from gateway.account.security.passwords import passwords
from gateway.account.security.second_factors import (
    app_address,
    hashed,
    is_right_code,
    matching_step,
    new_recovery_codes,
    new_secret,
    qr_code,
)
from gateway.account.sign_in.known_browsers import browser_known_to
from gateway.web.services import services


class SetupOffer(NamedTuple):
    """What a person is shown. spelled: the secret for typing, in groups of four. address: opens an app on the
    same device.
    """

    picture: Markup
    spelled: str
    address: str


class CompletedSetup(NamedTuple):
    """codes: the recovery codes, which nobody can read again."""

    factor: SecondFactor
    codes: list[str]


def offer_for(session: Session, account: ClientAccount, merchant: str) -> SetupOffer:
    """The same one again until it is confirmed, so that two tabs show one secret."""
    secret = services().second_factors.offer(session.id, new_secret())
    address = app_address(account, secret, merchant)
    return SetupOffer(
        qr_code(address),
        " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        address,
    )


def confirm(session: Session, account: ClientAccount, typed: str) -> CompletedSetup | None:
    """None when the code does not belong to what was offered. Otherwise every other session of the account
    has ended.
    """
    secret = services().second_factors.offered(session.id)
    step = matching_step(secret, "".join(typed.split())) if secret else None
    if step is None:
        return None
    codes = new_recovery_codes()
    salt, hashes = hashed(codes)
    factor = services().second_factors.set_up(account.id, secret, step=step, salt=salt, codes=hashes)
    services().second_factors.forget_offer(session.id)
    services().sessions.end_all(account.id, but=session.id)
    notify_change(account, AccountChange.SECOND_FACTOR_SET_UP)
    return CompletedSetup(factor, codes)


def renew_codes(account: ClientAccount) -> list[str]:
    """New recovery codes in place of those of before."""
    codes = new_recovery_codes()
    salt, hashes = hashed(codes)
    services().second_factors.renew_codes(account.id, salt=salt, codes=hashes)
    notify_change(account, AccountChange.RECOVERY_CODES_RENEWED)
    return codes


def take_code(account: ClientAccount, factor: SecondFactor, typed: str) -> float | None:
    """None when the code was right, and is thereby used up; 0 when it was wrong; more: the seconds to wait
    before any is checked.

    Counted like passwords, for the account and where it is tried from, so that strangers do not lock the
    person out.
    """
    tries, subject = services().sign_in_tries, f"second factor of {account.id}"
    address, browser = request.remote_addr or "", browser_known_to(account.email)
    if wait := tries.take(subject, address, browser=browser):
        return wait
    if not is_right_code(factor, typed):
        return 0
    tries.give_back(subject, address, browser=browser)
    now = services().second_factors.get(account.id)
    if now is not None and now.codes_left < factor.codes_left:
        notify_change(account, AccountChange.RECOVERY_CODE_USED)
    return None


def check_password(account: ClientAccount, password: str) -> float | None:
    """The same for the password of somebody who is signed in and wants to change the lock."""
    tries, address, browser = (
        services().sign_in_tries,
        request.remote_addr or "",
        browser_known_to(account.email),
    )
    if wait := tries.take(account.email, address, browser=browser):
        return wait
    if not passwords().is_right(password, account.password_hash):
        return 0
    tries.give_back(account.email, address, browser=browser)
    return None
