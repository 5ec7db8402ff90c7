"""Stored accounts taken apart again."""
from __future__ import annotations
import msgspec
class Fault(msgspec.Struct, frozen=True):
    """x"""
    where: str
    what: str
    def __str__(self): return f"{self.where}: {self.what}"
MARKDOWN="<!-- consilience/1 -->"
