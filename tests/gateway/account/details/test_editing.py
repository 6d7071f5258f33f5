"""A change of details that the merchant is asked about first, from the client's press to what Zoho has:
agreed to, and refused.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from cache.records.orders.order import Order, OrderState
from config.settings import Settings
from tests.gateway.browser import Browser
from tests.gateway.merchant_browser import MerchantBrowser
from tests.gateway.real_zoho import STUDIO, RealZoho
from tests.gateway.seeding import Seeding
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_factory import ForkedWorkers
from tests.servers.worker_process import until
from workers.services import Services

EDIT, NEW_PHONE = "/details/edit", "+1 207 555 0142"


@pytest.fixture
def ada(app: Flask) -> MerchantBrowser:
    return MerchantBrowser(app)


@pytest.fixture
def world(app: Flask, services: Services, sandbox: SandboxServer, ada: MerchantBrowser) -> RealZoho:
    ada.connect(ticks_billing=True)
    return RealZoho(app, services, sandbox, ada.choose(STUDIO))


def asked(world: RealZoho, lena: Browser) -> Order:
    """The client has changed their phone number, and the merchant is asked."""
    Seeding(world.services).settings(world.org, asks_before_edit=("phone",))
    lena.get(EDIT)
    typed = {str(field["name"]): str(field.get("value", "")) for field in lena.form(EDIT).select("input")}
    lena.post(EDIT, {**typed, "phone": NEW_PHONE})
    (order,) = world.orders()
    assert order.state is OrderState.PROPOSED
    return order


def changes(world: RealZoho) -> int:
    """Calls that changed a contact or a person in Zoho."""
    return sum(call["effect"] for call in world.sandbox.calls() if "/contacts" in call["path"])


def at_rest(world: RealZoho, settings: Settings, folder: Path) -> Order:
    """The order once a real worker has brought it to its end."""
    worker_processes = ForkedWorkers(settings, folder)
    try:
        worker_processes.clock()
        worker_processes.worker("push")
        return until(
            lambda: next((order for order in world.orders() if order.is_final), None),
            seconds=90,
            why=worker_processes.logs,
        )
    finally:
        worker_processes.end()


def test_what_the_merchant_agrees_to_stands_in_zoho_though_edits_were_switched_off_meanwhile(
    world: RealZoho, ada: MerchantBrowser, settings: Settings, tmp_path: Path
) -> None:
    customer = next(key for key, item in world.truth["contacts"].items() if item["contact_persons"])
    lena = world.client_of(customer)
    order = asked(world, lena)
    Seeding(world.services).settings(world.org, may_edit_details=False)
    lena.get(EDIT, status=404)
    page = f"/merchant/{world.org}/requests/{order.id}"
    ada.get(page)
    ada.send(f"{page}/confirm")
    done = at_rest(world, settings, tmp_path / "worker_processes")
    assert done.state is OrderState.CONFIRMED and changes(world) == 1
    persons = world.books.contacts.get(customer).value.persons
    assert next(person for person in persons if person.id == order.document_id).phone == NEW_PHONE
    lena.get(f"/requests/{order.id}")
    assert "Confirmed" in lena.text and "agreed to the change" in lena.text


def test_what_the_merchant_refuses_never_reaches_zoho(
    world: RealZoho, ada: MerchantBrowser, settings: Settings, tmp_path: Path
) -> None:
    customer = next(key for key, item in world.truth["contacts"].items() if item["contact_persons"])
    lena = world.client_of(customer)
    order = asked(world, lena)
    page = f"/merchant/{world.org}/requests/{order.id}"
    ada.get(page)
    ada.send(f"{page}/turn-down", {"words": "Please call us first."})
    assert (
        at_rest(world, settings, tmp_path / "worker_processes").state is OrderState.REFUSED
        and changes(world) == 0
    )
    assert (
        next(
            person
            for person in world.books.contacts.get(customer).value.persons
            if person.id == order.document_id
        ).phone
        != NEW_PHONE
    )
    lena.get(f"/requests/{order.id}")
    assert "did not agree to the change: Please call us first." in lena.text
