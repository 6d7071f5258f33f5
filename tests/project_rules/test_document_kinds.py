"""The tables of document kinds: each layer has one row for every kind, and no cell may be left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest

from cache.document_kind import DocumentKind
from cache.records.portal.portal_settings import PortalSettings
from connectors.zoho.document_kinds import ZOHO_DOCUMENTS, ZohoDocumentKind
from gateway.document_kinds import DOCUMENT_PAGES
from gateway.document_pages import DocumentPages
from workers.copies.document_kinds import ROW_KINDS, RowKind

TABLES: dict[str, tuple[Mapping[DocumentKind, Any], type]] = {
    "connectors": (ZOHO_DOCUMENTS, ZohoDocumentKind),
    "workers": (ROW_KINDS, RowKind),
    "gateway": (DOCUMENT_PAGES, DocumentPages),
}


@pytest.mark.parametrize("layer", TABLES)
def test_every_kind_has_a_row_under_its_own_name(layer: str) -> None:
    table, _ = TABLES[layer]
    assert set(table) == set(DocumentKind)
    assert [row.name for row in table.values()] == list(table)


@pytest.mark.parametrize("layer", TABLES)
def test_a_row_cannot_be_made_without_each_of_its_cells(layer: str) -> None:
    table, row_class = TABLES[layer]
    row = next(iter(table.values()))
    cells = {field.name: getattr(row, field.name) for field in dataclasses.fields(row_class)}
    assert row_class(**cells) == row
    for name in cells:
        with pytest.raises(TypeError, match=name):
            row_class(**{cell: value for cell, value in cells.items() if cell != name})
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.name = DocumentKind.CONTACTS


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_row_leaves_out_only_fields_that_the_document_has(kind: DocumentKind) -> None:
    document = ZOHO_DOCUMENTS[kind].document
    assert ROW_KINDS[kind].details <= {field.name for field in dataclasses.fields(document)}


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_bearer_link_is_never_kept_in_a_row(kind: DocumentKind) -> None:
    fields = {field.name for field in dataclasses.fields(ZOHO_DOCUMENTS[kind].document)}
    assert "url" not in fields - ROW_KINDS[kind].details


def test_webhooks_name_every_kind_by_words_of_its_own() -> None:
    for cell in ("id_fields", "webhook_modules"):
        assert all(getattr(row, cell) for row in ZOHO_DOCUMENTS.values()), cell
    modules = [module for row in ZOHO_DOCUMENTS.values() for module in row.webhook_modules]
    assert len(modules) == len(set(modules))


def test_every_module_of_documents_has_one_switch_and_its_setting() -> None:
    settings = {field.name for field in dataclasses.fields(PortalSettings)}
    rows = [row for row in DOCUMENT_PAGES.values() if row.module]
    assert {f"shows_{row.module}" for row in rows} <= settings
    switched = [row for row in rows if row.switch]
    assert sorted(row.module for row in switched) == sorted({row.module for row in rows})
    for places in ([row.switch for row in switched], [row.menu for row in rows if row.menu]):
        positions = [place.position for place in places if place]
        assert len(positions) == len(set(positions))


def test_every_list_that_clients_open_has_its_texts() -> None:
    blueprints = {row.blueprint for row in DOCUMENT_PAGES.values() if row.blueprint}
    assert blueprints == {kind for kind, row in DOCUMENT_PAGES.items() if row.texts}
