"""Who says what, in one article: quotes, attributions, figures, dates, commitments, statements."""

from __future__ import annotations

from consilience.model import Analysis, Reading
from consilience.reports import attribution, commitments, figures, quotes, statements, times

# the function takes the place of the module of that name: stages call `reports.resolve`
from consilience.reports.resolve import resolve

__all__ = ["read", "resolve"]


def read(analysis: Analysis) -> Reading:
    """All that one article says, as spans into its text. Deterministic; nothing is reworded."""
    published = analysis.article.published
    said = quotes.find(analysis)
    attributed = attribution.find(analysis, said)
    dated = times.find(analysis, published)
    counted = figures.find(analysis, dated)
    return Reading(
        analysis=analysis,
        quotes=said,
        attributions=attributed,
        figures=counted,
        times=dated,
        commitments=commitments.find(analysis, dated, counted, attributed),
        statements=statements.find(analysis, said, attributed, dated),
        reference=published,
        reference_from="the article's own date" if published else "",
    )
