"""The last step of every sign-in, whichever door it began at: into the account, or first to what is still
asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import structlog
from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from cache.records.accounts.accounts import ClientAccount
from gateway.account.sign_in.opened_accounts import proofs_of
from gateway.web.return_paths import safe_return_path
from gateway.web.services import services
from gateway.web.sessions import start_session

log = structlog.get_logger()


def complete_sign_in(
    accounts: Sequence[ClientAccount],
    *,
    return_path: str = "",
    offered: Sequence[ClientAccount] | None = None,
) -> ResponseReturnValue:
    """accounts: what the password or the link opened. offered: those of them whose portal is open, at least
    one; all unless given.

    One is entered; between several the person chooses.
    """
    choices, opened = accounts if offered is None else offered, proofs_of(accounts)
    if len(choices) > 1:
        start_session("half", "", opened=opened)
        return redirect(url_for("account_choices.show", next=return_path or None), code=303)
    return enter_account(choices[0], opened=opened, return_path=return_path)


def enter_account(
    account: ClientAccount,
    *,
    opened: Mapping[str, str],
    passed: Mapping[str, str] | None = None,
    since: dt.datetime | None = None,
    return_path: str = "",
) -> ResponseReturnValue:
    """A client's session when nothing more is asked for. Otherwise a half one, which opens no page, and the
    way to the second
    step: the code, or setting one up where the merchant wants it. opened, passed, since: as in
    cache/records/sign_in/sessions.py.
    """
    factor, given = services().second_factors.get(account.id), (passed or {}).get(account.id)
    is_missing = factor is None and services().portal_settings.get(account.org).requires_second_factor
    if is_missing or (factor is not None and given != factor.since):
        start_session("half", "", opened=opened, passed=passed, awaiting=account.id, since=since)
        step = "second_step.offer" if is_missing else "second_step.show"
        return redirect(url_for(step, next=return_path or None), code=303)
    start_session("client", account.id, account.org, opened=opened, passed=passed, since=since)
    log.info("signed_in", org=account.org, account=account.id)
    return redirect(safe_return_path(return_path, url_for("dashboard.show")), code=303)
