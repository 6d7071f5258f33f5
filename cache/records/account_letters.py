"""Letters that tell a person what changed about how they sign in, so that they notice what was not them. Pure."""

from __future__ import annotations

from enum import StrEnum

from cache.records.accounts import ClientAccount
from cache.records.letters import Letter, new_letter_id


class AccountChange(StrEnum):
    """What a person is written to about; also the name of the event in the activity."""

    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an event
    SECOND_FACTOR_SET_UP = "second_factor_set_up"
    SECOND_FACTOR_OFF = "second_factor_off"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    RECOVERY_CODE_USED = "recovery_code_used"


SUBJECTS = {
    AccountChange.PASSWORD_CHANGED: "Your password was changed",
    AccountChange.SECOND_FACTOR_SET_UP: "A second step protects your sign-in now",
    AccountChange.SECOND_FACTOR_OFF: "The second step of your sign-in was switched off",
    AccountChange.SECOND_FACTOR_REMOVED: "The second step of your sign-in was taken away",
    AccountChange.RECOVERY_CODES_RENEWED: "You have new recovery codes",
    AccountChange.RECOVERY_CODE_USED: "A recovery code was used to sign in",
}
SENTENCES = {
    AccountChange.PASSWORD_CHANGED: "The password was changed, and every other session has ended.",
    AccountChange.SECOND_FACTOR_SET_UP: "From now on a code from an app is asked for after the password. Every other session has ended.",
    AccountChange.SECOND_FACTOR_OFF: "No code is asked for any more after the password.",
    AccountChange.SECOND_FACTOR_REMOVED: "{merchant} took the code after the password away, and every session has ended. "
    "Set up a new one after signing in.",
    AccountChange.RECOVERY_CODES_RENEWED: "New recovery codes were made. Those of before open nothing any more.",
    AccountChange.RECOVERY_CODE_USED: "One of the recovery codes was used instead of a code from the app. It cannot be used again.",
}
TEXT = """Hello {person},

this is about your account {email} with {merchant}. {sentence}

If it was you, there is nothing to do. If it was not, choose a new password at {link} and tell {merchant}.
"""


def account_letter(change: AccountChange, account: ClientAccount, *, merchant: str, link: str) -> Letter:
    """merchant: a name. link: the page that asks for a new password."""
    sentence = SENTENCES[change].format(merchant=merchant)
    return Letter(
        id=new_letter_id(), org=account.org, to=account.email, kind=change.value, account_id=account.id, subject=SUBJECTS[change],
        text=TEXT.format(person=account.name, email=account.email, merchant=merchant, sentence=sentence, link=link),
    )  # fmt: skip
