"""How amounts, dates, times and statuses are formatted. Amounts are never rounded and never pass through a
float.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache, lru_cache

from babel.dates import format_date, format_skeleton, get_datetime_format
from babel.numbers import format_decimal
from flask import Flask, g, has_app_context

from config.money_format import format_money
from config.stored_messages import N_
from config.time_zones import zone_named
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from gateway.document_kinds import DOCUMENT_PAGES
from gateway.web.request_language import current_language
from gateway.web.wording import _, ngettext

DAY = {"en": "d MMM y"}
"""English is read in many countries: neither 11/23 nor 23/11. The other languages' days are CLDR's."""

TIME = "%H:%M"
"""In every language: no reader takes 09:05 for the evening, and figures stand under each other."""

CACHE_SIZE = 4096
"""Days and amounts whose words are kept at hand: Babel takes a quarter of a millisecond to find them."""

STATUS_LABELS = {
    **{
        (row.noun.replace(" ", "_"), status): label
        for row in DOCUMENT_PAGES.values()
        for status, label in row.statuses.items()
    },
    ("order", "proposed"): (N_("Waiting for the merchant"), "waiting"),
    ("order", "at_checkout"): (N_("At Zoho’s page"), "waiting"),
    ("order", "recorded"): (N_("Recorded"), "waiting"),
    ("order", "sending"): (N_("On its way"), "waiting"),
    ("order", "confirmed"): (N_("Confirmed by Zoho"), "good"),
    ("order", "refused"): (N_("Refused"), "bad"),
    ("order", "changed"): (N_("Changed meanwhile"), "bad"),
    ("order", "waiting"): (N_("Waiting for Zoho"), "waiting"),
    ("order", "uncertain"): (N_("Being checked"), "waiting"),
    ("order", "needs_attention"): (N_("Being looked at"), "waiting"),
    ("order", "withdrawn"): (N_("Withdrawn"), "quiet"),
}
"""(kind, status) → the word people read, and the tone of its badge. The word alone says it; the colour only
helps.
"""


def add_template_filters(app: Flask) -> None:
    """Makes the functions below usable in templates under their own names."""
    app.jinja_env.filters.update(
        money=money,
        quantity=quantity,
        whole_number=whole_number,
        every=every,
        day=day,
        moment=moment,
        clock=clock,
        iso=iso,
        due_label=due_label,
        status_label=status_label,
        status_tone=status_tone,
        effective_status=effective_status,
        initials=initials,
        duration=duration,
    )
    app.jinja_env.globals["today"] = today


def money(amount: Decimal | None, currency: str) -> str:
    """1234.5 USD → "$1,234.50", 1500 JPY → "¥1,500", 12.3 BHD → "BHD 12.300". "–" where Zoho gave no figure.

    Shows at least the currency's own places, and more where the amount has more: nothing is rounded away.
    """
    # Equal amounts may have other places (1.5, 1.50): the text tells them apart.
    return "–" if amount is None else format_money(str(amount), currency, current_language())


def quantity(amount: Decimal | None) -> str:
    """2.00 → "2", 1.5 → "1.5", None → ""."""
    return (
        ""
        if amount is None
        else format_decimal(amount.normalize(), locale=current_language(), decimal_quantization=False)
    )


def whole_number(count: int) -> str:
    """1234567 → "1,234,567"."""
    return format_decimal(count, locale=current_language())


def every(count: int, unit: str) -> str:
    """1, "months" → "every month"; 3, "months" → "every 3 months"."""
    match unit.removesuffix("s"):
        case "day":
            return ngettext("every day", "every %(num)s days", count)
        case "week":
            return ngettext("every week", "every %(num)s weeks", count)
        case "month":
            return ngettext("every month", "every %(num)s months", count)
        case "year":
            return ngettext("every year", "every %(num)s years", count)
    return f"{count} {unit}"


def today() -> dt.date:
    """The calendar day where the merchant's organisation is: it decides what is due and what has expired
    (zoho.md 4.1).
    """
    return dt.datetime.now(organisation_zone()).date()


def organisation_zone() -> dt.tzinfo:
    """The zone of the organisation of this request; UTC where there is none, or none we know."""
    return zone_named(g.get("time_zone", "") if has_app_context() else "")


def day(date: dt.date | None) -> str:
    """23 Nov 2026; "–" for none."""
    return "–" if date is None else _day_text(date, current_language())


@lru_cache(CACHE_SIZE)
def _day_text(date: dt.date, locale: str) -> str:
    return (
        format_date(date, DAY[locale], locale=locale)
        if locale in DAY
        else format_skeleton("yMMMd", date, locale=locale)
    )


@cache
def _day_and_time(locale: str) -> str:
    """How CLDR puts the two together: {1} is the day, {0} the time."""
    return str(get_datetime_format("medium", locale=locale)).replace("'", "")


def moment(when: dt.datetime | None) -> str:
    """Day and time in the organisation's zone: "23 Nov 2026, 10:42"."""
    if when is None:
        return "–"
    there, locale = when.astimezone(organisation_zone()), current_language()
    return (
        _day_and_time(locale)
        .replace("{0}", there.strftime(TIME))
        .replace("{1}", _day_text(there.date(), locale))
    )


def clock(when: dt.datetime) -> str:
    """ "10:42" today in the organisation's zone, else day and time."""
    zone = organisation_zone()
    if when.astimezone(zone).date() == dt.datetime.now(zone).date():
        return when.astimezone(zone).strftime(TIME)
    return moment(when)


def duration(seconds: float) -> str:
    """0.3 → "0.3 s", 42 → "42 s", 90 → "2 min", 7200 → "2 h", 200000 → "2 days": one figure, never more exact
    than it is useful.
    """
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h" if seconds < 48 * 3600 else f"{seconds / 86400:.0f} days"


def iso(when: dt.date) -> str:
    """For the datetime attribute of <time>."""
    return when.isoformat(timespec="seconds") if isinstance(when, dt.datetime) else when.isoformat()


def due_label(date: dt.date | None) -> str:
    """ "due today", "due in 5 days", "3 days overdue": how far a due date is from the organisation's today;
    "" for none.
    """
    if date is None:
        return ""
    days = (date - today()).days
    if days == 0:
        return _("due today")
    if days == 1:
        return _("due tomorrow")
    if days > 0:
        return ngettext("due in %(num)s day", "due in %(num)s days", days)
    return ngettext("%(num)s day overdue", "%(num)s days overdue", -days)


def status_label(status: str, kind: str) -> str:
    """A status we do not know gets its own name in plain letters, and no meaning (zoho.md 5.2)."""
    known = STATUS_LABELS.get((kind, status))
    return _(known[0]) if known else status.replace("_", " ").capitalize()


def status_tone(status: str, kind: str) -> str:
    """good, waiting, bad or quiet."""
    known = STATUS_LABELS.get((kind, status))
    return known[1] if known else "quiet"


def effective_status(document: Estimate | Invoice) -> str:
    """Zoho's status, except where the calendar is ahead of it: Zoho moves sent to expired or overdue only at
    its own pace. Of an invoice, ask gateway/paying/payment_status.py for what clients see.
    """
    if isinstance(document, Estimate):
        return (
            "expired"
            if document.status == "sent" and not document.can_be_answered(today())
            else document.status
        )
    return "overdue" if document.is_overdue(today()) else document.status


def initials(name: str) -> str:
    """One or two letters for the sign of a merchant: "Harbour Light Studio" → "HL"."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "·"
