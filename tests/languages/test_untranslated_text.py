"""Every word of the client's side goes through gettext."""

from __future__ import annotations

import pytest

from tests.languages.message_catalogs import TEMPLATES, client_emails, client_templates
from tests.languages.untranslated_text import untranslated

MERCHANTS_OWN = (
    "parts/switches.html",
    "parts/route_in_force.html",
    "parts/setting_up.html",
    "parts/settings_tabs.html",
    "parts/viewing_bar.html",
    "web/viewers_may_not.html",
)
"""What only a merchant sees, on pages of theirs or as a client: English."""

ATTRIBUTES_APART = ("parts/form_field.html",)
"""Puts attributes together before it writes the tag, which reads like text."""


def test_no_template_of_the_clients_side_holds_words_that_cannot_be_translated() -> None:
    files = [
        file
        for file in client_templates()
        if file.relative_to(TEMPLATES).as_posix() not in MERCHANTS_OWN + ATTRIBUTES_APART
    ]
    assert len(files) > 50
    assert [
        fault
        for file in files
        for fault in untranslated(file.relative_to(TEMPLATES).as_posix(), file.read_text(encoding="utf-8"))
    ] == []


def test_no_letter_to_clients_holds_words_that_cannot_be_translated() -> None:
    emails = [file for file in client_emails() if file.suffix == ".txt"]
    assert [
        fault for file in emails for fault in untranslated(file.name, file.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>Hello there</p>",
        "<p>{{ name }} waits</p>",
        "{% if a %}Paid{% endif %}",
        '<a aria-label="More of it" href="x">{{ _("More") }}</a>',
        '{{ field("reason", "Why?", reason) }}',
        '<a href="{{ url_for("x") }}"{% if a %} class="b"{% endif %}>Read it</a>',
    ],
)
def test_words_outside_are_caught(text: str) -> None:
    assert untranslated("pages/x.html", text) != []


@pytest.mark.parametrize(
    "text",
    [
        '<p class="soft small">{{ _("Hello") }}</p>',
        "{% trans %}Hello there{% endtrans %}",
        "<p>Zoho</p><p>PDF</p> · – 12",
        '<input type="hidden" name="next" value="{{ a }}"{% if b %} required{% endif %}>',
        '{{ field("email", _("E-mail address"), kind="email", autocomplete="username") }}',
    ],
)
def test_words_inside_pass(text: str) -> None:
    assert untranslated("pages/x.html", text) == []
