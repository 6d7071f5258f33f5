"""The content of the PDFs of estimates, invoices, credit notes and receipts."""

from __future__ import annotations

from sandbox.amounts import Number, formatted
from sandbox.balances import balance_of, unused_amount
from sandbox.payment_booking import MODES
from sandbox.pdf_writer import in_pages
from sandbox.times import date_formatted
from sandbox.world import Organisation, Record


def estimate_pages(organisation: Organisation, estimate: Record) -> list[list[str]]:
    """Heading, customer, dates, lines and total of an estimate."""
    lines = [
        f"Quote {estimate['estimate_number']}",
        *_letterhead(organisation),
        f"To: {estimate['customer_name']}",
        f"Date: {_day(organisation, estimate['date'])}",
        f"Valid until: {_day(organisation, estimate['expiry_date']) or 'open'}",
        *_body(organisation, estimate),
    ]
    return in_pages(lines)


def invoice_pages(organisation: Organisation, invoice: Record) -> list[list[str]]:
    """Heading, customer, dates, lines, total and balance of an invoice."""
    lines = [
        f"Invoice {invoice['invoice_number']}",
        *_letterhead(organisation),
        f"To: {invoice['customer_name']}",
        f"Date: {_day(organisation, invoice['date'])}",
        f"Due: {_day(organisation, invoice['due_date'])}",
        *_body(organisation, invoice),
        f"Paid: {_money(organisation, invoice, invoice['payment_made'])}",
        f"Balance due: {_money(organisation, invoice, str(balance_of(invoice)))}",
    ]
    return in_pages(lines)


def credit_note_pages(organisation: Organisation, note: Record) -> list[list[str]]:
    """Heading, customer, date, lines, total and balance of a credit note."""
    lines = [
        f"Credit note {note['creditnote_number']}",
        *_letterhead(organisation),
        f"To: {note['customer_name']}",
        f"Date: {_day(organisation, note['date'])}",
        *_body(organisation, note),
        f"Credits remaining: {_money(organisation, note, note['balance'])}",
    ]
    return in_pages(lines)


def receipt_pages(organisation: Organisation, payment: Record) -> list[list[str]]:
    """Who paid what for which invoices."""
    applied = [
        f"  {organisation.invoices[part['invoice_id']]['invoice_number']}: "
        + _money(organisation, payment, part["amount_applied"])
        for part in payment["invoices"]
    ]
    lines = [
        f"Payment receipt {payment['payment_number']}",
        *_letterhead(organisation),
        f"Received from: {payment['customer_name']}",
        f"Date: {_day(organisation, payment['date'])}",
        f"By: {MODES.get(payment['payment_mode'], payment['payment_mode'])}",
        f"Reference: {payment['reference_number']}",
        f"Amount: {_money(organisation, payment, payment['amount'])}",
        "Applied to:",
        *applied,
        f"Not applied: {_money(organisation, payment, str(unused_amount(payment)))}",
    ]
    return in_pages(lines)


def _letterhead(organisation: Organisation) -> list[str]:
    return [organisation.details["name"], *organisation.details["org_address"].split("\n"), ""]


def _body(organisation: Organisation, document: Record) -> list[str]:
    lines = [""]
    for line in document["line_items"]:
        total = _money(organisation, document, line["item_total"])
        lines.append(
            f"{line['name']}   {line['quantity']:g} x {_money(organisation, document, line['rate'])} "
            f"  {total}"
        )
    lines += ["", f"Sub-total: {_money(organisation, document, document['sub_total'])}"]
    lines += [
        f"{tax['tax_name']}: {_money(organisation, document, tax['tax_amount'])}" for tax in document["taxes"]
    ]
    return [
        *lines,
        f"Total: {_money(organisation, document, document['total'])} ({document['currency_code']})",
    ]


def _money(organisation: Organisation, record: Record, value: Number | str) -> str:
    currency = organisation.currencies[record["currency_code"]]
    return formatted(value, currency["price_precision"], currency["currency_symbol"])


def _day(organisation: Organisation, text: str) -> str:
    return date_formatted(text, organisation.details["date_format"])
