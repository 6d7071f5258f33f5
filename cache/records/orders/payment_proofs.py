"""Files that clients attach to a reported payment, such as a bank's confirmation or a photograph of a cheque:
sealed, for a limited time.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from redis import Redis

from cache.records.orders import keys as order_keys
from cache.sealing import Seal

MAX_BYTES = 2 * 1024 * 1024
"""Bytes."""

TTL = 180 * 24 * 3600
"""Seconds."""

BEGINS: dict[str, tuple[bytes, ...]] = {
    "application/pdf": (b"%PDF-",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
}
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True)
class PaymentProof:
    """kind: a key of ENDINGS, detected from the content."""

    kind: str
    content: bytes


def proof_of(content: bytes) -> PaymentProof | None:
    """The file type from the content, whatever its name or the browser claims; None for anything but PDF, PNG
    or JPEG.
    """
    kind = next((kind for kind, marks in BEGINS.items() if content.startswith(marks)), None)
    return PaymentProof(kind, content) if kind else None


class PaymentProofs:
    def __init__(self, records: Redis, seal: Seal) -> None:
        self._records, self._seal = records, seal

    def put(self, org: str, order_id: str, proof: PaymentProof) -> None:
        text = json.dumps([proof.kind, base64.b64encode(proof.content).decode()])
        self._records.set(
            order_keys.payment_proof(org, order_id),
            self._seal.seal(text, context=f"proof:{org}:{order_id}"),
            ex=TTL,
        )

    def get(self, org: str, order_id: str) -> PaymentProof | None:
        """None if there is none or it has expired. Raises SealBroken."""
        sealed: Any = self._records.get(order_keys.payment_proof(org, order_id))
        if not sealed:
            return None
        kind, content = json.loads(self._seal.open(sealed, context=f"proof:{org}:{order_id}"))
        return PaymentProof(kind, base64.b64decode(content))

    def forget(self, org: str, order_id: str) -> None:
        self._records.delete(order_keys.payment_proof(org, order_id))
