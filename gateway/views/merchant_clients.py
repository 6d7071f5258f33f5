"""Clients: who at which customer may sign in; invite, invite again, revoke."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.accounts import AccountState, ClientAccount, normal_email
from connectors.zoho.documents.contact_person import ContactPerson
from gateway.access import OrganisationVisit, organisation_only
from gateway.forms.merchant_clients import ClientsQuery, PersonForm
from gateway.forms.posted_form import read_form
from gateway.inviting import CannotBeInvited, invite, revoke
from gateway.wiring import wired

bp = Blueprint("merchant_clients", __name__)

NOT_READ = "not among the contacts read from Zoho"
STATE_WORDS = {
    "none": ("Not invited", "quiet"), "no_email": ("No e-mail", "quiet"), AccountState.INVITED: ("Invited", "waiting"),
    AccountState.ACTIVE: ("Active", "good"), AccountState.REVOKED: ("Revoked", "bad"),
}  # fmt: skip


@dataclass(frozen=True)
class ClientRow:
    person: ContactPerson
    customer_name: str
    account: ClientAccount | None

    @property
    def state(self) -> str:
        if self.account is not None:
            return self.account.state
        return "none" if self.person.email else "no_email"

    @property
    def has_new_address(self) -> bool:
        """Whether Zoho has another address than the one this person signs in with."""
        return self.account is not None and normal_email(self.account.email) != normal_email(self.person.email)

    @property
    def word(self) -> str:
        return STATE_WORDS[self.state][0]

    @property
    def tone(self) -> str:
        return STATE_WORDS[self.state][1]


@bp.get("/merchant/<org_key:org>/clients")
@organisation_only
def listing(visit: OrganisationVisit) -> ResponseReturnValue:
    return _page(visit)


@bp.post("/merchant/<org_key:org>/clients/invite")
@organisation_only
def invite_one(visit: OrganisationVisit) -> ResponseReturnValue:
    row = _row(visit, _posted_person()) or abort(404)
    try:
        account = invite(visit.connection, visit.merchant, row.person, row.customer_name)
    except CannotBeInvited as refusal:
        return _page(visit, error=str(refusal))
    return redirect(url_for("merchant_clients.listing", org=visit.org, q=account.email, done="invited"), code=303)


@bp.post("/merchant/<org_key:org>/clients/revoke")
@organisation_only
def revoke_one(visit: OrganisationVisit) -> ResponseReturnValue:
    account = wired().accounts.by_person(visit.org, _posted_person())
    if account is None:
        abort(404)
    revoke(visit.connection, visit.merchant, account)
    return redirect(url_for("merchant_clients.listing", org=visit.org, q=account.email, done="revoked"), code=303)


def _posted_person() -> str:
    return str(read_form(PersonForm(), request.form).values.get("person_id", ""))


def _row(visit: OrganisationVisit, person_id: str) -> ClientRow | None:
    stored = wired().directory.person(visit.org, person_id)
    if stored is None:
        return None
    person = ContactPerson.from_stored(stored.body)
    customer = wired().directory.customer_bodies(visit.org, [stored.customer_id]).get(stored.customer_id, {})
    return ClientRow(person, str(customer.get("name", "")), wired().accounts.by_person(visit.org, person.id))


def _not_in_zoho(visit: OrganisationVisit, accounts: list[ClientAccount], search: str) -> list[ClientRow]:
    """People who can sign in and whom the mirror does not hold (deleted in Zoho, or not read): they must be seen to be revoked."""
    known = {one.id for one in wired().directory.persons(visit.org)}
    return [
        ClientRow(ContactPerson(id=one.person_id, contact_id=one.customer_id, first_name=one.name, email=one.email), NOT_READ, one)
        for one in accounts
        if one.person_id not in known and all(word in f"{one.name} {one.email}".casefold() for word in search.casefold().split())
    ]


def _page(visit: OrganisationVisit, *, error: str = "") -> ResponseReturnValue:
    query = ClientsQuery.of(request.args)
    accounts = {one.person_id: one for one in wired().accounts.of_org(visit.org)}
    persons = wired().directory.persons(visit.org, search=query.search)
    bodies = wired().directory.customer_bodies(visit.org, sorted({one.customer_id for one in persons}))
    rows = [
        ClientRow(ContactPerson.from_stored(one.body), str(bodies.get(one.customer_id, {}).get("name", "")), accounts.get(one.id))
        for one in persons
    ] + _not_in_zoho(visit, list(accounts.values()), query.search)
    rows = [row for row in rows if query.state in ("", row.state)]
    rows.sort(key=lambda row: (row.customer_name.casefold(), row.person.full_name.casefold(), row.person.id))
    numbers = query.numbers(len(rows))
    page = render_template(
        "pages/merchant/clients.html", rows=rows[numbers.first - 1 : numbers.last], numbers=numbers, query=query,
        error=error, done=request.args.get("done", ""), is_complete=wired().mirror.is_complete(visit.org, "contacts"),
        said_at=wired().sync_states.get(visit.org, "contacts").last_success, states=STATE_WORDS,
    )  # fmt: skip
    return make_response(page, 422 if error else 200)
