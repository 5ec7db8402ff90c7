"""Frames of reported speech: a cue with its source, outside the quotation marks, without a parse.

Which of the mentions before a cue is its subject is told by what stands between: nothing but small
words; an apposition or relative clause between commas; a coordinated verb. Costs are small numbers
in the order in which a reader would try the readings; the cheapest wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consilience.lexicons import endings, grammar, pattern
from consilience.reports.layout import MASK, Page
from consilience.reports.mentions import Mention
from consilience.reports.words import WORD, cue_forms, words
from consilience.spans import Span


@dataclass(frozen=True)
class Frame:
    """A cue with its source. ``inverted``: the source follows the cue ("said the minister")."""

    cue: Span
    source: Mention | None
    lemma: str
    inverted: bool = False

    @property
    def span(self) -> Span:
        """From the first to the last word of cue and source."""
        if self.source is None:
            return self.cue
        return Span(min(self.cue.start, self.source.start), max(self.cue.end, self.source.end))


def frames(page: Page, sentence: Span) -> list[Frame]:
    """The cues of a sentence with their sources, in order."""
    out: list[Frame] = []
    if len(sentence) > LONGEST:
        return out
    inside = page.within(sentence)
    for m in pattern("quotes", "according").finditer(page.masked, sentence.start, sentence.end):
        source = next((x for x in inside if x.start >= m.end() - 1), None)
        if source is not None and source.start <= m.end() + 25:
            cue = Span(m.start(), m.end()).trimmed(page.masked)
            out.append(Frame(cue, named(page, inside, source), "accord"))
    for m in pattern("quotes", "eyes_lead").finditer(
        page.masked, sentence.start, sentence.end
    ):  # in the judges' eyes
        owner = next((x for x in inside if x.start == m.end()), None)
        if owner is not None and pattern("quotes", "eyes").match(page.masked[owner.end :][:30]):
            out.append(Frame(Span(m.start(), m.start() + 2), owner, "accord"))
    for m in WORD.finditer(page.masked, sentence.start, sentence.end):
        lemma = cue_forms().get(m.group().lower())
        if lemma is None or any(x.start <= m.start() < x.end for x in inside):
            continue
        cue = Span(m.start(), m.end())
        if not verbal(page, cue, sentence):
            continue
        if page.masked[max(0, cue.start - 3) : cue.end] in words("quotes", "as_saying"):
            continue  # "was quoted as saying": the cue is "quoted"
        put = lemma + page.masked[cue.end : cue.end + 3] in words("quotes", "with_object")
        if lemma in words("cues", "weak") and not put and not _weak_holds(page, cue, sentence, lemma):
            continue
        out.append(_frame(page, sentence, inside, cue, lemma))
    out += _any_verb(page, sentence, inside, {f.cue.start for f in out})
    return [_outer(page, f, out) for f in out]


def _any_verb(page: Page, sentence: Span, inside: Sequence[Mention], known: set[int]) -> list[Frame]:
    """After a quotation that ends in a comma or stop, "she justified": whatever the verb, a cue."""
    out: list[Frame] = []
    for n, x in enumerate(inside):
        begin = inside[n - 1].start if n and page.cast.apposed(inside[n - 1], x) else x.start
        lead = page.masked[sentence.start : begin].rstrip(" ,")
        behind = pattern("quotes", "verb_before").search(page.masked, sentence.start, x.start)
        if behind and x.kind in ("person", "name") and behind.start(1) not in known:
            out.append(Frame(Span(*behind.span(1)), x, "say", True))  # "…," regretted Nora Feld
        if not lead.endswith(MASK) or x.kind == "thing" or x.prepositional:
            continue
        inner = page.text[sentence.start + len(lead) - 2]
        verb = pattern("quotes", "any_verb").match(page.masked, x.end + 1, sentence.end)
        if (
            verb
            and verb.start(1) not in known
            and (inner in ".,!?…" or page.masked[x.start - 2 : x.start] == ", ")
        ):
            out.append(Frame(Span(*verb.span(1)), x, "say"))
    return out


def _weak_holds(page: Page, cue: Span, sentence: Span, lemma: str) -> bool:
    """Whether a verb that more often does something else reports here."""
    if lemma in words("quotes", "quoted") and pattern("quotes", "as_saying").match(page.masked, cue.end):
        return True
    if lemma in words("quotes", "calling") and pattern("quotes", "calls_that").match(page.masked, cue.end):
        return True
    return (lemma in words("quotes", "calling") or not _passive(page.masked, cue)) and _touches(
        page, cue, sentence
    )


def _touches(page: Page, cue: Span, sentence: Span) -> bool:
    """Whether quoted words stand next to the cue or a few words after it."""
    after = page.masked[cue.end : sentence.end]
    at = after.find(MASK)
    if (
        0 <= at <= 60
        and len(WORD.findall(after[:at])) <= 6
        and not pattern("quotes", "apart_before").search(after[:at])
    ):
        return True
    before = page.masked[sentence.start : cue.start]
    gap = before[before.rfind(MASK) + 1 :] if MASK in before else None
    return (
        gap is not None and len(WORD.findall(gap)) <= 4 and not pattern("quotes", "apart_behind").search(gap)
    )


def verbal(page: Page, cue: Span, sentence: Span) -> bool:
    """Whether a cue form stands where a verb can stand."""
    form = page.masked[cue.start : cue.end]
    known = page.verbs.get(cue.start)
    if (
        known is not None
        and known.upos in ("NOUN", "ADJ", "ADP", "PROPN")
        and not _touches(page, cue, sentence)
    ):
        return False
    before = page.masked[max(sentence.start, cue.start - 25) : cue.start]
    previous = WORD.findall(before[before.rfind(",") + 1 :])  # "… what it was for, says Nora Feld"
    if form[0].isupper() and not page.masked[sentence.start : cue.start].strip():
        return form.lower().endswith(endings("participle"))
    if previous and before[-1:].isspace():
        word = previous[-1].lower()
        if (
            word in words("function_words", "before_noun")
            and not form.endswith(endings("past"))
            and form not in words("quotes", "past")
        ):
            return False
        if word in words("quotes", "before_participle") and not form.endswith(endings("participle")):
            return False
        if word.endswith(endings("possessive")) and not form.endswith(endings("past")):
            return False
        if word in words("quotes", "before_infinitive") and form.endswith(endings("finite")):
            return False
        lemma = cue_forms()[form.lower()]
        if (
            form == lemma
            and lemma in words("cues", "weak")
            and word not in words("function_words", "before_base")
        ):
            return False
    if cue_forms()[form.lower()] in words("quotes", "with_of"):
        return True  # "the paper speaks of"
    return not (form.endswith(endings("plural")) and pattern("quotes", "of").match(page.masked, cue.end))


def _frame(page: Page, sentence: Span, inside: Sequence[Mention], cue: Span, lemma: str) -> Frame:
    masked = page.masked
    lead = masked[sentence.start : cue.start].rstrip()
    right = _right(page, sentence, inside, cue)
    passive = pattern("quotes", "agent").match(masked[cue.end : cue.end + 8])
    if passive and right is not None and right.start <= cue.end + 6 and _be_before(masked, cue.start):
        return Frame(cue, named(page, inside, right), lemma, True)
    agent = pattern("quotes", "agent_behind_words").match(masked[cue.end : sentence.end])
    if agent and _passive(masked, cue):  # described as "…" by X
        by = next((x for x in inside if x.start == cue.end + agent.end()), None)
        if by is not None:
            return Frame(cue, named(page, inside, by), lemma, True)
    as_saying = pattern("quotes", "as_saying")
    if lemma in words("quotes", "quoting") and right and as_saying.search(masked[right.end : right.end + 60]):
        return Frame(cue, named(page, inside, right), lemma, True)
    if _passive(masked, cue) and lemma not in words("quotes", "quoted"):
        return Frame(cue, None, lemma)  # "was described as …": by whom is not said
    left, cost = subject(page, sentence, inside, cue)
    if right is not None and lead.endswith((MASK, ",", "—", "–", "-", ";", ":")):
        quoted = lead.endswith(MASK) or MASK in lead[-3:]
        closes = masked[right.end : right.end + 1] in (",", ".", ":", "", " ")
        if (quoted and (left is None or cost > 0.9)) or (
            lemma in words("cues", "inverted")
            and closes
            and left is None
            or (
                not quoted
                and cost > 0.9
                and lemma in words("cues", "inverted")
                and not pattern("quotes", "that").match(masked, cue.end)
            )
        ):
            return Frame(cue, named(page, inside, right), lemma, True)
    participle = masked[cue.start : cue.end].endswith(endings("participle")) and left is not None
    if left is None or cost > FAR and not participle:
        left = _by_parse(page, inside, cue) or left
    if left is None or cost > FAR and not participle:
        phrase = _phrase(page, left, cue)
        near = phrase is not None and cost > FAR and _only_small(masked[phrase.end : cue.start])
        if phrase is not None and (near or left is None or cost > FARTHER):
            left = phrase
    if left is None:
        left = _generic(page, sentence, cue)
    return Frame(cue, left, lemma)


LONGEST = 3000  # letters; what is longer is no sentence of a report, and nothing is claimed of it
FAR = 0.5  # cost above which the parse, where there is one, is asked for the subject among the mentions,
FARTHER = 1.6  # and above which any noun phrase will do that it names; chosen on benchmark/stories


def _by_parse(page: Page, inside: Sequence[Mention], cue: Span) -> Mention | None:
    """The mention that holds the head of the cue's subject, after the parse."""
    verb = page.verbs.get(cue.start)
    if verb is None or verb.subject < 0:
        return None
    return next(
        (
            m
            for m in inside
            if m.start <= verb.subject < m.end and m.head not in words("quotes", "no_subject")
        ),
        None,
    )


