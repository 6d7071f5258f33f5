"""Keys of the mirror: list rows and their indexes."""

from __future__ import annotations


def rows(org: str, kind: str) -> str:
    """Hash: id → row."""
    return f"o:{{{org}}}:rows:{kind}"


def facets(org: str, kind: str) -> str:
    """Hash: id → facets: what the row is filtered by, as one text."""
    return f"o:{{{org}}}:facets:{kind}"


def places(org: str, kind: str) -> str:
    """Sorted set without scores: "<place>\\0<id>" of every row of a kind that has places. As long as the
    rows, or else torn.
    """
    return f"o:{{{org}}}:places:{kind}"


def index_prefix(org: str, kind: str) -> str:
    """Prefix of "<customer>:<status>:<sort>": a sorted set of ids of one customer in one status, by
    one sort.
    """
    return f"o:{{{org}}}:index:{kind}:"


def statuses_prefix(org: str, kind: str) -> str:
    """Prefix of "<customer>": a hash, status → number of the customer's rows; and of "<customer>:currencies",
    the same by currency.
    """
    return f"o:{{{org}}}:statuses:{kind}:"


def customers(org: str, kind: str) -> str:
    """Hash: customer → number of rows, and "*" once the kind was read in full. An eviction takes both
    together.
    """
    return f"o:{{{org}}}:customers:{kind}"


def invoice_plans(org: str, customer_id: str) -> str:
    """Hash: invoice → plan, and the known states of the customer's subscriptions."""
    return f"o:{{{org}}}:plans:{customer_id}"
