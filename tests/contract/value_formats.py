"""What zoho.md 2.4 says of values and OpenAPI types cannot say: how ids, dates and times are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

FORMS = {
    re.compile(r".*_id"): re.compile(r"\d{1,19}"),
    re.compile(r"(.*_)?date"): re.compile(r"\d{4}-\d\d-\d\d"),
    re.compile(r".*_time"): re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}"),
}
"""Name of a field → how its text is written. Empty text stands for what is absent."""
NOT_DIGITS = re.compile(r"hostedpage_id|(gateway|online)_transaction_id|reference_id")
"""Ids of other makes: a hosted page's is hexadecimal, a transaction's is its gateway's own, a reference is
the merchant's (zoho.md 4.8, 4.11, 7.3).
"""


def format_faults(body: Any, place: str = "") -> Iterator[str]:
    """Texts that are written otherwise: "invoices[].due_date is '3 June'"."""
    if isinstance(body, list):
        for item in body:
            yield from format_faults(item, f"{place}[]")
    elif isinstance(body, dict):
        for name, value in body.items():
            inside = f"{place}.{name}" if place else name
            yield from format_faults(value, inside)
            if isinstance(value, dict | list) or value == "" or NOT_DIGITS.fullmatch(name):
                continue
            for named, written in FORMS.items():
                if named.fullmatch(name) and not (isinstance(value, str) and written.fullmatch(value)):
                    yield f"{inside} is {value!r}"
