"""The main job with a keyboard alone: no pointer is ever used, and what has the focus can always be seen."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.conftest import OpenPage
from tests.journeys.steps import estimate_id_of, receipt_is_confirmed
from tests.servers.running_product import RunningProduct

OMAR = "omar@northgate.example"
HARBOUR_LIGHT = "600123101"
MOST_TABS = 80
FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    label: (one.getAttribute("aria-label") || one.innerText || one.value || "").trim(),
    name: one.getAttribute("name") || "",
    shown: style.outlineStyle !== "none" && box.width > 0 && box.top >= 0 && box.bottom <= innerHeight + 1,
    inside: one !== document.body,
  };
}"""


def tab_to(page: Page, *, label: str = "", name: str = "") -> None:
    """Press Tab until a control begins with these words, or has this name; each one passed must be seen to
    have the focus.
    """
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if now["inside"]:
            assert now["shown"], (
                f"{now['label'] or now['name']!r} has the focus and does not show it at {page.url}"
            )
        if (label and now["label"].startswith(label)) or (name and now["name"] == name):
            return
    raise AssertionError(f"Tab never came to {label or name!r} at {page.url}")


def omar_signs_in(page: Page, product: RunningProduct) -> None:
    sign_in = product.client_sign_in(OMAR)
    page.goto(f"{product.portal}/sign-in")
    for name in ("email", "password"):
        tab_to(page, name=name)
        page.keyboard.type(sign_in[name])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{product.portal}/")


def test_an_estimate_is_accepted_without_a_pointer(product: RunningProduct, open_page: OpenPage) -> None:
    page = open_page()
    omar_signs_in(page, product)

    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["label"] == "Skip to the content"
    page.keyboard.press("Enter")
    page.goto(f"{product.portal}/estimates?type=waiting")
    page.locator("tbody th a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/estimates/*")
    estimate_id = estimate_id_of(page)
    tab_to(page, label="Accept")
    page.keyboard.press("Enter")
    page.locator("dialog[open]").wait_for()
    # Escape closes the dialog and nothing was asked; the focus is back where it was.
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED)["label"] == "Accept"
    page.keyboard.press("Enter")
    tab_to(page, label="Accept for")
    page.keyboard.press("Enter")
    receipt_is_confirmed(page)
    assert product.sandbox_state(HARBOUR_LIGHT, "estimates")[estimate_id]["status"] in (
        "accepted",
        "invoiced",
    )


def test_an_invoice_is_paid_without_a_pointer(product: RunningProduct, open_page: OpenPage) -> None:
    """As far as Zoho's own page, which is not ours to judge."""
    page = open_page()
    omar_signs_in(page, product)
    page.goto(f"{product.portal}/invoices?type=unpaid")
    page.locator("tbody th a").first.focus()
    tab_to(page, label="Pay now")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pay")
    tab_to(page, label="Pay ")
    page.keyboard.press("Enter")
    page.get_by_text("page is ready").wait_for()
    tab_to(page, label="Go on")
