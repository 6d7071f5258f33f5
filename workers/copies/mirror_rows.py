"""Turn a document from Zoho into a row of the mirror. Pure."""

from __future__ import annotations

import datetime as dt

from cache.copies.mirror.mirror_row import IndexedRow
from cache.copies.mirror.row_facets import WITH_ADDRESS, RowFacets
from cache.document_kind import DocumentKind
from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.contact_person import ContactPerson
from connectors.zoho.documents.mirrored_document import MirroredDocument
from workers.copies.document_kinds import ROW_KINDS
from workers.copies.row_index import join_text


def mirror_row(kind: str, document: MirroredDocument, as_of: dt.datetime) -> IndexedRow:
    """kind: the name of the document's mirrored list."""
    row_kind = ROW_KINDS[DocumentKind(kind)]
    index = row_kind.index(document)
    return IndexedRow(
        kind=kind,
        id=document.id,
        customer_id=document.customer_id,
        version=document.version,
        status=document.status,
        sort=index.sort,
        facets=index.facets,
        body={name: value for name, value in document.to_stored().items() if name not in row_kind.details},
        as_of=as_of,
        place=row_kind.place(document) if row_kind.place else None,
    )


def person_row(person: ContactPerson, contact: Contact, as_of: dt.datetime) -> IndexedRow:
    """A contact person under their customer. Persons have no modification time, so they take the
    customer's.
    """
    text, marks = join_text(person.full_name, person.email), WITH_ADDRESS if person.email else ""
    return IndexedRow(
        kind="persons",
        id=person.id,
        customer_id=contact.id,
        version=contact.version,
        status="",
        sort={"name": person.full_name or person.email},
        facets=RowFacets(search=text, marks=marks, owner=contact.id),
        body=person.to_stored(),
        as_of=as_of,
    )
