"""Emails that tell a person about changes to their sign-in, so that they notice an intruder. Pure."""

from __future__ import annotations

from enum import StrEnum

from cache.records.accounts.accounts import ClientAccount
from cache.records.email.emails import Email, new_email_id


class AccountChange(StrEnum):
    """The reason for the email; also the name of the event in the activity."""

    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an event
    SECOND_FACTOR_SET_UP = "second_factor_set_up"
    SECOND_FACTOR_OFF = "second_factor_off"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    RECOVERY_CODE_USED = "recovery_code_used"


def account_email(change: AccountChange, account: ClientAccount, *, path: str) -> Email:
    """path: of the page that requests a new password."""
    values = {"event": change.value, "email": account.email}
    return Email(
        id=new_email_id(),
        org=account.org,
        to=account.email,
        kind="sign_in_notice",
        account_id=account.id,
        values=values,
        path=path,
    )
