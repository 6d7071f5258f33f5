"""What the clients page may send, and what its address may ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import fields, validate

from gateway.reading.list_query import MAX_SEARCH_LENGTH, PageNumbers
from gateway.web.posted_form import FormSchema

STATES = ("none", "invited", "active", "revoked", "no_email")


class PersonForm(FormSchema):
    """person_id: Zoho's id of the contact person."""

    person_id = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{1,24}$"))


class RolesForm(FormSchema):
    """What the person may do beside seeing; a box that is not ticked is not sent."""

    accept = fields.Boolean(load_default=False)
    pay = fields.Boolean(load_default=False)
    manage = fields.Boolean(load_default=False)


@dataclass(frozen=True)
class ClientsQuery:
    """search: words of the person or the customer. state: one of STATES, "" for all. page counts from 1."""

    search: str
    state: str
    page: int

    @classmethod
    def of(cls, args: Mapping[str, str]) -> ClientsQuery:
        """?q=…&state=…&page=… ; what we do not know falls back to the usual."""
        number, state = args.get("page", "1"), args.get("state", "")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        search = "".join(sign for sign in args.get("q", "") if sign.isprintable()).strip()[:MAX_SEARCH_LENGTH]
        return cls(search, state if state in STATES else "", max(1, page))

    def numbers(self, total: int) -> PageNumbers:
        last = PageNumbers(1, total).pages
        return PageNumbers(min(self.page, last), total)

    def at(self, page: int) -> dict[str, str]:
        """The parameters of the same list at another page."""
        given = {"q": self.search, "state": self.state, "page": "" if page == 1 else str(page)}
        return {name: value for name, value in given.items() if value}