def _phrase(page: Page, left: Mention | None, cue: Span) -> Mention | None:
    """The cue's subject after the parse, whatever it is ("one questioner", "the conduct rules")."""
    verb = page.verbs.get(cue.start)
    if verb is None or verb.phrase is None or MASK in verb.phrase.of(page.masked):
        return None
    if left is not None and (verb.phrase.covers(left.span) or left.span.covers(verb.phrase)):
        return None
    text = verb.phrase.of(page.text)
    word = WORD.match(page.text, verb.subject)
    head = word.group().lower() if word else ""
    if not head or head in words("function_words", "pronouns") or pattern("quotes", "owned").match(text):
        return None
    return Mention(*verb.phrase, "thing", text, head, "", text[:1].lower() == "t")


def _only_small(gap: str) -> bool:
    """Whether nothing but small words stands between a subject and its verb."""
    tokens = [w.lower() for w in WORD.findall(gap)]
    between = words("function_words", "between")
    return gap.count(",") < 2 and all(w in between or w.endswith(endings("adverb")) for w in tokens)


def _right(page: Page, sentence: Span, inside: Sequence[Mention], cue: Span) -> Mention | None:
    """The mention that follows a cue directly, or after the one that is spoken to."""
    after = [x for x in inside if x.start >= cue.end]
    for i, x in enumerate(after[:4]):
        gap = page.masked[cue.end : x.start]
        if MASK in gap or re.search(r"[,;:]", gap.strip(" ,")):
            return None
        if i == 0 and (not (lead := gap.strip(" ,")) or lead in words("quotes", "before_source")):
            return x
        if x.prepositional or x.kind == "thing" and not x.definite:
            continue
        if len(WORD.findall(gap)) <= 7 and pattern("quotes", "adjunct").match(gap):
            return x
    return None


