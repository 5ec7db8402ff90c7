"""Ids: hashes of canonical content, with the algorithm's name in them."""

from __future__ import annotations

import hashlib

import msgspec

ALGORITHM = "sha256"


def content_id(*parts: object) -> str:
    """``sha256-`` and 16 hexadecimal digits of the parts' canonical JSON.

    Usable as an HTML anchor and a file name. Parts are strings, numbers, None, or (nested) sequences
    of them; the caller sorts what has no order.
    """
    canonical = msgspec.json.encode(parts)
    return f"{ALGORITHM}-{hashlib.new(ALGORITHM, canonical).hexdigest()[:16]}"
