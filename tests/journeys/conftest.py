"""A real Chromium before the real product."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.servers.running_product import RunningProduct, a_free_base

WIDE, PHONE = (1280, 900), (390, 844)


@pytest.fixture(scope="session")
def product() -> Iterator[RunningProduct]:
    running = RunningProduct(a_free_base())
    running.start()
    yield running
    running.stop()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, product: RunningProduct) -> Iterator[OpenPage]:
    """A new person's browser window. Whatever the browser complains about on the portal's pages (a blocked
    script, an error) fails the test; the sandbox's own pages are not ours to judge. expects: a number in what
    the browser says of an answer that is looked at on purpose, for example 404.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(
        *, size: tuple[int, int] = WIDE, scheme: str = "light", script: bool = True, expects: str = ""
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            java_script_enabled=script,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(45_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: _note(message, product.portal, expects, complaints))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def _note(message: ConsoleMessage, portal: str, expects: str, complaints: list[str]) -> None:
    is_expected = bool(expects) and f"a status of {expects}" in message.text
    if message.type == "error" and message.location["url"].startswith(portal) and not is_expected:
        complaints.append(message.text)
