"""Who may call Billing, for which organisation, how often (zoho.md 1.6, 2.1, 3.1, 8)."""

from __future__ import annotations

HARBOUR_LIGHT, ARCHIVE = "600123101", "600123102"


def test_the_organisation_stands_in_a_header_and_not_among_the_parameters(billing):
    assert billing.call("GET", "/plans").status_code == 200
    without = billing.call("GET", "/plans", organisation="", organization_id=HARBOUR_LIGHT)
    assert (without.status_code, without.json()["code"]) == (400, 9017)


def test_a_foreign_organisation_or_one_without_billing_is_not_theirs(billing):
    for other in ("200345601", ARCHIVE, "1"):
        answer = billing.call("GET", "/plans", organisation=other)
        assert (answer.status_code, answer.json()["code"]) == (400, 6041)


def test_billing_organisations_are_listed_without_the_header(billing):
    rows = billing.call("GET", "/organizations", organisation="").json()["organizations"]
    assert [(row["organization_id"], row["name"], row["currency_code"]) for row in rows] == [
        (HARBOUR_LIGHT, "Harbour Light Studio", "USD")
    ]


def test_a_merchant_without_billing_has_no_billing_organisation(billing_type, german):
    german.connect(scope="ZohoSubscriptions.settings.READ")
    assert billing_type(german).call("GET", "/organizations", organisation="").json()["organizations"] == []
    assert billing_type(german).call("GET", "/plans").json()["code"] == 6041


def test_billing_may_know_the_organisation_by_another_id(billing):
    billing.visitor.settings(billing_organization_id="777001")
    assert (
        billing.call("GET", "/organizations", organisation="").json()["organizations"][0]["organization_id"]
        == "777001"
    )
    assert billing.call("GET", "/plans", organisation="777001").status_code == 200
    assert billing.call("GET", "/plans").json()["code"] == 6041
    assert billing.visitor.call("GET", "/users/me").status_code == 200


def test_scopes_of_books_say_nothing_about_billing_and_the_other_way_round(billing, stranger):
    stranger.connect(scope="ZohoBooks.invoices.ALL,ZohoSubscriptions.plans.READ")
    others = ("/invoices", "/subscriptions", "/events", "/organizations")
    assert billing.call("GET", "/plans").status_code == 200
    assert [billing.call("GET", path).json()["code"] for path in others] == [57] * 4
    assert (
        stranger.call("GET", "/invoices").status_code == 200
        and stranger.call("GET", "/contacts").json()["code"] == 57
    )


def test_a_token_that_is_not_one_is_refused_before_anything_else(billing):
    billing.visitor.access_token = "1000.no.such"
    answer = billing.call("GET", "/plans", organisation="")
    assert (answer.status_code, answer.json()["code"]) == (401, 57)


def test_the_limit_of_a_minute_counts_billing_alone(billing):
    billing.visitor.settings(billing_calls_per_minute=2)
    assert [billing.call("GET", "/plans").status_code for _ in range(3)] == [200, 200, 429]
    assert billing.call("GET", "/plans").json()["code"] == 44
    assert billing.visitor.call("GET", "/users/me").status_code == 200
    billing.visitor.move_clock(61)
    assert billing.call("GET", "/plans").status_code == 200


def test_the_day_of_billing_is_its_own_and_no_header_tells_of_it(billing):
    billing.visitor.settings(billing_calls_per_day=1)
    answer = billing.call("GET", "/plans")
    assert not [name for name in answer.headers if name.casefold().startswith("x-rate-limit")]
    assert billing.call("GET", "/plans").json()["code"] == 45
    assert int(billing.visitor.call("GET", "/users/me").headers["X-Rate-Limit-Remaining"]) > 1


def test_unknown_addresses_and_methods_are_refused_in_zohos_words(billing):
    assert (billing.call("GET", "/nothing").status_code, billing.call("GET", "/nothing").json()["code"]) == (
        404,
        5,
    )
    assert (
        billing.call("DELETE", "/plans").status_code,
        billing.call("DELETE", "/plans").json()["code"],
    ) == (405, 37)


def test_calls_to_billing_are_logged_and_can_be_made_to_fail(billing, sandbox):
    sandbox.fault("status", path="/billing/v1/plans", organization_id=HARBOUR_LIGHT, status=500)
    assert [billing.call("GET", "/plans").status_code for _ in range(2)] == [500, 200]
    logged = [call for call in sandbox.calls() if call["path"] == "/billing/v1/plans"]
    assert [(record["status"], record["effect"]) for record in logged] == [(500, False), (200, False)]
    assert {record["organization_id"] for record in logged} == {HARBOUR_LIGHT}
