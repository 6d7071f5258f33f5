"""The merchant's name, colour, logo and words: chosen with a preview, shown to clients, served from our own
origin for good.
"""

from __future__ import annotations

import base64
import io
import struct
import zlib

import pytest
from flask import Flask

from gateway.web.modules import MODULES
from tests.gateway.browser import Browser
from tests.gateway.merchant.clients.test_client_list import ada as ada
from tests.gateway.sample_documents import (
    a_credit_note,
    a_payment,
    a_recurring_invoice,
    an_estimate,
    an_invoice,
)
from tests.gateway.seeding import ORG, Seeding
from tests.gateway.web.test_modules import addresses
from workers.services import Services

PAGE = f"/merchant/{ORG}/look"


def png(width: int = 4, height: int = 4) -> bytes:
    """A real picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x20\x60\x90" * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/wAALCAAQABABAREA/9oACAEBAAA/APn+v//Z"
)  # its frame says 16 by 16


def send(browser: Browser, fields: dict[str, str], logo: bytes | None = None, *, status: int = 303) -> None:
    browser.get(PAGE)
    token = str(browser.form(PAGE).select_one("input[name=csrf_token]")["value"])
    form: dict[str, object] = {"csrf_token": token, "do": "save", **fields}
    if logo is not None:
        form["logo"] = (io.BytesIO(logo), "logo.png")
    browser.post(PAGE, form, status=status)  # type: ignore[arg-type]  # a file beside the words


def test_name_colour_and_banner_reach_the_clients_pages(
    app: Flask, ada: Browser, nora: Browser, services: Services
) -> None:
    send(ada, {"portal_name": "Harbour Door", "colour": "#ffdd00", "banner": "We have moved.", "welcome": ""})
    page = nora.get("/")
    assert (
        page.select_one(".brand-name").get_text() == "Harbour Door"
        and "Harbour Door" in page.title.get_text()
    )
    assert "We have moved." in nora.text
    assert page.find("link", href="/colours/ffdd00.css")
    sheet = app.test_client().get("/colours/ffdd00.css")
    assert (
        "--accent: light-dark(#" in sheet.get_data(as_text=True)
        and "immutable" in sheet.headers["Cache-Control"]
    )
    told = services.activity.recent(ORG, 1)[0]
    assert told.event == "look_saved" and told.fields["Portal name"] == "Harbour Door"


WHO_WROTE_IT = "main address, main dl.facts"
"""Parts of a document that name its writer, the organisation in Zoho."""


def test_every_sentence_to_a_client_says_the_portals_name(app: Flask, nora: Browser, seed: Seeding) -> None:
    seed.has(an_estimate(), an_invoice(), a_payment(), a_recurring_invoice(), a_credit_note())
    seed.settings(portal_name="Harbour Door", may_apply_credit=True)
    pages = {
        address
        for module in (None, *MODULES)
        for method, address in addresses(app, module)
        if method == "GET"
    }
    said = set()
    for page in sorted(
        page
        for page in pages
        if not page.endswith(("/pdf", "/csv", ".json")) and nora.status_of(page) in (200, 410)
    ):
        nora.get(page, status=nora.status_of(page))
        for writer in nora.page.select(WHO_WROTE_IT):
            writer.decompose()
        whole = nora.page.get_text(" ")
        assert "Harbour Light Studio" not in whole, f"{page} says the organisation's name"
        said |= {page} if "Harbour Door" in nora.text else set()
    assert len(said) > 8


def test_a_preview_shows_it_and_saves_nothing(ada: Browser, services: Services) -> None:
    before = services.portal_settings.get(ORG)
    send(ada, {"portal_name": "Harbour Door", "colour": "#ffdd00", "do": "preview"}, status=200)
    assert (
        "Nothing is saved yet" in ada.text
        and "Harbour Door" in ada.page.select_one(".branding-preview").get_text()
    )
    assert ada.page.find("link", href="/colours/ffdd00/preview.css")
    assert services.portal_settings.get(ORG) == before


@pytest.mark.parametrize(
    ("picture", "kind"), [(png(), "image/png"), (JPEG, "image/jpeg")], ids=["png", "jpeg"]
)
def test_a_logo_is_served_by_its_content_for_good_and_runs_nothing(
    app: Flask, ada: Browser, nora: Browser, services: Services, picture: bytes, kind: str
) -> None:
    send(ada, {"colour": "#3b49c9"}, picture)
    settings = services.portal_settings.get(ORG)
    assert settings.colour == "", "Foyer's own colour is none of the merchant's"
    address = f"/logos/{settings.logo}"
    assert nora.get("/").select_one("img.brand-logo")["src"] == address
    answer = app.test_client().get(address)
    assert answer.get_data() == picture and answer.headers["Content-Type"] == kind
    headers = answer.headers
    assert "immutable" in headers["Cache-Control"] and headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    send(ada, {"colour": "#3b49c9", "removes_logo": "true"})
    assert nora.get("/").select_one("img.brand-logo") is None
    assert app.test_client().get(address).get_data() == picture
    assert services.stores.records.ttl(f"logo:{settings.logo}") > 0, (
        "letters that were sent still show it, not for ever"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "PNG or JPEG"),
        (b"GIF89a" + b"\0" * 40, "PNG or JPEG"),
        (png()[:20], "cannot be read"),
        (png(5000, 1), "at most 4096 pixels"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * (200 * 1024), "200 kB"),
        (b"\xff\xd8\xff\xe0", "cannot be read"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason_and_nothing_typed_is_lost(
    ada: Browser, services: Services, content: bytes, expected: str
) -> None:
    send(ada, {"portal_name": "Harbour Door", "colour": "#ffdd00"}, content, status=422)
    assert expected in ada.page.find(id="logo-error").get_text()
    assert (
        ada.page.find(id="portal_name")["value"] == "Harbour Door"
        and ada.page.find(id="colour")["value"] == "#ffdd00"
    )
    assert services.portal_settings.get(ORG).portal_name == ""


def test_a_colour_that_is_none_is_refused(ada: Browser) -> None:
    send(ada, {"colour": "#12345g", "banner": "Hello"}, status=422)
    assert "for example #0b6e4f" in ada.page.find(id="colour-error").get_text() and "Hello" in ada.text


def test_the_invitation_looks_like_the_merchant(
    app: Flask, visitor: Browser, seed: Seeding, services: Services
) -> None:
    seed.settings(portal_name="Harbour Door", colour="#ffdd00", welcome="Good to have you here.")
    account = seed.client("46000000001001", "480", email="new@northwind.example", name="New One", password="")
    page = visitor.get(f"/invitations/{services.invitations.make(account.id)}")
    assert "Harbour Door" in page.get_text() and "Good to have you here." in visitor.text
    assert page.find("link", href="/colours/ffdd00.css")


@pytest.mark.parametrize(
    "path", ["/colours/zzzzzz.css", "/colours/FFDD00.css", "/logos/" + "0" * 40, "/logos/x"]
)
def test_no_other_address_gives_anything(visitor: Browser, path: str) -> None:
    visitor.get(path, status=404)
