"""CSV for spreadsheets: exact values, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell may begin with to be taken for a formula, some spreadsheets' wide forms among it."""

UNSEEN = " \u00a0\u200b\u200e\u200f\u2060\u3000\ufeff\x00"
"""What may stand before it without being seen, and is dropped by some spreadsheets."""

NUMBER = re.compile(r"-\d+(?:\.\d+)?", re.ASCII)
"""The one thing that may begin with a sign: nothing in it can be reckoned."""


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Starts with a byte order mark, so that spreadsheets read it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _harmless(cell: str) -> str:
    """Prefixes an apostrophe, which makes spreadsheets treat the cell as text."""
    return f"'{cell}" if cell.lstrip(UNSEEN).startswith(DANGEROUS) and not NUMBER.fullmatch(cell) else cell
