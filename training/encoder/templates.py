"""News sentences with open places, in the styles of many newsrooms: written for the project.

``{P}`` a full name, ``{L}`` a family name, ``{F}`` a given name, ``{O}`` a body, ``{A}`` its initials,
``{B}`` a firm that nobody knows, ``{C}`` a city, ``{U}`` the same in capitals, ``{N}`` a country, ``{W}``
one that no map has, ``{G}`` any place, ``{D}`` an adjective of a country, ``{H}`` a product or ship,
``{E}`` a named event. These are no names: ``{t}`` a title, ``{r}`` a role in small letters, ``{d}`` a
weekday, ``{m}`` a month, ``{n}`` a number, ``{s}`` a field of government, ``{x}`` and ``{X}`` a clause,
``{v}`` a verb of saying, ``{K}`` initials that name nothing, ``{p}`` an address.
"""

# ruff: noqa: E501, SIM905 (lists of words in paragraphs)
from __future__ import annotations

import random
from collections.abc import Callable

from . import names

TEMPLATES = """
{P} {v} on {d} that {x}.
{L} {v} that {x}.
{L} {v} {x}.
Mr {L} {v} that {x}.
Mr. {L} {v} {x}.
Ms {L} and Mr {L} {v} that {x}.
Mrs {L}, {n}, {v} {x}.
Dr {P} {v} {x}.
Dr. {L} {v} {x}.
{t} {P} {v} that {x}.
{t} {L} {v} {x}.
{D} {t} {P} {v} that {x}.
{N}'s {t} {P} {v} on {d} that {x}.
{P}, the {r} of the {O}, {v} that {x}.
{P}, {r} at {O}, {v} {x}.
{P}, a {r}, {v} {x}.
{P}, {n}, a {r} from {C}, {v} {x}.
The {r}, {P}, {v} that {x}.
The {D} {r} {P} {v} {x}.
A {r} for the {O}, {P}, {v} that {x}.
“{X},” {P} {v}.
“{X},” {v} {P}, {r} of the {O}.
“{X},” said {L}.
"{X}," {L} told {O}.
"{X}," {v} {t} {L}.
"{X}," {L} added.
‘{X},’ {P} told reporters in {C}.
“{X}”, says {P} of {O}.
“{X},” {v} {P}, who lives in {C}. “{X}.”
According to {P}, {x}.
According to the {O}, {x}.
According to {O} ({A}), {x}.
The {O} ({A}) {v} that {x}.
The {A} {v} that {x}.
{O} {v} {x}.
{O} chief executive {P} {v} {x}.
{O} spokeswoman {P} {v} {x}.
{A} chairman {P} {v} that {x}.
{A} {r} {L} {v} {x}.
{O}'s {r}, {P}, {v} that {x}.
In {C}, {r}s {v} that {x}.
In {C}, {N}, {L} met {P} on {d}.
{P} met {P} in {C} on {d}.
{P} and {P} were among the {n} people named on {d}.
{P}, {P} and {P} were taken to hospital in {C}.
{L}, {L} and {L} denied the charges.
{L}’s lawyer, {P}, {v} {x}.
{L}'s deputy {v} {x}.
{P}'s family lives in {G}.
{P}’s {r} {v} {x}.
He was replaced by {P}.
She was succeeded by {P} of {O}.
Her {r}, {F}, was {n}.
His brother {F} {v} {x}.
{F} {v}: “{X}.”
{F}, {n}, and her sister {F} fled to {G}.
{C} ({A}) - {X}.
{C}, {N} ({A}) – {X}.
{U}, {N} ({A}) — {X}.
{U} ({O}) - {P} {v} on {d} that {x}.
{U}, {m} {n} ({A}) — {P} {v} {x}.
{C}, {m} {n}: {X}.
{C} - {t} {P} {v} {x}.
{C}: {X}, {r}s {v}.
By {P}
By {P} and {P}
By {P} in {C}
{P} in {C}
{P}, {O}
Words by {P}, photos by {P}
Reporting by {P} in {C}; Editing by {P}
Additional reporting by {P}
(Reporting by {P}; Writing by {P}; Editing by {P} and {P})
Photo: {P}/{O}
{P} reports from {C}.
{N} to host {E}, says {L}
{L} says {x}
{L}: {X}
{L} to visit {N} in {m}
{P} dies aged {n}
{N}: {n} killed in {C} blast
{O} and {O} agree merger
{O} buys {O} for ${n} million
{O} shares fall as {L} quits
{O} boss {L} quits after {n} years
{C} mayor {P} resigns
{D} court jails {P} for {n} years
{D} police arrest {n} in {C}
Breaking: {P} wins {N} election
UPDATE {n} - {O} says {x}
{O} v {O}: {L} names squad
{O} beat {O} {n}-{n} in {C}
{L} scored twice as {O} beat {O} at {G} on {d}.
Coach {P} {v} {x}.
Striker {P} joined {O} from {O} in {m}.
{D} midfielder {P}, {n}, signed for {O}.
The {D} government {v} that {x}.
The government of {N} {v} {x}.
The {D} embassy in {C} {v} {x}.
{N} and {N} signed the agreement in {C} on {d}.
{N} {v} {x}, while {N} refused.
{N} has rejected the plan.
Parliament in {C} voted on {d}.
Residents of {C} and {C} fled to {G}.
The quake struck {n} km south of {C}, {N}, at {n}:{n}.
A ferry sank on {G} near {C} on {d}, killing {n} people.
Floods in {G} have killed {n} people, the {O} {v}.
Villagers near {G} {v} {x}.
The road between {C} and {C} was closed on {d}.
Flights from {C} to {C} were cancelled.
The company, based in {C}, employs {n} people in {N}.
The {C}-based {O} {v} {x}.
{C}'s mayor, {P}, {v} {x}.
Police in {C}, {G}, {v} that {x}.
The case, {L} v. {L}, was heard in {C}.
Judge {P} ruled on {d} that {x}.
Justice {L} {v} {x}.
Prosecutor {P} asked the {O} for {n} years.
Lawyers for {L} and the {O} declined to comment.
{P}, who leads the {O}, {v} that {x}.
{P} of the {O} {v} that {x}.
{P} from {O} {v} {x}.
{P} ({A}) {v} {x}.
{P} (Liberals) {v} {x}.
{P}, of {C}, {v} {x}.
{P}, whose house was destroyed, {v} {x}.
{P} was born in {C}, {N}, in {m}.
{P} is the {r} of {O}.
{t} {P}, {t} {P} and {t} {P} attended.
{t} of {N} {P} {v} that {x}.
{t} of the {O}, {P}, {v} that {x}.
Minister for {s} {P} {v} {x}.
Minister of {s} {P} {v} that {x}.
{O} Secretary General {P} {v} {x}.
the {O} director general, {P}, has {v} that {x}.
Hon. {P} {v} that {x}.
Honourable {L} {v} {x}.
Eng. {P} {v} that {x}.
Prof. {P} {v} that {x}.
Sen. {P} {v} {x}.
Gen. {P} {v} {x}.
Chief {P} {v} that {x}.
Alhaji {P} {v} {x}.
Shri {P} {v} that {x}.
Smt {P} {v} {x}.
Sheikh {P} {v} {x}.
Colonel {L} {v} {x}.
Sister {F} {v} {x}.
Comrade {L} {v} that {x}.
Lakh of people in {G} were affected, {t} {P} {v}.
{P} ji {v} {x}.
Speaking in {C}, {L} {v} that {x}.
Speaking to {O} on {d}, {P} {v} {x}.
Asked about {N}, {L} {v}: “{X}.”
In a statement on {d}, {O} {v} {x}.
In a letter to {L}, the {O} {v} that {x}.
However, {L} {v} {x}.
But {L} {v} that {x}.
Meanwhile, {P} {v} that {x}.
After the vote, {L} left for {C}.
Last {m}, {L} {v} {x}.
On {d}, {P} {v} that {x}.
Why {x}
Read more: {X}
Also read: {L} and {O} agree deal
Subscribe to {O} today
Follow {P} on social media
Share this article
Last updated {d}, {m} {n}
Published: {d} {n} {m}
Our Correspondent, {C}
{X}, {L} {v}.
{X}, according to {P}.
{X}, the {r} {v}.
{X}, {r}s {v} on {d}.
{X} during the {E}.
The {E} opened in {C} on {d}.
Since the {E}, {N} has changed, {L} {v}.
{P}, winner of the {E}, {v} {x}.
{E} winner {P} will play in {C}.
President {L}'s office {v} {x}.
The President {v} that {x}.
The Prime Minister, {P}, {v} {x}.
The Minister {v} that {x}.
The Secretary of {s} {v} {x}.
Foreign Minister {P} and Finance Minister {P} flew to {C}.
{D} and {D} officials met in {C}.
{D}s living in {N} {v} {x}.
{n} {D} soldiers were killed near {C}.
Among the dead were {P}, {n}, {P}, {n}, and {P}, {n}.
{L} ({n}) and {L} ({n}) were rescued.
{L}: {X}.
Q: {X}? {L}: {X}.
Host: Good evening, {F}.
{P}: Thank you, {F}.
{B} had revenue of {n} million euros last year.
{B}, which had sales of ${n} million, declined to comment.
{B} said in a statement that {x}.
{B}'s chief executive, {P}, {v} {x}.
{B}’s chairman, {P}, resigned on {d}.
{B} shares rose {n}% after the news.
Shares in {B} fell.
{B} will cut {n} jobs at its plant in {C}.
{B} and {B} agreed to merge on {d}.
{B} has offered ${n} million for {B}.
{B} to buy {B}, sources say
{B} workers vote to strike
Workers at {B} {v} that {x}.
Employees of {B} and of its rival {B} met in {C}.
A {B} spokesperson {v} {x}.
A spokeswoman for {B} {v} {x}.
The {B} plant in {C} employs {n} people.
{B}, the largest employer in {C}, {v} {x}.
{B}, maker of the {H}, {v} {x}.
The {H}, made by {B}, will be recalled.
{B} recalls {n} {H} phones
{B}: we did nothing wrong
And {B}?
The {D} company {B} {v} {x}.
Passengers of {B} were told {x}.
Insurer {B} {v} {x}.
Drugmaker {B} won approval for {H}.
The ship, the {H}, belongs to {B}.
{B} wrote to customers on {d} that {x}.
{O} and {B} are owned by {B}.
The Bank of {N} {v} {x}.
The Housing Authority of {C} ({A}) {v} {x}.
The {C} Fair Trade Action Center {v} {x}.
Troops loyal to the president of {W} {v} {x}.
Soldiers crossed into {W} on {d}.
{W} and {W} exchanged prisoners on {d}.
{W} and {W} accused each other of breaking the ceasefire.
{W}, with {n} million people, has seen two coups.
{W}: the night when the power wavered
{W} puts down coup attempt
{W}'s capital, {C}, was calm on {d}.
{W}’s parliament voted {n} to {n} on {d}.
The border between {W} and {W} was closed.
Officials in {W} {v} that {x}.
The people of {W} want peace, {L} {v}.
{W} recalls ambassador from {W}
In {W}, {x}.
{K} voted {n} to {n} for the bill.
The {K} {v} that {x}.
The {K} of {B}, {P}, {v} {x}.
{K} rose {n}% in {m}, {O} {v}.
An {K} law will apply from {m}.
Updated {n}:{n} {K}
Report ({K}, {n} pages)
The {K} was delayed until {d}.
Speaker {P} announced {x}.
Men and women in {C} {v} {x}.
The First Lady, {P}, visited {C}.
The minister, the {K} and the union met on {d}.
Camp {G} was attacked, {L} {v}.
Contact: {p}
{p} wrote: {X}
""".strip().split("\n")

