"""Colleagues through Zoho's real consent: invited by address, joining by signing in, kept apart by role."""

from __future__ import annotations

from flask import Flask

from cache.records.accounts.merchants import merchant_id
from cache.records.accounts.team import MerchantRole
from tests.gateway.merchant_browser import MerchantBrowser
from tests.gateway.real_zoho import STUDIO
from workers.services import Services

ADDRESS = "tomas@harbourlight.example"


def invite(
    ada: MerchantBrowser, org: str, email: str = ADDRESS, role: str = "staff", *, status: int = 303
) -> None:
    ada.get(f"/merchant/{org}/colleagues")
    ada.send(f"/merchant/{org}/colleagues/invite", {"email": email, "role": role}, status=status)


def test_a_colleague_is_invited_joins_with_zoho_and_leaves_the_connection_alone(
    ada: MerchantBrowser, org: str, app: Flask, services: Services
) -> None:
    invite(ada, org, ADDRESS.upper())
    email = services.emails.recent(org, 1)[0]
    assert email.to.casefold() == ADDRESS and email.path == "/merchant"
    token = services.connections.refresh_token(org)
    tomas = MerchantBrowser(app, "Tomas Reyes")
    tomas.connect()
    assert STUDIO in tomas.follow().get_text()
    page = tomas.get(f"/merchant/{org}/colleagues")
    assert "Tomas Reyes" in page.get_text() and not page.select("form[action$=invite]")
    assert services.team.role(org, merchant_id("us", ADDRESS)) is MerchantRole.STAFF
    assert services.connections.refresh_token(org) == token, "what Ada connected goes on with her grant"
    tomas.post(f"/merchant/{org}/disconnect", {}, status=400)
    tomas.get(f"/merchant/{org}/disconnect", status=403)


def test_who_was_not_invited_or_whose_invitation_was_withdrawn_stays_outside(
    ada: MerchantBrowser, org: str, app: Flask, services: Services
) -> None:
    invite(ada, org)
    ada.get(f"/merchant/{org}/colleagues")
    ada.send(f"/merchant/{org}/colleagues/withdraw")
    tomas = MerchantBrowser(app, "Tomas Reyes")
    tomas.connect()
    tomas.get(f"/merchant/{org}/", status=404)


def test_an_invitation_alone_is_not_enough_zoho_must_list_the_organisation(
    ada: MerchantBrowser, org: str, app: Flask, services: Services
) -> None:
    services.colleague_invitations.make(
        org,
        merchant_id("eu", "jonas@weberundsohn.example"),
        email="jonas@weberundsohn.example",
        role=MerchantRole.OWNER,
        invited_by="Ada",
    )
    jonas = MerchantBrowser(app, "Jonas Weber")
    jonas.connect(dc="eu")
    jonas.get(f"/merchant/{org}/", status=404)


def test_roles_change_and_somebody_always_owns_it(
    ada: MerchantBrowser, org: str, app: Flask, services: Services
) -> None:
    this, tomas_id = merchant_id("us", "ada@harbourlight.example"), merchant_id("us", ADDRESS)
    page = f"/merchant/{org}/colleagues"
    invite(ada, org, role="owner")
    tomas = MerchantBrowser(app, "Tomas Reyes")
    tomas.connect()
    tomas.get(page)
    tomas.send(f"{page}/role", {"merchant_id": this, "role": "staff"})
    ada.get(page)
    assert not ada.page.select("form[action$=invite]")
    tomas.get(page)
    tomas.send(f"{page}/role", {"merchant_id": tomas_id, "role": "staff"}, status=422)
    assert "needs an owner" in tomas.text
    tomas.send(f"{page}/role", {"merchant_id": this, "role": "owner"})
    ada.get(page)
    ada.send(f"{page}/remove", {"merchant_id": tomas_id})
    tomas.get(page, status=404)
    told = [item.event for item in services.activity.recent(org, 20)]
    assert {"colleague_invited", "colleague_joined", "colleague_role_changed", "colleague_removed"} <= set(
        told
    )


def test_the_one_whose_grant_it_is_is_not_removed(ada: MerchantBrowser, org: str) -> None:
    ada.get(f"/merchant/{org}/colleagues")
    assert not ada.page.select("form[action$=remove]")
    invite(ada, org, "no address", status=422)
    assert "not a mail address" in ada.page.find(id="email-error").get_text()
