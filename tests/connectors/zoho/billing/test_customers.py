"""Customers of Billing, their cards and bank accounts over the wire: read only, and never another one's."""

from __future__ import annotations

from typing import Any

import pytest

from connectors.zoho.api.errors import ZohoNotFound, ZohoUnreadable
from connectors.zoho.api.operation import NotAZohoId
from connectors.zoho.billing.client import BillingClient
from connectors.zoho.billing.operations import BILLING_OPERATIONS
from tests.connectors.zoho.billing.conftest import CannedBilling


def test_facts_8_a_customer_of_billing_is_asked_for_by_the_id_of_books_and_must_be_that_one(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    zoho.says(
        "/customers/5",
        customer={"customer_id": "5", "display_name": "Bowman & Co", "email": "ana@bowman.example"},
    )
    found = billing.customers.get("5").value
    assert (found.id, found.name, found.email) == ("5", "Bowman & Co", "ana@bowman.example")
    zoho.says("/customers/6", customer={"customer_id": "7"})
    with pytest.raises(ZohoUnreadable, match="another document"):
        billing.customers.get("6")


def test_facts_8_a_customer_that_billing_does_not_know_is_not_found(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    zoho.says("/customers/5", http=404, code=1002, message="Customer does not exist.")
    with pytest.raises(ZohoNotFound):
        billing.customers.get("5")


def test_facts_4_9_cards_are_masked_and_an_unreadable_one_is_left_out(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    zoho.says("/customers/5/cards", cards=[{"card_id": "1", "last_four_digits": 42}, {"card_id": "x"}])
    assert [(card.id, card.last_four) for card in billing.customers.cards("5").value] == [("1", "0042")]


@pytest.mark.parametrize(
    "answer",
    [
        {"bank_accounts": [{"account_id": "3", "last_four_digits": "7766"}]},
        {"bank_accounts": {"account_id": "3", "last_four_digits": 7766}},
    ],
)
def test_facts_4_9_a_bank_account_is_read_from_a_list_or_an_object(
    billing: BillingClient, zoho: CannedBilling, answer: dict[str, Any]
) -> None:
    zoho.says("/customers/5/bankaccounts/3", **answer)
    assert billing.customers.bank_account("5", "3").value.last_four == "7766"


def test_another_bank_account_than_the_one_asked_for_is_not_it(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    zoho.says("/customers/5/bankaccounts/3", bank_accounts=[{"account_id": "4"}])
    with pytest.raises(ZohoNotFound):
        billing.customers.bank_account("5", "3")


@pytest.mark.parametrize("ids", [("", "3"), ("5", ""), ("5", "../3"), ("5/cards", "3")])
def test_facts_9_18_what_is_no_id_never_becomes_an_address(
    billing: BillingClient, zoho: CannedBilling, ids: tuple[str, str]
) -> None:
    with pytest.raises(NotAZohoId):
        billing.customers.bank_account(*ids)
    assert zoho.calls == 0


def test_facts_4_9_no_operation_adds_or_removes_a_card_or_charges_one() -> None:
    writes = {operation.path for operation in BILLING_OPERATIONS if operation.method != "GET"}
    assert writes == {
        "/hostedpages/invoicepayment",
        "/hostedpages/updatecard",
        "/hostedpages/updatepaymentmethod",
    }
