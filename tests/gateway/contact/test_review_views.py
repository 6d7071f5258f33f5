"""A client's review: kept once per person, changed by who wrote it, read by the merchant alone."""

from __future__ import annotations

import pytest

from cache.records.portal.contact_limits import LIMITS, ContactMethod
from cache.records.portal.reviews import Review
from tests.gateway.browser import Browser
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

PAGE, MERCHANTS = "/contact/review", f"/merchant/{ORG}/reviews"
REVIEW_TEXT = "Kind people, <b>late</b> invoices."


def write(browser: Browser, stars: str = "4", words: str = REVIEW_TEXT, *, status: int = 303) -> None:
    browser.get(PAGE)
    browser.send(PAGE, {"stars": stars, "words": words}, status=status)


def stored_reviews(services: Services) -> list[Review]:
    return services.reviews.of_org(ORG)


def test_it_is_kept_sent_to_the_merchant_and_shown_to_its_author(
    nora: Browser, owner: Browser, services: Services
) -> None:
    nora.get(PAGE)
    assert "stays with Harbour Light Studio and is not published" in nora.text
    write(nora)
    nora.follow()
    assert "has your review" in nora.text and nora.page.find("span", attrs={"aria-label": "4 of 5 stars"})
    (email,) = services.emails.recent(ORG)
    assert (email.to, email.reply_to, email.kind) == (
        "office@harbourlight.example",
        "nora@northwind.example",
        "review",
    )
    assert (email.values["words"], email.values["stars"], email.path) == (REVIEW_TEXT, "4", MERCHANTS)
    owner.get(MERCHANTS)
    assert (
        REVIEW_TEXT in owner.text
        and "Nora West, Northwind Traders" in owner.text
        and not owner.page.find("main").find("b")
    )
    nora.get("/activity")
    assert "left or changed a review" in nora.text and REVIEW_TEXT not in nora.text


def test_one_person_has_one_review_and_may_change_it(nora: Browser, services: Services) -> None:
    write(nora)
    nora.get(PAGE)
    assert (
        nora.page.find("input", attrs={"checked": True})["value"] == "4"
        and REVIEW_TEXT in nora.page.find("textarea").get_text()
    )
    write(nora, "2", "Later still.")
    (review,) = stored_reviews(services)
    assert (review.stars, review.text, review.was_changed) == (2, "Later still.", True)
    assert len(services.emails.recent(ORG)) == 2


def test_a_double_click_is_one_review_and_one_letter(nora: Browser, services: Services) -> None:
    write(nora)
    nora.send(PAGE, {"stars": "4", "words": REVIEW_TEXT})
    assert len(stored_reviews(services)) == len(services.emails.recent(ORG)) == 1


def test_what_another_window_changed_is_shown_and_not_overwritten(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    old = {str(field["name"]): str(field["value"]) for field in nora.form(PAGE).select("input[type=hidden]")}
    write(nora, "5", "From the other window.")
    nora.post(PAGE, {**old, "stars": "1", "words": "From the first."}, status=409)
    assert (
        "From the other window." in nora.text and "From the first." in nora.page.find("textarea").get_text()
    )
    assert stored_reviews(services)[0].stars == 5
    nora.send(PAGE, {"stars": "1", "words": "From the first."})
    assert stored_reviews(services)[0].stars == 1


@pytest.mark.parametrize("stars", ["", "0", "6", "4.5", "many"])
def test_stars_are_one_to_five(nora: Browser, services: Services, stars: str) -> None:
    write(nora, stars, status=422)
    assert "Please choose one to five stars." in nora.page.find(id="stars-error").get_text()
    assert REVIEW_TEXT in nora.page.find("textarea").get_text()
    assert stored_reviews(services) == []


def test_words_may_be_left_out_but_not_be_endless(nora: Browser, services: Services) -> None:
    write(nora, words="x" * 2001, status=422)
    assert (
        "at most 2000 characters" in nora.text
        and nora.page.find("input", attrs={"checked": True})["value"] == "4"
    )
    write(nora, words="")
    assert stored_reviews(services)[0].text == ""


def test_who_changes_it_all_day_is_asked_to_wait(nora: Browser, services: Services) -> None:
    for place in range(LIMITS[ContactMethod.REVIEW].most):
        write(nora, words=f"Number {place}")
    write(nora, words="One more", status=429)
    assert "One more" in nora.page.find("textarea").get_text()
    assert stored_reviews(services)[0].text == f"Number {LIMITS[ContactMethod.REVIEW].most - 1}"


def test_the_merchants_switch_takes_away_the_button_and_the_way(
    nora: Browser, owner: Browser, seed: Seeding, services: Services
) -> None:
    write(nora)
    nora.get(PAGE)
    fields = {
        str(field["name"]): str(field["value"]) for field in nora.form(PAGE).select("input[type=hidden]")
    }
    seed.settings(shows_review=False)
    nora.get("/contact")
    assert not nora.page.find("a", href=PAGE) and REVIEW_TEXT not in nora.text
    nora.get(PAGE, status=404)
    nora.post(PAGE, {**fields, "stars": "1"}, status=404)
    assert stored_reviews(services)[0].stars == 4
    owner.get(MERCHANTS)
    assert "switched off" in owner.text and REVIEW_TEXT in owner.text


def test_the_merchant_sees_the_average_and_can_look_at_one_client(
    nora: Browser, otto: Browser, owner: Browser
) -> None:
    owner.get(MERCHANTS)
    assert "No reviews yet" in owner.text
    write(nora, "5", "First.")
    write(otto, "2", "Second.")
    owner.get(MERCHANTS)
    assert owner.page.select_one(".aside-amount").get_text() == "3.5"
    assert owner.text.index("Second.") < owner.text.index("First.")
    owner.get(f"{MERCHANTS}?client=46000000001002")
    assert (
        "Second." in owner.text
        and "First." not in owner.text
        and owner.page.select_one(".aside-amount").get_text() == "2.0"
    )


def test_nobody_else_reads_a_review(nora: Browser, otto: Browser) -> None:
    write(nora)
    for page in ("/contact", PAGE, "/activity", "/"):
        otto.get(page)
        assert REVIEW_TEXT not in otto.answer.get_data(as_text=True)