def _denied_last(page: Page, found: Sequence[Frame]) -> list[Frame]:
    """The frames, that of a clause such as ", which Y denied" first: "saying" behind it is Y's."""
    last = [
        f
        for f in found
        if f.source
        and pattern("quotes", "which_before").search(
            page.masked[max(0, f.source.start - 12) : f.source.start]
        )
    ]
    return last[::-1] + [f for f in found if f not in last]


def _be_before(masked: str, at: int) -> bool:
    before = masked[max(0, at - 25) : at]
    return pattern("quotes", "be_or_edge").search(before) is not None


def _passive(masked: str, cue: Span) -> bool:
    """Whether a form of "be" makes a participle passive."""
    before = masked[max(0, cue.start - 25) : cue.start]
    form = masked[cue.start : cue.end]
    return form.endswith(endings("past_participle")) and pattern("quotes", "be").search(before) is not None


def named(page: Page, inside: Sequence[Mention], m: Mention) -> Mention:
    """ROLE NAME and ROLE, NAME: the name, where the two are one."""
    if m.kind not in ("role", "thing", "group"):
        return m
    following = next((x for x in inside if x.start >= m.end), None)
    if following is None or following.kind not in ("person", "name", "body"):
        return m
    between = page.masked[m.end : following.start]
    one = page.cast.apposed(m, following)
    return following if between == " " or one else m


