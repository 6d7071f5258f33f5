"""The mapping of what is stored: round trips of every stored class, tolerant of fields and strict about
values.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.accounts.client_roles import Role
from cache.records.accounts.colleague_invitations import ColleagueInvitation
from cache.records.accounts.merchants import Merchant
from cache.records.connections.connection import Connection
from cache.records.email.emails import Email, EmailState
from cache.records.portal.portal_settings import PortalSettings
from cache.records.portal.reviews import Review
from cache.records.sharing.shared_links import SharedLink
from cache.records.sign_in.sessions import Session
from cache.records.sync.sync_state import SyncState
from cache.stored import (
    StoredUnreadable,
    formerly,
    from_hash,
    from_json,
    from_stored,
    to_hash,
    to_json,
    to_sparse,
    to_stored,
)
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.credit_note import CreditNote
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from connectors.zoho.documents.organization import Organization
from connectors.zoho.documents.payment import Payment
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from connectors.zoho.documents.subscription import Subscription

AT = dt.datetime(2026, 11, 30, 9, 15, 1, 250000, dt.UTC)
BEFORE = json.loads((Path(__file__).parent / "records/release_before.json").read_text(encoding="utf-8"))
"""What the stores of the release before wrote, as they wrote it."""

HASHES = (Connection,)
RECORDS = (
    ClientAccount,
    ColleagueInvitation,
    Email,
    Merchant,
    PortalSettings,
    Review,
    Session,
    SharedLink,
    SyncState,
)
DOCUMENTS = (
    Contact,
    CreditNote,
    Estimate,
    Invoice,
    Organization,
    Payment,
    RecurringInvoice,
    Subscription,
)

TIMES = st.integers(10**15, 4 * 10**15).map(
    lambda micros: dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=micros)
)
TEXTS = st.text(max_size=8)
st.register_type_strategy(dt.datetime, TIMES)
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False, places=2))


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    if get_origin(kind) is Annotated:
        inner = get_args(kind)
        # Names between commas hold none; a plain message has no mark of a stored one.
        return st.just(("a.READ", "b.READ")) if inner[1] == "comma" else values_of(inner[0])
    if kind is str:
        return TEXTS.filter(lambda text: "\x1e" not in text)
    if dataclasses.is_dataclass(kind):
        return objects_of(kind)
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        if kinds[1:] == (Ellipsis,):
            return st.lists(values_of(kinds[0]), max_size=2).map(tuple)
        return st.tuples(*map(values_of, kinds))
    if get_origin(kind) is dict or str(get_origin(kind)).endswith("Mapping'>"):
        return st.dictionaries(TEXTS, TEXTS, max_size=2)
    if type(None) in get_args(kind):
        inner = next(arg for arg in get_args(kind) if arg is not type(None))
        return st.none() | values_of(inner)
    return st.from_type(kind)


def objects_of(wanted: Any) -> st.SearchStrategy[Any]:
    kinds = get_type_hints(wanted, include_extras=True)
    return st.fixed_dictionaries(
        {field.name: values_of(kinds[field.name]) for field in dataclasses.fields(wanted)}
    ).map(lambda fields: wanted(**fields))


@pytest.mark.parametrize("wanted", RECORDS)
@given(data=st.data())
@settings(max_examples=20)
def test_a_record_comes_back_as_it_was(wanted: Any, data: st.DataObject) -> None:
    record = data.draw(objects_of(wanted))
    assert from_json(wanted, to_json(record)) == record


@pytest.mark.parametrize("wanted", HASHES)
@given(data=st.data())
@settings(max_examples=20)
def test_a_hash_comes_back_as_it_was(wanted: Any, data: st.DataObject) -> None:
    record = data.draw(objects_of(wanted))
    texts = to_hash(record)
    assert all(isinstance(text, str) for text in texts.values())
    assert from_hash(wanted, texts) == record


@pytest.mark.parametrize("wanted", DOCUMENTS)
@given(data=st.data())
@settings(max_examples=20)
def test_a_document_comes_back_as_it_was(wanted: Any, data: st.DataObject) -> None:
    document = data.draw(objects_of(wanted))
    body = json.loads(json.dumps(document.to_stored()))
    assert wanted.from_stored(body) == document


def test_other_records_of_the_release_before_are_read() -> None:
    review = from_stored(Review, BEFORE["review"])
    assert review.text == "Quick answers." and review.written_at == AT
    email = from_stored(Email, BEFORE["email"])
    assert email.state is EmailState.SUPPRESSED and email.values == {"name": "Lena"}
    session = from_stored(Session, {**BEFORE["session"], "id": "h1"})
    assert session.device == ("Firefox", "Linux")
    account = from_stored(ClientAccount, BEFORE["account"])
    assert account.state is AccountState.ACTIVE and account.roles == {Role.SEE, Role.PAY}
    assert from_stored(Merchant, BEFORE["merchant"]).orgs == ("us-600123",)
    connection = from_hash(Connection, BEFORE["connection"], org="us-600123")
    assert connection.profile_as_of == AT and len(connection.scopes) == 2
    invoice = Invoice.from_stored(BEFORE["invoice"])
    assert invoice.adjustment_label == "Rounding" and invoice.total == Decimal("120.50")


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        (Review, "review"),
        (Email, "email"),
        (ClientAccount, "account"),
        (Merchant, "merchant"),
        (Invoice, "invoice"),
    ],
)
def test_a_field_more_is_ignored(wanted: Any, name: str) -> None:
    assert from_stored(wanted, {**BEFORE[name], "of_tomorrow": [1]}) == from_stored(wanted, BEFORE[name])


def test_a_missing_field_gets_its_default_and_one_without_is_refused() -> None:
    stored = {name: value for name, value in BEFORE["account"].items() if name not in ("roles", "theme")}
    account = from_stored(ClientAccount, stored)
    assert account.roles == frozenset(Role) and account.theme == ""
    del stored["email"]
    with pytest.raises(StoredUnreadable, match="email"):
        from_stored(ClientAccount, stored)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sample:
    amount: Decimal = Decimal("1")
    at: dt.datetime = AT
    count: int = 0
    is_open: bool = False
    name: str = dataclasses.field(default="", metadata=formerly("label"))


@pytest.mark.parametrize(
    "text", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+5", "1e5", "", " 1", "1_0", ".5", "٣"]
)
def test_decimals_are_finite_plain_text(text: str) -> None:
    with pytest.raises(StoredUnreadable):
        from_stored(Sample, {"amount": text})


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_decimal_that_is_not_finite_is_never_written(number: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        to_stored(Sample(amount=Decimal(number)))


def test_decimals_are_written_without_exponent() -> None:
    assert to_stored(Sample(amount=Decimal("1E+3")))["amount"] == "1000"
    assert to_stored(Sample(amount=Decimal("0E-8")))["amount"] == "0.00000000"


def test_times_have_an_offset() -> None:
    with pytest.raises(StoredUnreadable):
        from_stored(Sample, {"at": "2026-11-30T09:15:01"})
    with pytest.raises(ValueError, match="offset"):
        to_stored(Sample(at=dt.datetime(2026, 11, 30)))  # noqa: DTZ001


@pytest.mark.parametrize(
    "stored", [{"count": "1"}, {"count": True}, {"is_open": 1}, {"name": 3}, {"name": None}]
)
def test_values_are_not_converted(stored: dict[str, Any]) -> None:
    with pytest.raises(StoredUnreadable):
        from_stored(Sample, stored)


def test_a_value_of_an_enumeration_is_read_as_its_member() -> None:
    assert from_stored(ClientAccount, BEFORE["account"]).state.name == "ACTIVE"
    with pytest.raises(StoredUnreadable):
        from_stored(ClientAccount, {**BEFORE["account"], "state": "sleeping"})


def test_the_present_name_counts_before_the_former_one() -> None:
    assert from_stored(Sample, {"label": "old"}).name == "old"
    assert from_stored(Sample, {"label": "old", "name": "new"}).name == "new"
    assert from_stored(Sample, {"name": "new", "label": "old"}).name == "new"


def test_defaults_are_left_out_of_documents_alone() -> None:
    assert to_sparse(Sample(count=2)) == {"count": 2}
    assert to_sparse(Sample(amount=Decimal("1.00"))) == {"amount": "1.00"}
    assert to_stored(Sample()).keys() == {"amount", "at", "count", "is_open", "name"}


@pytest.mark.parametrize("text", ["{", "[]", '"text"'])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(StoredUnreadable):
        from_json(Sample, text)
