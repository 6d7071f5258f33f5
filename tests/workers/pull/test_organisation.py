"""The sync of one organisation against the sandbox, which is the truth."""

from __future__ import annotations

import dataclasses
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from cache.document_kind import DocumentKind
from cache.scope import CustomerScope
from connectors.zoho.api.fetched import Page
from connectors.zoho.books.client import BooksClient
from connectors.zoho.document_kinds import ZOHO_DOCUMENTS
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.organization import Organization
from tests.servers.sandbox_server import SandboxServer
from tests.workers.pull.mirrored_organisation import MirroredOrganisation
from workers.pull import organisation
from workers.pull.deletions import is_vendor
from workers.pull.one_document import read_one_document
from workers.pull.organisation import pull_organisation


def api_calls(sandbox: SandboxServer) -> list[str]:
    return [
        call["path"].removeprefix("/books/v3")
        for call in sandbox.calls()
        if call["path"].startswith("/books/")
    ]


def test_the_first_sync_mirrors_everything(synced: MirroredOrganisation) -> None:
    assert synced.faults() == []
    for name in synced.lists():
        state = synced.state(name)
        assert (state.phase, state.page, state.last_error) == ("idle", 0, "")
        assert state.filter_works is (True if ZOHO_DOCUMENTS[DocumentKind(name)].has_deltas else None)
        assert synced.services.mirror.is_complete(synced.org, name)


def test_the_people_of_every_customer_are_known(synced: MirroredOrganisation) -> None:
    people = [
        person["contact_person_id"]
        for record in synced.merchant.truth("contacts").values()
        for person in record["contact_persons"]
    ]
    assert synced.services.mirror.ids(synced.org, "persons") == set(people)


def test_the_language_zoho_has_for_a_customer_stands_with_its_people(synced: MirroredOrganisation) -> None:
    customer = synced.some("contacts", "active")
    people = [
        person["contact_person_id"]
        for person in synced.merchant.truth("contacts", customer)["contact_persons"]
    ]
    synced.merchant.changes("contacts", customer, language_code="fr")
    synced.pull()
    rows = [synced.services.mirror.by_id(synced.org, "persons", person) for person in people]
    assert people and [row.body.get("language") for row in rows if row is not None] == ["fr"] * len(people)


def test_the_merchants_own_details_are_read_at_the_first_sync_and_after_a_day(
    synced: MirroredOrganisation, sandbox: SandboxServer
) -> None:
    connection = synced.services.connections.get(synced.org)
    assert connection is not None
    assert Organization.from_stored(connection.profile).email == "hello@harbourlight.example"
    synced.pull()
    own = f"/organizations/{connection.organization_id}"
    assert api_calls(sandbox).count(own) == 1
    yesterday = connection.profile_as_of - dt.timedelta(hours=25)
    synced.services.connections.save_profile(synced.org, connection.profile, yesterday)
    synced.pull()
    assert api_calls(sandbox).count(own) == 2


def test_the_progress_is_visible_after_each_page(
    portal: MirroredOrganisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organisation, "RUN_SECONDS", 0.0)
    portal.pull()
    first = portal.state("estimates")
    assert (first.phase, first.page, first.pages_read, first.rows_seen) == ("first", 2, 1, 200)
    assert first.cursor == ""
    assert not portal.services.mirror.is_complete(portal.org, "estimates")
    assert portal.next_in() <= 0


def test_the_first_read_knows_how_many_invoices_there_are_and_later_ones_do_not_ask(
    portal: MirroredOrganisation, sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organisation, "RUN_SECONDS", 0.0)
    number = len(portal.merchant.truth("invoices"))
    assert number > 200, "more than a page: otherwise nobody waits for it"
    for _ in range(10):
        portal.pull()
        state = portal.state("invoices")
        assert state.total == (number if state.pages_read else None)
        if state.page:
            assert (state.phase, state.rows_seen) == ("first", 200), "and is told while the read is under way"
            break
    monkeypatch.undo()
    portal.pull(times=3)
    with_number = [call for call in sandbox.calls() if call["query"].get("response_option")]
    assert [(call["path"].rsplit("/", 1)[-1], call["query"]["page"]) for call in with_number] == [
        ("invoices", "1")
    ]
    assert {portal.state(name).total for name in portal.lists() if name != "invoices"} == {None}


