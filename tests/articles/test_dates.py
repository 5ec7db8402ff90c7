"""Dates as pages print them."""

from __future__ import annotations

import pytest

from consilience.articles.dates import clock_of, iso_time, weekday_of
from consilience.articles.open_dates import copyright_year, open_dates


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("2024-06-12 19:20", "2024-06-12T19:20:00"),
        ("2023-03-14T15:02:11Z", "2023-03-14T15:02:11+00:00"),
        ("2025-09-08T06:00:00-04:00", "2025-09-08T06:00:00-04:00"),
        ("2025-09-08T06:00:00.123+0530", "2025-09-08T06:00:00+05:30"),
        ("20250114", "2025-01-14"),
        ("Friday 14 June 2024", "2024-06-14"),
        ("Nov. 7, 2023", "2023-11-07"),
        ("FEB 8, 2025, 03:40 PM", "2025-02-08T15:40:00"),
        ("February 10, 2025 10:31 PM UTC", "2025-02-10T22:31:00+00:00"),
        ("February 9, 2025 — 5.00am", "2025-02-09T05:00:00"),
        ("6 November 2023, 08:14", "2023-11-06T08:14:00"),
        ("March 14, 2023 6:02 PM GMT+3 · Updated 2 hours ago", "2023-03-14T18:02:00+03:00"),
        ("Sept. 8, 2025, 6:40 p.m. CDT", "2025-09-08T18:40:00-05:00"),
        ("1:20 PM PST · December 11, 2025", "2025-12-11T13:20:00-08:00"),
        ("19.03.2026 – 18:00", "2026-03-19T18:00:00"),
        ("Posted on 18th Feb 2025 at 9:47 am", "2025-02-18T09:47:00"),
        ("21st November, 2025", "2025-11-21"),
        ("18/08/2024", "2024-08-18"),
        ("28/08/2025 20h15", "2025-08-28T20:15:00"),
        ("12:00 AM Jan 5, 2025", "2025-01-05T00:00:00"),
        ("04/05/2024", None),
        ("05/05/2024", "2024-05-05"),
        ("31 February 2024", None),
        ("June 7 at 4:00 AM", None),
        ("Saturday, August 17th", None),
        ("", None),
        ("13:75 14 June 2024", "2024-06-14"),
    ],
)
def test_iso_time(text, wanted):
    assert iso_time(text) == wanted


def test_weekday_tells_day_from_month():
    assert iso_time("10/03/2026", weekday_of("were held this Tuesday")) == "2026-03-10"
    assert iso_time("10/03/2026", weekday_of("on Tuesday and Friday")) is None


@pytest.mark.parametrize("text, wanted", [("9:20 pm", "21:20:00"), ("21.55", "21:55:00"), ("noon", None)])
def test_clock(text, wanted):
    found = clock_of(text)
    assert (found.isoformat() if found else None) == wanted


@pytest.mark.parametrize(
    ("text", "year", "wanted"),
    [
        ("Thursday 5 June, 17:45", None, ("--06-05",)),
        ("Thursday 5 June, 17:45", 2025, ("2025-06-05",)),
        ("Thursday 5 June, 17:45", 2024, ("--06-05",)),
        ("Odessa, 21 August", 2025, ("2025-08-21", "--08-21")),
        ("HALLE, Germany, Aug. 21 (DPX", None, ("--08-21",)),
        ("Posted March 3rd", None, ("--03-03",)),
        ("04/09/2025 - 11:20h | Sport", None, ("2025-04-09", "2025-09-04")),
        ("04.09.25", None, ("2025-04-09", "2025-09-04")),
        ("14.05.25", None, ("2025-05-14",)),
        ("14.05.99", None, ("1999-05-14",)),
        ("29 February", 2025, ("--02-29",)),
        ("31 June", None, ()),
        ("version 1.2.24.7", None, ()),
        ("Reading time: 4 minutes", None, ()),
    ],
)
def test_open_dates(text, year, wanted):
    assert open_dates(text, year) == wanted


def test_year_of_the_copyright_line():
    assert copyright_year(["Copyright 2019-2025 The Post", "The flood of 1997"]) == 2025
    assert copyright_year(["© 2024", "Copyright 2025"]) is None
    assert copyright_year(["All rights reserved"]) is None
