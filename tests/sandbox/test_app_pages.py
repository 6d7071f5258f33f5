"""The merchant's page: what a person can do there, and that Zoho's API tells of it afterwards."""

from __future__ import annotations

import pytest
import requests
from bs4 import BeautifulSoup


class Browser:
    """Follows links and fills forms by the labels a person sees."""

    def __init__(self, origin):
        self.origin, self.http = origin, requests.Session()

    def open(self, path):
        self.answer = self.http.get(self.origin + path if path.startswith("/") else path, timeout=10)
        return self

    @property
    def page(self):
        return BeautifulSoup(self.answer.text, "html5lib")

    @property
    def status(self):
        return self.page.find(id="status").get_text()

    def follow(self, text):
        return self.open(self.page.find("a", string=text)["href"])

    def press(self, button, **typed):
        """Fill the fields with these labels (_ for a blank) and press the button of their form."""
        form = self.page.find("button", string=button).find_parent("form")
        data = {field["name"]: field.get("value", "") for field in form.find_all("input")}
        data |= {element["name"]: element.get_text() for element in form.find_all("textarea")}
        data |= {
            element["name"]: (element.find("option", selected=True) or element.find("option")).get(
                "value", ""
            )
            for element in form.find_all("select")
        }
        for label, value in typed.items():
            field = form.find(id=form.find("label", string=label.replace("_", " "))["for"])
            if field.name == "select":
                value = field.find("option", string=value)["value"]
            data[field["name"]] = value
        target = form.get("action") or self.answer.url
        self.answer = self.http.post(
            target if target.startswith("http") else self.origin + target, data=data, timeout=10
        )
        return self


@pytest.fixture
def browser(sandbox):
    opened = Browser(sandbox.origin("us")).open("/app/")
    yield opened
    opened.http.close()


def open_one(browser, zoho, kind, **query):
    row = zoho.first(kind, **query)
    own_id = row["estimate_id" if kind == "estimates" else "invoice_id"]
    return browser.open(f"/app/600123101/{kind}/{own_id}"), own_id


def test_a_person_finds_the_way_from_organisation_to_document(browser):
    assert browser.page.title.get_text() == "Zoho Books, sandbox"
    browser.follow("Harbour Light Studio").follow("Estimates")
    first = browser.page.select_one("tbody a")
    browser.open(first["href"])
    assert first.get_text() in browser.page.h1.get_text()


def test_a_new_estimate_is_a_draft_until_it_is_marked_as_sent(browser, zoho):
    browser.open("/app/600123101/estimates").follow("New estimate")
    browser.press(
        "Save",
        Customer="Brightwater Cafés",
        Item_1="Menu <b>boards</b>",
        Quantity_1="2",
        Rate_1="120.50",
        Tax_1="NY Sales Tax",
    )
    assert browser.answer.status_code == 200 and browser.status == "draft"
    estimate_id = browser.answer.url.rsplit("/", 1)[1]
    assert "Menu <b>boards</b>" in browser.page.get_text()
    browser.press("Mark as sent")
    assert browser.status == "sent"
    said = zoho.get(f"/estimates/{estimate_id}")["estimate"]
    assert (said["status"], said["sub_total"], said["tax_total"], said["total"]) == (
        "sent",
        241.0,
        21.39,
        262.39,
    )


def test_a_declined_estimate_stays_declined_while_edited_and_waits_again_once_sent(browser, zoho):
    _, estimate_id = open_one(browser, zoho, "estimates", status="sent", customer_name="Brightwater Cafés")
    zoho.call("POST", f"/estimates/{estimate_id}/status/declined")
    version = zoho.get(f"/estimates/{estimate_id}")["estimate"]["last_modified_time"]
    zoho.move_clock(5)
    browser.open(browser.answer.url).follow("Edit").press("Save", Rate_1="1", Notes="A better offer")
    edited = zoho.get(f"/estimates/{estimate_id}")["estimate"]
    assert (browser.status, edited["status"], edited["notes"]) == ("declined", "declined", "A better offer")
    zoho.move_clock(5)
    browser.press("Mark as sent")
    sent = zoho.get(f"/estimates/{estimate_id}")["estimate"]
    assert (sent["status"], sent["declined_date"]) == ("sent", "")
    assert version < edited["last_modified_time"] < sent["last_modified_time"]


