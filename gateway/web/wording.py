"""The words of a page in the language of its request.

In Python: _("Hello %(name)s", name=…) and ngettext("%(num)s invoice", "%(num)s invoices", count); a table of
words marks them with config.stored_messages.N_ and says them with _ where they are used. In templates the
same, or {% trans %}. A literal % is written %%. Merchants' pages are English.
"""

from __future__ import annotations

from gettext import NullTranslations
from typing import Any

from flask import Flask, g, has_request_context

from cache.records.portal.portal_settings import PortalSettings
from config.catalogs import catalog, read_all_catalogs
from config.languages import LANGUAGES, Language
from config.stored_messages import translate_message
from gateway.web.request_language import current_language
from gateway.web.theme import THEMES, page_theme


def _(message: str, /, **values: Any) -> str:
    """The message in the language of this request, with its values filled in."""
    return current_translations().gettext(message) % values


def ngettext(one: str, many: str, num: int, /, **values: Any) -> str:
    """The plural form for num, by the language's own rules; the number is available as `num`."""
    return current_translations().ngettext(one, many, num) % {"num": num, **values}


def pgettext(context: str, message: str, /, **values: Any) -> str:
    """A message that means different things in different places; context tells translators which is meant."""
    return current_translations().pgettext(context, message) % values


def translate(message: str) -> str:
    """Words from a record: a Phrase in the language of this request, anything else as it was said."""
    return translate_message(message, current_translations().gettext)


def current_translations() -> NullTranslations:
    """The catalog of this request; the source's own words outside of one."""
    return catalog(current_language(), says_quote=_says_quote())


def page_language() -> Language:
    """The language of this request, with its name and text direction."""
    return LANGUAGES[current_language()]


def add_wording(app: Flask) -> None:
    """Gives templates _(), ngettext(), pgettext(), {% trans %}, page_language() and `languages`, and reads
    the catalogs.
    """
    read_all_catalogs()
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # comes with the extension
        lambda message: current_translations().gettext(message),
        lambda one, many, num: current_translations().ngettext(one, many, num),
        newstyle=True,
        pgettext=lambda context, message: current_translations().pgettext(context, message),
        npgettext=lambda context, one, many, num: current_translations().npgettext(context, one, many, num),
    )
    app.jinja_env.filters["translate"] = translate
    app.jinja_env.globals.update(
        page_theme=page_theme, themes=THEMES, page_language=page_language, languages=tuple(LANGUAGES.values())
    )


def _says_quote() -> bool:
    settings = getattr(g.get("visit"), "settings", None) if has_request_context() else None
    return settings.says_quote if isinstance(settings, PortalSettings) else False
