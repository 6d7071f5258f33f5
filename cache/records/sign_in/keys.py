"""Keys of signing in: sessions, emailed links, second factors, failed tries."""

from __future__ import annotations


def link(kind: str, secret_hash: str) -> str:
    """Hash: of an emailed link, its owner, state and expiry."""
    return f"{kind}:{secret_hash}"


def open_link(kind: str, subject_hash: str) -> str:
    """The newest link of this kind for an account or an address."""
    return f"open:{kind}:{subject_hash}"


def link_request(request_id: str) -> str:
    return f"link_wish:{request_id}"


def recent_link_requests(subject_hash: str) -> str:
    """The requests of the last hour from one network address, or for one mailbox."""
    return f"link_requests:{subject_hash}"


def second_factor(account_id: str) -> str:
    """Hash: the sealed secret, when it was set up, the last step used, the salt of the recovery codes."""
    return f"account:{account_id}:factor"


def recovery_codes(account_id: str) -> str:
    """Set: hashes of the unused codes."""
    return f"account:{account_id}:factor:codes"


def offered_factor(session_id: str) -> str:
    return f"factor:offered:{session_id}"


def session(cookie_hash: str) -> str:
    return f"session:{cookie_hash}"


def sessions_of(subject: str) -> str:
    return f"sessions:{subject}"


def client_view(session_id: str) -> str:
    """The client that a merchant's session views as."""
    return f"session:{session_id}:view"


def sign_in_tries(subject_hash: str) -> str:
    return f"tries:{subject_hash}"


def signed_in_from(subject_hash: str) -> str:
    """Exists while an account's sign-in from an address is remembered."""
    return f"signed_in_from:{subject_hash}"
