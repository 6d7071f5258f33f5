"""Keys of emails, digests, and people's choices about them."""

from __future__ import annotations


def emails_of(org: str) -> str:
    return f"o:{{{org}}}:letters"


def email_settings(org: str) -> str:
    """Hash: kind of email → the merchant's mode; and the hour of the digest."""
    return f"o:{{{org}}}:letters:settings"


def digest(org: str, merchant_id: str) -> str:
    """Ids of emails that wait for a merchant's next digest."""
    return f"o:{{{org}}}:digest:{merchant_id}"


def digest_of_day(org: str, merchant_id: str, day: str) -> str:
    """Ids of the emails in one day's digest."""
    return f"o:{{{org}}}:digest:{merchant_id}:{day}"


def emails_to(subject: str) -> str:
    """Ids of the emails to one account or merchant."""
    return f"letters:{subject}"


def email_preferences(account_id: str) -> str:
    """Hash of one client's choices: "off:<kind>", and the key of their unsubscribe links."""
    return f"account:{account_id}:letters"


def email(email_id: str) -> str:
    return f"letter:{email_id}"


def email_once(once_key: str) -> str:
    return f"letter:once:{once_key}"


def due_dates_checked_at(org: str) -> str:
    """The organisation's day on which due dates were last checked."""
    return f"o:{{{org}}}:letters:looked"
