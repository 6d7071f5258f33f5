"""./dev bench pages: how long a person waits for each page of the demo, and what it weighs.

The demo as ./dev up makes it, signed in as Lena, warm, one page after the other in turns. A time is from the
request to the last byte, over loopback. A weight is what travels: style sheets and scripts as the browser is
sent them, pages compressed as a proxy would.
"""

from __future__ import annotations

import gzip
import os
import re
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

import requests
from bs4 import BeautifulSoup

from tests.bench.quiet_day import at_share
from tests.servers.running_product import RunningProduct, a_free_base

LENA = "lena@brightwater.example"
ROUNDS = 40
AIM_MS, AIM_FIRST_KB, AIM_AFTER_KB = 50, 250, 30
PATHS = (
    "/",
    "/estimates",
    "/estimates?type=waiting",
    "/subscriptions",
    "/invoices",
    "/payments",
    "/requests",
    "/details",
    "/activity",
    "/contact",
)
DETAILS = ("/estimates", "/invoices", "/payments")
"""Lists whose first document is a page of its own here."""


@dataclass(frozen=True)
class Page:
    """seconds: of each answer. page, files: bytes that travel for the page itself and, once, for what it
    brings with it.
    """

    path: str
    seconds: list[float]
    page: int
    files: int


def pages_of_the_demo(product: RunningProduct, *, rounds: int) -> list[Page]:
    """Each page `rounds` times, in turns: what disturbs the machine disturbs all of them."""
    browser = _signed_in(product)
    paths = [*PATHS, *(found for path in DETAILS for found in _first_of(browser, product.portal, path))]
    seconds: dict[str, list[float]] = {path: [] for path in paths}
    bodies: dict[str, bytes] = {}
    for number in range(rounds + 1):
        for path in paths:
            start = time.perf_counter()
            answer = browser.get(product.portal + path, timeout=60)
            took = time.perf_counter() - start
            assert answer.status_code == 200, f"{path} answered {answer.status_code}"
            bodies[path] = answer.content
            if number:
                seconds[path].append(took)
    return [
        Page(
            path,
            seconds[path],
            len(gzip.compress(bodies[path])),
            sum(_weights(product.portal, path, bodies[path])),
        )
        for path in paths
    ]


def table(pages: list[Page]) -> str:
    rows = ["| page | median ms | 95 % ms | first visit KB | afterwards KB |", "|---|---|---|---|---|"]
    rows += [
        f"| `{re.sub(r'[0-9]{5,}', '…', page.path)}` | {at_share(page.seconds, 0.5) * 1000:.1f} | "
        f"{at_share(page.seconds, 0.95) * 1000:.1f} | "
        f"{(page.page + page.files) / 1024:.0f} | {page.page / 1024:.1f} |"
        for page in pages
    ]
    return "\n".join(rows)


def main() -> int:
    product = RunningProduct(a_free_base())
    product.start()
    try:
        pages = pages_of_the_demo(product, rounds=ROUNDS)
    finally:
        product.stop()
    every = [second for page in pages for second in page.seconds]
    first, after = (
        max(page.page + page.files for page in pages) / 1024,
        max(page.page for page in pages) / 1024,
    )
    sys.stdout.write(
        f"{os.cpu_count()} processors\n\n{table(pages)}\n\n"
        f"All together: 95 % within {at_share(every, 0.95) * 1000:.1f} ms (aim: {AIM_MS}); the "
        f"heaviest {first:.0f} KB at the first "
        f"visit (aim: {AIM_FIRST_KB}), {after:.1f} KB afterwards (aim: {AIM_AFTER_KB})\n"
    )
    return 0


def _signed_in(product: RunningProduct) -> requests.Session:
    browser = requests.Session()
    form = BeautifulSoup(browser.get(f"{product.portal}/sign-in", timeout=60).text, "html5lib").select_one(
        "main form"
    )
    assert form is not None
    fields = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]")}
    told = product.client_sign_in(LENA)
    browser.post(
        f"{product.portal}/sign-in",
        data={**fields, "email": told["email"], "password": told["password"]},
        timeout=60,
    )
    return browser


def _first_of(browser: requests.Session, portal: str, path: str) -> list[str]:
    link = BeautifulSoup(browser.get(portal + path, timeout=60).text, "html5lib").select_one("tbody th a")
    return [str(link["href"])] if link else []


def _weights(portal: str, path: str, body: bytes) -> Iterable[int]:
    """Bytes of each style sheet, script and picture of the page as they travel."""
    soup = BeautifulSoup(body, "html5lib")
    found = soup.select("script[src], img[src], link[rel=stylesheet], link[rel=icon]")
    addresses = {str(item.get("src") or item.get("href")) for item in found}
    for address in sorted(addresses):
        with requests.get(
            urljoin(portal + path, address), headers={"Accept-Encoding": "gzip"}, timeout=60, stream=True
        ) as answer:
            yield len(answer.raw.read(decode_content=False))


if __name__ == "__main__":
    sys.exit(main())
