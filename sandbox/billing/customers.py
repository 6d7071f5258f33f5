"""`/customers/{id}` with cards and bank accounts: reads only (zoho.md 4.9)."""

from __future__ import annotations

from flask import Response

from sandbox.billing.blueprint import billing
from sandbox.billing.customer_records import bank_account_detail, card_detail, card_row, customer_detail
from sandbox.books.caller import Call, needs
from sandbox.books.envelope import success
from sandbox.refusals import not_found
from sandbox.world import Record


@billing.get("/customers/<customer_id>")
@needs("customers.READ")
def get_customer(call: Call, customer_id: str) -> Response:
    return success(customer=customer_detail(call.organisation, customer_of(call, customer_id)))


@billing.get("/customers/<customer_id>/cards")
@needs("customers.READ")
def list_cards(call: Call, customer_id: str) -> Response:
    """The stored cards. An expired one is included: only its date tells."""
    customer_of(call, customer_id)
    mine = [card for card in call.organisation.cards.values() if card["customer_id"] == customer_id]
    return success(cards=[card_row(call.organisation, item) for item in mine])


@billing.get("/customers/<customer_id>/cards/<card_id>")
@needs("customers.READ")
def get_card(call: Call, customer_id: str, card_id: str) -> Response:
    return success(
        card=card_detail(call.organisation, _of_customer(call.organisation.cards, customer_id, card_id))
    )


@billing.get("/customers/<customer_id>/bankaccounts/<account_id>")
@needs("customers.READ")
def get_bank_account(call: Call, customer_id: str, account_id: str) -> Response:
    """One account in a list, as in Zoho's specification. There is no list of all (zoho.md 4.9)."""
    account = _of_customer(call.organisation.bank_accounts, customer_id, account_id)
    return success(bank_accounts=[bank_account_detail(call.organisation, account)])


def customer_of(call: Call, customer_id: str) -> Record:
    """The customer's Books contact, or Refused 1002."""
    if customer_id not in call.organisation.contacts:
        raise not_found()
    return call.organisation.contacts[customer_id]


def _of_customer(records: dict[str, Record], customer_id: str, key: str) -> Record:
    found = records.get(key)
    if found is None or found["customer_id"] != customer_id:
        raise not_found()
    return found