def test_a_long_first_sync_goes_on_at_its_page_and_reads_none_twice(
    portal: MirroredOrganisation, sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organisation, "RUN_SECONDS", 0.0)
    portal.pull(times=8)
    assert portal.faults() == []
    pages = [call["query"].get("page") for call in sandbox.calls() if call["path"].endswith("/invoices")]
    assert pages[:3] == ["1", "2", "3"]


def test_a_quiet_round_costs_one_call_per_list_that_changes_often(
    synced: MirroredOrganisation, sandbox: SandboxServer
) -> None:
    before = len(api_calls(sandbox))
    synced.pull()
    assert api_calls(sandbox)[before:] == ["/contacts", "/estimates", "/invoices", "/customerpayments"]


def test_who_asks_for_everything_gets_every_list_once(
    synced: MirroredOrganisation, sandbox: SandboxServer
) -> None:
    synced.services.sync_states.expedite(synced.org)
    before = len(api_calls(sandbox))
    synced.pull()
    assert {"/creditnotes", "/recurringinvoices"} < set(api_calls(sandbox)[before:])
    before = len(api_calls(sandbox))
    synced.pull()
    assert len(api_calls(sandbox)) - before == 4


def test_what_changes_is_there_after_the_next_round(synced: MirroredOrganisation) -> None:
    sent, unpaid = synced.some("estimates", "sent"), synced.some("invoices", "sent")
    synced.merchant.does("estimates", sent, "accepted")
    synced.merchant.does("invoices", unpaid, "void")
    synced.pull()
    assert synced.status("estimates", sent) == "accepted"
    assert synced.status("invoices", unpaid) == "void"
    assert synced.faults() == []


def test_a_reworked_estimate_waits_for_the_client_again(synced: MirroredOrganisation) -> None:
    estimate_id = synced.some("estimates", "declined")
    synced.merchant.rewrites_estimate(
        estimate_id, notes="Now with the cheaper cloth.", expiry_date="2030-01-01"
    )
    synced.merchant.does("estimates", estimate_id, "sent")
    synced.pull()
    assert synced.status("estimates", estimate_id) == "sent"
    row = synced.services.mirror.by_id(synced.org, "estimates", estimate_id)
    assert row is not None
    scope = CustomerScope(synced.org, row.customer_id)
    assert synced.services.documents.get(scope, "estimates", estimate_id, row.version) is None, (
        "an older copy must not answer"
    )


def test_where_the_filter_is_ignored_the_whole_list_is_read_and_changes_still_come(
    portal: MirroredOrganisation,
) -> None:
    portal.merchant.sets(ignores_modified_since=["estimates"])
    portal.pull()
    assert portal.state("estimates").filter_works is False
    assert portal.state("invoices").filter_works is True
    sent = portal.some("estimates", "sent")
    portal.merchant.does("estimates", sent, "accepted")
    portal.services.sync_states.update(
        portal.org, "estimates", last_sweep=dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    )
    portal.pull()
    assert portal.status("estimates", sent) == "accepted"


def test_a_list_without_times_of_change_is_mirrored_too(portal: MirroredOrganisation) -> None:
    portal.merchant.sets(without_modified_time=["payments"])
    portal.pull()
    assert portal.faults() == []
    assert portal.state("payments").filter_works is None


def test_a_filter_that_stops_to_work_is_noticed(synced: MirroredOrganisation) -> None:
    synced.merchant.sets(ignores_modified_since=["invoices"])
    synced.pull()
    assert synced.state("invoices").filter_works is False


def test_what_is_deleted_goes_after_two_listings_and_a_404(synced: MirroredOrganisation) -> None:
    invoice_id = synced.some("invoices", "void")
    synced.merchant.deletes("invoices", invoice_id)
    sweep(synced)
    assert synced.status("invoices", invoice_id) == "void"
    sweep(synced)
    assert synced.status("invoices", invoice_id) == "none"
    assert synced.faults() == []


