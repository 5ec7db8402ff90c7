"""What a printed name names: a person, a body or a place, from all its uses in a story.

A logistic regression over the cues of ``entities_names`` (and the encoder's types, where it gives
some) says how likely a form is a person's; ``training/people_forms.py`` fits it on the benchmark's
learning stories. Bodies and places are told apart by rule.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from consilience.gazetteer import folded
from consilience.lexicons import lexicon
from consilience.reports.entities_names import Form
from consilience.reports.entities_words import listed
from consilience.reports.words import people_nouns


def values(forms: Sequence[Form], alone: float | None = None) -> dict[str, float]:
    """Features of a form from its uses in a story: each cue, and the part of the uses that show it."""
    uses = len(forms)
    counts = Counter(cue for form in forms for cue in form.cues)
    out: dict[str, float] = {}
    for cue, count in counts.items():
        if cue.startswith("tag "):
            out[cue] = count / uses
        elif not cue.startswith("words"):
            out[cue] = 1.0
            out[cue + " %"] = count / uses
    out[f"words {min(len(forms[0].words), 4)}"] = 1.0
    tagged = sum(any(c.startswith("tag ") for c in f.cues) for f in forms)
    if not tagged:
        out["untagged"] = 1.0
    if alone is not None:
        out["alone"] = alone
    return out


_STATE = re.compile(r"[DRI]-[A-Z][\w.]+")
PERSONAL = frozenset(
    ["address", "office", "age", "who", "role before", "role comma", "given", "apposed", "tag person"]
)
KIN = 0.8  # "her son Tom"
AGED = 0.9  # "Ong Kok Wai, 44": no list has the names, but the encoder sees a person and an age follows
TITLED = frozenset(["half common", "article"])  # what stands before may be no name: "Watchman Ong Kok Wai"
UNSHOWN = 0.3  # the most that a word alone gets where it only speaks: countries and bodies do so too


def people(uses: Mapping[str, Sequence[Form]], tagged: bool) -> dict[str, float]:
    """Form's key -> how likely (0 to 1) it names a person; ``tagged``: whether the encoder gave names.

    What a family name alone shows counts for the full names that end in it.
    """
    one = {k: person(f, tagged) for k, f in uses.items() if " " not in k}
    several = {k: person(f, tagged, one.get(k.split()[-1])) for k, f in uses.items() if " " in k}
    firms = {
        k.split()[0]
        for k in several
        if set(k.split()[1:]) <= listed("body", "word") | listed("body", "suffix")
    }
    for key, value in one.items():
        shown = any(f.cues & PERSONAL for f in uses[key]) and key not in firms
        one[key] = value if shown else min(value, UNSHOWN)
    return one | several


def ruled_out(forms: Sequence[Form]) -> bool:
    """Whether the words of a name by themselves say that it is no person's, and nothing says it is."""
    last = folded(forms[0].words[-1])
    cues = {c for f in forms for c in f.cues}
    if ("country" in cues and "address" not in cues) or all("credit" in f.cues for f in forms):
        return True
    if len(forms[0].words) == 1 and last in people_nouns() and last not in listed("other", "surnames"):
        return True
    if "&" in forms[0].text and "address" not in cues:
        return True  # Fennel & Daughters
    several, first = len(forms[0].words) > 1, folded(forms[0].words[0])
    said = last in listed("body", "word") or first in listed("body", "first") | listed("place", "first")
    if several and said and not cues & {"address", "age"}:
        return True
    shown = {"address", "age", "office", "who", "apposed", "role comma"}
    if all("body before" in f.cues for f in forms) and not cues & shown:
        return True
    bodies = sum("tag organization" in f.cues for f in forms)
    if several and 2 * bodies > len(forms) and not cues & {"address", "age", "given", "kin"}:
        return True  # "Hallenbau Steindl", and Steindl is its head
    if cues & {"address", "office", "age", "role before", "role comma", "tag person"}:
        return False
    if forms[0].key in lexicon("names")["known"]["bodies"] or cues & {"country", "demonym", "suffix"}:
        return True
    if "town" in cues and not cues & {"said after", "who", "apposed", "said before"}:
        return True
    return "place word" in cues and last not in listed("place", "surname")


def person(forms: Sequence[Form], tagged: bool, alone: float | None = None) -> float:
    """How likely (0 to 1) a form names a person; ``alone``: the same of its last word by itself."""
    if ruled_out(forms):
        return 0.0
    several = " " in forms[0].key
    addressed = sum("address" in f.cues for f in forms)
    if addressed * 2 >= len(forms):
        return 1.0  # "Mr Ruiz", "Queen Ingrid"
    if not several and any("kin" in f.cues for f in forms):
        return KIN
    cues = set().union(*(f.cues for f in forms))
    if several and "age" in cues and all("tag person" in f.cues for f in forms) and not cues & TITLED:
        return AGED
    known = values(forms, alone)
    total = _score("plain", several, known)
    if tagged:
        # The encoder learnt its names on the stories that the weights are fitted to: its word counts half.
        total = (total + _score("tagged", several, known)) / 2
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _score(kind: str, several: bool, known: Mapping[str, float]) -> float:
    """The log odds of a model of the lexicon ``people_forms``."""
    table = lexicon("people_forms")[f"{kind} {'several' if several else 'one'}"]
    weights = table["weights"]
    return table["bias"] + sum(weights.get(name, 0.0) * value for name, value in known.items())


def other_kind(forms: Sequence[Form]) -> str | None:
    """ "place", "organization" or "event" for a form that names no person; None where nothing tells."""
    cues = Counter(c for f in forms for c in f.cues)
    uses = len(forms)
    single = len(forms[0].words) == 1
    if cues["country"]:
        return "place"
    if cues["demonym"] or (single and (cues["common"] or forms[0].key in people_nouns())) or cues["digit"]:
        return None
    text = forms[0].text
    if cues["credit"] == uses or _STATE.fullmatch(text) or text in lexicon("text")["may_end"]:
        return None  # "D-Ohio", "Calif."
    tags = {t: cues[f"tag {t}"] for t in ("place", "organization", "event")}
    best = max(tags, key=lambda t: (tags[t], t))
    if tags[best] * 2 >= uses and not cues["body"]:
        return best
    if forms[0].key in lexicon("names")["known"]["bodies"] or "&" in text:
        return "organization"
    if cues["body first"]:
        return "organization"
    if (cues["body"] or cues["suffix"]) and not (cues["place word"] and cues["in"] * 2 >= uses):
        return "organization"
    if cues["town"] or cues["place word"]:
        return "place"
    if cues["in"] * 2 >= uses or cues["place after"] * 2 > uses:
        return "place"
    if cues["capitals"] and not cues["opens"]:
        return "organization"
    if cues["apposed body"] or cues["body before"]:
        return "organization"
    if cues["said after"] or (cues["article"] and cues["words 2"]):
        return "organization"
    return None
