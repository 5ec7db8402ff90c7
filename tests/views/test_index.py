"""Dates, periods and figures in words; the order of what the views show."""

import pytest

from consilience.views.index import RELATIONS, StoryIndex, date_words, period_words, value_words


@pytest.mark.parametrize(
    ("iso", "time", "words"),
    [
        ("2024-05-01", False, "1 May 2024"),
        ("2024-05-01T09:05:00+02:00", True, "1 May 2024, 09:05"),
        ("2024-05-01T09:05:00Z", False, "1 May 2024"),
        (None, True, ""),
        ("", False, ""),
        ("soon", False, "soon"),
    ],
)
def test_dates(iso, time, words):
    assert date_words(iso, time) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2024-05-01", None, "1 May 2024"),
        ("2024-05-01", "2024-05-01", "1 May 2024"),
        ("2024-05-01", "2024-05-09", "1 to 9 May 2024"),
        ("2024-05-01", "2024-06-02", "1 May to 2 June 2024"),
        ("2023-12-31", "2024-01-02", "31 December 2023 to 2 January 2024"),
        ("1974-01-01", "1974-12-31", "1974"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-02-01", "2024-02-28", "1 to 28 February 2024"),
        ("9999-12-01", "9999-12-31", "1 to 31 December 9999"),
    ],
)
def test_periods(start, end, words):
    assert period_words(start, end) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1200, None, "1,200"),
        (1200.0, "people", "1,200 people"),
        (2.5, None, "2.5"),
        (2_300_000_000, "GBP", "2.3 billion GBP"),
        (5_000_000, None, "5 million"),
        ((10, 12), "days", "10 to 12 days"),
        ((9, 9), None, "9"),
        (1_234_567, None, "1,234,567"),
        (0.03, "ng", "0.03 ng"),
        (0, None, "0"),
        (-4, None, "-4"),
    ],
)
def test_values(value, unit, words):
    assert value_words(value, unit) == words


def test_conflicts_lead_and_precision_comes_last(account):
    index = StoryIndex(account, account.stories[0])
    order = [(d.kind == "wording", RELATIONS.index(d.relation)) for d in index.differences()]
    assert order == sorted(order)


def test_findings_of_several_reports_are_numbered_first(account):
    index = StoryIndex(account, account.stories[0])
    shown = [*index.shared(), *index.single()]
    assert [index.numbers[f.id] for f in shown] == [str(i) for i in range(1, len(shown) + 1)]
    assert len(set(index.numbers.values())) == len(account.stories[0].findings)


def test_a_finding_that_is_part_of_another_is_shown_under_it(account):
    index = StoryIndex(account, account.stories[0])
    parts = [f for found in index.parts.values() for f in found]
    assert parts and not {f.id for f in parts} & {f.id for f in index.shared()}
    head, found = next(iter(index.parts.items()))
    assert [index.numbers[f.id] for f in found[:2]] == [index.numbers[head] + c for c in "ab"[: len(found)]]


def test_speakers_quoted_most_come_first_and_the_unnamed_last(account):
    groups = StoryIndex(account, account.stories[0]).quotes()
    assert sum(len(q) for _, _, q in groups) == len(account.stories[0].quotes)
    assert "" not in [name for name, _, _ in groups[:-1]]


def test_a_text_or_title_that_is_missing_breaks_no_view():
    import msgspec

    from consilience.views import csl, csv, html, jsonld, markdown
    from tests.goldstory import BENCHMARK, Gold

    account = Gold(BENCHMARK / "cases" / "two-quakes-a").account()
    bare = [
        msgspec.structs.replace(a, title=None, outlet=None, published=None, url=None)
        for a in account.articles
    ]
    account = msgspec.structs.replace(
        account, articles=tuple(bare), stories=(msgspec.structs.replace(account.stories[0], headline=None),)
    )
    for render in (html.render, markdown.render, jsonld.render, csl.render, csv.tables):
        assert render(account)
