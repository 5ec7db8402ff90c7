"""Whether a number is a figure that a reader of the account wants."""

from consilience.reports.figures_numbers import Word
from consilience.reports.figures_units import Candidate


def wanted(ws: list[Word], c: Candidate) -> bool:
    if c.number.form in ("multiple", "vague"):
        return c.number.form == "vague"
    if c.kind == "count" and c.unit is None and c.number.form == "words" and c.value == 1:
        return False
    return True