def subject(page: Page, sentence: Span, inside: Sequence[Mention], cue: Span) -> tuple[Mention | None, float]:
    """The likeliest subject of a cue among the mentions before it, and its cost (below 1: surely)."""
    best, cost = None, 9.0
    participle = page.masked[cue.start : cue.end].endswith(endings("participle"))
    before = [x for x in inside if x.end <= cue.start and not x.possessive]
    for n, x in enumerate(before):
        gap = page.masked[x.end : cue.start]
        value = _gap_cost(gap, x)
        if value is None:
            continue
        if x.kind == "pronoun" and x.head in words("quotes", "no_subject"):
            continue
        if participle and n and x.kind == "pronoun" and gap.lstrip().startswith(","):
            continue  # "the court suspended it, finding": the object
        if x.prepositional and pattern("quotes", "relative").match(gap):
            value += 0.2 + (0.5 if x.kind in ("place", "name") else 0.0)
        elif x.prepositional:
            value += 1.5 if n else 0.6
        if x.kind == "thing":
            value += 0.2
        if x.kind == "place":
            value += 0.4
        if _apposed(page, before, n):
            value += 0.35  # NAME, ROLE, said: the name
        if participle and re.search(r",\s*$", gap):
            value = 0.8 + 0.1 * n  # "X cut its forecast, saying": the subject of the sentence
            value += 1.0 if x.prepositional or x.kind == "thing" else 0.0
        if value < cost:
            best, cost = x, value
    return best, cost


def _apposed(page: Page, before: Sequence[Mention], n: int) -> bool:
    """Whether mention ``n`` explains the name before it."""
    return n > 0 and before[n].kind == "role" and page.cast.apposed(before[n - 1], before[n])