TITLES = """President|Prime Minister|Vice President|Foreign Minister|Finance Minister|Health Minister|Governor|
Senator|Mayor|Ambassador|Chancellor|King|Queen|Pope|Archbishop|General|Captain|Inspector|Commissioner|Chairman|
Chief Justice|Secretary of State|Deputy Minister|Interior Minister|Energy Minister|Regional Commissioner|
Permanent Secretary|Attorney General|Chief Executive|Professor|Judge|Sergeant|Superintendent|Director|
Union Minister|Chief Minister|Police Chief|Defence Secretary|Education Secretary|Opposition Leader""".replace(
    "\n", ""
).split("|")
ROLES = """spokesman|spokeswoman|director|chief executive|analyst|economist|resident|teacher|fisherman|nurse|lawyer|
professor|minister|mayor|police chief|head|founder|chairwoman|survivor|witness|farmer|engineer|captain|campaigner|
senior adviser|regional manager|deputy governor|union leader|researcher|geologist|coach|shopkeeper|student""".replace(
    "\n", ""
).split("|")
SUBJECTS = names.FIELDS
VERBS = "said says told reporters|announced confirmed warned stressed added claimed insisted argued explained noted acknowledged"
VERBS = (
    ["said"] * 8
    + ["says"] * 3
    + [
        "announced",
        "confirmed",
        "warned",
        "stressed",
        "added",
        "claimed",
        "insisted",
        "argued",
        "explained",
        "noted",
        "acknowledged",
        "told reporters",
        "told a news conference",
        "wrote on X",
        "stated",
        "reiterated",
        "disclosed",
        "hinted",
    ]
)
CLAUSES = """the talks would go on|no decision had been taken|the bridge would reopen in spring|they had done nothing wrong|
it would appeal|prices would rise again|at least {n} people were missing|the deal was close|the money had been paid|
the rescue was still under way|the company would cut {n} jobs|the law was unfair|there was no danger to the public|
the vote must be repeated|the strike was over|the report was false|the plant would close by {m}|the ship was overloaded|
schools would stay shut until {d}|more help was needed|the ceasefire was holding|he had been warned twice|
she would not resign|the figures were wrong|both sides had agreed to meet|the water was safe to drink|
{N} would send {n} doctors|the {O} was to blame|{L} had known for months|nobody in {C} had been told|
the case against {L} was weak|talks with {N} had failed|the {D} offer was too low|the project would create {n} jobs|
we need answers, not promises|it is too early to say|the fight is not over|everyone is afraid|nothing has changed here""".replace(
    "\n", ""
).split("|")
NO_NAMES = """CEO CFO AI GDP MPs MP PDF GMT UTC EDT CET IPO HIV TV FAQ VAT DNA CCTV NGO PM Q&A SMEs RSVP ID
UK-style Covid-19 SUVs""".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
LABELS = {
    "P": "person",
    "L": "person",
    "F": "person",
    "O": "organization",
    "A": "organization",
    "C": "place",
    "U": "place",
    "B": "organization",
    "W": "place",
    "H": "other",
    "N": "place",
    "G": "place",
    "D": "other",
    "E": "event",
}


