"""Comments and history of documents: each action adds an entry (zoho.md 4.4)."""

from __future__ import annotations

from sandbox.world import DataCentre, Organisation, Record, World


def note(
    world: World,
    centre: DataCentre,
    organisation: Organisation,
    *,
    document_id: str,
    transaction_type: str,
    by: Record,
    description: str,
    comment_type: str = "system",
    operation_type: str = "Updated",
    shown: bool = False,
) -> Record:
    """Add one entry; `comment_type` is system for history and internal for what people write."""
    entry = {
        "comment_id": centre.new_id(),
        "description": description,
        "commented_by_id": by["user_id"],
        "commented_by": by["name"],
        "comment_type": comment_type,
        "operation_type": operation_type,
        "at": world.clock.seconds(),
        "transaction_type": transaction_type,
        "show_comment_to_clients": shown,
    }
    organisation.comments.setdefault(document_id, []).append(entry)
    world.touch()
    return entry
