"""What a printed name names: a person, a body or a place, from all its uses in a story.

A logistic regression over the cues of ``entities_names`` (and the encoder's types, where it gives
some) says how likely a form is a person's; ``training/people_forms.py`` fits it on the benchmark's
learning stories. Bodies and places are told apart by rule.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from consilience.lexicons import lexicon
from consilience.reports.entities_names import Form


def values(forms: Sequence[Form]) -> dict[str, float]:
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
    return out


def person(forms: Sequence[Form], tagged: bool) -> float:
    """How likely (0 to 1) a form names a person; ``tagged``: whether the encoder gave names at all."""
    several = " " in forms[0].key
    table = lexicon("people_forms")[("tagged" if tagged else "plain") + (" several" if several else " one")]
    weights = table["weights"]
    total = table["bias"] + sum(weights.get(name, 0.0) * value for name, value in values(forms).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def other_kind(forms: Sequence[Form]) -> str | None:
    """"place", "organization" or "event" for a form that names no person; None where nothing tells."""
    cues = Counter(c for f in forms for c in f.cues)
    uses = len(forms)
    if cues["demonym"] and not cues["country"]:
        return None
    if cues["country"]:
        return "place"
    if (cues["body"] or cues["suffix"]) and not (cues["place word"] and cues["in"] * 2 >= uses):
        return "organization"
    if cues["town"] or cues["place word"]:
        return "place"
    tags = {t: cues[f"tag {t}"] for t in ("place", "organization", "event")}
    best = max(tags, key=lambda t: (tags[t], t))
    if tags[best] * 2 >= uses:
        return best
    if cues["in"] * 2 >= uses or cues["place after"] * 2 > uses:
        return "place"
    if cues["capitals"] and not cues["opens"]:
        return "organization"
    if cues["said after"] or (cues["article"] and cues["words 2"]):
        return "organization"
    return None
