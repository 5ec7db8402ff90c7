"""Folders, files, addresses, feeds, archives → pages."""

from __future__ import annotations

from consilience.sources.reading import read_pages

__all__ = ["read_pages"]
