"""The merchant's letters: which go out, what became of them, and a test letter."""

from __future__ import annotations

import pytest

from cache.records.email.email_kinds import EMAIL_KINDS, Mode
from cache.records.email.emails import EmailState
from cache.records.portal.portal_settings import PortalSettings
from config.settings import Settings
from tests.gateway.merchant_browser import MerchantBrowser
from workers.email.send_email import send_email
from workers.services import Services, build_services


@pytest.fixture
def worker_services(settings: Settings) -> Services:
    return build_services(settings)


def test_switches_modes_and_the_hour_are_kept_and_told(
    ada: MerchantBrowser, org: str, services: Services
) -> None:
    page = f"/merchant/{org}/letters"
    ada.get(page)
    chosen = {
        str(element["name"]): str(element.select_one("option[selected]")["value"])
        for element in ada.page.select("select")
    }
    assert chosen["payment_received"] == "digest" and chosen["digest_hour"] == "7"
    ada.send(
        page,
        chosen | {"receipt": "true", "estimate_declined": "off", "review": "digest", "digest_hour": "18"},
    )
    settings = services.email_settings.get(org)
    assert (settings.mode("receipt"), settings.mode("new_estimate")) == (Mode.NOW, Mode.OFF)
    assert (settings.mode("estimate_declined"), settings.mode("review"), settings.digest_hour) == (
        Mode.OFF,
        Mode.DIGEST,
        18,
    )
    told = services.activity.recent(org, 1)[0]
    assert (
        told.event == "letters_saved"
        and told.fields["An estimate was declined"] == "Not at all"
        and "Receipts" not in told.fields
    )
    ada.follow()
    ticked = {str(field["name"]) for field in ada.page.select("input[type=checkbox][checked]")}
    assert "Saved." in ada.text and ticked == {"receipt"}


def test_what_always_goes_out_is_not_on_the_page(ada: MerchantBrowser, org: str) -> None:
    ada.get(f"/merchant/{org}/letters")
    named = {str(field["name"]) for field in ada.page.select("main input, main select")} & set(EMAIL_KINDS)
    assert named == {kind.name for kind in EMAIL_KINDS.values() if kind.is_switchable}


def test_a_test_letter_goes_the_way_of_all_letters_and_can_be_read(
    ada: MerchantBrowser, org: str, services: Services, worker_services: Services
) -> None:
    services.portal_settings.save(org, PortalSettings(portal_name="Harbour <Portal>", colour="#aa3311"))
    page = f"/merchant/{org}/mails"
    ada.get(page)
    ada.send(f"/merchant/{org}/test-letter")
    ada.follow()
    assert "on its way" in ada.text and "Waiting" in ada.text
    (email,) = services.emails.recent(org)
    send_email(email.id, worker_services)
    ada.get(page)
    assert "A test letter from your client portal" in ada.text and "Harbour <Portal>" in ada.text
    answer = ada._client.get(f"{page}/{email.id}")
    assert answer.status_code == 200 and "Harbour &lt;Portal&gt;" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_letters_are_narrowed_and_say_why_they_failed(
    ada: MerchantBrowser, org: str, services: Services, worker_services: Services
) -> None:
    page = f"/merchant/{org}/mails"
    for _ in range(2):
        ada.get(page)
        ada.send(f"/merchant/{org}/test-letter")
    failed, _ = services.emails.recent(org)
    services.emails.settle(
        failed.id, EmailState.FAILED, why="the mail server did not take the recipient", subject="Hello"
    )
    ada.get(f"{page}?state=failed")
    assert "The mail server did not take the recipient." in ada.text and len(ada.page.select("article")) == 1
    ada.get(f"{page}?state=failed&q=nobody")
    assert "No letter matches" in ada.text
    ada.get(f"{page}?state=<b>")
    assert len(ada.page.select("article")) == 2


def test_anothers_letter_is_not_there(
    ada: MerchantBrowser, org: str, services: Services, worker_services: Services
) -> None:
    ada.get(f"/merchant/{org}/mails/{'0' * 20}", status=404)
