"""Short reports written for the tests, and their readings."""

from __future__ import annotations

import re

import numpy as np

from consilience import pipeline
from consilience.model import Analysis, Article, Completeness, Reading, Sentence, StoryReading
from consilience.spans import Span

WIRE = """\
LINDHAVN (NWA) - A freight ship carrying 1,840 tonnes of fertiliser ran aground off the island of Torsoe \
on Tuesday night, the coast guard said.
All 14 crew members of the Halvard Rex were lifted off by helicopter before dawn. Two were treated for cold.
"We had waves of six metres and no margin left," said Ingrid Solberg, who led the rescue.
The ship's owner, Brattle Lines, said a tug would try to pull it free at high tide on Thursday.
Oil had leaked over about three kilometres of shore, according to the environment agency, which has sent \
a team of 22 to lay booms.
The Halvard Rex was built in 1998 and failed a safety inspection in Port Averell in March.
"""

CUT = """\
A freight ship carrying 1,840 tonnes of fertiliser ran aground off the island of Torsoe on Tuesday night, \
the coast guard said.
All 14 crew members of the Halvard Rex were lifted off by helicopter before dawn.
The ship's owner, Brattle Lines, said a tug would try to pull it free at high tide on Thursday.
"""

TRANSLATED = """\
A cargo vessel with 1840 tons of fertilizer on board has run on the ground before the island Torsoe in the \
night to Wednesday, so the coast guard.
The 14 persons of the crew of the Halvard Rex were brought off with the helicopter before the daybreak; two \
were treated because of the cold.
"We have had waves of six meters and no more reserve," told Ingrid Solberg, the leader of the rescue.
According to the owner Brattle Lines a tug shall try to pull the vessel free with the high water of Thursday.
Oil has gone out over around three kilometers of the coast, informed the agency for the environment, which \
has dispatched a team of 22 for laying the booms.
The Halvard Rex, built in 1998, has not passed in March a safety inspection in Port Averell.
"""

INDEPENDENT = """\
Fishermen on Torsoe woke on Wednesday to find a ship on their doorstep and a smell of diesel in the harbour.
"It looks close enough to touch," said Per Aune, who runs the island's only shop and has lent the rescuers \
his van.
The Halvard Rex, bound for Kasteel with a load of fertiliser, struck the Munken reef a little after 11 p.m., \
the harbour master told this newspaper.
Fourteen people were taken off. The coast guard's Ingrid Solberg said her crew had "no margin left".
The council has closed two beaches and asked walkers to report dead birds. A meeting is called for Friday \
at the school.
Brattle Lines did not answer our questions about the state of the vessel.
"""

OTHER_EVENT = """\
The regional orchestra of Ostrand will lose a third of its grant next season, the arts council said on \
Monday.
Its conductor, Matilde Groen, called the decision "a slow way of closing us".
Subscribers have collected 5,200 signatures against the cut, which takes effect in September.
"""


def reading(text: str, name: str, **fields: object) -> Reading:
    """The reading of a text."""
    article = Article(id=name, source=f"{name}.txt", text=text, completeness=Completeness("whole"), **fields)
    (told,) = pipeline.understand([article])
    return told


def bare_reading(text: str, name: str, **fields: object) -> Reading:
    """A reading with plain sentences, neither vectors nor names: only its words can be compared."""
    sentences = []
    for paragraph, line in enumerate(re.finditer(r"[^\n]+", text)):
        start = line.start()
        for piece in re.finditer(r".+?[.!?][\"”]?(?=\s|$)|.+$", line.group()):
            place = Span(start + piece.start(), start + piece.end()).trimmed(text)
            if place.end > place.start:
                sentences.append(Sentence(place.start, place.end, paragraph, "sentence", ()))
    article = Article(id=name, source=f"{name}.txt", text=text, completeness=Completeness("whole"), **fields)
    empty = np.zeros((len(sentences), 0), dtype=np.float32)
    return Reading(Analysis(article, tuple(sentences), (), empty))


def story(**texts: str) -> StoryReading:
    """A story of the named texts."""
    return StoryReading(id="story", readings=tuple(reading(t, n) for n, t in texts.items()))
