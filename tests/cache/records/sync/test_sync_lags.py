"""How late changes came: the last ones, in plain figures."""

from __future__ import annotations

from cache.records.sync.sync_lags import SAMPLES, LagFigures, SyncLags
from cache.stores import Stores


def test_figures_are_of_the_last_changes(stores: Stores) -> None:
    lags = SyncLags(stores.records)
    assert lags.figures("us-1", "invoices") is None
    lags.note("us-1", "invoices", [])
    assert lags.figures("us-1", "invoices") is None
    lags.note("us-1", "invoices", [float(number) for number in range(1, 101)])
    assert lags.figures("us-1", "invoices") == LagFigures(100, 50.0, 95.0)
    assert lags.figures("us-1", "estimates") is None
    lags.note("us-1", "invoices", [7.0] * SAMPLES)
    assert lags.figures("us-1", "invoices") == LagFigures(SAMPLES, 7.0, 7.0)


def test_a_clock_ahead_of_ours_counts_as_no_delay(stores: Stores) -> None:
    lags = SyncLags(stores.records)
    lags.note("us-1", "invoices", [-3.0])
    assert lags.figures("us-1", "invoices") == LagFigures(1, 0.0, 0.0)
