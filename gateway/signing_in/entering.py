"""The last step of every sign-in, whichever door it began at: into the account, or first to what is still
asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import structlog
from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from cache.records.accounts import ClientAccount
from gateway.sessions import start_session
from gateway.signing_in.opened_accounts import proofs_of
from gateway.ways_back import safe_way_back
from gateway.wiring import wired

log = structlog.get_logger()


def let_in(
    accounts: Sequence[ClientAccount], *, way_back: str = "", offered: Sequence[ClientAccount] | None = None
) -> ResponseReturnValue:
    """accounts: what the password or the link opened. offered: those of them whose portal is open, at least
    one; all unless given.

    One is entered; between several the person chooses.
    """
    choices, opened = accounts if offered is None else offered, proofs_of(accounts)
    if len(choices) > 1:
        start_session("half", "", opened=opened)
        return redirect(url_for("account_choices.show", next=way_back or None), code=303)
    return enter(choices[0], opened=opened, way_back=way_back)


def enter(
    account: ClientAccount,
    *,
    opened: Mapping[str, str],
    passed: Mapping[str, str] | None = None,
    since: dt.datetime | None = None,
    way_back: str = "",
) -> ResponseReturnValue:
    """A client's session when nothing more is asked for. Otherwise a half one, which opens no page, and the
    way to the second
    step: the code, or setting one up where the merchant wants it. opened, passed, since: as in
    cache/records/sessions.py.
    """
    factor, given = wired().second_factors.get(account.id), (passed or {}).get(account.id)
    is_missing = factor is None and wired().portal_settings.get(account.org).requires_second_factor
    if is_missing or (factor is not None and given != factor.since):
        start_session("half", "", opened=opened, passed=passed, awaiting=account.id, since=since)
        step = "second_step.offer" if is_missing else "second_step.show"
        return redirect(url_for(step, next=way_back or None), code=303)
    start_session("client", account.id, account.org, opened=opened, passed=passed, since=since)
    log.info("signed_in", org=account.org, account=account.id)
    return redirect(safe_way_back(way_back, url_for("dashboard.show")), code=303)
