"""Whose records and copies are read is said by the visit, never by what a browser sent.

Every store of the gateway whose methods take `org` or a `scope` first is bound to this: the first argument of
such a call must come from a visit, or from something that was itself found through one.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import get_type_hints

TRUSTED = frozenset(
    {
        "ClientVisit",
        "Reader",
        "SharedVisit",
        "OrganisationVisit",
        "CustomerScope",
        "Order",
        "ClientAccount",
        "Connection",
        "WebhookEndpoint",
        "Invitation",
        "ClientView",
    }
)
"""Types of things that know whose they are, because they were made at a session or read from records."""

OF_CLIENTS = frozenset({"ClientVisit", "Reader", "SharedVisit"})
"""Those of them that one customer's pages are made for."""

WHOM = ("customer_id", "account_id")
"""Parameters after `org` that narrow a read to one customer or one of their people."""

BEFORE_A_VISIT = {
    Path("gateway/cli/chain.py"): "the operator names the organisation; no browser comes here",
    Path("gateway/cli/organisations.py"): "the same",
    Path("gateway/web/access.py"): "makes the visits, of the session and the <org> of the address",
    Path("gateway/web/visits.py"): "makes the visits, of the session",
    Path(
        "gateway/merchant/connecting/views.py"
    ): "the organisation is being chosen among those that Zoho lists for the grant",
    Path("gateway/merchant/connecting/organisation_connecting.py"): "the same",
    Path("gateway/merchant/connecting/organisation_choosing.py"): "the same",
    Path("gateway/merchant/team/colleagues.py"): "an invitation of an organisation that names the colleague",
    Path(
        "gateway/account/sign_in/opened_accounts.py"
    ): "accounts that the password given at the sign-in opens",
    Path("gateway/account/sign_in/views.py"): "names of the merchants whose accounts a password opens",
    Path("gateway/account/sign_in/invitation_views.py"): "the account that the secret of an invitation names",
    Path(
        "gateway/account/preferences/unsubscribe_views.py"
    ): "the account that the proof in an email's link names",
    Path(
        "gateway/sharing/shared_visits.py"
    ): "the document and the account that the secret of a shared link names",
    Path("gateway/merchant/webhooks/receiver_views.py"): "the organisation that the secret address names",
}
"""Files that act before there is a visit, and what they know instead. Each has tests of its own."""

ORGANISATION_WIDE = frozenset(
    {
        "connections",
        "portal_settings",
        "sync_states",
        "sync_due",
        "job_queue",
        "presence",
        "checks",
        "team",
        "breaker",
        "merchants",
        "email_settings",
        "refused_scopes",
    }
)
"""Stores that hold nothing of any one customer."""

SIFTED = {
    ("*", "mirror.is_complete"): "whether a list was read whole",
    ("*", "mirror.count"): "how many there are, for all customers together",
    ("client_activity.py", "activity.recent"): "sifted by the customer that each entry names",
    ("client_activity.py", "activity.append"): "adds one entry",
    ("document_reader.py", "documents.put"): "keeps what was just read, after comparing its customer",
    ("invoice_review.py", "documents.put"): "keeps what was just read, after comparing its customer",
    ("open_orders.py", "orders.get"): "own_order compares the customer",
    ("pdf_reader.py", "pdfs.get"): "after the document was read for this visit",
    ("pdf_reader.py", "pdfs.put"): "the same",
    ("invoice_settlement.py", "documents.put"): "keeps what settled an invoice that was read for this visit",
    (
        "refunds.py",
        "documents.put",
    ): "keeps refunds under the visit's own customer, of documents known to be theirs",
    (
        "payment_methods.py",
        "documents.put",
    ): "keeps cards and bank accounts under the visit's own customer, of whom alone Zoho was asked",
    ("payment_reports.py", "payment_proofs.put"): "keeps a file under a receipt number made for this visit",
    ("payment_reports.py", "payment_proofs.forget"): "the same, where an older report stands",
    ("views.py", "orders.withdraw"): "an order that own_order gave",
}
"""(file, method) that reads of a whole organisation on a client's page, and why nothing of others comes of
it.
"""

FINDS = frozenset({"own_order", "record_order", "record"})
"""Functions that give something of a trusted type."""


@dataclass(frozen=True)
class Rules:
    """methods: store → methods that say first whose they read. wide: those of them that read without naming a
    customer; customers: that name one second. helpers: functions of the gateway whose first parameter is
    `org` or `scope`: who calls them is held to the same.
    """

    methods: Mapping[str, Set[str]]
    wide: Mapping[str, Set[str]]
    customers: Mapping[str, Set[str]]
    helpers: Set[str]


