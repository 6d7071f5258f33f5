"""A client writes to the merchant: two letters, each once, answered to the right person; nothing typed is
lost.
"""

from __future__ import annotations

import dataclasses
from email.message import EmailMessage

import pytest

from cache.records.accounts.merchants import Merchant
from cache.records.connections.connection import ConnectionState
from cache.records.email.emails import Email, EmailState
from cache.records.portal.contact_limits import LIMITS, ContactMethod
from connectors.mail.message import build_message
from connectors.mail.outgoing_email import OutgoingEmail
from tests.gateway.browser import Browser
from tests.gateway.seeding import ORG, Seeding
from workers.email.rendering import RenderContext, render_email
from workers.services import Services

PAGE = "/contact/mail"
TYPED = {"subject": "A question about the mooring", "message": "Is it free\nfrom May on? <b>Thanks</b>"}


def emails(services: Services) -> dict[str, Email]:
    found = services.emails.recent(ORG)
    assert len({item.kind for item in found}) == len(found)
    return {item.kind: item for item in found}


def as_sent(email: Email) -> EmailMessage:
    """As a worker would send it."""
    written = render_email(
        email.kind,
        email.values,
        RenderContext(person="Nora", merchant="M", portal="https://x.example", language="en"),
    )
    mail = OutgoingEmail(
        id=email.id, org=ORG, kind=email.kind, to=email.to, subject=written.subject, text=written.text
    )
    return build_message(mail, mail_from="portal@foyer.example")


def test_the_merchant_gets_it_and_the_client_a_copy(nora: Browser, services: Services) -> None:
    nora.get("/contact")
    assert nora.page.find("a", href=PAGE)
    nora.get(PAGE)
    nora.send(PAGE, TYPED)
    nora.follow()
    assert "on its way to Harbour Light Studio" in nora.text and nora.page.find(role="status")
    found = emails(services)
    message, copy = found["message"], found["message_copy"]
    assert (message.to, message.reply_to) == ("office@harbourlight.example", "nora@northwind.example")
    assert (copy.to, copy.reply_to, copy.account_id) == (
        "nora@northwind.example",
        "office@harbourlight.example",
        "account-46000000002001",
    )
    for email in (message, copy):
        assert (email.values["words"], email.values["subject"]) == (TYPED["message"], TYPED["subject"])
        assert TYPED["message"] in as_sent(email).get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert message.values["customer"] == "Northwind Traders"


def test_a_subject_cannot_add_a_header(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "subject": "Hello\r\nBcc: everybody@x.example\x00\u2028X: y"})
    for email in emails(services).values():
        assert "\n" not in email.values["subject"]
        sent = as_sent(email)
        assert sent["Bcc"] is None and sent["X"] is None and "Bcc: everybody" in sent["Subject"]


def test_a_double_click_is_one_message_and_one_line_of_activity(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    nora.send(PAGE, TYPED)
    nora.send(PAGE, TYPED)
    assert set(emails(services)) == {"message", "message_copy"}
    assert [item.event for item in services.activity.recent(ORG, 10)].count("message_written") == 1
    nora.get("/activity")
    assert "Nora West wrote to the merchant" in nora.text and TYPED["subject"] not in nora.text


def test_what_a_crash_left_out_is_made_up_for(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    form_key = str(nora.form(PAGE).select("input[name=form_key]")[0]["value"])
    services.contact_limits.take(ORG, "account-46000000002001", ContactMethod.MAIL, form_key)
    nora.send(PAGE, TYPED)
    assert set(emails(services)) == {"message", "message_copy"}


@pytest.mark.parametrize(
    ("typed", "field", "expected"),
    [
        ({**TYPED, "subject": "  "}, "subject", "Please say in a few words what it is about."),
        ({**TYPED, "message": " "}, "message", "Please write your message."),
        ({**TYPED, "message": "x" * 5001}, "message", "at most 5000 characters"),
        ({**TYPED, "subject": "x" * 151}, "subject", "at most 150 characters"),
    ],
)
def test_what_cannot_be_taken_comes_back_as_it_was_typed(
    nora: Browser, services: Services, typed: dict[str, str], field: str, expected: str
) -> None:
    nora.get(PAGE)
    nora.send(PAGE, typed, status=422)
    assert expected in nora.page.find(id=f"{field}-error").get_text()
    assert nora.page.find(id="subject")["value"] == typed["subject"]
    assert nora.page.find("textarea").get_text().strip() == typed["message"].strip()
    assert emails(services) == {}


def test_who_writes_very_often_is_asked_to_wait_and_loses_nothing(
    nora: Browser, otto: Browser, services: Services
) -> None:
    for _ in range(LIMITS[ContactMethod.MAIL].most):
        nora.get(PAGE)
        nora.send(PAGE, TYPED)
    before = len(services.emails.recent(ORG))
    nora.get(PAGE)
    nora.send(PAGE, TYPED, status=429)
    assert "not sent yet" in nora.text and nora.page.find(id="subject")["value"] == TYPED["subject"]
    assert int(nora.answer.headers["Retry-After"]) > 0 and len(services.emails.recent(ORG)) == before
    otto.get(PAGE)
    otto.send(PAGE, TYPED)


def test_the_merchants_switch_takes_away_the_button_and_the_way(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    nora.get(PAGE)
    fields = {str(field["name"]): str(field.get("value", "")) for field in nora.form(PAGE).select("input")}
    seed.settings(shows_mail=False)
    nora.get("/contact")
    assert not nora.page.find("a", href=PAGE)
    nora.get(PAGE, status=404)
    nora.post(PAGE, {**fields, **TYPED}, status=404)
    assert emails(services) == {}


def test_without_an_address_of_the_organisation_its_managers_get_it(
    nora: Browser, services: Services
) -> None:
    connection = services.connections.get(ORG)
    assert connection is not None
    profile = {**connection.profile, "email": "Office <office@x.example>, other@x.example"}
    services.connections.save(dataclasses.replace(connection, profile=profile), refresh_token=None)
    nora.get(PAGE)
    assert "has given no e-mail address" in nora.text and not nora.page.find("main").find("form")
    nora.get("/")
    token = str(nora.page.find("input", attrs={"name": "csrf_token"})["value"])
    nora.post(PAGE, {**TYPED, "form_key": "k" * 20, "csrf_token": token}, status=409)
    assert nora.page.find("textarea").get_text().strip() == TYPED["message"]
    services.merchants.save(
        Merchant(id="ada", zoho_user_id="1", dc="us", name="Ada", email="ada@x.example", orgs=(ORG,))
    )
    nora.get(PAGE)
    nora.send(PAGE, TYPED)
    assert emails(services)["message"].to == "ada@x.example"


def test_only_who_sent_it_reads_that_it_was_sent(nora: Browser, otto: Browser) -> None:
    nora.get(PAGE)
    nora.send(PAGE, TYPED)
    sent = nora.answer.headers["Location"]
    otto.get(sent)
    assert "on its way" not in otto.text
    nora.get("/contact?sent=anything")
    assert "on its way" not in nora.text


def test_it_goes_out_while_zoho_cannot_be_asked_and_not_to_a_revoked_person(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    services.connections.mark(ORG, ConnectionState.RECONNECT_NEEDED)
    nora.get(PAGE)
    nora.send(PAGE, TYPED)
    assert {email.state for email in emails(services).values()} == {EmailState.WAITING}
    seed.revoke("account-46000000002001")
    nora.get(PAGE, status=303)
