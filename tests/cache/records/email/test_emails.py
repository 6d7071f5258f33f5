"""Letters as they are kept: once per event, whole or not at all, secrets sealed."""

from __future__ import annotations

import dataclasses

import pytest

from cache.records.email import keys as email_keys
from cache.records.email.emails import Email, Emails, EmailState, new_email_id
from cache.sealing import Seal, SealBroken
from cache.stores import Stores
from config.settings import Settings

SECRET = "/invitations/this-lets-somebody-in"


@pytest.fixture
def emails(settings: Settings, stores: Stores) -> Emails:
    return Emails(stores.records, Seal(settings.sealing_keys))


def an_email(**changes: str) -> Email:
    made = Email(
        id=new_email_id(),
        org="us-600",
        to="erin@x.example",
        kind="invitation",
        account_id="a1",
        values={"customer": "C"},
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def test_an_event_makes_one_letter_and_it_is_due(emails: Emails, stores: Stores) -> None:
    first, second = an_email(), an_email()
    assert emails.add(first, once_key="event") == first and emails.add(second, once_key="event") is None
    assert emails.recent("us-600") == emails.to_person("a1") == [first]
    assert stores.records.zrange("due:mail", 0, -1) == [first.id] and emails.was_added("event")


def test_a_path_that_lets_somebody_in_is_sealed_until_sent_and_then_forgotten(
    emails: Emails, stores: Stores
) -> None:
    email = emails.add(an_email(), once_key="event", secret_path=SECRET)
    assert email is not None and emails.path_of(email) == SECRET
    stored = str(stores.records.get(email_keys.email(email.id)))
    assert SECRET not in stored and SECRET not in repr(email)
    emails.settle(email.id, EmailState.SENT)
    sent = emails.get(email.id)
    assert sent is not None and (sent.sealed_path, sent.tries, sent.values) == ("", 1, {"customer": "C"})
    assert stores.records.ttl(email_keys.email(email.id)) > 0


def test_a_sealed_path_opens_in_its_own_letter_only(emails: Emails) -> None:
    one, other = (
        emails.add(an_email(), once_key="1", secret_path=SECRET),
        emails.add(an_email(), once_key="2"),
    )
    assert one is not None and other is not None
    with pytest.raises(SealBroken):
        emails.path_of(dataclasses.replace(other, sealed_path=one.sealed_path))


def test_what_rests_is_not_moved_again(emails: Emails) -> None:
    email = an_email()
    emails.add(email, once_key="event")
    assert emails.begin(email.id) and not emails.begin(email.id)
    assert emails.settle(email.id, EmailState.SENT) and not emails.settle(
        email.id, EmailState.FAILED, why="late"
    )
    assert not emails.begin(email.id)


def test_a_person_can_be_forgotten(emails: Emails) -> None:
    kept, gone = an_email(account_id="a2"), an_email()
    emails.add(kept, once_key="1")
    emails.add(gone, once_key="2")
    assert emails.forget_person("us-600", "a1") == 1
    assert emails.recent("us-600") == [kept] and emails.get(gone.id) is None and emails.to_person("a1") == []
