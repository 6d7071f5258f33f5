"""The second factor: set up, asked for after the password, used once, recovered from, and taken away."""

from __future__ import annotations

import pyotp
import pytest
from flask import Flask

from cache.records.accounts.accounts import ClientAccount
from gateway.account.security.passwords import Passwords
from gateway.account.security.second_factors import STEP, matching_step, new_secret
from tests.gateway.app_codes import App, set_up
from tests.gateway.browser import Browser
from tests.gateway.mailbox import Mailbox
from tests.gateway.seeding import ORG, PASSWORD, Seeding
from workers.services import Services

EMAIL, NORA = "nora@northwind.example", "account-46000000002001"
CODE, FACTOR = "/sign-in/code", "/details/second-factor"


def half_way(app: Flask) -> Browser:
    """The password was right, and the code is asked for."""
    browser = Browser(app)
    browser.sign_in(EMAIL, PASSWORD)
    assert browser.answer.headers["Location"] == CODE
    browser.follow()
    return browser


def give(browser: Browser, code: str, *, status: int = 303) -> None:
    browser.get(CODE)
    browser.send(CODE, {"code": code}, status=status)


def lock(
    browser: Browser, code: str, *, off: bool = False, password: str = PASSWORD, status: int = 303
) -> None:
    """Sends the form of somebody whose factor is set up, by one of its two buttons."""
    browser.get(FACTOR)
    token = str(browser.form(f"{FACTOR}/codes").select("input[name=csrf_token]")[0]["value"])
    browser.post(
        f"{FACTOR}/{'off' if off else 'codes'}",
        {"csrf_token": token, "password": password, "code": code},
        status=status,
    )


def test_from_setting_up_to_the_next_sign_in(app: Flask, nora: Browser, services: Services) -> None:
    before, elsewhere = nora.cookie(), Browser(app)
    elsewhere.sign_in(EMAIL, PASSWORD)
    phone, codes = set_up(nora)
    assert len(codes) == len(set(codes)) == 10
    assert nora.cookie() != before and services.sessions.get(before) is None
    elsewhere.get("/", status=303)
    nora.get("/details/security")
    assert "10 recovery codes are left" in nora.text
    assert Mailbox(services, EMAIL, ORG).kinds()[0] == "second_factor_set_up"
    browser = half_way(app)
    assert "Northwind Traders, with Harbour Light Studio" in browser.text
    give(browser, phone.code())
    browser.follow()
    assert "Hello Nora West" in browser.text


def test_the_secret_is_sealed_and_the_recovery_codes_are_hashed(nora: Browser, services: Services) -> None:
    phone, codes = set_up(nora)
    kept = str(
        [
            services.stores.records.hgetall(f"account:{NORA}:factor"),
            services.stores.records.smembers(f"account:{NORA}:factor:codes"),
        ]
    )
    assert phone.secret not in kept and not [
        code for code in codes if code in kept or code.replace("-", "") in kept
    ]
    assert services.second_factors.offered(services.sessions.of(NORA)[0].id) == ""


def test_a_code_works_once_and_none_from_before_it_afterwards(app: Flask, nora: Browser) -> None:
    phone, _ = set_up(nora)
    code = phone.at(1)
    give(half_way(app), code)
    browser = half_way(app)
    for used in (code, phone.at(0)):
        give(browser, used, status=422)
    assert "was used before" in browser.text


def test_the_code_that_set_it_up_is_used(app: Flask, nora: Browser) -> None:
    phone = App.reading(nora.get(FACTOR))
    code = phone.at(0)
    nora.send(FACTOR, {"password": PASSWORD, "code": code}, status=200)
    give(half_way(app), code, status=422)


def test_a_recovery_code_works_once_and_the_person_is_told(
    app: Flask, nora: Browser, services: Services
) -> None:
    _, codes = set_up(nora)
    give(half_way(app), f" {codes[0].upper()} ")
    browser = half_way(app)
    give(browser, codes[0], status=422)
    give(browser, codes[1].replace("-", " "))
    browser.get("/details/security")
    assert "8 recovery codes are left" in browser.text
    assert Mailbox(services, EMAIL, ORG).kinds()[:2] == ["recovery_code_used"] * 2


