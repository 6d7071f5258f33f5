"""Hosted pages over the wire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from connectors.zoho.api.errors import ZohoRefused, ZohoUnavailable, ZohoUnreadable
from connectors.zoho.api.operation import NotAZohoId
from connectors.zoho.billing.client import BillingClient
from tests.connectors.zoho.billing.conftest import CannedBilling

BACK = "https://portal.example/back"
ID = "8c589071e7e26a8d28e8af081c373fb00bd6dc5366fd129eefd5c61c569da526"
PAGE = {
    "hostedpage_id": ID,
    "status": "fresh",
    "url": "https://billing.zoho.example/hostedpage/8c58/checkout",
    "action": "",
    "expiring_time": "2026-11-02T11:00:00+0000",
    "created_time": "2026-11-02T10:00:00+0000",
}


@pytest.mark.parametrize(
    ("path", "status", "make", "sent"),
    [
        (
            "invoicepayment",
            201,
            lambda it: it.pay_invoice("7", redirect_url=BACK),
            {"invoice_id": "7", "redirect_url": BACK},
        ),
        (
            "updatecard",
            200,
            lambda it: it.update_card("9", redirect_url=BACK),
            {"subscription_id": "9", "redirect_url": BACK},
        ),
        ("updatepaymentmethod", 201, lambda it: it.update_stored_card("3"), {"card_id": "3"}),
        ("updatepaymentmethod", 201, lambda it: it.update_bank_account("4"), {"account_id": "4"}),
    ],
)
def test_facts_4_11_each_page_is_made_with_what_zoho_asks_for_and_nothing_else(
    billing: BillingClient,
    zoho: CannedBilling,
    path: str,
    status: int,
    make: Callable[[Any], Any],
    sent: dict[str, str],
) -> None:
    zoho.says(f"/hostedpages/{path}", method="POST", http=status, hostedpage=PAGE)
    page = make(billing.hosted_pages).value
    assert zoho.sent() == sent
    assert (page.id, page.url, page.is_closed) == (ID, PAGE["url"], False)
    assert page.expires_at is not None
    assert page.created_at is not None
    assert (page.expires_at - page.created_at).total_seconds() == 3600


@pytest.mark.parametrize(
    "make", [lambda it: it.update_stored_card("3"), lambda it: it.update_bank_account("4")]
)
def test_facts_7_4_a_stored_method_is_named_by_exactly_one_id_and_without_a_way_back(
    billing: BillingClient, zoho: CannedBilling, make: Callable[[Any], Any]
) -> None:
    zoho.says("/hostedpages/updatepaymentmethod", method="POST", http=201, hostedpage=PAGE)
    make(billing.hosted_pages)
    assert len(zoho.sent()) == 1


@pytest.mark.parametrize("wrapped", [True, False])
def test_facts_10_12_what_became_of_a_page_is_read_at_the_top_and_inside_hostedpage(
    billing: BillingClient, zoho: CannedBilling, wrapped: bool
) -> None:
    done = PAGE | {"status": "success", "data": {"invoice": {"invoice_id": "7"}}}
    zoho.says(f"/hostedpages/{ID}", **({"hostedpage": done} if wrapped else done))
    page = billing.hosted_pages.get(ID).value
    assert (page.status, page.is_closed, page.invoice_id) == ("success", True, "7")


@pytest.mark.parametrize("data", [{}, "", [], None])
def test_facts_4_11_before_success_data_is_empty(
    billing: BillingClient, zoho: CannedBilling, data: Any
) -> None:
    zoho.says(f"/hostedpages/{ID}", **PAGE, data=data)
    assert billing.hosted_pages.get(ID).value.invoice_id == ""


def test_facts_7_2_what_the_page_says_is_not_what_the_invoice_says(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    """A page that succeeded is over, and says nothing of a balance: paid is what the invoice says when it is
    read again.
    """
    zoho.says(
        f"/hostedpages/{ID}",
        **PAGE | {"status": "success"},
        data={"invoice": {"invoice_id": "7", "balance": 0, "status": "paid"}},
    )
    page = billing.hosted_pages.get(ID).value
    assert page.is_closed
    assert not hasattr(page, "is_paid")
    assert not {"balance", "total", "amount"} & page.to_stored().keys()


def test_a_page_without_id_is_unreadable(billing: BillingClient, zoho: CannedBilling) -> None:
    zoho.says("/hostedpages/invoicepayment", method="POST", http=201, hostedpage={"url": "https://x.example"})
    with pytest.raises(ZohoUnreadable):
        billing.hosted_pages.pay_invoice("7", redirect_url=BACK)


def test_zohos_no_to_a_page_is_told_in_zohos_words(billing: BillingClient, zoho: CannedBilling) -> None:
    zoho.says(
        "/hostedpages/invoicepayment", method="POST", http=400, code=3044, message="This invoice is paid."
    )
    with pytest.raises(ZohoRefused, match="This invoice is paid"):
        billing.hosted_pages.pay_invoice("7", redirect_url=BACK)


def test_facts_3_3_a_lost_answer_leaves_the_outcome_unknown_and_nothing_is_sent_again(
    billing: BillingClient, zoho: CannedBilling
) -> None:
    zoho.says("/hostedpages/invoicepayment", method="POST", http=502)
    with pytest.raises(ZohoUnavailable) as caught:
        billing.hosted_pages.pay_invoice("7", redirect_url=BACK)
    assert caught.value.outcome_unknown
    assert zoho.calls == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda it: it.pay_invoice("", redirect_url=BACK),
        lambda it: it.update_card("none", redirect_url=BACK),
        lambda it: it.update_stored_card(""),
        lambda it: it.update_bank_account("1 or 2"),
        lambda it: it.get(""),
        lambda it: it.get("../plans"),
    ],
)
def test_what_is_no_id_is_never_sent(
    billing: BillingClient, zoho: CannedBilling, make: Callable[[Any], Any]
) -> None:
    with pytest.raises(NotAZohoId):
        make(billing.hosted_pages)
    assert zoho.calls == 0
