"""A merchant's digest: once a day, everything that was gathered, nothing twice, nothing lost."""

from __future__ import annotations

import pytest

from cache.records.accounts.merchants import Merchant
from cache.records.email.email_kinds import Mode
from cache.records.email.email_settings import EmailSettings
from cache.records.email.emails import Email, EmailState, new_email_id
from tests.workers.email.sample_values import SAMPLES
from workers.email.digest import compose_digest
from workers.email.send_email import send_email
from workers.services import Services

ORG, PATH = "us-600", "/merchant/us-600/requests/R-1"


@pytest.fixture
def ada(services: Services) -> Merchant:
    merchant = Merchant(
        id="us-ada", zoho_user_id="1", dc="us", name="Ada", email="ada@x.example", orgs=(ORG,)
    )
    services.merchants.save(merchant)
    services.email_settings.save(ORG, EmailSettings(modes={"estimate_declined": Mode.DIGEST}))
    return merchant


def gathered(services: Services, *, merchant_id: str = "us-ada") -> Email:
    email = Email(
        id=new_email_id(),
        org=ORG,
        to="ada@x.example",
        kind="estimate_declined",
        merchant_id=merchant_id,
        path=PATH,
        values=SAMPLES["estimate_declined"],
    )
    services.emails.add(email, once_key=email.id)
    send_email(email.id, services)
    found = services.emails.get(email.id)
    assert found is not None
    return found


def digests(services: Services) -> list[Email]:
    return [email for email in services.emails.recent(ORG) if email.kind == "digest"]


def test_what_is_gathered_comes_in_one_letter_a_day(services: Services, ada: Merchant) -> None:
    assert [gathered(services).state for _ in range(2)] == [EmailState.GATHERED] * 2
    due = services.stores.records.zrange("due:digests", 0, -1)
    assert due == [f"{ORG}|us-ada"]
    for _ in range(3):
        compose_digest(services, ORG, "us-ada")
    (digest,) = digests(services)
    send_email(digest.id, services)
    sent = services.emails.get(digest.id)
    assert (
        sent is not None
        and sent.state is EmailState.SENT
        and sent.subject == "2 things happened in your client portal"
    )
    assert (
        sent.text.count("Erin declined estimate QT-000042") == 2
        and services.settings.portal_url + PATH in sent.text
    )
    assert services.stores.records.zcard("due:digests") == 0


def test_what_comes_after_the_days_digest_waits_for_the_next(services: Services, ada: Merchant) -> None:
    gathered(services)
    compose_digest(services, ORG, "us-ada")
    gathered(services)
    compose_digest(services, ORG, "us-ada")
    assert len(digests(services)) == 1 and services.stores.records.zcard("due:digests") == 1


def test_a_letter_to_the_house_is_in_everybodys(services: Services, ada: Merchant) -> None:
    services.merchants.save(
        Merchant(id="us-ben", zoho_user_id="2", dc="us", name="Ben", email="ben@x.example", orgs=(ORG,))
    )
    gathered(services, merchant_id="")
    assert sorted(services.stores.records.zrange("due:digests", 0, -1)) == [f"{ORG}|us-ada", f"{ORG}|us-ben"]
