"""Nothing is read for anybody but whom the visit names: not for an organisation or a customer that a browser
sent.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project_rules.project_files import python_files, text_of
from tests.project_rules.scope_rules import BEFORE_A_VISIT, SIFTED, Rules, rules_of, scope_faults
from workers.services import Services

FILES = python_files("gateway")
RULES: Rules = rules_of(Services, [text_of(path) for path in FILES])


def test_everything_is_read_for_whom_the_visit_names() -> None:
    assert [fault for path in FILES for fault in scope_faults(path, text_of(path), RULES)] == []


def test_the_rule_knows_the_stores() -> None:
    assert (
        {"get", "page"} <= RULES.methods["mirror"]
        and "get" in RULES.methods["documents"]
        and "of_customer" in RULES.customers["orders"]
    )
    assert "get" in RULES.wide["orders"] and "page" not in RULES.wide["mirror"]


def test_no_exception_outlives_its_reason() -> None:
    assert [path for path in BEFORE_A_VISIT if path not in FILES] == []
    calls = {name: "".join(text_of(path) for path in FILES if name in ("*", path.name)) for name, _ in SIFTED}
    assert [
        (name, method) for name, method in SIFTED if method.partition(".")[2] + "(" not in calls[name]
    ] == []


@pytest.mark.parametrize(
    "body",
    [
        'return services().mirror.get(CustomerScope(visit.scope.org, customer_id), "invoices", "1")',
        'return services().mirror.get(customer_id, "invoices", "1")',
        'return services().orders.of_customer(visit.scope.org, request.args["customer"], 10)',
        "return services().orders.of_customer(visit.scope.org, customer_id, 10)",
        'return services().orders.of_customer(request.form["org"], visit.scope.customer_id, 10)',
        "org = customer_id\n    return services().orders.of_customer(org, visit.scope.customer_id, 10)",
        "visit = request.args\n    return services().emails.recent(visit, 10)",
        "return services().orders.of_org(visit.scope.org, 10)",
        "return services().orders.get(visit.scope.org, customer_id)",
        "orders = services().orders\n    return orders.get(visit.scope.org, customer_id)",
        "return [services().pdfs.get(org, 'estimates', '1', '') for org in request.args]",
        "return (lambda org: services().orders.get(customer_id, org))('x')",
        "return record_presence(customer_id)",
    ],
)
def test_the_rule_catches(body: str) -> None:
    view = (
        f'@bp.get("/customers/<customer_id>")\n@client_only\ndef show(visit: ClientVisit, '
        f"customer_id: str) -> str:\n    {body}\n"
    )
    assert scope_faults(Path("gateway/documents/new_views.py"), view, RULES) != []


def test_an_organisation_of_the_address_is_not_trusted_and_the_visits_is() -> None:
    view = (
        '@bp.get("/{}")\n@organisation_only\n'
        "def show(visit: OrganisationVisit, org: str) -> str:\n    return services().emails.recent({}, 10)\n"
    )
    assert scope_faults(Path("gateway/documents/new_views.py"), view.format("<org>", "org"), RULES) != []
    assert (
        scope_faults(Path("gateway/documents/new_views.py"), view.format("<org>", "visit.org"), RULES) == []
    )


def test_what_comes_from_the_visit_is_let_through() -> None:
    view = (
        "def show(visit: ClientVisit) -> str:\n    scope, org = visit.scope, visit.scope.org\n"
        '    services().mirror.get(scope, "invoices", "1")\n    order = own_order(visit, "R-1") or '
        "abort(404)\n"
        "    services().orders.first_in_queue(order)\n    return services().orders.of_customer(org, "
        "scope.customer_id, 10)\n"
    )
    assert scope_faults(Path("gateway/documents/new_views.py"), view, RULES) == []
