"""The merchant's requests: filtered, confirmed, turned down, tried again; each once, and in the activity."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from flask import Flask

from cache.records.connections.connection import ConnectionState
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.records.orders.payment_proofs import PaymentProof
from cache.records.orders.reported_payment import ReportedPayment
from connectors.zoho.documents.estimate import Estimate
from tests.gateway.merchant_browser import MerchantBrowser
from tests.servers.worker_process import an_answer
from workers.services import Services

TOLD = ReportedPayment(dt.date(2026, 11, 20), "banktransfer", "SEPA 77")


@pytest.fixture
def report(services: Services, org: str) -> Order:
    about = Estimate(
        id="46000000004001",
        number="INV-004001",
        status="",
        customer_id="5",
        total=Decimal("12.50"),
        currency="USD",
    )
    made = an_answer(org, about, OrderKind.RECORD_PAYMENT)
    order = dataclasses.replace(
        made,
        steps=(dataclasses.replace(made.steps[0], state=OrderState.PROPOSED),),
        payload=TOLD,
        state=OrderState.PROPOSED,
        next_at=None,
        not_after=dt.datetime.now(dt.UTC) - dt.timedelta(days=1),
    )
    return services.orders.record(order, form_key=order.id)


def page(report: Order) -> str:
    return f"/merchant/{report.org}/requests/{report.id}"


def now(services: Services, order: Order) -> Order:
    found = services.orders.get(order.org, order.id)
    assert found is not None
    return found


def test_a_confirmed_payment_is_due_with_time_left(
    ada: MerchantBrowser, services: Services, report: Order
) -> None:
    ada.get(f"/merchant/{report.org}/")
    assert "1 thing needs you" in ada.text
    ada.get(page(report))
    assert "SEPA 77" in ada.text and "$12.50" in ada.text
    ada.send(f"{page(report)}/confirm")
    found = now(services, report)
    assert found.state is OrderState.RECORDED and found.not_after > dt.datetime.now(dt.UTC) + dt.timedelta(
        hours=71
    )
    assert services.orders.due(10) == [(report.org, report.id)]
    assert [
        entry.event for entry, _ in zip(services.activity.recent(report.org, 1), range(1), strict=False)
    ] == ["payment_confirmed"]


def test_confirmed_twice_is_confirmed_once(ada: MerchantBrowser, services: Services, report: Order) -> None:
    ada.get(page(report))
    form = {
        str(field["name"]): str(field["value"])
        for field in ada.form(f"{page(report)}/confirm").select("input[type=hidden]")
    }
    for _ in range(2):
        ada.post(f"{page(report)}/confirm", form)
    assert [step.state for step in now(services, report).steps].count(OrderState.RECORDED) == 1
    assert sum(entry.event == "payment_confirmed" for entry in services.activity.recent(report.org, 50)) == 1


def test_turned_down_the_client_reads_why(ada: MerchantBrowser, services: Services, report: Order) -> None:
    ada.get(page(report))
    ada.send(f"{page(report)}/turn-down", {"words": " "}, status=422)
    assert "Please tell the client why" in ada.text and now(services, report).state is OrderState.PROPOSED
    ada.send(f"{page(report)}/turn-down", {"words": "No money has come."})
    found = now(services, report)
    assert found.state is OrderState.REFUSED and found.steps[-1].message.endswith(
        "did not confirm the payment: No money has come."
    )
    ada.get(page(report))
    assert not ada.page.find("form", action=f"{page(report)}/confirm")


def test_what_was_withdrawn_can_no_longer_be_confirmed(
    ada: MerchantBrowser, services: Services, report: Order
) -> None:
    ada.get(page(report))
    assert services.orders.withdraw(report.org, report.id, message="Erin withdrew it.")
    ada.send(f"{page(report)}/confirm")
    assert now(services, report).state is OrderState.WITHDRAWN


def test_requests_are_found_by_where_they_stand(
    ada: MerchantBrowser, services: Services, report: Order
) -> None:
    answer = an_answer(
        report.org,
        Estimate(id="7", number="QT-7", status="sent", customer_id="5", total=Decimal(1), currency="USD"),
    )
    services.orders.record(answer, form_key=answer.id)
    shown = {
        "all": {report.id, answer.id},
        "yours": {report.id},
        "open": {answer.id},
        "done": set(),
        "nonsense": {report.id, answer.id},
    }
    for show, wanted in shown.items():
        ada.get(f"/merchant/{report.org}/requests?show={show}")
        assert {element.get_text() for element in ada.page.select("th.row-title a")} == wanted, show


def test_a_stuck_request_is_tried_again(ada: MerchantBrowser, services: Services, org: str) -> None:
    answer = an_answer(
        org, Estimate(id="7", number="QT-7", status="sent", customer_id="5", total=Decimal(1), currency="USD")
    )
    services.orders.record(answer, form_key=answer.id)
    claim = services.orders.claim(org, answer.id, lease=5, settle=1)
    assert claim is not None
    services.orders.move(claim, OrderState.NEEDS_ATTENTION, message="A person must look at it.")
    ada.get(page(answer))
    ada.send(f"{page(answer)}/retry")
    assert now(services, answer).state is OrderState.RECORDED


def test_another_merchants_organisation_is_absent(ada: MerchantBrowser, report: Order) -> None:
    ada.get("/merchant/us-999999/requests", status=404)
    ada.get(f"/merchant/us-999999/requests/{report.id}", status=404)


def test_what_waited_for_the_connection_goes_on_at_once_when_it_is_back(
    ada: MerchantBrowser, services: Services, org: str
) -> None:
    answer = an_answer(
        org, Estimate(id="7", number="QT-7", status="sent", customer_id="5", total=Decimal(1), currency="USD")
    )
    services.orders.record(answer, form_key=answer.id)
    claim = services.orders.claim(org, answer.id, lease=5, settle=1)
    assert claim is not None
    services.orders.move(
        claim, OrderState.WAITING, message="The merchant's connection to Zoho has ended.", next_in=600
    )
    assert services.orders.due(10) == []
    services.connections.mark(
        org, ConnectionState.RECONNECT_NEEDED, why="Zoho no longer accepts the connection"
    )
    ada.get(f"/merchant/{org}/")
    ada.send(f"/merchant/{org}/reconnect")
    ada.agree()
    assert services.orders.due(10) == [(org, answer.id)]
    assert now(services, answer).steps[-1].message == "The merchant has connected again."


def test_an_attached_file_is_a_download_for_this_merchant_alone(
    app: Flask, ada: MerchantBrowser, services: Services, report: Order
) -> None:
    ada.get(f"{page(report)}/proof", status=404)
    services.payment_proofs.put(report.org, report.id, PaymentProof("application/pdf", b"%PDF-1.7 paid"))
    ada.get(f"{page(report)}/proof")
    told = ada.answer.headers
    assert (told["Content-Type"], told["X-Content-Type-Options"], told["Cache-Control"]) == (
        "application/pdf",
        "nosniff",
        "no-store",
    )
    assert told["Content-Disposition"].startswith("attachment") and ada.answer.get_data() == b"%PDF-1.7 paid"
    jonas = MerchantBrowser(app, "Jonas Weber")
    jonas.get(f"{page(report)}/proof", status=303)
