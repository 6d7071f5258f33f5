"""Templates: no inline script or style, strict about names, and no figure without its time."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, StrictUndefined

from config.settings import Settings
from gateway.app import create_app
from tests.project_rules.project_files import our_files, text_of
from tests.project_rules.template_rules import inline_faults, unmarked_money_faults, untimed_money_faults

FOLDER = Path("gateway/templates")
TEMPLATES = {
    path.relative_to(FOLDER).as_posix(): text_of(path) for path in our_files() if path.is_relative_to(FOLDER)
}


@pytest.fixture
def environment(settings: Settings) -> Environment:
    return create_app(settings).jinja_env


def test_there_are_templates_to_judge() -> None:
    assert "documents/invoices/list.html" in TEMPLATES


def test_no_page_holds_an_inline_script_or_style() -> None:
    assert [fault for name, text in TEMPLATES.items() for fault in inline_faults(name, text)] == []


def test_every_page_that_shows_money_says_when_zoho_said_it() -> None:
    assert unmarked_money_faults(TEMPLATES) == []
    assert untimed_money_faults(TEMPLATES) == []


def test_an_undefined_name_fails_instead_of_printing_nothing(environment: Environment) -> None:
    assert issubclass(environment.undefined, StrictUndefined)


def test_every_template_compiles(environment: Environment) -> None:
    for name in TEMPLATES:
        environment.get_template(name)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<script nonce='x'>\n go()</script>",
        "<script src='a.js'>go()</script>",
        "<style>p {}</style>",
        "<p class='a' style='color: red'>",
        '<i style="width: {{ part }}%">',
        "<button\n  onclick='go()'>",
        "<a href='javascript:go()'>",
    ],
)
def test_inline_code_is_caught(text: str) -> None:
    assert inline_faults("pages/x.html", text) != []


@pytest.mark.parametrize(
    "text",
    [
        "<script src=\"{{ url_for('static', filename='receipt.js') }}\" defer></script>",
        "{# <style> is forbidden #}{{ field(style='wide', once=true) }}",
        "<p>style = plain, one = two</p>",
    ],
)
def test_clean_pages_pass(text: str) -> None:
    assert inline_faults("pages/x.html", text) == []


def test_money_without_its_time_is_caught() -> None:
    money = "{% from 'parts/money.html' import money %}{{ money(a, b) }}"
    as_of = "{% from 'parts/as_of.html' import as_of_note %}"
    templates = {
        "pages/bad.html": money,
        "pages/imports_only.html": as_of + money,
        "pages/through_a_part.html": "{% include 'parts/table.html' %}",
        "parts/table.html": money,
        "pages/good.html": as_of + money + "{{ as_of_note(as_of) }}",
        "pages/good_part.html": "{% include 'parts/timed.html' %}",
        "parts/timed.html": as_of + money + "{{ as_of_note(as_of) }}",
        "pages/words.html": "<p>nothing to count</p>",
    }
    assert [fault.split()[0] for fault in untimed_money_faults(templates)] == [
        "pages/bad.html",
        "pages/imports_only.html",
        "pages/through_a_part.html",
    ]


def test_money_past_the_macro_is_caught() -> None:
    templates = {
        "pages/bad.html": "{{ a|money('USD') }}",
        "parts/money.html": "{{ a | money(b) }}",
        "pages/good.html": "{{ money(a, b) }}",
    }
    assert [fault.split()[0] for fault in unmarked_money_faults(templates)] == ["pages/bad.html"]
