"""A comment under an estimate or an invoice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from marshmallow import post_load

from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import ZohoSchema, parse
from connectors.zoho.documents.zoho_fields import Day, Identifier, Text


@dataclass(frozen=True, kw_only=True)
class Comment(Document):
    """kind is Zoho's comment_type: the list mixes system history with people's comments and gives no
    visibility (zoho.md 4.4).

    So clients see only comments that are known to be the portal's own.
    """

    id: str
    text: str = ""
    author: str = ""
    kind: str = ""
    date: dt.date | None = None

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> Comment:
        """Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)


class CommentSchema(ZohoSchema[Comment]):
    document = Comment
    kind = "comment"
    id_key = "comment_id"

    id = Identifier(required=True, data_key="comment_id")
    text = Text(data_key="description")
    author = Text(data_key="commented_by")
    comment_kind = Text(data_key="comment_type")
    date = Day()

    @post_load
    def build(self, values: dict[str, Any], **_: Any) -> Comment:
        return Comment(kind=values.pop("comment_kind", ""), **values)


SCHEMA = CommentSchema()
