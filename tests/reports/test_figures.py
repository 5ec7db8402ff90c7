"""Figures: tables of sentences and the values in them, written for the project."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consilience.reports import figures
from consilience.reports.figures_numbers import digits_value, scan, words
from tests.reports.plain import analysis

MONEY = [
    ("The bridge will cost $130 million, the council said.", 130e6, "USD"),
    ("A fine of €2.3bn was imposed on the maker.", 2.3e9, "EUR"),
    ("Each household gets £1,750 from the fund.", 1750, "GBP"),
    ("The county lost 5 million shillings in the fraud.", 5e6, "KES"),
    ("The state set aside 30 crore rupees for the wells.", 300e6, "INR"),
    ("The bank was fined Rs 1,50,000 by the court.", 150000, "INR"),
    ("The dam cost EUR 40 million to mend.", 40e6, "EUR"),
    ("Ministers said Euro 180 million would be lent.", 180e6, "EUR"),
    ("The bill came to 18 thousand 600 million pesos.", 18.6e9, "MXN"),
    ("An earthquake of magnitude 7.0 was felt.", 7.0, "magnitude"),
    ("A 6.6-magnitude quake hit.", 6.6, "magnitude"),
    ("The grant came to 25 million euros.", 25e6, "EUR"),
    ("A 700-million-euro plan for the port was shelved.", 700e6, "EUR"),
    ("The pledge of US$90 million was the largest.", 90e6, "USD"),
    ("Owners were offered A$2,400 for each boat.", 2400, "AUD"),
    ("The province gave C$12.5 million to the farms.", 12.5e6, "CAD"),
    ("Flood aid of Tk 5 crore was allotted.", 50e6, "BDT"),
    ("He owed R40 million to his suppliers.", 40e6, "ZAR"),
    ("The ticket costs 85 cents.", 85, "cents"),
    ("A loaf now costs 90 pence in the city.", 90, "pence"),
    ("Shareholders will receive 412 pence in cash.", 412, "pence"),
    ("The thermometer fell to minus 19 degrees overnight.", -19, "degrees"),
    ("It cost US$40mil in the first year.", 40e6, "USD"),
    ("The fund got Dh34 million from the state.", 34e6, "AED"),
    ("A half-million shilling reward stands.", 500000, "KES"),
    ("The offer is worth 23.60 dollars per share.", 23.6, "USD per share"),
    ("They paid 1.2m euros for the drawing.", 1.2e6, "EUR"),
    ("The firm lost two billion yen last year.", 2e9, "JPY"),
    ("The plant needs 17 trillion won in new money.", 17e12, "KRW"),
    ("She won half a million dollars.", 500000, "USD"),
    ("Repairs will cost between £2m and £3m.", (2e6, 3e6), "GBP"),
    ("The damage is put at $3-4 million.", (3e6, 4e6), "USD"),
    ("The tax brings in 2.1 trillion rupees a year.", 2.1e12, "INR per year"),
    ("He was asked for two hundred thousand naira.", 200000, "NGN"),
    ("The club paid £32.9 million for the striker.", 32.9e6, "GBP"),
    ("The prize is 10,000 Swiss francs.", 10000, "CHF"),
    ("They promised 60 million Canadian dollars.", 60e6, "CAD"),
    ("The toll rose to ₹45 for cars.", 45, "INR"),
    ("The station cost CNY 3.5 billion.", 3.5e9, "CNY"),
    ("The auction raised €850,000 for the hospice.", 850000, "EUR"),
    ("It sold the land for $1.5 billion.", 1.5e9, "USD"),
    ("A deposit of NZ$400 is due.", 400, "NZD"),
    ("The city owes 12.4 million pesos.", 12.4e6, "MXN"),
    ("The ministry spent KES 300 million on tankers.", 300e6, "KES"),
    ("The mayor earns €9,200 a month.", 9200, "EUR per month"),
    ("Hundreds of millions of euros are missing.", (100e6, 300e6), "EUR"),
    ("The repairs came to twenty grand.", 20000, None),
]
PERCENT = [
    ("Turnout was 71 per cent in the north.", 71, "percent"),
    ("Prices rose by 4.1% in May.", 4.1, "percent"),
    ("Some 88 percent of members voted.", 88, "percent"),
    ("Shares fell 9.8 pct in early trade.", 9.8, "percent"),
    ("The bank raised rates by two percentage points.", 2, "percentage points"),
    ("Support slipped 3.5 percentage points.", 3.5, "percentage points"),
    ("Between 5 and 7 per cent of the crop was lost.", (5, 7), "percent"),
    ("Output is down 12-15% on last year.", (12, 15), "percent"),
    ("Nearly sixty per cent of the seats are empty.", 60, "percent"),
    ("The levy is 0.5 per cent of sales.", 0.5, "percent"),
    ("It holds a 30-per-cent stake in the mine.", 30, "percent"),
    ("More than 99.9% of parts are sound.", 99.9, "percent"),
]
SHARES = [
    ("Two-thirds of the miners were found.", 2 / 3, "share"),
    ("A third of the harvest is gone.", 1 / 3, "share"),
    ("Three quarters of the voters stayed at home.", 0.75, "share"),
    ("More than half of the pupils were absent.", 0.5, "share"),
    ("About seven in ten residents want the dam.", 0.7, "share"),
    ("Four out of five replies were against it.", 0.8, "share"),
    ("One in three wells is dry.", 1 / 3, "share"),
    ("Nearly nine schools in 10 were shut.", 0.9, "share"),
    ("A quarter of the fleet is grounded.", 0.25, "share"),
]
COUNTS = [
    ("At least 14 people died in the flood.", 14, "people"),
    ("Some thirty houses were burnt down.", 30, "houses"),
    ("Between 40 and 50 passengers were hurt.", (40, 50), "passengers"),
    ("A dozen sailors are still missing.", 12, "sailors"),
    ("Half a dozen boats joined the search.", 6, "boats"),
    ("Police counted 1,200 marchers.", 1200, "marchers"),
    ("About 3400 employees work at the pit.", 3400, "employees"),
    ("Twenty-one men were taken to hospital.", 21, "men"),
    ("One hundred and fifty families were moved.", 150, "families"),
    ("The storm cut power to two hundred and six homes.", 206, "homes"),
    ("The recall covers 1.34 million phones.", 1.34e6, "phones"),
    ("The firm will shed 11,000 jobs.", 11000, "jobs"),
    ("Up to 60 tankers a day cross the bridge.", 60, "tankers"),
    ("The court heard 17 charges.", 17, "charges"),
    ("A crowd of 5,000 people filled the square.", 5000, "people"),
    ("Hundreds of people slept in the school.", (100, 300), None),
    ("Dozens of flights were cancelled.", (12, 36), None),
    ("Tens of thousands of birds were killed.", (10000, 30000), None),
    ("The council closed 35 special schools.", 35, "schools"),
    ("Eleven directors withdrew their films.", 11, "directors"),
    ("Over 300 sworn statements were filed.", 300, "statements"),
    ("She scored 128 votes.", 128, "votes"),
    ("They found 46 vessels in the bay.", 46, "vessels"),
    ("The fire destroyed 1\u202f150 properties in the valley.", 1150, "properties"),
    ("It took 23 firefighters all night.", 23, "firefighters"),
    ("Two soldiers were shot.", 2, "soldiers"),
    ("The wreck holds 900 barrels.", 900, "barrels"),
    ("Five to ten trees fell on the line.", (5, 10), "trees"),
    ("The list names 1,736 victims.", 1736, "victims"),
    ("No fewer than 80 wolves live there.", 80, "wolves"),
    ("As many as 24 amendments were tabled.", 24, "amendments"),
    ("Fewer than 100 copies exist.", 100, "copies"),
    ("More than a million and a half phones were sold.", 1.5e6, "phones"),
    ("Four hundred thousand voters were struck off.", 400000, "voters"),
    ("Six of the crew swam ashore.", 6, None),
    ("The toll climbed to 31 on Monday.", 31, None),
    ("The number of dead rose to 23.", 23, None),
    ("17 of them were children.", 17, None),
    ("Nine were released by dawn.", 9, None),
    ("The ministry sent 20 tanker trucks.", 20, None),
    ("The union has 61,000 members.", 61000, "members"),
    ("The rescue team found 12 500 eggs.", 12500, "eggs"),
    ("The museum lost three objects.", 3, "objects"),
    ("Both sides agreed that 40 villages rely on the pump.", 40, "villages"),
    ("Seven states signed the paper.", 7, "states"),
]
MEASURES = [
    ("The slick is 11 miles long.", 11, "miles"),
    ("Winds of 150 km/h hit the coast.", 150, "km/h"),
    ("The surge was 3.5 metres high.", 3.5, "m"),
    ("Water with 61 µg/l of arsenic was found.", 61, "µg/l"),
    ("They shipped 5,000 tonnes of rice.", 5000, "tonnes"),
    ("The fire covers 6,200 hectares.", 6200, "ha"),
    ("Two people live within 64 kilometres of the crater.", 64, "km"),
    ("The plant yields 45 megawatts.", 45, "MW"),
    ("The shaft is almost two kilometres deep.", 2, "km"),
    ("The car was doing 90 miles per hour.", 90, "mph"),
    ("The thief took 12 kg of silver.", 12, "kg"),
    ("The hall has 38,000 square metres.", 38000, "square m"),
    ("It carries up to 200 grams of soil.", 200, "g"),
    ("The heat reached 430 degrees.", 430, "degrees"),
    ("A 28-metre yacht was seized.", 28, "m"),
    ("Some 1,600 feet of cable was stolen.", 1600, "ft"),
    ("The leak was 300,000 litres.", 300000, "litres"),
    ("A 3.5m storm surge is forecast.", 3.5, "m"),
]
DURATIONS = [
    ("The talks went on for 22 hours.", 22, "hours"),
    ("He was jailed for six months.", 6, "months"),
    ("She served two and a half years.", 2.5, "years"),
    ("The strike lasted 16 weeks.", 16, "weeks"),
    ("A 30-day assessment was ordered.", 30, "days"),
    ("The ban of four years was cut.", 4, "years"),
    ("The search took five to ten days.", (5, 10), "days"),
    ("The order holds for at least 14 days.", 14, "days"),
    ("An 18-month trial is under way.", 18, "months"),
    ("The match stopped after 36 minutes.", 36, "minutes"),
    ("The report is due within ten days.", 10, "days"),
    ("They met for the first time in nine years.", 9, "years"),
    ("The cable held for 12½ hours.", 12.5, "hours"),
    ("It ended a 272-year rule.", 272, "years"),
    ("The burn lasted 41 seconds.", 41, "seconds"),
]
AGES = [
    ("Wendell Baird, 58, was shot.", 58, "years"),
    ("A 34-year-old steward was hurt.", 34, "years"),
    ("Eilidh Munro (34) teaches chemistry.", 34, "years"),
    ("He was 71 years old.", 71, "years"),
    ("A man aged 52 was held.", 52, "years"),
    ("Kayla Brandt, 23.", 23, "years"),
    ("Two girls, nine years old, were found.", 9, "years"),
]
TABLE = MONEY + PERCENT + SHARES + COUNTS + MEASURES + DURATIONS + AGES

NO_FIGURES = [
    "They live at 14 Quarry Street.",
    "The probe flew past the asteroid 2009 TK.",
    "A tug lay at pier four.",
    "The fog had lain there since nine, the crew said.",
    "The clocks stopped at ten to eleven.",
    "Come to the hall at seven tonight.",
    "The station was shut between 16:00 and 22:00 among other hours.",
    "The law was passed on 4 March 2025.",
    "The train left at 3.41pm.",
    "He was born in 1962.",
    "Flight 370 never arrived.",
    "The Halo 9 was recalled.",
    "Highway 41 is closed.",
    "She called 911.",
    "Call 555-0101 for help.",
    "Section 12 of the act was struck out.",
    "The Vanguard 6 rocket stood ready.",
    "No one was hurt.",
    "They looked at one another.",
    "It opened on Tuesday 12 May at 10:15.",
    "The S4 coach derailed.",
    "The winner of the 2019 race was absent.",
    "The Covid-19 rules were lifted.",
    "Room 101 was searched.",
    "The 1990s were kinder.",
    "It was launched on 22/09/2026.",
    "The Level 3 notice was withdrawn.",
    "The planet Korrin-7 is hot.",
    "It must leave by October 9.",
    "He read it at half past six.",
    "The match began at 1500 GMT.",
    "Article 5 of the treaty was cited.",
    "Firmware 4.2 was pulled.",
    "1. The march was banned.\n2. The police used tear gas.\n3. The mayor was told.",
    "Kestrel Nine said the data were its own.",
    "It opened at six o’clock.",
    "It was shut for a third day.",
    "Ring 01632 960 410 first.",
    "She called 112 at once.",
    "Row 12 was empty.",
    "He retired on lap three.",
    "Shaft No.11 was shut.",
    "He paid a six-figure sum.",
    "Flags flew at half-mast.",
    "4) The works begin.\n5) The road is shut.",
]


@pytest.mark.parametrize(("text", "value", "unit"), TABLE)
def test_value_and_unit(text, value, unit):
    found = figures.find(analysis(text))
    close = [f for f in found if f.value == pytest.approx(value, rel=1e-6)]
    assert close, [(f.evidence.text, f.value) for f in found]
    if unit is not None:
        assert close[0].unit == unit or (close[0].unit or "").endswith(unit)


@pytest.mark.parametrize("text", NO_FIGURES)
def test_no_figure(text):
    assert [(f.evidence.text, f.value) for f in figures.find(analysis(text))] == []


@pytest.mark.parametrize(
    ("text", "approximate", "hedge"),
    [
        ("About 340 families were moved.", True, "about"),
        ("At least 14 people died.", True, "at least"),
        ("Nearly 19,000 homes lost power.", True, "nearly"),
        ("Some thirty houses were burnt.", True, "some"),
        ("Just under 200 people came.", True, "just under"),
        ("Up to 60 tankers cross it.", True, "up to"),
        ("An estimated 2,000 birds died.", True, "an estimated"),
        ("Around 40 people or so came.", True, "around"),
        ("Exactly 40 people came.", False, "exactly"),
        ("Only 12 people voted.", False, "only"),
        ("A total of 51 people came.", False, "a total of"),
        ("The vote was taken by 40 people.", False, None),
        ("More than 11,000 families lost their homes.", True, "more than"),
        ("Dozens of people came.", True, None),
    ],
)
def test_hedges(text, approximate, hedge):
    figure = figures.find(analysis(text))[0]
    assert figure.approximate is approximate
    assert figure.hedge == hedge or (hedge and hedge in (figure.hedge or ""))


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Police said Wendell Baird, 58, was shot.", "Baird, 58"),
        ("The toll climbed to 31 on Monday.", "to 31"),
        ("Cracks were found in two of its steel girders.", "two of its steel girders"),
        ("It cost about 40 million euros in all.", "about 40 million euros"),
        ("At least 14 people died.", "At least 14 people"),
        ("Two people were killed and 23 were still missing.", "23 were still missing"),
        ("By noon 103 have been rescued.", "103 have been rescued"),
        ("A team of 70 came.", "team of 70"),
        ("All 22 A320s are grounded.", "All 22 A320s"),
        ("The number held rose from 87 to 112.", "to 112"),
        ("A magnitude-6.6 quake shook it.", "magnitude-6.6"),
    ],
)
def test_extent(text, evidence):
    assert evidence in [f.evidence.text for f in figures.find(analysis(text))]


def test_a_number_at_the_head_of_one_line_alone_is_no_list():
    assert [f.value for f in figures.find(analysis("2. 140 shells were fired.\nIt was over."))][-1] == 140
    assert figures.items_of("1. One\n2. Two\n7. Seven\n12 people came") == {0, 7}


def test_a_change_is_two_figures_of_one_scale():
    values = [f.value for f in figures.find(analysis("It was cut from 17.2 to 11.6 billion dollars."))]
    assert values == [17.2e9, 11.6e9]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,750", 1750.0),
        ("1,50,000", 150000.0),
        ("12\u00a0000", 12000.0),
        ("3.5", 3.5),
        ("3,5", 3.5),
        ("1.234.567", 1234567.0),
        ("4.1.2", None),
        ("2026", 2026.0),
    ],
)
def test_digits(text, value):
    assert digits_value(text) == value


@given(st.integers(min_value=0, max_value=999_999_999))
def test_grouped_digits_are_read_back(number):
    assert scan(words(f"{number:,} people"))[0].value == number


@given(st.text(max_size=200))
def test_evidence_stands_where_it_says(text):
    read = analysis(text)
    for figure in figures.find(read):
        e = figure.evidence
        assert read.article.text[e.start : e.end] == e.text != ""


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The toll climbed to 31 on Monday, 10 March 2025.", "2025-03-10"),
        ("In 2007 the storm killed 3,406 people, but the shelters were few.", "2007-01-01"),
        ("The mill was shut in 2019; 40 workers stayed.", None),
        ("It employs 1,500 people.", None),
    ],
)
def test_the_date_of_its_clause(text, when):
    figure = figures.find(analysis(text))[0]
    assert (figure.when and figure.when.start) == when


def test_an_ordinal_is_no_fraction():
    from consilience import language
    from tests.reports.plain import article

    text = (
        "A third cage was torn. A third of the fish fled. He joined a fifth-tier club. Sales fell by a tenth."
    )
    (read,) = language.analyse([article(text)])
    assert [f.value for f in figures.find(read)] == [pytest.approx(1 / 3, abs=1e-6), 0.1]


def test_what_it_counts_from_the_parse():
    from consilience import language
    from tests.reports.plain import article

    text = (
        "Fourteen miners were killed at Orvale on Monday. Turnout was 61.8 per cent. "
        "The bank paid a fine of £4 million. The number of people known to have died has risen to 27. "
        "Officials put the death toll at 31."
    )
    (read,) = language.analyse([article(text)])
    assert [f.what for f in figures.find(read)] == [
        "miners killed",
        "Turnout",
        "fine",
        "people known to have died",
        "death toll",
    ]
