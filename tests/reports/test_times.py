"""Dates: a table of expressions in context, read on Wednesday 12 March 2025, written for the project."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consilience import language
from consilience.model import Reading
from consilience.reports import times
from consilience.reports.times_calendar import easter
from tests.reports.plain import analysis, article

TODAY = "2025-03-12"
TABLE = [
    # weekdays
    ("The dam burst on Tuesday.", "2025-03-11", None),
    ("The dam burst on Wednesday.", "2025-03-12", None),
    ("The dam burst on Thursday.", "2025-03-06", None),
    ("The council will vote on Thursday.", "2025-03-13", None),
    ("The council is to vote on Monday.", "2025-03-17", None),
    ("The council voted last Thursday.", "2025-03-06", None),
    ("The council votes next Tuesday.", "2025-03-18", None),
    ("A meeting is due on Friday.", "2025-03-14", None),
    ("He was held early Saturday.", "2025-03-08", None),
    ("He was held late on Sunday night.", "2025-03-09", None),
    ("Police said Monday that the road was clear.", "2025-03-10", None),
    ("The unions have called a strike for Friday.", "2025-03-14", None),
    ("The result would be announced on Monday.", "2025-03-17", None),
    ("The shop has been shut since Saturday.", "2025-03-08", None),
    ("The report must be ready by Friday.", "2025-03-14", None),
    ("More than 40 people had signed it by Tuesday.", "2025-03-11", None),
    ("He denied it this Thursday (6).", "2025-03-06", None),
    ("The window closes on Sunday.", "2025-03-16", None),
    ("Monday’s vote was close.", "2025-03-10", None),
    ("It opened on Friday, March 7.", "2025-03-07", None),
    ("He flew home two weeks ago on Sunday.", "2025-02-23", None),
    ("The ferry did not sail on Monday or after.", "2025-03-10", None),
    ("The clocks stopped at ten to eleven.", "2025-03-12", None),
    ("The road has been shut since nine.", "2025-03-12", None),
    ("The talks began at four in the morning.", "2025-03-12", None),
    ("It was found in the small hours of Tuesday.", "2025-03-11", None),
    ("Two men were seen in the night of Sunday.", "2025-03-09", None),
    ("He was held in the early hours of Saturday.", "2025-03-08", None),
    ("The mast fell in the small hours of March 4th.", "2025-03-04", None),
    # days by name
    ("The bridge was shut yesterday.", "2025-03-11", None),
    ("The bridge was shut today.", "2025-03-12", None),
    ("The bridge will open tomorrow.", "2025-03-13", None),
    ("She spoke last night.", "2025-03-11", None),
    ("She spoke this morning.", "2025-03-12", None),
    ("She will speak tonight.", "2025-03-12", None),
    ("It fell the day before yesterday.", "2025-03-10", None),
    ("Snow fell overnight.", "2025-03-11", "2025-03-12"),
    ("They leave the day after tomorrow.", "2025-03-14", None),
    ("Yesterday afternoon the roof fell in.", "2025-03-11", None),
    # full dates
    ("The treaty was signed on 4 February 2021.", "2021-02-04", None),
    ("The treaty was signed on February 4, 2021.", "2021-02-04", None),
    ("The treaty was signed on Feb. 4, 2021.", "2021-02-04", None),
    ("The treaty was signed on the 4th of February 2021.", "2021-02-04", None),
    ("The treaty was signed on 2021-02-04.", "2021-02-04", None),
    ("The treaty of 4th February, 2021, holds.", "2021-02-04", None),
    ("On Thursday, 4 February 2021, it was signed.", "2021-02-04", None),
    ("Signed on 25/12/2023 in Bern.", "2023-12-25", None),
    ("Signed on 25.12.2023 in Bern.", "2023-12-25", None),
    # without a year
    ("The order was signed on 26 June.", "2024-06-26", None),
    ("The order was signed on March 3.", "2025-03-03", None),
    ("Parliament will vote on 4 April.", "2025-04-04", None),
    ("Parliament is to vote on January 20.", "2026-01-20", None),
    ("She can race again from June 2 next year.", "2026-06-02", None),
    ("The cabinet met on Feb. 3.", "2025-02-03", None),
    ("The Swiss court ruled on December 19.", "2024-12-19", None),
    ("They plan to meet on 1 May.", "2025-05-01", None),
    ("He was charged on the 9th.", "2025-03-09", None),
    ("The union can strike from the 20th.", "2025-03-20", None),
    ("Until 15 May the lake is closed.", "2025-05-15", None),
    # months
    ("The mine closed in November.", "2024-11-01", "2024-11-30"),
    ("The mine closed in January.", "2025-01-01", "2025-01-31"),
    ("The mine will close in September.", "2025-09-01", "2025-09-30"),
    ("The mine will close in July 2028.", "2028-07-01", "2028-07-31"),
    ("It was built in May 1974.", "1974-05-01", "1974-05-31"),
    ("The vote was held last month.", "2025-02-01", "2025-02-28"),
    ("The data will be out next month.", "2025-04-01", "2025-04-30"),
    ("He fell ill early last month.", "2025-02-01", "2025-02-28"),
    ("The bill must be paid by the end of June.", "2025-06-30", None),
    ("The bill must be paid by the end of the month.", "2025-03-31", None),
    ("It was found in mid-January.", "2025-01-15", None),
    ("It has been shut since August.", "2024-08-01", None),
    ("They had asked for it last August.", "2024-08-01", "2024-08-31"),
    ("The count was made in February of 2020.", "2020-02-01", "2020-02-29"),
    ("Late in December 2019 it spread.", "2019-12-01", "2019-12-31"),
    ("It was seen from March to August last year.", "2024-03-01", "2024-08-31"),
    ("The failings lasted from March 2014 to November 2019.", "2014-03-01", "2019-11-30"),
    # weeks
    ("Suppliers were told last week.", "2025-03-03", "2025-03-09"),
    ("She will fly out next week.", "2025-03-17", "2025-03-23"),
    ("The list appears this week.", "2025-03-10", "2025-03-16"),
    ("The tests come by the middle of next week.", "2025-03-19", None),
    ("The letter was sent over the weekend.", "2025-03-08", "2025-03-09"),
    ("The crew will work over the weekend.", "2025-03-15", "2025-03-16"),
    ("It was the second week of September 2024.", "2024-09-09", "2024-09-15"),
    ("He was away last weekend.", "2025-03-08", "2025-03-09"),
    # years
    ("The firm was founded in 1998.", "1998-01-01", "1998-12-31"),
    ("It has been legal since 2016.", "2016-01-01", None),
    ("The scheme ran until 2021.", "2021-01-01", "2021-12-31"),
    ("The tax was cut last year.", "2024-01-01", "2024-12-31"),
    ("The tax will be cut next year.", "2026-01-01", "2026-12-31"),
    ("The aid ends this year.", "2025-01-01", "2025-12-31"),
    ("Work ends by the end of next year.", "2026-12-31", None),
    ("It must be spent before the end of the year.", "2025-12-31", None),
    ("The bank will spend it by the end of 2027.", "2027-12-31", None),
    ("He ran it from 2012 to 2020.", "2012-01-01", "2020-12-31"),
    ("The 2014-16 drought was worse.", "2014-01-01", "2016-12-31"),
    ("The 1990s were calm.", "1990-01-01", "1999-12-31"),
    ("The mill dates from the 19th century.", "1800-01-01", "1899-12-31"),
    ("The town was razed in 264 BC.", "-0263-01-01", "-0263-12-31"),
    ("The law of early 2019 stands.", "2019-01-01", "2019-12-31"),
    # quarters, halves, seasons
    ("The plant starts in the third quarter of 2027.", "2027-07-01", "2027-09-30"),
    ("The deal closes in the second half of 2026.", "2026-07-01", "2026-12-31"),
    ("Sales fell in the first half of last year.", "2024-01-01", "2024-06-30"),
    ("Sales fell in Q4 2024.", "2024-10-01", "2024-12-31"),
    ("The river froze in the winter of 1962.", "1962-12-01", "1963-02-28"),
    ("The team won it in summer 2022.", "2022-06-01", "2022-08-31"),
    ("The exhibition opens next spring.", "2026-03-01", "2026-05-31"),
    ("The fair was held last summer.", "2024-06-01", "2024-08-31"),
    ("The court will not hear it before the autumn.", "2025-09-01", "2025-11-30"),
    # holidays
    ("The work will be done by Christmas.", "2025-12-25", None),
    ("The paper is promised by Easter.", "2025-04-20", None),
    ("They married on New Year’s Eve.", "2024-12-31", None),
    ("The strike begins on Good Friday.", "2025-04-18", None),
    ("The market shut last Christmas.", "2024-12-25", None),
    # distances
    ("The union had asked for it two weeks ago.", "2025-02-26", None),
    ("The village was moved six years ago.", "2019-01-01", "2019-12-31"),
    ("He left three days ago.", "2025-03-09", None),
    ("The boat sank a month ago.", "2025-02-01", "2025-02-28"),
    ("He was hired some 10 years ago.", "2015-01-01", "2015-12-31"),
    ("A fortnight ago it was open.", "2025-02-26", None),
    ("The court will rule within 30 days.", "2025-04-11", None),
    ("The court will rule in two weeks.", "2025-03-26", None),
    ("The trial will start in three months.", "2025-06-01", "2025-06-30"),
    ("A decade ago the pit was rich.", "2015-01-01", "2015-12-31"),
    # hours
    ("The fire was reported at 3.41pm on Saturday.", "2025-03-08", None),
    ("The bell rang at noon on Tuesday.", "2025-03-11", None),
    ("The line will open at 18:30 tomorrow.", "2025-03-13", None),
]
CONTEXT = [  # expressions that lean on the date before
    ("The yacht sailed on March 4. It was stopped the next day.", "2025-03-05"),
    ("The yacht sailed on March 4. Five days later it was stopped.", "2025-03-09"),
    ("The yacht sailed on March 4. It was searched the same day.", "2025-03-04"),
    ("The yacht sailed on March 4. The day before, a storm had passed.", "2025-03-03"),
    ("The yacht sailed on March 4. Two days earlier it had been sold.", "2025-03-02"),
    ("The hotline was cut in 2018. It was restored the following year.", "2019-01-01"),
    ("The shop was raided on Sunday. The alarm rang at 2:10 a.m.", "2025-03-09"),
    ("He was seen on 10 May 2024. That evening he was held.", "2024-05-10"),
    ("It sank in June 2021. Later that month divers found it.", "2021-06-01"),
]
NO_DATES = [
    "It opened a week earlier than planned.",
    "It opened two days later than foreseen.",
    "They may march on.",
    "March on, said the captain.",
    "The second man left.",
    "The 2,023 voters were counted.",
    "Some 1900 workers were laid off.",
    "The fall of the tower was filmed.",
    "The Sun printed it.",
    "He sat on the mat.",
    "Resolution 1483 was passed.",
    "Two days after the vote, they met.",
    "Asteroid 2009 TK is small.",
    "August Meyer was there.",
    "She was 30 years old.",
    "The strike lasted 16 days.",
    "The odds were 3 to 1.",
    "He is in his second term.",
]


VERBS = [  # read with syntax: the tense of the verb that the date hangs on
    ("The wedding is on Saturday.", "2025-03-15"),
    ("Her members vote on Monday on the new terms.", "2025-03-17"),
    ("The minister comes to Harlow on Friday.", "2025-03-14"),
    ("Doctors expect to operate on Thursday.", "2025-03-13"),
    ("The hearing has been put back to Monday.", "2025-03-17"),
    ("The concert has been moved to Sunday because of the storm.", "2025-03-16"),
    ("A vote is foreseen for Friday.", "2025-03-14"),
    ("The ministry has summoned the envoy for Thursday.", "2025-03-13"),
    ("The governor declared three days of mourning from Friday.", "2025-03-14"),
    ("From Monday the higher fare applies.", "2025-03-17"),
    ("The pact enters into force on 1 December.", "2025-12-01"),
    ("The shuttle was to have landed on Sunday.", "2025-03-09"),
    ("The ferry, which had been due to sail on Monday, stayed in port.", "2025-03-10"),
    ("The plant is closed since Friday.", "2025-03-07"),
    ("The letter is dated 4 November.", "2024-11-04"),
    ("Mr Lund went on leave on Monday.", "2025-03-10"),
    ("The council said on Friday that it would pay.", "2025-03-07"),
    ("The residents were able to return on Saturday.", "2025-03-08"),
    ("The ruling of Thursday covers two charges.", "2025-03-06"),
]

HOURS = [  # an hour in a sentence without a day lies on the day that the report mostly tells of
    (
        "A tank burst at the depot on Monday. The fire of Monday spread. The alarm rang at 9:15 p.m.",
        "2025-03-10",
    ),
    ("A tank burst at the depot on Monday. The wall gave way forty minutes later.", "2025-03-10"),
    ("The depot burned down on Wednesday. Smoke was first seen at dawn.", "2025-03-12"),
]


@pytest.mark.parametrize(("text", "start", "end"), TABLE)
def test_resolved(text, start, end):
    found = times.find(analysis(text), TODAY)
    same = [t for t in found if t.start == start]
    assert same, [(t.evidence.text, t.start, t.end) for t in found]
    if end is not None:
        assert same[0].end == end


@pytest.mark.parametrize(("text", "start"), CONTEXT)
def test_leans_on_the_date_before(text, start):
    found = times.find(analysis(text.replace(". ", ".\n")), TODAY)
    assert found[-1].start == start, [(t.evidence.text, t.start) for t in found]


@pytest.fixture(scope="module")
def parsed():
    found = language.analyse([article(text) for text, _ in VERBS])
    return {a.article.text: times.find(a, TODAY) for a in found}


@pytest.mark.parametrize(("text", "start"), VERBS)
def test_the_verb_tells_the_side(text, start, parsed):
    assert [t.start for t in parsed[text]] == [start]


@pytest.mark.parametrize(("text", "start"), HOURS)
def test_hours_of_the_day_told_of(text, start):
    found = times.find(analysis(text.replace(". ", ".\n")), TODAY)
    assert (found[-1].start, found[-1].precision) in ((start, "time"), (start, "day"))


def test_an_hour_of_no_known_day_is_vague():
    text = "It burned on Monday.\nThe smoke of Monday hung on.\nIt rained Sunday.\nA bell rang at 9:15 p.m."
    assert times.find(analysis(text), TODAY)[-1].precision == "vague"


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date(text):
    assert [(t.evidence.text, t.start) for t in times.find(analysis(text), TODAY)] == []


@pytest.mark.parametrize(
    ("text", "precision", "relation", "anchored"),
    [
        ("It opened on 4 May 2020.", "day", "at", True),
        ("It opened on Tuesday.", "day", "at", False),
        ("It has been open since May 2020.", "month", "since", True),
        ("It must close by Friday.", "day", "before", False),
        ("It stays shut until Monday.", "day", "until", False),
        ("It will pay from April 2026.", "month", "after", True),
        ("It opened last week.", "week", "at", False),
        ("It opened on Monday night.", "part of day", "at", False),
        ("It ends by the end of June.", "part of month", "before", False),
    ],
)
def test_precision_relation_and_anchor(text, precision, relation, anchored):
    (found,) = times.find(analysis(text), TODAY)
    assert (found.precision, found.relation, found.anchored) == (precision, relation, anchored)


def test_without_a_reference_only_what_the_words_fix():
    found = times.find(analysis("It sank on Tuesday.\nIt was built in 1962.\nIt was sold in May."), None)
    assert [(t.evidence.text, t.start) for t in found] == [("1962", "1962-01-01"), ("May", "1962-05-01")]


def test_redate_resolves_again():
    read = analysis("It sank on Tuesday.")
    reading = Reading(read, times=times.find(read, None))
    assert reading.times == ()
    again = times.redate(reading, TODAY, "the story's other articles")
    assert [t.start for t in again.times] == ["2025-03-11"]
    assert (again.reference, again.reference_from) == (TODAY, "the story's other articles")
    assert replace(again, times=()).times == ()


@pytest.mark.parametrize(
    ("clause", "status"),
    [
        ("The dam burst on Tuesday", "done"),
        ("The dam will be mended", "to come"),
        ("The ministry denied the report", "denied"),
        ("The dam has not been mended", "denied"),
        ("The dam could fail", "expected"),
        ("The dam would have held if it had been mended", "conditional"),
        ("Police are investigating the fall", "under way"),
        ("The toll is expected to rise", "expected"),
        ("The council is to meet", "to come"),
    ],
)
def test_event_status(clause, status):
    assert times.event_status(clause) == status


@pytest.mark.parametrize(
    ("year", "day"), [(2024, "03-31"), (2025, "04-20"), (1999, "04-04"), (2038, "04-25")]
)
def test_easter(year, day):
    assert easter(year).isoformat() == f"{year}-{day}"


@given(st.text(max_size=200))
def test_evidence_stands_where_it_says(text):
    read = analysis(text)
    for reference in (TODAY, None):
        for found in times.find(read, reference):
            e = found.evidence
            assert read.article.text[e.start : e.end] == e.text != ""


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2099, 12, 31)))
def test_written_out_dates_are_read_back(day):
    text = f"It was signed on {day.day} {day:%B} {day.year:04d}."
    assert [t.start for t in times.find(analysis(text), TODAY)] == [day.isoformat()]


@pytest.mark.parametrize("piece", ["Monday, ", "1,", "1999 ", "one year ", "early late ", "May ", "until "])
def test_long_lines_cost_no_more_than_their_length(piece):
    read = analysis(piece * (6_000 // len(piece)) + "end.")
    started = time.process_time()
    times.find(read, TODAY)
    assert time.process_time() - started < 10