def test_only_the_code_of_now_and_its_neighbours_are_taken() -> None:
    secret, now = new_secret(), 1_800_000_000.0
    step, phone = int(now) // STEP, pyotp.TOTP(secret)
    taken = {
        drift: matching_step(secret, str(phone.at((step + drift) * STEP)), now=now)
        for drift in (-2, -1, 0, 1, 2)
    }
    assert taken == {-2: None, -1: step - 1, 0: step, 1: step + 1, 2: None}


def test_codes_cannot_be_guessed_and_the_person_elsewhere_is_not_kept_out(app: Flask, nora: Browser) -> None:
    phone, _ = set_up(nora)
    guesser = half_way(app)
    guesser.move_to("203.0.113.9")
    for _ in range(5):
        give(guesser, "000000", status=422)
    give(guesser, phone.at(1), status=429)
    assert "too many tries" in guesser.text
    give(half_way(app), phone.at(1))


@pytest.mark.parametrize("how", ["password", "sign_in", "reset"])
def test_no_door_leads_past_the_code(app: Flask, nora: Browser, services: Services, how: str) -> None:
    set_up(nora)
    browser = Browser(app)
    if how == "password":
        browser.sign_in(EMAIL, PASSWORD)
    else:
        browser.get(f"/by-mail/{how}")
        browser.send(f"/by-mail/{how}", {"email": EMAIL})
        link = Mailbox(services, EMAIL, ORG).link()
        browser.get(link)
        fields = {"password": "seven boats on the tide", "again": "seven boats on the tide"}
        browser.send(link, fields if how == "reset" else {})
    assert browser.answer.headers["Location"] == CODE
    for page in ("/", "/invoices", "/details/security", FACTOR):
        browser.get(page, status=303)
        assert browser.answer.headers["Location"].startswith("/sign-in?next=") or page == "/"


def test_the_page_asked_for_comes_after_the_code(app: Flask, nora: Browser) -> None:
    phone, _ = set_up(nora)
    browser = Browser(app)
    browser.get("/invoices", status=303)
    browser.follow()
    browser.send("/sign-in", {"email": EMAIL, "password": PASSWORD})
    browser.follow()
    browser.send(CODE, {"code": phone.code()})
    assert browser.answer.headers["Location"] == "/invoices"


def test_each_account_asks_for_its_own_code_when_switching(app: Flask, nora: Browser, seed: Seeding) -> None:
    phone, _ = set_up(nora)
    second = other_organisation(seed)
    browser = Browser(app)
    browser.sign_in(EMAIL, PASSWORD)
    browser.follow()
    browser.send("/accounts", {"account_id": second.id})
    browser.follow()
    browser.get("/accounts")
    browser.send("/accounts", {"account_id": NORA})
    assert browser.answer.headers["Location"] == CODE
    browser.follow()
    browser.send(CODE, {"code": phone.code()})
    browser.get("/accounts")
    browser.send("/accounts", {"account_id": second.id})
    browser.get("/accounts")
    browser.send("/accounts", {"account_id": NORA})
    assert browser.answer.headers["Location"] == "/", "given once in this session"


def other_organisation(seed: Seeding) -> ClientAccount:
    seed.connect("us-600999", name="Second House")
    return seed.client("46000000001001", "46000000002777", email=EMAIL, name="Nora West", org="us-600999")


def test_a_merchant_who_requires_it_has_it_set_up_at_the_next_sign_in(
    app: Flask, nora: Browser, seed: Seeding
) -> None:
    seed.settings(requires_second_factor=True)
    nora.get("/")
    browser = Browser(app)
    browser.sign_in(EMAIL, PASSWORD)
    assert browser.answer.headers["Location"] == "/sign-in/second-factor"
    phone = App.reading(browser.follow())
    browser.get("/", status=303)
    browser.get("/sign-in/second-factor")
    browser.send("/sign-in/second-factor", {"code": "000000"}, status=422)
    browser.send("/sign-in/second-factor", {"code": phone.code()}, status=200)
    assert len(browser.page.select(".recovery-codes code")) == 10
    browser.get("/")
    assert "Hello Nora West" in browser.text
    nora.get("/", status=303)