def test_what_two_listings_only_missed_stays(
    synced: MirroredOrganisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice_id, real = synced.some("invoices", "void"), ZOHO_DOCUMENTS[DocumentKind.INVOICES]

    def pages_without_it(books: BooksClient) -> Any:
        def page(number: int, **how: Any) -> Page[Any]:
            found = real.pages(books)(number, **how)
            return dataclasses.replace(found, rows=tuple(row for row in found.rows if row.id != invoice_id))

        return page

    monkeypatch.setitem(ZOHO_DOCUMENTS, "invoices", dataclasses.replace(real, pages=pages_without_it))
    sweep(synced)
    assert synced.services.sync_states.absent_once(synced.org, "invoices") == {invoice_id}
    sweep(synced)
    assert synced.status("invoices", invoice_id) == "void"
    assert synced.services.sync_states.absent_once(synced.org, "invoices") == set()


def test_the_cursor_does_not_move_when_a_page_is_missing(
    synced: MirroredOrganisation, sandbox: SandboxServer
) -> None:
    before = synced.state("invoices")
    synced.merchant.does("invoices", synced.some("invoices", "sent"), "void")
    sandbox.fault("status", method="GET", path="/books/v3/invoices", status=500, times=5)
    synced.pull()
    after = synced.state("invoices")
    assert after.cursor == before.cursor
    assert after.last_success == before.last_success
    assert after.last_error
    sandbox.clear_faults()
    synced.pull()
    assert synced.faults() == []
    assert synced.state("invoices").last_error == ""


def test_emptied_copies_are_read_whole_again(synced: MirroredOrganisation) -> None:
    synced.services.stores.copies.flushdb()
    synced.pull(times=2)
    assert synced.faults() == []
    assert all(synced.services.mirror.is_complete(synced.org, name) for name in synced.lists())


def test_copies_emptied_in_the_middle_of_a_long_read_are_noticed(
    portal: MirroredOrganisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organisation, "RUN_SECONDS", 0.0)
    portal.pull(times=2)
    assert portal.state("invoices").page == 2
    portal.services.stores.copies.flushdb()
    portal.pull(times=12)
    assert portal.faults() == []


def test_only_one_run_of_an_organisation_at_a_time(
    portal: MirroredOrganisation, sandbox: SandboxServer
) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: pull_organisation(portal.org, portal.services), range(4)))
    first_pages = [
        call
        for call in sandbox.calls()
        if call["path"].endswith("/estimates") and call["query"]["page"] == "1"
    ]
    assert len([call for call in first_pages if "last_modified_time" not in call["query"]]) == 1


def test_one_document_is_read_on_demand_and_taken_out_when_it_is_gone(synced: MirroredOrganisation) -> None:
    sent = synced.some("estimates", "sent")
    synced.merchant.does("estimates", sent, "declined")
    read_one_document(synced.org, "estimates", sent, synced.services)
    assert synced.status("estimates", sent) == "declined"
    synced.merchant.deletes("estimates", sent)
    read_one_document(synced.org, "estimates", sent, synced.services)
    assert synced.status("estimates", sent) == "none"


def test_a_customer_that_is_gone_takes_its_people_along(synced: MirroredOrganisation) -> None:
    contact_id, body = next(
        (item, body) for item, body in synced.merchant.truth("contacts").items() if body["contact_persons"]
    )
    synced.merchant.deletes("contacts", contact_id)
    read_one_document(synced.org, "contacts", contact_id, synced.services)
    gone = {person["contact_person_id"] for person in body["contact_persons"]}
    assert not gone & synced.services.mirror.ids(synced.org, "persons")


def test_a_customer_that_became_a_vendor_has_no_business_here() -> None:
    assert is_vendor(Contact(id="1", kind="vendor"))
    assert not is_vendor(Contact(id="1", kind="customer"))
    assert not is_vendor(Contact(id="1"))


def sweep(portal: MirroredOrganisation) -> None:
    """The daily listing, now."""
    for name in portal.lists():
        portal.services.sync_states.update(portal.org, name, last_sweep=None)
    portal.merchant.waits(2)
    portal.pull()
