"""The row type of the table of document kinds, gateway/document_kinds.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cache.document_kind import DocumentKind


@dataclass(frozen=True, kw_only=True)
class ListTexts:
    """Whole sentences, because grammar differs between languages. fetching: shown before the first rows
    arrive. no_match: nothing matches the filter. incomplete: shown above the first rows while the rest
    is loading.
    """

    fetching: str
    no_match: str
    incomplete: str


@dataclass(frozen=True, kw_only=True)
class ModuleSwitch:
    """What a merchant reads beside the switch shows_{module}. position: among the switches."""

    position: int
    title: str
    description: str


@dataclass(frozen=True, kw_only=True)
class MenuPlace:
    """position: order in the menu. label: the client's term. lit_by: other blueprints whose pages highlight
    the entry.
    """

    position: int
    label: str
    lit_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DocumentPages:
    """title: the list's name for merchants. noun: one document's name, in file names and badges.

    blueprint: of the pages on which clients read it, its own or another kind's, "" for none.
    module: the part of the portal that it belongs to and that a merchant can switch off, "" for what is
    always there. switch: None where another kind's row has that of the module.
    menu: None where another entry leads there. texts: None for a kind without a list of its own.
    statuses: Zoho's and our own status → the word people read, and the tone of its badge. The word alone says
    it; the colour only helps.
    fills_home: a document of this kind is something to show on the client's first page. is_required: without
    the list a client would look at an empty portal. is_checkable: clients may have one document read again.
    """

    name: DocumentKind
    title: str
    noun: str
    blueprint: str
    module: str
    switch: ModuleSwitch | None
    menu: MenuPlace | None
    texts: ListTexts | None
    statuses: Mapping[str, tuple[str, str]]
    fills_home: bool
    is_required: bool
    is_checkable: bool
