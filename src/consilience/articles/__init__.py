"""Pages to articles: the report as the outlet printed it, and nothing else."""

from __future__ import annotations

from consilience.articles.extraction import extract, page_text

__all__ = ["extract", "page_text"]
