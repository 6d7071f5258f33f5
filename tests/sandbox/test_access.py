"""Who may call Books, and what those are told who may not (zoho.md 2.1, 3.2)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.books.caller import identify
from sandbox.clock import Clock
from sandbox.refusals import Refused
from sandbox.seed.build import build
from sandbox.seed.organisations import add_user
from sandbox.tokens import exchange_code, give_code
from sandbox.world import World


def test_organizations_needs_no_organisation_and_lists_the_inactive_one_too(zoho):
    found = zoho.get("/organizations", organization_id="")["organizations"]
    assert [(record["name"], record["is_org_active"]) for record in found] == [
        ("Harbour Light Studio", True),
        ("Harbour Light Archive", False),
    ]


def test_one_organisation_shows_how_to_reach_the_merchant(zoho):
    found = zoho.get("/organizations/600123101")["organization"]
    assert (
        found["email"] == "hello@harbourlight.example"
        and found["address"]["zip"] == "10004"
        and "taxes" not in found
    )


def test_users_me_is_who_authorised(zoho):
    assert zoho.get("/users/me")["user"]["name"] == "Ada Okafor"


@pytest.mark.parametrize(
    ("organization_id", "status", "code"),
    [("", 400, 9017), ("200345601", 400, 6041), ("1", 400, 6041)],
    ids=["none", "of another data centre", "unknown"],
)
def test_the_organisation_must_be_given_and_be_the_users_own(zoho, organization_id, status, code):
    answer = zoho.call("GET", "/estimates", organization_id=organization_id)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("token", ["", "1000.nonsense"])
def test_without_a_good_token_nothing_is_said(zoho, token):
    zoho.access_token = token
    answer = zoho.call("GET", "/estimates")
    assert (answer.status_code, answer.json()["code"]) == (401, 57) and "estimates" not in answer.json()


def test_a_token_of_another_data_centre_is_refused(zoho, german):
    german.access_token = zoho.access_token
    answer = german.call("GET", "/organizations", organization_id="")
    assert (answer.status_code, answer.json()["code"]) == (401, 57)


def test_an_organisation_of_somebody_else_in_the_same_data_centre_is_refused():
    centres = build(7, datetime(2026, 11, 23, 12, tzinfo=UTC))
    us, world = centres["us"], World(centres, Clock())
    stranger = add_user(us, "Somebody Else", "else@elsewhere.example")
    code = give_code(
        world,
        us,
        stranger["user_id"],
        {"redirect_uri": "", "scopes": [], "offline": False, "consent": False, "challenge": ""},
    )
    token = exchange_code(world, us, code, "", "")["access_token"]
    with pytest.raises(Refused) as refused:
        identify(world, us, token, "600123101", "/books/v3/estimates")
    assert refused.value.code == 6041


def test_an_access_token_lives_one_hour(zoho):
    zoho.move_clock(3599)
    zoho.get("/users/me")
    zoho.move_clock(2)
    assert zoho.call("GET", "/users/me").status_code == 401


def test_scopes_are_enforced_per_module_and_operation(stranger):
    reader = stranger.connect(scope="ZohoBooks.settings.READ,ZohoBooks.estimates.READ")
    estimate = reader.first("estimates", status="sent")
    accept = reader.call("POST", f"/estimates/{estimate['estimate_id']}/status/accepted")
    assert (accept.status_code, accept.json()["code"]) == (401, 57)
    assert reader.call("GET", "/invoices").json()["code"] == 57
    assert reader.get(f"/estimates/{estimate['estimate_id']}")["estimate"]["status"] == "sent"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"), [("GET", "/quotes", 404, 5), ("DELETE", "/estimates", 405, 37)]
)
def test_wrong_addresses_and_methods_are_answered_in_zohos_envelope(zoho, method, path, status, code):
    answer = zoho.call(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    "kind", ["estimates", "invoices", "customerpayments", "contacts", "recurringinvoices", "creditnotes"]
)
def test_an_unknown_id_is_404_with_code_1002(zoho, kind):
    answer = zoho.call("GET", f"/{kind}/4600000009999999999")
    assert (answer.status_code, answer.json()["code"]) == (404, 1002)
