"""CONTRIBUTING.md's recipes as edits of a copy of the tree, and the tables' own tests that judge it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

Edit = Callable[[Path], str]
"""The new text of a step's file, given the folder of the copy."""


@dataclass(frozen=True)
class Recipe:
    """steps: by file, in order. check: Python that fails when a step is missing."""

    steps: Mapping[str, Edit]
    check: str


def after(file: str, line: str, *added: str) -> tuple[str, Edit]:
    """Lines put below a line that is there once."""

    def edit(copy: Path) -> str:
        text = (copy / file).read_text()
        assert text.count(line + "\n") == 1, f"{line!r} is not once in {file}"
        return text.replace(line + "\n", "\n".join((line, *added)) + "\n")

    return file, edit


def row_like(file: str, row: str, old: str, new: str, also: str = "") -> tuple[str, Edit]:
    """A row like another, under a new name. row: how the other begins. also: a line that lists rows."""

    def edit(copy: Path) -> str:
        text = (copy / file).read_text()
        found = re.search(rf"^( *){row}\n(?:.*\n)*?\1\),?\n", text, re.MULTILINE)
        assert found, f"{row} is not in {file}"
        text = text[: found.end()] + found[0].replace(old, new) + text[found.end() :]
        return text.replace(also, also + also.replace(old, new)) if also else text

    return file, edit


def new_file(file: str, text: str) -> tuple[str, Edit]:
    return file, lambda copy: text


def file_like(file: str, other: str, old: str = "", new: str = "") -> tuple[str, Edit]:
    return file, lambda copy: (copy / other).read_text().replace(old, new)


KIND, NEW_KIND = "OrderKind.COMMENT_INVOICE", "OrderKind.COMMENT_PAYMENT"
LIST, NEW_LIST = "RECURRING_INVOICES", "EXPENSES"
LIST_ROW = rf"\(\n *name=DocumentKind\.{LIST},"

RECIPES: Mapping[str, Recipe] = {
    "A kind of order": Recipe(
        dict(
            (
                after(
                    "cache/records/orders/order.py",
                    '    PAY_INVOICE = "pay_invoice"',
                    '    COMMENT_PAYMENT = "comment_payment"',
                ),
                row_like("cache/records/orders/kinds.py", rf"{KIND}: OrderKindRow\(", KIND, NEW_KIND),
                row_like("workers/push/order_kinds.py", rf"{KIND}: OrderRule\(", KIND, NEW_KIND),
                row_like("gateway/requests/order_kinds.py", rf"{KIND}: OrderKindPages\(", KIND, NEW_KIND),
            )
        ),
        """
from tests.project_rules import test_order_kinds as rules
kind = rules.OrderKind.COMMENT_PAYMENT
for table in rules.TABLES:
    rules.test_every_kind_has_a_row(table)
rules.test_what_a_row_names_is_there(kind)
""",
    ),
    "A list": Recipe(
        dict(
            (
                after(
                    "cache/document_kind.py",
                    '    RECURRING_INVOICES = "recurring_invoices"',
                    '    EXPENSES = "expenses"',
                ),
                row_like(
                    "connectors/zoho/document_kinds.py",
                    rf"{LIST} = ZohoDocumentKind" + LIST_ROW,
                    LIST,
                    NEW_LIST,
                    f"        {LIST},\n",
                ),
                row_like("workers/copies/document_kinds.py", "RowKind" + LIST_ROW, LIST, NEW_LIST),
                row_like("gateway/document_kinds.py", "DocumentPages" + LIST_ROW, LIST, NEW_LIST),
            )
        ),
        """
from tests.project_rules import test_document_kinds as rules
kind = rules.DocumentKind.EXPENSES
for layer in rules.TABLES:
    rules.test_every_kind_has_a_row_under_its_own_name(layer)
rules.test_a_row_leaves_out_only_fields_that_the_document_has(kind)
""",
    ),
    "An email": Recipe(
        dict(
            (
                after(
                    "cache/records/email/email_kinds.py",
                    '        _necessary("message_copy"),',
                    '        _necessary("welcome"),',
                ),
                file_like("workers/email/templates/welcome.txt", "workers/email/templates/message_copy.txt"),
                after(
                    "tests/workers/email/sample_values.py",
                    '    "invitation": {"customer": "Brightwater Ltd"},',
                    '    "welcome": {"customer": "Brightwater Ltd"},',
                ),
            )
        ),
        """
from tests.workers.email import test_rendering as rules
assert "welcome" in {*rules.EMAIL_KINDS, *rules.SAMPLES}
rules.test_every_kind_has_its_template_and_its_sample()
""",
    ),
    "A switch": Recipe(
        dict(
            (
                after(
                    "cache/records/portal/portal_settings.py",
                    "    shows_review: bool = True",
                    "    shows_due_dates: bool = True",
                ),
                after(
                    "gateway/merchant/settings/portal_switches.py",
                    "        *_module_switches(),",
                    '        Switch("shows_due_dates", "Due dates", "On invoices and in their list."),',
                ),
                after(
                    "tests/gateway/switch_table.py",
                    "SHOWN_IN = (",
                    '    ShownIn("shows_due_dates", "gateway/documents/test_invoice_views.py", ""),',
                ),
            )
        ),
        """
from tests.gateway.merchant.settings import test_portal_switches as rules
rules.test_every_field_of_the_settings_is_in_the_table_and_nothing_else()
rules.test_every_switch_can_be_found_by_the_merchant_and_is_named_in_the_activity()
""",
    ),
    "A page": Recipe(
        dict(
            (
                new_file(
                    "gateway/contact/opening_hours_views.py",
                    "from flask import Blueprint, render_template\n"
                    "from gateway.web.access import ClientVisit, client_only\n"
                    'bp = Blueprint("opening_hours", __name__)\n'
                    '@bp.get("/opening-hours")\n@client_only\n'
                    "def show(visit: ClientVisit) -> str:\n"
                    '    return render_template("contact/opening_hours.html")\n',
                ),
                new_file("gateway/templates/contact/opening_hours.html", "<h1>Opening hours</h1>\n"),
                (
                    "gateway/app.py",
                    lambda copy: (
                        (copy / "gateway/app.py")
                        .read_text()
                        .replace(
                            "from gateway.contact import message_views, review_views\n",
                            "from gateway.contact import message_views, opening_hours_views, review_views\n",
                        )
                        .replace("    review_views,\n", "    opening_hours_views,\n    review_views,\n", 1)
                    ),
                ),
            )
        ),
        """
from flask import Flask
from gateway.app import CLIENT_PAGES
from tests.project_rules.route_rules import route_faults
app = Flask("gateway", root_path="gateway")
[page] = [module for module in CLIENT_PAGES if module.bp.name == "opening_hours"]
app.register_blueprint(page.bp)
view = app.view_functions["opening_hours.show"]
assert route_faults({"opening_hours.show": view}) == []
app.jinja_env.get_or_select_template("contact/opening_hours.html")
""",
    ),
    "A language": Recipe(
        dict(
            (
                after(
                    "config/languages.py",
                    '        Language("es", "Español"),',
                    '        Language("it", "Italiano"),',
                ),
                file_like(
                    "config/translations/it/foyer.po",
                    "config/translations/de/foyer.po",
                    "Language: de",
                    "Language: it",
                ),
            )
        ),
        """
from config.catalogs import read_all_catalogs
from config.languages import language_of
read_all_catalogs()
assert language_of("it-IT") == "it"
from tests.languages import test_catalogs as rules
rules.test_every_message_is_said_in_every_language("it")
""",
    ),
}
