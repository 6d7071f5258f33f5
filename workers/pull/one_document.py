"""Reading one document again because somebody asked or something said that it changed."""

from __future__ import annotations

import structlog

from connectors.zoho.errors import ZohoError, ZohoNotFound
from workers.job_setup import Resources
from workers.pull.contact_persons import keep_contact
from workers.pull.deletions import check_one
from workers.pull.lists import MIRRORED
from workers.pull.zoho_lines import ZohoLines

log = structlog.get_logger()


def read_one_document(org: str, kind: str, document_id: str, desk: Resources) -> None:
    """kind: a mirrored list. When Zoho cannot be asked nothing happens: the next sync reads it anyway."""
    zoho = ZohoLines(desk.zoho, org)
    try:
        if kind == "contacts":
            keep_contact(desk, org, zoho.books.contacts.get(document_id))
        else:
            check_one(desk, org, zoho, MIRRORED[kind], document_id)
    except ZohoNotFound:
        check_one(desk, org, zoho, MIRRORED[kind], document_id)
    except ZohoError as error:
        log.info("document_not_read", org=org, kind=kind, document=document_id, trouble=type(error).__name__)
