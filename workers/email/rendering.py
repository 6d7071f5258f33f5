"""The text of an email: one template per kind, rendered as plain text and as HTML. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from config.catalogs import catalog
from config.colours import light_accent
from config.languages import LANGUAGES
from config.money_format import format_money
from config.stored_messages import read_stored_text, translate_message
from workers.email.dates import format_day

TEMPLATES = Path(__file__).parent / "templates"
BLOCKS = ("subject", "body", "facts", "button", "after")
STORED_MESSAGE_VALUES = frozenset({"wish", "outcome"})
"""Values that are our own translatable messages (config/stored_messages.py), never user input."""

FOYERS_COLOUR = "#1f4e79"


@dataclass(frozen=True, kw_only=True)
class RenderContext:
    """Values besides the email's own. merchant: the portal's name. link: absolute, "" for none.
    unsubscribe_link: stops emails of this kind, "" if it cannot be stopped. colour: #rrggbb, "" for Foyer's
    own. says_quote: the merchant says "quote" for an estimate.
    """

    person: str
    merchant: str
    portal: str
    language: str
    link: str = ""
    unsubscribe_link: str = ""
    colour: str = ""
    says_quote: bool = False


@dataclass(frozen=True)
class RenderedEmail:
    """subject: one line. html: the same content as text."""

    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)


def render_email(kind: str, values: Mapping[str, str], context: RenderContext) -> RenderedEmail:
    """Every block is rendered as plain text and escaped as a whole for HTML, so user input cannot become
    markup.
    """
    language = LANGUAGES[context.language]
    template = _plain(language.code, context.says_quote).get_template(f"{kind}.txt")
    said = {
        name: _in(language.code, value, context.says_quote) if name in STORED_MESSAGE_VALUES else value
        for name, value in values.items()
    }
    blocks = {name: _block(template, name, {**said, "context": context}) for name in BLOCKS}
    subject = " ".join(blocks["subject"].split())
    colour = light_accent(context.colour or FOYERS_COLOUR).accent
    shown = {**blocks, "subject": subject, "context": context, "language": language, "colour": colour}
    return RenderedEmail(
        subject,
        _plain(language.code, context.says_quote).get_template("layout.txt").render(shown).strip() + "\n",
        _layout(language.code, context.says_quote)
        .get_template("layout.html")
        .render(shown, paragraphs=paragraphs(blocks)),
    )


def paragraphs(blocks: Mapping[str, str]) -> dict[str, list[list[str]]]:
    """Block → paragraphs, each a list of lines."""
    return {
        name: [part.splitlines() for part in text.split("\n\n") if part.strip()]
        for name, text in blocks.items()
    }


def _block(template: Template, name: str, values: Mapping[str, object]) -> str:
    block = template.blocks.get(name)
    return "" if block is None else "".join(block(template.new_context(dict(values)))).strip()


def _in(language: str, text: str, says_quote: bool) -> str:
    return translate_message(read_stored_text(text), catalog(language, says_quote=says_quote).gettext)


@cache
def _plain(language: str, says_quote: bool) -> Environment:
    return _environment(language, says_quote, escapes=False)


@cache
def _layout(language: str, says_quote: bool) -> Environment:
    return _environment(language, says_quote, escapes=True)


def _environment(language: str, says_quote: bool, *, escapes: bool) -> Environment:
    made = Environment(
        autoescape=escapes,  # noqa: S701 - plain text has nothing to escape; the HTML layout escapes all of it
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(catalog(language, says_quote=says_quote), newstyle=True)  # type: ignore[attr-defined]
    made.globals["money"] = lambda amount, currency: format_money(amount, currency, language)
    made.globals["day"] = lambda day: format_day(language, day)
    return made
