"""What every page of the portal must be, whatever it shows. Run by the fetch helper on each page a test
fetches.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag

FIGURE = ".money, .total-amount"
UNLABELLED_TYPES = ("hidden", "submit", "button")


def check_page(html: str, headers: dict[str, str]) -> BeautifulSoup:
    """The parsed page, once nothing is wrong with it; raises AssertionError naming what is."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    faults = [(place, code) for place, code, _ in parser.errors]
    assert not faults, f"not valid HTML: {faults[:5]}"
    soup = BeautifulSoup(html, "html5lib")
    _check_outline(soup)
    _check_ids(soup)
    _check_labels(soup)
    _check_nothing_inline(soup)
    _check_forms(soup)
    _check_figures_have_their_time(soup)
    check_headers(headers)
    return soup


def check_headers(headers: dict[str, str]) -> None:
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "frame-ancestors 'none'" in policy and "script-src 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def _check_outline(soup: BeautifulSoup) -> None:
    visible = soup.find_all("h1")
    assert len(visible) == 1, f"{len(visible)} first headings"
    assert soup.html and soup.html.get("lang")
    assert soup.title and soup.title.get_text(strip=True)
    assert soup.find("main", id="content"), "no main part for the skip link to lead to"
    for table in soup.find_all("table"):
        assert table.find("caption"), "a table without a caption"
        assert all(head.get("scope") for head in table.find_all("th")), "a table head without scope"


def _check_ids(soup: BeautifulSoup) -> None:
    ids = Counter(str(element["id"]) for element in soup.find_all(id=True))
    assert not [name for name, count in ids.items() if count > 1], f"ids used twice: {ids}"
    for element in soup.find_all(True):
        for attribute in ("aria-labelledby", "aria-describedby", "for"):
            for name in str(element.get(attribute) or "").split():
                assert name in ids, f"{attribute} names {name}, which is not there"


def _check_labels(soup: BeautifulSoup) -> None:
    labelled = {str(label.get("for")) for label in soup.find_all("label")}
    for control in soup.select("input, select, textarea"):
        if control.get("type") not in UNLABELLED_TYPES:
            assert control.get("id") in labelled or control.get("aria-label"), f"no label: {control}"
    for control in soup.select("a[href], button, summary"):
        assert control.get_text(strip=True) or control.get("aria-label"), f"nothing to read out: {control}"
    for picture in soup.find_all("img"):
        assert picture.has_attr("alt"), f"no alternative text: {picture}"


def _check_nothing_inline(soup: BeautifulSoup) -> None:
    for element in soup.find_all(True):
        assert not element.has_attr("style"), f"inline style: {element.name}"
        assert not [name for name in element.attrs if name.startswith("on")], (
            f"inline handler: {element.name}"
        )
        for attribute in ("src", "href", "action"):
            address = str(element.get(attribute) or "")
            if element.name in ("script", "link", "img", "form", "iframe"):
                assert not urlsplit(address).netloc, f"a foreign address: {address}"
    assert all(script.get("src") and not script.get_text(strip=True) for script in soup.find_all("script"))
    assert not soup.find_all("style")


def _check_forms(soup: BeautifulSoup) -> None:
    for form in soup.find_all("form"):
        assert form.get("action"), "a form without an address"
        if str(form.get("method", "get")).lower() == "post":
            assert form.find("input", attrs={"name": "csrf_token"}), "a form without its token"


def _check_figures_have_their_time(soup: BeautifulSoup) -> None:
    main = soup.find("main")
    assert isinstance(main, Tag)
    if main.select(FIGURE):
        times = main.select("[data-as-of]")
        assert times, "figures without the time Zoho said them"
        assert any(
            re.search(r"\d\d:\d\d", time.get_text()) or "Not read" in time.get_text() for time in times
        )
