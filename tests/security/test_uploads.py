"""Files that are not what they say: archives, documents with scripts, drawings with scripts, pictures that
are two things at once.

The forms that take a file are found on the pages, so that a new one is tried by itself.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from gateway.web.csrf import FIELD
from gateway.web.sessions import cookie_name
from tests.security.test_route_access import places, stored_state
from tests.security.two_organisations import ORG, Person, TwoOrganisations

SCRIPT = b"<script>marked()</script>"


def png(width: int = 8, height: int = 8, *, inside: bytes = b"", behind: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = b"".join(b"\0" + b"\xff\xff\xff" * min(width, 64) for _ in range(min(height, 64)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + (chunk(b"tEXt", inside) if inside else b"")
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
        + behind
    )


def archive(*, bomb: bool = False) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../../evil.html", b"\0" * 50_000_000 if bomb else SCRIPT)
    return file.getvalue()


REFUSED = {
    "zip": ("logo.png", "image/png", archive()),
    "zip that grows": ("logo.png", "image/png", archive(bomb=True)),
    "pdf with a script": (
        "logo.pdf",
        "application/pdf",
        b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(marked())>>>>endobj\n",
    ),
    "svg with a script": (
        "logo.svg",
        "image/svg+xml",
        b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
    ),
    "svg that says png": ("logo.png", "image/png", b"<?xml version='1.0'?><svg onload='marked()'/>"),
    "html that says png": ("logo.png", "image/png", b"<html>" + SCRIPT),
    "gif that is a script": ("logo.gif", "image/gif", b"GIF89a/*" + b"\0" * 40 + b"*/=1;marked()"),
    "a program": ("logo.png", "image/png", b"\x7fELF" + b"\0" * 60),
    "only the beginning of a png": ("logo.png", "image/png", b"\x89PNG\r\n\x1a\n"),
    "a png with a page behind it": ("logo.png", "image/png", png(behind=b"<html>" + SCRIPT + b"</html>")),
    "a png as wide as a house": ("logo.png", "image/png", png(60_000, 60_000)),
    "a png without a size": ("logo.png", "image/png", png(0, 0)),
    "only the beginning of a jpeg": ("logo.jpg", "image/jpeg", b"\xff\xd8\xff\xe0"),
    "a jpeg without an end": ("logo.jpg", "image/jpeg", b"\xff\xd8\xff" + b"\xff\xe0\0\0" * 20_000),
    "too large": ("logo.png", "image/png", png(inside=b"x" * 230_000)),
}
NAMES = (
    "../../etc/passwd.png",
    "logo.png.html",
    "logo.php",
    "a\0.png",
    "x" * 3000 + ".png",
    "CON.png",
    "<img src=x onerror=marked()>.png",
    "логотип.png",
)


class UploadForms:
    """Whoever may open a page sends its form with a file."""

    def __init__(self, app: Flask) -> None:
        self.app, self.organisations = app, TwoOrganisations(app)
        forms = list(self._forms())
        self.forms = [form for form in forms if form[0] == self.organisations.ada]
        self.reports = [form for form in forms if form[0] == self.organisations.nora]

    def _forms(self) -> Iterator[tuple[Person, str, str, dict[str, str]]]:
        """(who, action, name of the field for a file, the other fields)."""
        for place in places(self.organisations):
            for person in (
                (self.organisations.nora, self.organisations.ada)
                if place.method == "GET" and place.endpoint
                else ()
            ):
                answer = person.ask("GET", place.address)
                page = BeautifulSoup(answer.get_data() if answer.mimetype == "text/html" else b"", "html5lib")
                for form in page.select("form:has(input[type=file])"):
                    told: dict[str, str] = {}
                    for field in form.select(
                        "input[name]:not([type=file]):not([type=checkbox]), textarea[name], button[name]"
                    ):
                        told.setdefault(str(field["name"]), str(field.get("value", field.get_text())))
                    for element in form.select("select[name]"):
                        told[str(element["name"])] = str(element.select("option")[-1]["value"])
                    for field in form.select("input[type=date]"):
                        told[str(field["name"])] = told[str(field["name"])] or "2026-11-03"
                    yield person, str(form["action"]), str(form.select_one("input[type=file]")["name"]), told  # type: ignore[index]

    def send(
        self, person: Person, action: str, field: str, told: dict[str, str], file: tuple[str, str, bytes]
    ) -> TestResponse:
        with self.app.test_request_context():
            name = cookie_name()
        browser = self.app.test_client()
        browser.set_cookie(name, person.cookie)
        return browser.post(
            action,
            data={**told, FIELD: person._token(), field: (io.BytesIO(file[2]), file[0], file[1])},
            content_type="multipart/form-data",
        )


@pytest.fixture
def uploads(app: Flask) -> UploadForms:
    return UploadForms(app)


def test_what_is_no_picture_is_refused_and_nothing_of_it_is_kept(uploads: UploadForms) -> None:
    assert uploads.forms, "there is a form that takes a file"
    for person, action, field, told in uploads.forms:
        for what, file in REFUSED.items():
            before = stored_state(uploads.organisations)
            answer = uploads.send(person, action, field, told, file)
            assert answer.status_code in (400, 413, 422), f"{what} at {action}: {answer.status}"
            assert SCRIPT.decode() not in answer.get_data(as_text=True)
            assert stored_state(uploads.organisations) == before, f"{what} at {action} was kept"


def test_a_picture_with_a_script_inside_is_served_as_a_picture_and_runs_nothing(uploads: UploadForms) -> None:
    for person, action, field, told in uploads.forms:
        answer = uploads.send(
            person, action, field, told, ("logo.html", "text/html", png(inside=b"x\0" + SCRIPT))
        )
        assert answer.status_code == 303, answer.status
        name = uploads.organisations.services.portal_settings.get(ORG).logo
        served = uploads.app.test_client().get(f"/logos/{name}")
        assert (
            served.status_code == 200
            and served.mimetype == "image/png"
            and served.headers["X-Content-Type-Options"] == "nosniff"
        )
        assert (
            "default-src 'none'" in served.headers["Content-Security-Policy"]
            and "script-src 'self'" in served.headers["Content-Security-Policy"]
        )


FOR_NO_REPORT = (
    "zip",
    "zip that grows",
    "svg with a script",
    "svg that says png",
    "html that says png",
    "gif that is a script",
    "a program",
)
"""A report takes pictures and PDFs, whatever is inside of them: they are handed out as files, and nothing
looks at them here.
"""


def test_what_is_no_picture_and_no_pdf_does_not_come_with_a_report(uploads: UploadForms) -> None:
    assert uploads.reports, "there is a form for clients that takes a file"
    for person, action, field, told in uploads.reports:
        for what in FOR_NO_REPORT:
            before = without_presence(stored_state(uploads.organisations))
            answer = uploads.send(person, action, field, told, REFUSED[what])
            assert answer.status_code == 422, f"{what} at {action}: {answer.status}"
            assert SCRIPT.decode() not in answer.get_data(as_text=True)
            assert without_presence(stored_state(uploads.organisations)) == before, (
                f"{what} at {action} was kept"
            )
        answer = uploads.send(person, action, field, told, ("slip.png", "image/png", png()))
        assert answer.status_code == 303, (
            "the same form with a picture is taken, or the refusals prove nothing"
        )


def without_presence(kept: dict[str, object]) -> dict[str, object]:
    """When a client was last here is noted at every page."""
    return {key: value for key, value in kept.items() if not key.endswith(":seen")}


def test_the_name_of_a_file_leads_nowhere_and_comes_back_nowhere(uploads: UploadForms) -> None:
    for person, action, field, told in uploads.forms:
        for name in NAMES:
            answer = uploads.send(person, action, field, told, (name, "image/png", png()))
            assert answer.status_code in (303, 400), f"{name!r}: {answer.status}"
            page = person.ask("GET", answer.headers.get("Location", action)).get_data(as_text=True)
            assert "onerror" not in page and "passwd" not in page and "логотип" not in page