def _gap_cost(gap: str, x: Mention) -> float | None:
    """What it costs to read ``x`` as the subject over ``gap``; None: it cannot be."""
    if MASK in gap:
        rest = gap.rsplit(MASK, 1)[1]
        if gap.lstrip()[:1] != MASK or not rest.startswith(tuple(words("quotes", "goes_on"))):
            return None
        return 3.0
    gap = re.sub(r"\([^()]*\)", "", gap)
    if ")" in gap:
        return None
    if re.search(r"[.;:!?]\s", gap):
        return 6.0
    tokens = [w.lower() for w in WORD.findall(gap)]
    small = all(w in words("function_words", "between") or w.endswith(endings("adverb")) for w in tokens)
    if small and gap.count(",") <= 2:
        interpolated = 0.85 if gap.lstrip().startswith(",") else 0.05  # ", who leads the group, said"
        return 0.02 * len(tokens) + (interpolated if "," in gap else 0.0)
    shorter = pattern("quotes", "complement").sub("", gap)
    if shorter != gap:  # "The court in Lyon, which met on Friday, said"
        inner = _gap_cost(shorter, x)
        return None if inner is None else inner + 0.1
    attached = pattern("quotes", "attached").match(gap)
    if attached:  # "Sohrabi of the Watan Front called", "the service in Aix, which said"
        rest = WORD.findall(gap[attached.end() :].lower())
        if (
            all(w in words("function_words", "between") or w.endswith(endings("adverb")) for w in rest[-3:])
            or not rest
        ):
            return 0.45 + 0.02 * len(tokens)
    cues = sum(w in cue_forms() for w in tokens)
    tail = [w.lower() for w in WORD.findall(gap.rsplit(",", 1)[-1])]
    if (
        re.match(r"\s*,", gap)
        and gap.count(",") > 1
        and all(w in words("function_words", "between") or w.endswith(endings("adverb")) for w in tail)
    ):
        return (
            0.55 + 0.012 * len(tokens) + 0.5 * cues * (0 if pattern("quotes", "explained").match(gap) else 1)
        )
    if pattern("quotes", "relative_loose").match(gap):
        return 0.6 + 0.02 * len(tokens) + 0.3 * cues
    if pattern("quotes", "second_verb").search(gap):
        return 1.1 + 0.03 * len(tokens) + (0.0 if x.kind != "thing" else 0.3)
    return 1.6 + 0.05 * len(tokens) + 0.3 * gap.count(",") - (0.3 if x.kind == "pronoun" else 0.0)


def _generic(page: Page, sentence: Span, cue: Span) -> Mention | None:
    """Any noun phrase right before the cue: "the judgment itself says"."""
    m = pattern("quotes", "noun_phrase").search(page.masked, sentence.start, cue.start)
    if m is None:
        return None
    text = m.group().rstrip()
    if text.split()[-1].lower() in grammar("first_person"):
        return None  # "to those who raised a flag I say": who writes is not named
    return Mention(m.start(), m.start() + len(text), "thing", text, text.split()[-1].lower(), "", True)


def _outer(page: Page, frame: Frame, found: Sequence[Frame]) -> Frame:
    """X said that it had told Y "…": the words are X's; the inner frame gets the outer source."""
    before = page.masked[: frame.cue.start].rstrip()
    if frame.source is not None and frame.inverted and pattern("quotes", "passive_infinitive").search(before):
        by = [
            f for f in found if f.cue.end <= frame.cue.start and frame.cue.start - f.cue.end < 20 and f.source
        ]
        return Frame(frame.cue, by[-1].source, frame.lemma) if by else frame  # claimed to have been told by Y
    if frame.source is None or frame.inverted:
        return frame
    weak = frame.lemma in words("cues", "weak") and frame.lemma not in words("cues", "calling")
    modal = before[before.rfind(" ") + 1 :] in words("function_words", "modals")
    participle = page.masked[frame.cue.start : frame.cue.end].endswith(endings("participle"))
    for outer in found if not participle else _denied_last(page, found):
        if outer is frame or outer.source is None or outer.cue.start >= frame.cue.start:
            continue
        if participle and outer.cue.end <= frame.cue.start:
            lead = page.masked[outer.source.end : outer.cue.start]
            if not pattern("quotes", "relative_word").match(lead) and outer.source.kind != "thing":
                return Frame(frame.cue, outer.source, frame.lemma, outer.inverted)
        thing = frame.source.kind == "thing" and outer.source.kind not in ("thing", "place")
        if frame.source.start < outer.cue.end or not (
            frame.source.kind == "pronoun" or weak or modal or thing
        ):
            continue
        gap = page.masked[outer.span.end : frame.source.start]
        told = outer.lemma in words("quotes", "telling") and pattern("quotes", "told_whom").fullmatch(gap)
        if told or pattern("quotes", "reported_clause").fullmatch(gap):
            return Frame(frame.cue, outer.source, frame.lemma, outer.inverted)
    return frame
