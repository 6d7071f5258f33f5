"""What a client chooses about letters, signed in, and by one click in a letter without a sign-in."""

from __future__ import annotations

import pytest
from flask import Flask

from cache.records.email.email_kinds import STOPPABLE, Mode
from cache.records.email.email_settings import EmailSettings
from gateway.web.email_labels import OPTIONAL_EMAILS
from tests.gateway.browser import Browser
from tests.gateway.conftest import EMAIL
from workers.services import Services

PAGE = "/details/letters"


def account(services: Services) -> str:
    return services.accounts.by_email(EMAIL)[0].id


def test_every_kind_that_may_be_stopped_has_its_words() -> None:
    assert set(OPTIONAL_EMAILS) == set(STOPPABLE)


def test_boxes_that_are_not_ticked_stop_their_letters(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    assert len(nora.page.select("input[type=checkbox][checked]")) == len(STOPPABLE)
    nora.send(PAGE, {"receipt": "true", "invoice_overdue": "true"})
    assert services.email_preferences.unwanted(account(services)) == set(STOPPABLE) - {
        "receipt",
        "invoice_overdue",
    }
    nora.follow()
    assert "Saved." in nora.text and len(nora.page.select("input[type=checkbox][checked]")) == 2


def test_what_the_merchant_does_not_send_is_not_offered_and_stays_as_chosen(
    nora: Browser, seed: object, services: Services
) -> None:
    services.email_preferences.stop(account(services), "receipt")
    org = services.accounts.by_email(EMAIL)[0].org
    services.email_settings.save(org, EmailSettings(modes={"receipt": Mode.OFF}))
    nora.get(PAGE)
    assert nora.page.find(id="receipt") is None
    nora.send(PAGE, dict.fromkeys(set(STOPPABLE) - {"receipt"}, "true"))
    assert services.email_preferences.unwanted(account(services)) == {"receipt"}


def test_looking_at_the_link_changes_nothing_and_pressing_stops_one_kind(
    visitor: Browser, services: Services
) -> None:
    link = (
        f"/letters/stop/{services.email_preferences.unsubscribe_token(account(services), 'invoice_overdue')}"
    )
    visitor.get(link)
    assert (
        "Overdue invoices" in visitor.text
        and services.email_preferences.unwanted(account(services)) == frozenset()
    )
    visitor.send(link, status=200)
    assert "stopped" in visitor.text and services.email_preferences.unwanted(account(services)) == {
        "invoice_overdue"
    }


def test_a_mail_programs_one_click_needs_no_cookie_and_no_token(
    app: Flask, seed: object, services: Services
) -> None:
    link = f"/letters/stop/{services.email_preferences.unsubscribe_token(account(services), 'receipt')}"
    for _ in range(2):
        answer = app.test_client().post(link, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert services.email_preferences.unwanted(account(services)) == {"receipt"}


@pytest.mark.parametrize("change", ["proof", "kind", "account", "necessary"])
def test_a_link_that_was_made_up_stops_nothing(
    app: Flask, seed: object, services: Services, change: str
) -> None:
    mine, others = account(services), services.accounts.by_email("otto@southgate.example")[0].id
    word = services.email_preferences.unsubscribe_token(mine, "receipt")
    services.email_preferences.unsubscribe_token(others, "receipt")
    made_up = {
        "proof": word[:-1] + ("0" if word[-1] != "0" else "1"),
        "kind": word.replace("receipt", "new_estimate"),
        "account": word.replace(mine, others),
        "necessary": services.email_preferences.unsubscribe_token(mine, "invitation"),
    }[change]
    assert app.test_client().post(f"/letters/stop/{made_up}").status_code == 404
    assert (
        services.email_preferences.unwanted(mine)
        == services.email_preferences.unwanted(others)
        == frozenset()
    )