def rules_of(services: type, sources: Iterable[str]) -> Rules:
    """Read from the stores themselves and from the gateway's source, so that a new store or function is
    covered by itself.
    """
    methods, wide, customers = {}, {}, {}
    for store, kind in get_type_hints(services).items():
        found = {
            name: list(inspect.signature(getmember).parameters)[1:]
            for name, getmember in inspect.getmembers(kind, inspect.isfunction)
        }
        methods[store] = frozenset(name for name, given in found.items() if given[:1] in (["org"], ["scope"]))
        wide[store] = frozenset(
            name for name, given in found.items() if given[:1] == ["org"] and not set(WHOM) & set(given)
        )
        customers[store] = frozenset(
            name for name, given in found.items() if given[:1] == ["org"] and given[1:2] and given[1] in WHOM
        )
    helpers = {
        node.name
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        and not node.decorator_list
        and [item.arg for item in node.args.args[:1]] in (["org"], ["scope"])
    }
    return Rules(methods, wide, customers, frozenset(helpers))


def scope_faults(path: Path, source: str, rules: Rules) -> list[str]:
    """Reads for somebody whom no visit names, reads of a whole organisation on a client's page, and scopes
    made where none may be.
    """
    if path in BEFORE_A_VISIT:
        return []
    tree = ast.parse(source)
    is_clients = any(isinstance(node, ast.Name) and node.id in OF_CLIENTS for node in ast.walk(tree))
    return [f"{path}:{fault}" for fault in _faults(path, tree, frozenset(), rules, is_clients)]


def _faults(
    path: Path, node: ast.AST, known: frozenset[str], rules: Rules, is_clients: bool
) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        known = _known_inside(node, known)
    elif isinstance(node, ast.Call):
        yield from (
            f"{node.lineno} {fault}" for fault in _faults_of_call(path, node, known, rules, is_clients)
        )
    for child in ast.iter_child_nodes(node):
        yield from _faults(path, child, known, rules, is_clients)


def _faults_of_call(
    path: Path, call: ast.Call, known: frozenset[str], rules: Rules, is_clients: bool
) -> Iterator[str]:
    if isinstance(call.func, ast.Name):
        if call.func.id == "CustomerScope":
            yield "makes a scope: take the visit's"
        if call.func.id in rules.helpers and not _is_known(_whose(call), known):
            yield f"{call.func.id} is called for {_words(_whose(call))}, which no visit says"
    if isinstance(call.func, ast.Attribute):
        store, method = _name_of_store(call.func.value), call.func.attr
        if method in rules.methods.get(store, ()):
            if not _is_known(_whose(call), known):
                yield f"{store}.{method} is asked for {_words(_whose(call))}, which no visit says"
            is_wide = store not in ORGANISATION_WIDE and method in rules.wide[store]
            if (
                is_clients
                and is_wide
                and not {(path.name, f"{store}.{method}"), ("*", f"{store}.{method}")} & SIFTED.keys()
            ):
                yield (
                    f"{store}.{method} reads a whole organisation on a client's page: sift it, and "
                    f"say how in SIFTED (scope_rules.py)"
                )
            customer = call.args[1] if method in rules.customers[store] and len(call.args) > 1 else None
            if is_clients and customer is not None and not _is_known(customer, known):
                yield f"{store}.{method} is asked for the customer {_words(customer)}, whom no visit names"


def _name_of_store(held: ast.expr) -> str:
    """The store's name in `services().orders`, `services.orders`, and `orders`, if that is what somebody
    called it.
    """
    return held.attr if isinstance(held, ast.Attribute) else held.id if isinstance(held, ast.Name) else ""


def _whose(call: ast.Call) -> ast.expr | None:
    return (
        call.args[0]
        if call.args
        else next((keyword.value for keyword in call.keywords if keyword.arg in ("org", "scope")), None)
    )


def _words(whose: ast.expr | None) -> str:
    return "nobody" if whose is None else ast.unparse(whose)


def _is_known(expression: ast.expr | None, known: frozenset[str]) -> bool:
    """Whether it is a known name, or a part of one."""
    while isinstance(expression, ast.Attribute):
        expression = expression.value
    return isinstance(expression, ast.Name) and expression.id in known


def _known_inside(function: ast.FunctionDef | ast.Lambda, outside: frozenset[str]) -> frozenset[str]:
    """Names that a visit says: parameters of a trusted type, `org` and `scope` of functions that are no
    views, what is set from such.
    """
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    is_view = isinstance(function, ast.FunctionDef) and bool(function.decorator_list)
    known = set(outside) - {item.arg for item in given}
    known |= {
        item.arg
        for item in given
        if item.annotation is not None and set(re.findall(r"\w+", ast.unparse(item.annotation))) & TRUSTED
    }
    known |= {item.arg for item in given[:1] if item.arg in ("org", "scope") and not is_view}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target, value in _pairs(node):
                if isinstance(target, ast.Name):
                    if _is_known(value, frozenset(known)) or _was_found(value):
                        known.add(target.id)
                    else:
                        known.discard(target.id)
        elif (
            isinstance(node, ast.For | ast.comprehension)
            and isinstance(node.target, ast.Name)
            and _was_found(node.iter)
        ):
            known.add(node.target.id)
    return frozenset(known)


def _pairs(node: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(target.elts, node.value.elts, strict=False)
        else:
            yield target, node.value


def _was_found(value: ast.expr) -> bool:
    """Whether something of a trusted type comes out of a function that was itself held to these rules."""
    calls = {_name_of_store(node.func) for node in ast.walk(value) if isinstance(node, ast.Call)}
    return bool(calls & FINDS)