def test_editing_keeps_what_was_not_touched(browser, zoho):
    _, estimate_id = open_one(browser, zoho, "estimates", status="sent")
    before = zoho.get(f"/estimates/{estimate_id}")["estimate"]
    browser.follow("Edit").press("Save", Reference="R-9")
    after = zoho.get(f"/estimates/{estimate_id}")["estimate"]
    assert (
        after["reference_number"] == "R-9"
        and after["total"] == before["total"]
        and after["line_items"] == before["line_items"]
    )


def test_an_invoice_is_created_sent_and_paid(browser, zoho):
    browser.open("/app/600123101/invoices").follow("New invoice")
    browser.press("Save", Customer="Northgate Clinics", Item_1="Signage", Rate_1="300")
    invoice_id = browser.answer.url.rsplit("/", 1)[1]
    browser.press("Mark as sent").follow("Record payment").press(
        "Save", Amount_received="100", Reference="cheque 4"
    )
    assert browser.status == "partially_paid" and browser.page.find(id="balance").get_text() == "$200.00"
    browser.follow("Record payment").press("Save")
    assert browser.status == "paid"
    assert [payment["amount"] for payment in zoho.get(f"/invoices/{invoice_id}/payments")["payments"]] == [
        100.0,
        200.0,
    ]


def test_an_invoice_is_voided(browser, zoho):
    _, invoice_id = open_one(browser, zoho, "invoices", status="sent")
    browser.press("Void")
    assert browser.status == zoho.get(f"/invoices/{invoice_id}")["invoice"]["status"] == "void"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"Item_1": "Menu"}, "Choose a customer"),
        ({"Customer": "Brightwater Cafés"}, "at least one line"),
        ({"Customer": "Brightwater Cafés", "Item_1": "Menu", "Rate_1": "cheap"}, "rate 1 is not a number"),
        ({"Customer": "Brightwater Cafés", "Item_1": "Menu", "Expiry_date": "soon"}, "Write dates"),
    ],
)
def test_a_mistake_is_told_in_words_and_nothing_typed_is_lost(browser, typed, problem):
    browser.open("/app/600123101/estimates/new").press("Save", Notes="keep me", **typed)
    assert browser.answer.status_code == 400 and problem in browser.page.find(role="alert").get_text()
    assert browser.page.find(id="notes").get_text() == "keep me"


def test_a_payment_that_is_no_number_is_told(browser, zoho):
    open_one(browser, zoho, "invoices", status="sent")
    browser.follow("Record payment").press("Save", Amount_received="all")
    assert browser.answer.status_code == 400 and "not a number" in browser.page.get_text()


def test_what_zoho_refuses_is_shown_in_its_words(browser, zoho):
    _, estimate_id = open_one(browser, zoho, "estimates", status="sent")
    zoho.call("POST", f"/estimates/{estimate_id}/status/accepted")
    browser.press("Mark as accepted")
    assert "Only quotes that have been sent" in browser.page.find(role="alert").get_text()


def test_every_field_has_a_label_and_ids_are_unique(browser, zoho):
    open_one(browser, zoho, "invoices", status="sent")
    for path in (
        "/app/600123101/estimates",
        "/app/600123101/estimates/new",
        "/app/600123101/invoices/new",
        browser.answer.url + "/payments/new",
    ):
        page = browser.open(path).page
        ids = [element["id"] for element in page.find_all(id=True)]
        assert len(ids) == len(set(ids))
        for field in page.select("input, select, textarea"):
            assert page.find("label", attrs={"for": field["id"]}), f"{path}: {field}"


def test_pages_of_other_data_centres_organisations_are_not_here(browser):
    assert browser.open("/app/200345601/estimates").answer.status_code == 404
    assert browser.open("/app/600123101/estimates/1").answer.status_code == 404