def fill(template: str, rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    """A sentence of the template: its text and (start, end, type) of each name."""
    makers: dict[str, Callable[[], str]] = {
        "P": lambda: names.person(rng),
        "L": lambda: names.family(rng),
        "F": lambda: names.given(rng),
        "O": lambda: names.organization(rng),
        "A": lambda: names.acronym(rng),
        "C": lambda: names.city(rng),
        "U": lambda: names.city(rng).upper(),
        "N": lambda: names.country(rng),
        "G": lambda: names.place(rng),
        "D": lambda: names.demonym(rng),
        "E": lambda: names.event(rng),
        "t": lambda: rng.choice(TITLES),
        "B": lambda: names.invented_firm(rng),
        "W": lambda: names.invented_place(rng),
        "H": lambda: names.product(rng),
        "K": lambda: rng.choice(NO_NAMES),
        "p": lambda: (
            names.invented_person(rng).lower() + rng.choice(["@mail.example", str(rng.randint(2, 99)), "_b"])
        ),
        "r": lambda: rng.choice(ROLES),
        "v": lambda: rng.choice(VERBS),
        "d": lambda: rng.choice(DAYS),
        "m": lambda: rng.choice(MONTHS),
        "s": lambda: rng.choice(SUBJECTS),
        "n": lambda: str(rng.choice([rng.randint(2, 9), rng.randint(10, 99), rng.randint(100, 999)])),
    }
    text, spans = "", []

    def add(part: str, capital: bool = False) -> None:
        nonlocal text
        at = 0
        while at < len(part):
            if part[at] == "{" and part[at + 2] == "}":
                slot = part[at + 1]
                at += 3
                if slot in "xX":
                    add(rng.choice(CLAUSES), capital=slot == "X")
                    continue
                made = makers[slot]()
                if slot in LABELS:
                    kept = made
                    if made.startswith("the "):
                        if text.endswith(("the ", "The ")):
                            made = kept = made[4:]
                        else:
                            kept = made[4:]
                        if (not text or capital) and made.startswith("the "):
                            made = "The " + made[4:]
                    begin = len(text) + len(made) - len(kept)
                    spans.append((begin, begin + len(kept), LABELS[slot]))
                text += made
            else:
                text += part[at].upper() if capital and part[at].isalpha() else part[at]
                at += 1
            capital = False

    add(template)
    return text, spans
