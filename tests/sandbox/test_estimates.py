"""The life of an estimate (zoho.md 4.4, 5.1)."""

from __future__ import annotations

import pytest


def act(zoho, estimate_id, action):
    answer = zoho.call("POST", f"/estimates/{estimate_id}/status/{action}")
    return answer.status_code, answer.json()["code"]


def get_detail(zoho, estimate_id):
    return zoho.get(f"/estimates/{estimate_id}")["estimate"]


def test_accepting_answers_without_a_record_and_changes_the_version(zoho):
    before = zoho.first("estimates", status="sent")
    answer = zoho.call("POST", f"/estimates/{before['estimate_id']}/status/accepted")
    assert set(answer.json()) == {"code", "message"} and answer.json()["message"].startswith("Quote")
    after = get_detail(zoho, before["estimate_id"])
    assert after["status"] == "accepted" and after["accepted_date"]
    assert after["last_modified_time"] != before["last_modified_time"]


def test_accepting_is_not_idempotent(zoho):
    estimate_id = zoho.first("estimates", status="sent")["estimate_id"]
    assert act(zoho, estimate_id, "accepted") == (200, 0)
    version = get_detail(zoho, estimate_id)["last_modified_time"]
    assert act(zoho, estimate_id, "accepted") == (400, 4043)
    assert get_detail(zoho, estimate_id)["last_modified_time"] == version


def test_declining_twice_is_refused(zoho):
    estimate_id = zoho.first("estimates", status="sent")["estimate_id"]
    assert act(zoho, estimate_id, "declined") == (200, 0)
    assert act(zoho, estimate_id, "declined") == (400, 4043)
    assert get_detail(zoho, estimate_id)["declined_date"]


@pytest.mark.parametrize("status", ["draft", "declined", "invoiced", "expired"])
@pytest.mark.parametrize("action", ["accepted", "declined"])
def test_only_sent_estimates_can_be_answered(zoho, status, action):
    estimate_id = zoho.first("estimates", status=status)["estimate_id"]
    assert act(zoho, estimate_id, action) == (400, 4043)
    assert get_detail(zoho, estimate_id)["status"] == status


def test_an_organisation_may_accept_what_is_expired(zoho):
    zoho.settings(answers_expired_estimates=True)
    assert act(zoho, zoho.first("estimates", status="expired")["estimate_id"], "accepted") == (200, 0)


@pytest.mark.parametrize("how", ["draft", "sent"])
def test_an_accepted_estimate_may_turn_into_an_invoice_at_once(zoho, how):
    zoho.settings(auto_convert=how)
    estimate = zoho.first("estimates", status="sent")
    assert act(zoho, estimate["estimate_id"], "accepted") == (200, 0)
    after = get_detail(zoho, estimate["estimate_id"])
    invoice = zoho.get(f"/invoices/{after['invoice_ids'][0]}")["invoice"]
    assert (after["status"], invoice["status"], invoice["total"]) == ("invoiced", how, estimate["total"])
    assert invoice["estimate_id"] == estimate["estimate_id"]


def test_a_sent_estimate_expires_by_itself_and_its_version_stays(zoho):
    estimate = zoho.first("estimates", status="sent")
    zoho.move_clock(61 * 86_400)
    zoho.connect()
    after = get_detail(zoho, estimate["estimate_id"])
    assert (after["status"], after["last_modified_time"][:19]) == (
        "expired",
        estimate["last_modified_time"][:19],
    )


def test_marking_sent_brings_a_declined_one_back_and_is_harmless_twice(zoho):
    estimate_id = zoho.first("estimates", status="sent")["estimate_id"]
    act(zoho, estimate_id, "declined")
    assert act(zoho, estimate_id, "sent") == (200, 0)
    assert act(zoho, estimate_id, "sent") == (200, 0)
    after = get_detail(zoho, estimate_id)
    assert (after["status"], after["declined_date"]) == ("sent", "")
    assert act(zoho, estimate_id, "accepted") == (200, 0)
    assert act(zoho, estimate_id, "sent") == (400, 4043)


def test_comments_mix_history_with_what_people_wrote_newest_first(zoho):
    estimate_id = zoho.first("estimates", status="sent")["estimate_id"]
    act(zoho, estimate_id, "accepted")
    answer = zoho.call(
        "POST",
        f"/estimates/{estimate_id}/comments",
        body={"description": "Lena <b>agrees</b>", "show_comment_to_clients": True},
    )
    assert (answer.status_code, set(answer.json())) == (200, {"code", "message"})
    comments = zoho.get(f"/estimates/{estimate_id}/comments")["comments"]
    assert (comments[0]["comment_type"], comments[0]["description"]) == ("internal", "Lena <b>agrees</b>")
    assert comments[1]["comment_type"] == "system" and comments[0]["commented_by"] == "Ada Okafor"


@pytest.mark.parametrize("body", [{}, {"description": ""}, {"description": "x" * 2001}, ["text"]])
def test_a_comment_without_a_text_is_refused(zoho, body):
    estimate_id = zoho.first("estimates")["estimate_id"]
    assert zoho.call("POST", f"/estimates/{estimate_id}/comments", body=body).status_code == 400


def test_the_pdf_names_number_and_customer(zoho):
    estimate = zoho.first("estimates", customer_name="Northgate Clinics")
    answer = zoho.call("GET", f"/estimates/{estimate['estimate_id']}", accept="pdf")
    assert answer.headers["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    assert estimate["estimate_number"].encode() in answer.content and b"Northgate Clinics" in answer.content


def test_an_error_is_json_even_where_a_pdf_was_asked_for(zoho):
    answer = zoho.call("GET", "/estimates/1", accept="pdf")
    assert (answer.status_code, answer.json()["code"]) == (404, 1002)


def test_messages_follow_the_organisations_language(german):
    estimate_id = german.first("estimates", status="sent")["estimate_id"]
    answer = german.call("POST", f"/estimates/{estimate_id}/status/accepted")
    assert answer.json() == {"code": 0, "message": "Das Angebot wurde als angenommen markiert."}
