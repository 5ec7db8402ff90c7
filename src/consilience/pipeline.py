"""The order of the stages, on one screen. Only here, in ``batch`` and in the interfaces are stages joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import IO

from threadpoolctl import threadpool_limits

from consilience import account as accounts
from consilience import articles, findings, language, origins, reports, sources, stories
from consilience.model import Account, Article, Page, Reading, Rejected, Story, StoryReading
from consilience.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, the steps done and the steps in all."""


def _quiet(stage: str, done: int, of: int) -> None:
    """No progress."""


def extract(
    inputs: Sequence[str],
    *,
    stdin: IO[bytes] | None = None,
    settings: Settings | None = None,
    progress: Progress = _quiet,
) -> tuple[list[Article], list[Rejected]]:
    """The articles behind ``inputs`` (files, folders, addresses, ``-`` for JSON lines on ``stdin``).

    Returns articles sorted by id and what was set aside, sorted by source. An input that cannot be
    read costs none of the others. Raises ``errors.UsageError`` for an input that names nothing.
    """
    settings = settings or Settings()
    progress("reading pages", 0, 1)
    pages: list[Page] = []
    rejected: list[Rejected] = []
    for page in sources.read_pages(inputs, stdin=stdin, settings=settings):
        (rejected if isinstance(page, Rejected) else pages).append(page)
    found, aside = articles.extract(pages, settings)
    rejected += aside
    progress("reading pages", 1, 1)
    found = language.marked(found)
    return sorted(found, key=lambda a: a.id), sorted(rejected, key=lambda r: (r.source, r.reason))


def _reports(found: Sequence[Article]) -> list[Article]:
    """The articles that are one: index pages, consent walls and the like stay aside."""
    return [a for a in found if a.completeness.status != "not an article"]


def _as_read(found: Sequence[Article], readings: Sequence[Reading]) -> tuple[Article, ...]:
    """The articles in their order, each with the language that reading it told."""
    read_as = {r.article.id: r.article for r in readings}
    return tuple(read_as.get(a.id, a) for a in found)


def understand(
    found: Sequence[Article], *, settings: Settings | None = None, progress: Progress = _quiet
) -> list[Reading]:
    """Each article's own reading: sentences, names, quotes, figures, dates, statements."""
    reports_of = _reports(found)
    readings: list[Reading] = []
    progress("reading articles", 0, len(reports_of))
    for analysis in language.analyse_each(reports_of, settings or Settings()):
        readings.append(reports.read(analysis))
        progress("reading articles", len(readings), len(reports_of))
    return readings


def tell(readings: Sequence[Reading], membership: tuple, settings: Settings) -> Story:
    """The account of one story from its articles' readings."""
    entities, resolved = reports.resolve(readings)
    story = StoryReading(
        id=accounts.story_id(resolved), readings=resolved, entities=entities, membership=membership
    )
    witnesses = origins.find(story)
    facts = findings.find_findings(story, witnesses)
    differences, facts = findings.find_disagreements(story, witnesses, facts)
    return accounts.build(story, witnesses, facts, differences, settings)


def read(
    inputs: Sequence[str],
    *,
    stdin: IO[bytes] | None = None,
    settings: Settings | None = None,
    progress: Progress = _quiet,
) -> Account:
    """The account of all stories behind ``inputs``: see ``extract`` for what they may be.

    The same articles give the same account, whatever their order.
    """
    settings = settings or Settings()
    found, rejected = extract(inputs, stdin=stdin, settings=settings, progress=progress)
    return read_articles(found, rejected, settings=settings, progress=progress)


@threadpool_limits.wrap(limits=1, user_api="blas")
def read_articles(
    found: Iterable[Article],
    rejected: Iterable[Rejected] = (),
    *,
    settings: Settings | None = None,
    progress: Progress = _quiet,
) -> Account:
    """The account of articles that are at hand already.

    Linear algebra runs on one thread: on small matrices several gain nothing, wait for one another on a
    busy machine, and round otherwise on another number of cores.
    """
    settings = settings or Settings()
    ordered = sorted(found, key=lambda a: a.id)
    readings = understand(ordered, settings=settings, progress=progress)
    groups = stories.group(readings)
    told = []
    for i, (members, membership) in enumerate(groups):
        progress("comparing reports", i, len(groups))
        told.append(tell(members, membership, settings))
    progress("comparing reports", len(groups), len(groups))
    told.sort(key=lambda s: (-len(s.articles), s.id))
    return Account(articles=_as_read(ordered, readings), stories=tuple(told), rejected=tuple(rejected))


@threadpool_limits.wrap(limits=1, user_api="blas")
def group(
    inputs: Sequence[str],
    *,
    stdin: IO[bytes] | None = None,
    settings: Settings | None = None,
    progress: Progress = _quiet,
) -> Account:
    """Which articles report one event, and nothing more: stories without findings."""
    found, rejected = extract(inputs, stdin=stdin, settings=settings, progress=progress)
    groups = stories.group(understand(found, settings=settings, progress=progress))
    told = [
        Story(id=accounts.story_id(members), articles=tuple(r.article.id for r in members), membership=why)
        for members, why in groups
    ]
    told.sort(key=lambda s: (-len(s.articles), s.id))
    return Account(articles=tuple(found), stories=tuple(told), rejected=tuple(rejected))
