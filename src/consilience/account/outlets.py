"""How each article stands to each finding: the matrix, what one alone has, what it leaves out.

Silence is only reported of a whole text: of a partial one the matrix says ``partial text``, and
nothing is said of what it leaves out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consilience.model import Article, Disagreement, Finding, MatrixRow, Origin, OutletView, Stand
from consilience.phrases import moment
from consilience.witnesses import witnesses

# Relations in which a reader is told that an outlet says otherwise. The others (precision, scope,
# translation) are differences of wording, not of fact; an attribution names another source, and
# where that source says another thing the relation is a conflict.
OTHERWISE = frozenset({"conflict", "update"})


def matrix(
    articles: Sequence[Article], findings: Sequence[Finding], disagreements: Sequence[Disagreement]
) -> tuple[MatrixRow, ...]:
    """A row for each finding: article id -> how that article stands to it, in the order given."""
    by_id = {d.id: d for d in disagreements}
    rows = []
    for finding in findings:
        others = _others(finding, [by_id[i] for i in finding.disagreements if i in by_id])
        says = {e.article for e in finding.evidence}
        stands = {a.id: _stand(a, says, others) for a in articles}
        rows.append(MatrixRow(finding=finding.id, stands=stands))
    return tuple(rows)


def _stand(article: Article, says: set[str], others: set[str]) -> Stand:
    if article.id in others:
        return "says otherwise"
    if article.id in says:
        return "says"
    return "silent" if article.completeness.status == "whole" else "partial text"


def _others(finding: Finding, disagreements: Sequence[Disagreement]) -> set[str]:
    """Articles that hold only positions other than that of the finding's own wording."""
    out: set[str] = set()
    canonical = finding.canonical
    for difference in disagreements:
        if difference.relation not in OTHERWISE:
            continue
        own = [
            i
            for i, p in enumerate(difference.positions)
            if any(e.article == canonical.article and e.span.overlap(canonical.span) for e in p.evidence)
        ]
        if not own:
            continue
        same = {e.article for e in difference.positions[own[0]].evidence}
        for i, position in enumerate(difference.positions):
            if i != own[0]:
                out |= {e.article for e in position.evidence} - same
    return out - {canonical.article}


def outlets(
    articles: Sequence[Article],
    origins: Sequence[Origin],
    findings: Sequence[Finding],
    rows: Sequence[MatrixRow],
) -> tuple[OutletView, ...]:
    """For each article the findings that it alone has, and those that it leaves out.

    *Only here*: no other origin reports it, and a whole article of another one, published no earlier,
    could have; a copy has it with its original. *Leaves out*: two origins or more beside its own carry
    it, had it by the time of this article, and this article is whole and says nothing of it; a finding
    that is part of another is not told beside it. Both in the order of the findings.
    """
    by_id = {a.id: a for a in articles}
    whole = {a.id for a in articles if a.completeness.status == "whole"}
    alone = {f.id: {e.article for e in f.evidence} for f in findings if _of_one(f, by_id, origins)}
    stands = {row.finding: row.stands for row in rows}
    out = []
    for article in articles:
        only = tuple(f.id for f in findings if article.id in alone.get(f.id, ()))
        left = tuple(
            f.id
            for f in findings
            if article.id in whole
            and f.part_of is None
            and stands[f.id][article.id] == "silent"
            and _could_have_had(article, f, by_id, origins)
        )
        out.append(OutletView(article=article.id, only_here=only, leaves_out=left))
    return tuple(out)


def _of_one(finding: Finding, articles: Mapping[str, Article], origins: Sequence[Origin]) -> bool:
    """Whether one origin alone has it, though a whole article of another could have (days decide)."""
    if len(finding.origins) != 1:
        return False
    having = {e.article for e in finding.evidence}
    having |= {a for o in origins if having & set(o.articles) for a in o.articles}
    days = [moment(articles[e.article].published) for e in finding.evidence if e.article in articles]
    first = min((d.date() for d in days if d), default=None)
    for article in articles.values():
        if article.id not in having and article.completeness.status == "whole":
            when = moment(article.published)
            if first is None or when is None or when.date() >= first:
                return True
    return False


def _could_have_had(
    article: Article, finding: Finding, articles: Mapping[str, Article], origins: Sequence[Origin]
) -> bool:
    """Whether two other origins had the finding when ``article`` was published (days decide)."""
    own = moment(article.published)
    having = []
    for piece in finding.evidence:
        other = articles.get(piece.article)
        when = moment(other.published) if other else None
        if own is None or when is None or when.date() <= own.date():
            having.append(piece)
    mine = {o.id for o in origins if article.id in o.articles}
    return len(set(witnesses(having, origins)) - mine) >= 2
