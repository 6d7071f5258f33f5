"""What letters say: every kind in every language, as text and as HTML, and nothing that somebody typed is
markup or a header.
"""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from cache.records.email.email_kinds import EMAIL_KINDS
from config.languages import LANGUAGES
from tests.workers.email.sample_values import SAMPLES
from workers.email.rendering import TEMPLATES, RenderContext, RenderedEmail, render_email

PORTAL = "https://portal.example"


def context(language: str = "en", **changes: object) -> RenderContext:
    usual = {
        "person": "Erin Solberg",
        "merchant": "Harbour Light Studio",
        "portal": PORTAL,
        "language": language,
        "link": f"{PORTAL}/invoices/1",
        "unsubscribe_link": f"{PORTAL}/letters/stop/abc",
        "colour": "#aa3311",
    }
    return RenderContext(**{**usual, **changes})  # type: ignore[arg-type]


def words_of(written: RenderedEmail) -> str:
    return BeautifulSoup(written.html, "html5lib").get_text(" ", strip=True)


def test_every_kind_has_its_template_and_its_sample() -> None:
    assert set(SAMPLES) == set(EMAIL_KINDS)
    assert {file.stem for file in TEMPLATES.glob("*.txt")} == {*EMAIL_KINDS, "layout"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", EMAIL_KINDS)
def test_text_and_html_say_the_same(kind: str, language: str) -> None:
    written = render_email(kind, SAMPLES[kind], context(language))
    page = BeautifulSoup(written.html, "html5lib")
    assert written.subject and "\n" not in written.subject and written.subject == page.h1.get_text()  # type: ignore[union-attr]
    assert "Erin Solberg" in written.text and "Erin Solberg" in words_of(written)
    assert f"{PORTAL}/letters/stop/abc" in written.text
    assert (page.html["lang"], page.html["dir"]) == (language, LANGUAGES[language].direction)  # type: ignore[index]
    links = {link["href"] for link in page.find_all("a")}
    assert all(link.startswith(PORTAL) for link in links)
    assert (f"{PORTAL}/invoices/1" in links) == (f"{PORTAL}/invoices/1" in written.text)
    assert not page.find_all(["script", "img", "link", "style", "iframe"])


def test_amounts_and_days_are_written_in_the_readers_language() -> None:
    values = {**SAMPLES["invoice_due_soon"], "currency": "EUR", "amount": "1234.5"}
    english, german = (render_email("invoice_due_soon", values, context(name)) for name in ("en", "de"))
    assert "€1,234.50" in english.text and "November 28, 2026" in english.text
    assert "1.234,50\xa0€" in german.text and "28. November 2026" in german.text


def test_no_figure_is_rounded() -> None:
    assert "BHD\xa00.001" in render_email("invoice_overdue", SAMPLES["invoice_overdue"], context()).text


def test_what_somebody_typed_is_text_in_the_html() -> None:
    values = {
        "subject": "<script>alert(1)</script>",
        "words": '<img src=x onerror="a()">\n\n{{ 7 * 7 }} {% raw %}',
    }
    written = render_email("message_copy", values, context(person="<b>Erin</b>", merchant='"><h2>'))
    page = BeautifulSoup(written.html, "html5lib")
    assert not page.find_all(["script", "img", "b", "h2"])
    assert "{{ 7 * 7 }}" in written.text and "<img src=x" in words_of(written)


def test_a_subject_has_one_line_whatever_is_in_it() -> None:
    written = render_email(
        "message", {**SAMPLES["message"], "subject": "Hi\r\nBcc: all@x.example"}, context()
    )
    assert written.subject == "Erin, Brightwater: Hi Bcc: all@x.example"


def test_typed_words_that_begin_like_kept_ones_stay_as_typed() -> None:
    values = {"subject": 'phrase:["%(a)999s", {"a": "x"}]', "words": "phrase:[broken"}
    written = render_email("message_copy", values, context())
    assert "phrase:[broken" in written.text and 'phrase:["%(a)999s"' in written.subject


def test_the_merchants_word_for_an_estimate_is_kept() -> None:
    assert render_email("new_estimate", SAMPLES["new_estimate"], context(says_quote=True)).subject.startswith(
        "Quote QT-000042"
    )


def test_the_merchants_colour_marks_the_button() -> None:
    assert "background:#aa3311" in render_email("receipt", SAMPLES["receipt"], context()).html
    assert "#ffee00" not in render_email("receipt", SAMPLES["receipt"], context(colour="#ffee00")).html, (
        "white words on yellow cannot be read"
    )
