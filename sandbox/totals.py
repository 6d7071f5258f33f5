"""A document's sums: line totals, taxes, sub-total and total, in its currency."""

from __future__ import annotations

from decimal import Decimal

from sandbox.amounts import exact, json_number, rounded
from sandbox.world import Record


def work_out(document: Record, precision: int) -> None:
    """Set every line's `item_total` and the document's sums, taxes and `total`.

    A line's `discount` is a percentage of quantity times rate; tax is added per tax name on the remainder.
    """
    sub_total, given, taxes = Decimal(0), Decimal(0), dict[str, Decimal]()
    for line in document["line_items"]:
        gross = exact(line["quantity"]) * exact(line["rate"])
        off = rounded(gross * exact(line["discount"]) / 100, precision)
        net = rounded(gross, precision) - off
        line["discount_amount"], line["item_total"] = json_number(off, precision), json_number(net, precision)
        sub_total += net
        given += off
        if line["tax_name"]:
            taxes[line["tax_name"]] = (
                taxes.get(line["tax_name"], Decimal(0)) + net * exact(line["tax_percentage"]) / 100
            )
    amounts = {name: rounded(amount, precision) for name, amount in taxes.items()}
    tax_total = sum(amounts.values(), Decimal(0))
    total = sub_total + tax_total + exact(document["shipping_charge"]) + exact(document["adjustment"])
    document["sub_total"], document["discount_total"] = (
        json_number(sub_total, precision),
        json_number(given, precision),
    )
    document["taxes"] = [
        {"tax_name": name, "tax_amount": json_number(amount, precision)} for name, amount in amounts.items()
    ]
    document["tax_total"], document["total"] = (
        json_number(tax_total, precision),
        json_number(total, precision),
    )
