"""Speakers of a story by their full names, and dates for articles without one."""

from dataclasses import replace

import msgspec
import pytest

from consilience.model import Attribution, QuoteMention, Reading, Speaker
from consilience.reports import resolve, times
from tests.reports.plain import analysis as plain
from tests.reports.test_entities import analysis

TEXTS = [
    "Finance Minister Ana María Ruiz said “yes”. Ruiz left. The museum said “no”.",
    "Ms Ruiz said “yes”. The Corran Museum said “no”. The mayor, Tom Hale, 50, said “maybe”.",
    "The minister said “yes”. A spokesman for Tom Hale said “no”. Officer Jo Lund spoke.",
]


def reading(number: int, *speakers: str, **known) -> Reading:
    found = analysis(TEXTS[number], number)
    at = TEXTS[number].index("“")
    evidence = found.article.evidence(type(found.sentences[0].span)(at, TEXTS[number].index("”") + 1))
    quotes = tuple(QuoteMention(evidence, "direct", Speaker(s)) for s in speakers)
    said = tuple(Attribution(None, None, (evidence,), True, Speaker(s), unnamed=True) for s in speakers)
    return Reading(found, quotes=quotes, attributions=said, **known)


@pytest.mark.parametrize(
    ("article", "printed", "name"),
    [
        (0, "Ruiz", "Ana María Ruiz"),
        (1, "Ms Ruiz", "Ana María Ruiz"),
        (1, "Ruiz", "Ana María Ruiz"),
        (2, "the minister", "Ana María Ruiz"),
        (2, "The finance minister", "Ana María Ruiz"),
        (2, "the mayor", "Tom Hale"),
        (1, "the finance minister", "Ana María Ruiz"),
        (2, "striker Tom Hale", "Tom Hale"),
        (1, "the museum", "Corran Museum"),
        (2, "a spokesman for Tom Hale", None),
        (2, "the officer", None),
        (2, "Tom Hale’s lawyers", None),
        (2, "two officials", None),
        (2, "a minister", None),
        (0, "Hale", "Tom Hale"),
    ],
)
def test_speakers(article, printed, name):
    readings = [reading(i, *([printed] if i == article else [])) for i in range(3)]
    found, resolved = resolve(readings)
    speaker = resolved[article].quotes[0].speaker
    if name is None:
        assert speaker == Speaker(printed)
        assert resolved[article].attributions[0].unnamed
    else:
        assert speaker.name == name
        assert speaker.entity == next(e.id for e in found if e.name == name)
        assert not resolved[article].attributions[0].unnamed
        assert resolved[article].attributions[0].speaker == speaker


def test_an_undated_article_takes_the_story_s_date():
    dated = {"reference": "2024-05-03", "reference_from": "the article's own date"}
    later = {"reference": "2024-05-04T10:00:00Z", "reference_from": "the article's own date"}
    _, resolved = resolve([reading(0, **dated), reading(1, **later), reading(2)])
    assert [r.reference for r in resolved] == ["2024-05-03", "2024-05-04T10:00:00Z", "2024-05-03"]
    assert resolved[2].reference_from == "the story's other articles"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        (("--05-05",), "2024-05-05"),
        (("--12-30",), "2024-05-03"),  # too far from the story: its day
        (("2024-05-06", "2024-06-05"), "2024-05-06"),
        (("2023-05-05", "--05-05"), "2024-05-05"),
    ],
)
def test_the_story_completes_a_printed_date(printed, day):
    dated = {"reference": "2024-05-03", "reference_from": "the article's own date"}
    (_, (_, late)) = resolve([reading(0, **dated), opened(1, printed)])
    assert late.reference == day
    assert late.reference_from.startswith("the printed date") == (day != "2024-05-03")


def test_an_undated_article_lies_where_its_weekdays_meet_the_story_s():
    def told(text, day):
        read = plain(text)
        return Reading(read, times=times.find(read, day), reference=day)

    dated = [told("The dam burst on Thursday.", "2024-05-03"), told("It burst on 2 May 2024.", "2024-05-03")]
    dated.append(told("The toll is nine. The dam burst last Thursday.", "2024-05-06"))
    undated = plain("The dam burst three days ago.")
    _, resolved = resolve([*dated, Reading(undated)])
    assert resolved[3].reference == "2024-05-05"
    assert resolved[3].reference_from == "the story's other articles"


def test_a_story_without_a_full_date_goes_by_the_year_of_its_pages():
    _, resolved = resolve([opened(0, ("2024-05-05", "--05-05")), opened(1, ("--05-07",)), reading(2)])
    assert [r.reference for r in resolved] == ["2024-05-05", "2024-05-07", "2024-05-05"]


def opened(number: int, dates: tuple[str, ...]) -> Reading:
    """A reading of an article whose printed date is not full."""
    bare = reading(number)
    article = msgspec.structs.replace(bare.article, open_dates=dates)
    return replace(bare, analysis=replace(bare.analysis, article=article))


def test_without_any_date_nothing_is_dated():
    _, resolved = resolve([reading(0), reading(1)])
    assert [r.reference for r in resolved] == [None, None]


def test_no_articles():
    assert resolve([]) == ((), ())