def test_a_factor_that_stands_is_not_replaced_by_who_has_the_password_alone(
    app: Flask, nora: Browser, seed: Seeding
) -> None:
    set_up(nora)
    seed.settings(requires_second_factor=True)
    browser = half_way(app)
    browser.get("/sign-in/second-factor", status=303)
    browser.get(CODE)
    token = str(browser.form(CODE).select("input[name=csrf_token]")[0]["value"])
    browser.post("/sign-in/second-factor", {"csrf_token": token, "code": "000000"})
    assert browser.answer.headers["Location"] == "/sign-in"


def test_new_recovery_codes_take_the_place_of_the_old_ones(app: Flask, nora: Browser) -> None:
    phone, old = set_up(nora)
    lock(nora, phone.code(), status=200)
    new = [element.get_text() for element in nora.page.select(".recovery-codes code")]
    browser = half_way(app)
    give(browser, old[0], status=422)
    give(browser, new[0])


@pytest.mark.parametrize("off", [True, False])
def test_the_lock_is_changed_by_who_has_password_and_code(
    nora: Browser, services: Services, off: bool
) -> None:
    phone, _ = set_up(nora)
    lock(nora, phone.at(1), off=off, password="a guess", status=422)
    lock(nora, "000000", off=off, status=422)
    assert services.second_factors.get(NORA) is not None
    lock(nora, phone.at(1), off=off, status=303 if off else 200)
    assert (services.second_factors.get(NORA) is None) == off


def test_switched_off_the_password_is_enough_again(app: Flask, nora: Browser, services: Services) -> None:
    phone, _ = set_up(nora)
    lock(nora, phone.code(), off=True)
    nora.follow()
    assert "switched off" in nora.text and Mailbox(services, EMAIL, ORG).kinds()[0] == "second_factor_off"
    browser = Browser(app)
    browser.sign_in(EMAIL, PASSWORD)
    browser.follow()


def test_where_it_is_required_another_app_is_set_up_at_once(nora: Browser, seed: Seeding) -> None:
    phone, _ = set_up(nora)
    seed.settings(requires_second_factor=True)
    lock(nora, phone.code(), off=True)
    assert nora.answer.headers["Location"].startswith("/sign-in/second-factor")
    nora.get("/", status=303)


def test_setting_it_up_needs_the_password_and_a_code_of_this_secret(
    nora: Browser, services: Services
) -> None:
    phone = App.reading(nora.get(FACTOR))
    nora.send(FACTOR, {"password": "a guess", "code": phone.at(0)}, status=422)
    nora.send(FACTOR, {"password": PASSWORD, "code": App(new_secret()).at(0)}, status=422)
    assert services.second_factors.get(NORA) is None
    assert App.reading(nora.get(FACTOR)).secret == phone.secret, "two tabs show one secret"


def test_a_factor_whose_key_is_gone_still_opens_by_a_recovery_code(
    app: Flask, nora: Browser, services: Services
) -> None:
    phone, codes = set_up(nora)
    services.stores.records.hset(f"account:{NORA}:factor", "secret", "sealed with a key nobody has")
    browser = half_way(app)
    give(browser, phone.at(0), status=422)
    give(browser, codes[0])


def test_a_half_session_is_worth_nothing_after_the_password_was_changed(
    app: Flask, nora: Browser, services: Services
) -> None:
    phone, _ = set_up(nora)
    browser = half_way(app)
    account = services.accounts.get(NORA)
    assert account is not None
    services.accounts.save(account.with_password(Passwords().hash("seven boats on the tide")))
    browser.send(CODE, {"code": phone.code()})
    assert browser.answer.headers["Location"] == "/sign-in"


def test_the_picture_is_drawn_without_styles_and_holds_the_secret(nora: Browser) -> None:
    page = nora.get(FACTOR)
    drawing = page.select_one(".qr svg")
    assert drawing is not None and drawing.find("path") and not drawing.has_attr("style")
    address = page.find(
        "a", href=lambda value: bool(value) and value.startswith("otpauth://totp/Harbour%20Light%20Studio")
    )
    assert address is not None
