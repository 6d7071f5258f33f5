"""A merchant's digest: once a day, everything that was gathered, nothing twice, nothing lost."""

from __future__ import annotations

import pytest

from cache.records.letter_kinds import Mode
from cache.records.letter_settings import LetterSettings
from cache.records.letters import Letter, LetterState, new_letter_id
from cache.records.merchants import Merchant
from tests.workers.letters.sample_values import SAMPLES
from workers.job_setup import Resources
from workers.letters.digest import write_digest
from workers.letters.send_letter import send_letter

ORG, PATH = "us-600", "/merchant/us-600/requests/R-1"


@pytest.fixture
def ada(desk: Resources) -> Merchant:
    merchant = Merchant(
        id="us-ada", zoho_user_id="1", dc="us", name="Ada", email="ada@x.example", orgs=(ORG,)
    )
    desk.merchants.save(merchant)
    desk.letter_settings.save(ORG, LetterSettings(modes={"estimate_declined": Mode.DIGEST}))
    return merchant


def gathered(desk: Resources, *, merchant_id: str = "us-ada") -> Letter:
    letter = Letter(
        id=new_letter_id(),
        org=ORG,
        to="ada@x.example",
        kind="estimate_declined",
        merchant_id=merchant_id,
        path=PATH,
        values=SAMPLES["estimate_declined"],
    )
    desk.letters.add(letter, once_key=letter.id)
    send_letter(letter.id, desk)
    found = desk.letters.get(letter.id)
    assert found is not None
    return found


def digests(desk: Resources) -> list[Letter]:
    return [one for one in desk.letters.recent(ORG) if one.kind == "digest"]


def test_what_is_gathered_comes_in_one_letter_a_day(desk: Resources, ada: Merchant) -> None:
    assert [gathered(desk).state for _ in range(2)] == [LetterState.GATHERED] * 2
    due = desk.redis.records.zrange("due:digests", 0, -1)
    assert due == [f"{ORG}|us-ada"]
    for _ in range(3):
        write_digest(desk, ORG, "us-ada")
    (digest,) = digests(desk)
    send_letter(digest.id, desk)
    sent = desk.letters.get(digest.id)
    assert (
        sent is not None
        and sent.state is LetterState.SENT
        and sent.subject == "2 things happened in your client portal"
    )
    assert (
        sent.text.count("Erin declined estimate QT-000042") == 2
        and desk.settings.portal_url + PATH in sent.text
    )
    assert desk.redis.records.zcard("due:digests") == 0


def test_what_comes_after_the_days_digest_waits_for_the_next(desk: Resources, ada: Merchant) -> None:
    gathered(desk)
    write_digest(desk, ORG, "us-ada")
    gathered(desk)
    write_digest(desk, ORG, "us-ada")
    assert len(digests(desk)) == 1 and desk.redis.records.zcard("due:digests") == 1


def test_a_letter_to_the_house_is_in_everybodys(desk: Resources, ada: Merchant) -> None:
    desk.merchants.save(
        Merchant(id="us-ben", zoho_user_id="2", dc="us", name="Ben", email="ben@x.example", orgs=(ORG,))
    )
    gathered(desk, merchant_id="")
    assert sorted(desk.redis.records.zrange("due:digests", 0, -1)) == [f"{ORG}|us-ada", f"{ORG}|us-ben"]
