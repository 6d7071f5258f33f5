"""How figures, days, times and statuses read. Amounts are never rounded here and never pass through a
float.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache, lru_cache

from babel.dates import format_date, format_skeleton, get_datetime_format
from babel.numbers import format_decimal
from flask import Flask, g, has_app_context

from config.money_words import money_words
from config.phrases import marked
from config.time_zones import zone_named
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from gateway.languages_chosen import chosen_language
from gateway.wording import _, ngettext

DAY = {"en": "d MMM y"}
"""English is read in many countries: neither 11/23 nor 23/11. The other languages' days are CLDR's."""

TIME = "%H:%M"
"""In every language: no reader takes 09:05 for the evening, and figures stand under each other."""

REMEMBERED = 4096
"""Days and amounts whose words are kept at hand: Babel takes a quarter of a millisecond to find them."""

STATUS_WORDS = {
    ("estimate", "sent"): (marked("Waiting for you"), "waiting"),
    ("estimate", "accepted"): (marked("Accepted"), "good"),
    ("estimate", "invoiced"): (marked("Accepted and invoiced"), "good"),
    ("estimate", "declined"): (marked("Declined"), "quiet"),
    ("estimate", "expired"): (marked("Expired"), "quiet"),
    ("invoice", "sent"): (marked("Unpaid"), "waiting"),
    ("invoice", "viewed"): (marked("Unpaid"), "waiting"),
    ("invoice", "unpaid"): (marked("Unpaid"), "waiting"),
    ("invoice", "overdue"): (marked("Overdue"), "bad"),
    ("invoice", "partially_paid"): (marked("Partly paid"), "waiting"),
    ("invoice", "paid"): (marked("Paid"), "good"),
    ("invoice", "void"): (marked("Void"), "quiet"),
    ("invoice", "reported"): (marked("Reported paid, waiting for confirmation"), "waiting"),
    ("invoice", "reported_booking"): (marked("Reported paid, being booked"), "waiting"),
    ("invoice", "being_paid"): (marked("Being paid"), "waiting"),
    ("invoice", "booking"): (marked("Payment received, being booked"), "waiting"),
    ("invoice", "debit"): (marked("A bank payment is on its way"), "waiting"),
    ("invoice", "looked_at"): (marked("Being looked at"), "waiting"),
    ("credit_note", "open"): (marked("Credit left"), "good"),
    ("credit_note", "closed"): (marked("Used up"), "quiet"),
    ("credit_note", "void"): (marked("Void"), "quiet"),
    ("subscription", "live"): (marked("Running"), "good"),
    ("subscription", "trial"): (marked("Trial"), "good"),
    ("subscription", "future"): (marked("Starts later"), "quiet"),
    ("subscription", "dunning"): (marked("Payment failed"), "bad"),
    ("subscription", "unpaid"): (marked("Unpaid"), "bad"),
    ("subscription", "non_renewing"): (marked("Ends after this term"), "waiting"),
    ("subscription", "cancelled"): (marked("Cancelled"), "quiet"),
    ("subscription", "cancelled_from_dunning"): (marked("Cancelled"), "quiet"),
    ("subscription", "expired"): (marked("Ended"), "quiet"),
    ("subscription", "trial_expired"): (marked("Trial ended"), "quiet"),
    ("subscription", "active"): (marked("Running"), "good"),
    ("subscription", "stopped"): (marked("Stopped"), "quiet"),
    ("order", "proposed"): (marked("Waiting for the merchant"), "waiting"),
    ("order", "handed_over"): (marked("At Zoho’s page"), "waiting"),
    ("order", "recorded"): (marked("Recorded"), "waiting"),
    ("order", "sending"): (marked("On its way"), "waiting"),
    ("order", "confirmed"): (marked("Confirmed by Zoho"), "good"),
    ("order", "refused"): (marked("Refused"), "bad"),
    ("order", "changed"): (marked("Changed meanwhile"), "bad"),
    ("order", "waiting"): (marked("Waiting for Zoho"), "waiting"),
    ("order", "uncertain"): (marked("Being checked"), "waiting"),
    ("order", "needs_attention"): (marked("Being looked at"), "waiting"),
    ("order", "withdrawn"): (marked("Withdrawn"), "quiet"),
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
        due_words=due_words,
        status_word=status_word,
        status_tone=status_tone,
        shown_status=shown_status,
        initials=initials,
        duration=duration,
    )
    app.jinja_env.globals["today"] = today


def money(amount: Decimal | None, currency: str) -> str:
    """1234.5 USD → "$1,234.50", 1500 JPY → "¥1,500", 12.3 BHD → "BHD 12.300". "–" where Zoho gave no figure.

    Shows at least the currency's own places, and more where the amount has more: nothing is rounded away.
    """
    # Equal amounts may have other places (1.5, 1.50): the text tells them apart.
    return "–" if amount is None else money_words(str(amount), currency, chosen_language())


def quantity(amount: Decimal | None) -> str:
    """2.00 → "2", 1.5 → "1.5", None → ""."""
    return (
        ""
        if amount is None
        else format_decimal(amount.normalize(), locale=chosen_language(), decimal_quantization=False)
    )


def whole_number(count: int) -> str:
    """1234567 → "1,234,567"."""
    return format_decimal(count, locale=chosen_language())


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
    (FACTS 4.1).
    """
    return dt.datetime.now(organisation_zone()).date()


def organisation_zone() -> dt.tzinfo:
    """The zone of the organisation of this request; UTC where there is none, or none we know."""
    return zone_named(g.get("time_zone", "") if has_app_context() else "")


def day(date: dt.date | None) -> str:
    """23 Nov 2026; "–" for none."""
    return "–" if date is None else _day_words(date, chosen_language())


@lru_cache(REMEMBERED)
def _day_words(date: dt.date, locale: str) -> str:
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
    there, locale = when.astimezone(organisation_zone()), chosen_language()
    return (
        _day_and_time(locale)
        .replace("{0}", there.strftime(TIME))
        .replace("{1}", _day_words(there.date(), locale))
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


def due_words(date: dt.date | None) -> str:
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


def status_word(status: str, kind: str) -> str:
    """A status we do not know gets its own name in plain letters, and no meaning (FACTS 5.2)."""
    known = STATUS_WORDS.get((kind, status))
    return _(known[0]) if known else status.replace("_", " ").capitalize()


def status_tone(status: str, kind: str) -> str:
    """good, waiting, bad or quiet."""
    known = STATUS_WORDS.get((kind, status))
    return known[1] if known else "quiet"


def shown_status(document: Estimate | Invoice) -> str:
    """Zoho's status, except where the calendar is ahead of it: Zoho moves sent to expired or overdue only at
    its own pace. Of an invoice, ask gateway/paying/pay_standing.py for what clients see.
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
