"""A client's statement of account: on screen, for print, and as a table."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.documents.statement.forms import StatementRange, read_statement_range, shortcuts
from gateway.documents.statement.labels import (
    entry_address,
    entry_kind_label,
    entry_label,
    list_address,
    missing_text,
)
from gateway.documents.statement.reader import read_statement
from gateway.documents.statement.table import columns, table_rows
from gateway.reading.cold_document import COLD_RETRY
from gateway.reading.document_reader import DocumentIsCold
from gateway.web.access import ClientVisit, client_only
from gateway.web.csv_export import csv_text
from gateway.web.template_filters import today

bp = Blueprint("statements", __name__)

ONE_DAY = dt.timedelta(days=1)
MAX_LINES = 1_000
"""Lines of one currency on one page; more are in the table, or in a shorter time."""


@bp.get("/statement")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    asked = read_statement_range(request.args, today())
    reading = read_statement(visit, asked)
    page = render_template(
        "documents/statement.html",
        asked=asked,
        reading=reading,
        shortcuts=shortcuts(today()),
        max_lines=MAX_LINES,
        seconds=COLD_RETRY,
        one_day=ONE_DAY,
        missing_text=missing_text(reading.missing),
        entry_label=entry_label,
        entry_kind_label=entry_kind_label,
        entry_address=entry_address,
        list_address=list_address,
    )
    return page, 422 if asked.errors else 200


@bp.get("/statement/csv")
@client_only
def table(visit: ClientVisit) -> ResponseReturnValue:
    """The statement as a table; refused when incomplete."""
    asked = read_statement_range(request.args, today())
    if asked.errors:
        return redirect(_same_range(asked), code=303)
    reading = read_statement(visit, asked)
    if reading.missing:
        raise DocumentIsCold
    return _download(asked, csv_text(columns(), table_rows(reading)))


def _same_range(asked: StatementRange) -> str:
    typed: dict[str, Any] = dict(asked.typed)
    return url_for("statements.show", **typed)


def _download(asked: StatementRange, text: str) -> Response:
    answer = make_response(text)
    answer.mimetype = "text/csv"
    answer.headers.set(
        "Content-Disposition", "attachment", filename=f"Statement-{asked.since}-{asked.until}.csv"
    )
    return answer
