"""The merchant invites many at once from the list of clients, and sees how far it has come."""

from __future__ import annotations

import pytest

from cache.records.accounts.accounts import AccountState
from config.settings import Settings
from tests.gateway.merchant_browser import MerchantBrowser
from tests.gateway.real_zoho import STUDIO
from workers.email.bulk_invitations import invite_batch
from workers.pull.organisation import pull_organisation
from workers.services import Services, build_services


@pytest.fixture
def org(ada: MerchantBrowser, settings: Settings) -> str:
    chosen = ada.choose(STUDIO)
    for _ in range(3):
        pull_organisation(chosen, build_services(settings))
    return chosen


@pytest.fixture
def worker_services(settings: Settings, org: str) -> Services:
    return build_services(settings)


def run_to_the_end(worker_services: Services, org: str) -> None:
    while claimed := worker_services.bulk_invitations.claim_due(1, lease=0):
        invite_batch(*claimed[0], worker_services)
        for member in worker_services.stores.records.zrange("due:bulk", 0, -1):
            worker_services.stores.records.zadd("due:bulk", {member: 0})


def test_everybody_is_invited_by_one_press_and_sees_it_through(
    ada: MerchantBrowser, org: str, services: Services, worker_services: Services
) -> None:
    ada.get(f"/merchant/{org}/clients")
    ada.send(f"/merchant/{org}/clients/invite-many", {"everybody": "true"})
    ada.follow()
    assert (
        "0 of" in ada.text
        and ada.page.find("progress")
        and ada.page.find("meta", attrs={"http-equiv": "refresh"})
    )
    run_to_the_end(worker_services, org)
    ada.get(f"/merchant/{org}/clients/invite-many")
    assert "All done" in ada.text and not ada.page.find("meta", attrs={"http-equiv": "refresh"})
    addresses = [
        row.body["email"] for row in services.mirror.all_rows(org, "persons") if row.body.get("email")
    ]
    assert len(services.accounts.of_org(org)) == len(addresses) > 5
    assert {account.state for account in services.accounts.of_org(org)} == {AccountState.INVITED}


def test_the_ticked_are_invited_and_a_form_sent_twice_counts_once(
    ada: MerchantBrowser, org: str, services: Services, worker_services: Services
) -> None:
    page = f"/merchant/{org}/clients"
    ada.get(f"{page}?q=brightwater")
    ticks = [str(field["value"]) for field in ada.page.select("input[type=checkbox][name=person_id]")]
    assert len(ticks) >= 2
    fields = {
        str(field["name"]): str(field["value"])
        for field in ada.form(f"{page}/invite-many").select("input[type=hidden]")
    }
    for _ in range(2):
        answer = ada._client.post(f"{page}/invite-many", data={**fields, "person_id": ticks[:2]})
        assert answer.status_code == 303
        run_to_the_end(worker_services, org)
    assert {account.person_id for account in services.accounts.of_org(org)} == set(ticks[:2]) and len(
        services.emails.recent(org)
    ) == 2


@pytest.mark.parametrize(
    "form", [{"person_id": "x"}, {"person_id": "1 2"}, {"form_key": "short"}, {"strange": "1"}]
)
def test_what_our_page_does_not_send_is_refused(
    ada: MerchantBrowser, org: str, services: Services, form: dict[str, str]
) -> None:
    ada.get(f"/merchant/{org}/clients")
    ada.send(f"/merchant/{org}/clients/invite-many", form, status=400)
    assert services.bulk_invitations.newest(org) is None
