"""What attackers and broken programs write into fields and addresses, already encoded for an address or a
form's body.
"""

from __future__ import annotations

from urllib.parse import quote_plus

from hypothesis import strategies as st

MARK = "zq7x"
"""Stands in every value that must not come back as markup, as a header, or as an address."""

MARKUP = (
    f"\"><{MARK} y='",
    f"'\"><script>{MARK}()</script>",
    f'" {MARK}="1',
    f"' {MARK}='1",
    f"</textarea><{MARK}>",
    f"</title><{MARK}>",
    f"<!--<{MARK}>",
    f"&lt;{MARK}&gt;<{MARK}/>",
    f"\u2028<{MARK}>",
    f"javascript:{MARK}()//",
    f"%3C{MARK}%3E",
    "{{9177*31}}",
    "{%print 9177*31%}",
    "%(name)s",
    "%s%n",
    "{0.__class__}",
    "${9177*31}",
    f"\x00<{MARK}>",
    f"＜{MARK}＞",
)
OTHER_SITES = (
    f"//{MARK}.example",
    f"/\\{MARK}.example",
    f"https://{MARK}.example/",
    f"///{MARK}.example",
    f"/\t/{MARK}.example",
    f"\\\\{MARK}.example",
    f"http:{MARK}.example",
    f"javascript:{MARK}",
    f"/%2f{MARK}.example",
    f"/x\r\nX-{MARK}: 1",
    f"/..//{MARK}.example",
    f"https:///{MARK}.example",
    f"/@{MARK}.example",
    f".{MARK}.example",
    f"/\u2215/{MARK}.example",
    f"/./\n/{MARK}.example",
    "data:text/html,x",
    f" //{MARK}.example",
    "http://[",
    f"//[{MARK}",
    f"https://{MARK}\u2100.example/",
    f"/x?[//{MARK}.example",
)
NUMBERS = (
    "0",
    "-1",
    "1e999999",
    "-1e999999",
    "1E+1000000000",
    "NaN",
    "sNaN",
    "Infinity",
    "-Infinity",
    "9" * 5000,
    "0." + "0" * 400 + "1",
    "１２",
    "٣٤",
    "1_000",
    "0x10",
    "1,000.00",
    "1.000,00",
    "+1",
    " 1 ",
    "1e5",
    "99999999999999999999",
    "2147483648",
    "-0",
    "¼",
    "1" + "0" * 400,
)
DAYS = (
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "0000-00-00",
    "2026-02-30",
    "2026-W01-1",
    "2026-366",
    "-0001-01-01",
    "2026-11-25T00:00:00Z",
    "20261125",
    "1969-12-31",
    "2026-11-2５",
    "2026-11-25",
    "9999-12-31T23:59:59+14:00",
    "2026-11",
)
ADDRESSES = (
    "a@b",
    "nora@northwind.example",
    "NORA@NORTHWIND.EXAMPLE",
    "nоra@northwind.example",
    "nora@northwind.example\r\nBcc: x@y.example",
    "nora@northwind.example,x@y.example",
    "<nora@northwind.example>",
    "@",
    "a@" + "b" * 300,
    "nora@xn--e1awd7f.example",
    "nora\u200b@northwind.example",
)
SIGNS = (
    "\x00",
    "\x1b[31m",
    "\u202e\u2066evil",
    "\ud800",
    "\udfff\ud800",
    "\ufeff",
    "\U0010ffff",
    "é" * 40,
    "\u0301" * 200,
    "\r\n",
    "\x7f\x85",
    "ﷺ" * 30,
)
HARMLESS = (
    "",
    " ",
    "1",
    "on",
    "true",
    "word",
    "46000000003001",
    "46000000004001",
    "us-600123",
    "all",
    "newest",
    "USD",
    "banktransfer",
)
RAW = (
    "%",
    "%zz",
    "%00",
    "%ED%A0%80",
    "%FF%FE",
    "%C0%AE%C0%AE",
    "+%+",
    "%u0041",
    "a%26b%3Dc",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "a;b",
    "%0d%0aX-zq7x:%201",
)
LARGE = ("A" * 300_000, "%F0%9F%98%80" * 20_000, "%3C" * 60_000)


WORST = (
    f"\"'><{MARK} y=1></textarea></title><script>{MARK}()</script>{{{{9177*31}}}} %(name)s % {{0}}",
    f"//{MARK}.example",
    f"' {MARK}='1",
    "1e999999",
    "http://[\x00\ud800",
    "9999-12-31",
    "0001-01-01",
)
"""One after the other in every field and parameter there is."""


def encoded(text: str) -> str:
    """As a browser would send it, surrogates included, which browsers never send."""
    return quote_plus(text.encode("utf-8", "surrogatepass"))


def from_these(*pools: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from([encoded(item) for pool in pools for item in pool])


NASTY = st.one_of(
    from_these(MARKUP, OTHER_SITES),
    from_these(NUMBERS, DAYS),
    from_these(ADDRESSES, SIGNS),
    st.sampled_from(RAW),
    from_these(HARMLESS),
    st.text(max_size=30).map(encoded),
    st.lists(st.sampled_from((*MARKUP, *SIGNS, *NUMBERS)), min_size=2, max_size=3).map("".join).map(encoded),
)
"""Any value at all, most of them not what the field is for."""
