"""English text to sentences and tokens, with exact offsets.

Sentences follow the practice of UD English GUM, except that a quotation of several sentences is split
also where it begins inside one: what a speaker says is read sentence by sentence. Tokens follow UD
English EWT and GUM: clitics, signs of currency and percent, most hyphens and slashes stand alone, and
a stop that ends the sentence is cut off an abbreviation. Nothing is changed or lost: every
code point that is not white space lies in exactly one token, and every token in exactly one sentence.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from consilience.language.en.lemmas import lemma
from consilience.lexicons import lexicon
from consilience.spans import Span

__all__ = ["lemma", "paragraphs", "split_sentences", "tokenize"]

Kind = Literal["sentence", "heading"]

DATELINE = 120  # code points within which a dateline ends
HEADING_WORDS = 16  # a longer line without a stop is a sentence that was cut off, or lost its stop
BRACKET_REACH = 300  # code points within which a bracket must close to hold a sentence together
WRAPPED_WIDTH = 120  # lines of a hard-wrapped text are no longer than this

_OPEN = "\"'“‘«‹„‚([{"
_CLOSE = "\"'”’»›“)]}"
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BLOCK = re.compile(r"\S(?:.*\S)?(?:\n[^\S\n]*\S(?:.*\S)?)*")
_BULLET = re.compile(r"[•▪●◦‣∙■►▶*–—-]\s+|\d{1,2}[.)]\s+")
_END = re.compile(  # possessive: a run of stops is looked at once
    r"(?:(?<![.!?…])(?P<stop>[.!?…]++)|(?P<left_out>\[(?:\.{3}|…)\])|(?P<wide>[。！？।؟]++))"
    rf"(?P<close>[{re.escape(_CLOSE)}]*+(?:\s?\[\d{{1,3}}\])*+)(?P<gap>\s++|(?<=[。！？])|(?=[A-Z“]))"
    r"|(?P<bullet>\s+)(?=[•▪●◦‣■►▶]\s)"
)
_FULL_DATE = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,\s[A-Z][a-z]+\s\d{1,2},\s\d{4}"
_DATE_LINE = re.compile(rf"{_FULL_DATE}\s+(?=[A-Z])|(?<=[\w’'\")])\s+(?={_FULL_DATE}$)")
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘«/—–]+$")
_NEXT = re.compile(rf"[{re.escape(_OPEN)}\s]*(?P<word>[^\W\d_]+|\d+)?")
_STAMP = re.compile(  # of a live blog: "7 p.m.", "10.42 GMT", "Posted at 14:05"
    r"(?:[A-Z]\w+ (?:at )?)?\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?(?:\s?[:|–—-])?", re.I
)
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]{2,}(?:[ /][A-Z][A-Z.'’-]+){0,5}(?:,\s[A-Z][\w.]+(?:\s[A-Z]\w+)*)?"
    r"(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?(?:\s?\([A-Z][\w ./&-]{1,40}\))?"
    r"|[A-Z]\w+(?:[ ,]{1,2}[A-Z]\w+){0,3}\s?\([A-Z][\w ./&-]{1,40}\))\s?(?:[—–-]|--)\s+(?=[\"“‘'A-Z\d])"
)


class SentenceSpan(NamedTuple):
    """A sentence or heading: ``[start, end)`` in code points, trimmed; paragraphs count from 0."""

    start: int
    end: int
    paragraph: int
    kind: Kind


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(lexicon("text")[key])


# --- paragraphs ---------------------------------------------------------------------------------


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of ``text``, trimmed, none empty: its lines, or its blocks where it is hard-wrapped."""
    pattern = _BLOCK if _hard_wrapped(text) else _LINE
    out: list[Span] = []
    for match in pattern.finditer(text):
        span = Span(*match.span()).trimmed(text)
        if span.end <= span.start:
            continue
        if out and _goes_on(text, out[-1], span):
            span = Span(out.pop().start, span.end)
        out.append(span)
    return out


def _goes_on(text: str, line: Span, following: Span) -> bool:
    """Whether a line is broken inside a sentence: the next begins in lower case, right below."""
    if text.count("\n", line.end, following.start) != 1 or not text[following.start].islower():
        return False
    return text[line.end - 1] not in ".!?…:;" + _CLOSE and len(text[line.start : line.end][:80].split()) > 2


def _hard_wrapped(text: str) -> bool:
    """Whether line breaks fall inside sentences: full lines, many of the following begun in lower case."""
    if "\n\n" not in text:
        return False
    lines = text.split("\n")
    pairs = [(a, b.lstrip()) for a, b in zip(lines, lines[1:], strict=False) if a.strip() and b.strip()]
    if len(pairs) < 4:
        return False
    width = max(len(a) for a, _ in pairs)
    full = sum(len(a) > width - 25 for a, _ in pairs)
    lower = sum(b[0].islower() for _, b in pairs)
    return width <= WRAPPED_WIDTH and full >= 0.8 * len(pairs) and lower >= 0.4 * len(pairs)


# --- sentences ----------------------------------------------------------------------------------


def split_sentences(text: str) -> list[SentenceSpan]:
    """The sentences and headings of ``text`` in order, disjoint; all but white space is covered.

    Never raises; an empty text has none. A bullet stands with its item. A dateline ("NAIROBI, Kenya
    (AP) — ") is a heading by itself, so that it does not pass for the subject of its sentence.
    """
    out = []
    for number, paragraph in enumerate(paragraphs(text)):
        start = paragraph.start
        dateline = _DATELINE.match(text, start, min(paragraph.end, start + DATELINE))
        if dateline:
            out.append(SentenceSpan(*Span(start, dateline.end()).trimmed(text), number, "heading"))
            start = dateline.end()
        cuts = [start, *_cuts(text, start, paragraph.end), paragraph.end]
        spans = [Span(a, b).trimmed(text) for a, b in zip(cuts, cuts[1:], strict=False)]
        spans = [s for s in spans if s.end > s.start]
        heading = len(spans) == 1 and not dateline and _is_heading(spans[0].of(text))
        kind: Kind = "heading" if heading else "sentence"
        out += [SentenceSpan(*s, number, kind) for s in spans]
    return out


def _is_heading(line: str) -> bool:
    """A short line without a stop that begins neither as a list item nor in lower case; a time alone."""
    if _STAMP.fullmatch(line) or not any(c.isalnum() for c in line):
        return True
    if _BULLET.match(line) or line[0].islower() or len(line.split()) > HEADING_WORDS:
        return False
    bare = line.rstrip(_CLOSE)
    if not bare or bare[-1] in ".!?…;,。！？।":
        return bool(bare) and bare[-1] == "?" and bare == line and len(line.split()) <= 8
    return not (line[0] in '"“«„' and line[-1] in '"”»“')


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Offsets inside ``[start, end)`` where a new sentence begins."""
    out = [m.end() for pattern in (_DATE_LINE, _credits()) for m in pattern.finditer(text, start, end)]
    begun = start
    for match in _END.finditer(text, start, end):
        if match.end() >= end or match.end() <= begun:
            continue
        if match["bullet"] is not None or _ends(text, begun, match, end):
            begun = match.end()
            out.append(begun)
    return sorted(set(out))


@cache
def _credits() -> re.Pattern[str]:
    labels = "|".join(re.escape(w) for w in lexicon("text")["credit_labels"])
    return re.compile(rf"(?<=[^\s:;,(\[\"“])\s+(?=(?:{labels}):\s)")


def _ends(text: str, begun: int, match: re.Match[str], end: int) -> bool:
    """Whether the sentence that began at ``begun`` ends with the stop of ``match``."""
    close, gap = match["close"], match["gap"]
    stop = match["stop"] or match["left_out"] or match["wide"]
    if stop[0] in "。！？।؟":
        return not _inside(text, begun, match, end)
    following = _NEXT.match(text, match.end(), end)
    word = (following and following["word"]) or ""
    if not gap:
        return _glued(text, match, word)
    if word[:1].islower() and not _camel(text, following, end):
        return False
    if not word and text[match.end() : match.end() + 1] in ",;:.-–—!?":
        return False
    before = _WORD_BEFORE.search(text, max(begun, match.start() - 40), match.start())
    previous = before.group() if before else ""
    if stop == "." and not _full_stop(text, begun, match, previous, word):
        return False
    if stop in ("..", "...", "…", "....") and (word == "I" or not word or word[0].isdigit()):
        return False
    if stop[-1] in "?!" and close and _speech_tag(text, match.end(), end):
        return False
    return not _inside(text, begun, match, end)


def _glued(text: str, match: re.Match[str], word: str) -> bool:
    """A stop without a space behind it ends a sentence where a plain opening word follows ("out.The")."""
    before = text[match.start() - 1 : match.start()]
    if match["close"].strip("'\"”’»)]") or not before.islower():
        return False
    quoted = text[match.end() : match.end() + 1] == "“" and (match["stop"] or "…") in ".!?" and bool(word)
    return quoted or (word in _words("openers") and len(word) > 1)


def _camel(text: str, following: re.Match[str] | None, end: int) -> bool:
    """Whether the next word is a name such as iPhone or eBay."""
    word = following["word"] if following else ""
    return len(word) > 2 and any(c.isupper() for c in word[1:]) and any(c.islower() for c in word[1:])


def _full_stop(text: str, begun: int, match: re.Match[str], previous: str, word: str) -> bool:
    """Whether a single "." after ``previous`` is more than the mark of an abbreviation."""
    close = match["close"]
    bare = previous.lstrip(_OPEN + _CLOSE)
    opener = word in _words("openers")
    if match.start() == begun + len(previous) and re.fullmatch(r"\d{1,3}|[A-Za-z]|[ivxIVX]{1,4}", bare):
        return False  # the number of a list item
    if close:
        return not (bare in _words("never_end") or (bare in _words("before_name") and word and not opener))
    if bare in _words("never_end") or bare.lower() in _words("never_end"):
        return False
    if bare in _words("before_number"):
        return not (word[:1].isdigit() or (len(bare) == 1 and not opener))
    if bare in _words("before_name") or bare.rpartition("-")[2] in _words("before_name"):
        return opener and word not in ("A", "I") and bare not in ("Mr", "Mrs", "Ms", "Dr")
    if re.fullmatch(r"[^\W\d_]", bare):
        return _after_letter(text, match, bare, word, opener)
    if "." in bare and re.fullmatch(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}", bare):
        return _after_dotted(bare, word, opener, text, match)
    if bare in _words("may_end"):
        return opener
    return True


def _after_letter(text: str, match: re.Match[str], letter: str, word: str, opener: bool) -> bool:
    """A single letter and a stop: an initial, but for "Plan B." and "World War I."."""
    if not letter.isupper():
        return True
    head = text[: match.start() - 1].rstrip()[-12:].split()
    before = head[-1] if head else ""
    if before in _words("lettered"):
        return True
    return opener and (not before[:1].isupper() or word not in ("A", "I", "No", "Of"))


def _after_dotted(bare: str, word: str, opener: bool, text: str, match: re.Match[str]) -> bool:
    """Dotted letters: "at 5 p.m. Police", but "the U.S. Senate"."""
    if bare.lower() in ("a.m", "p.m"):
        zone = re.match(r"[A-Z]{2,4}\b", text[match.end() :])
        return bool(word) and not zone and not word[0].isdigit() and word not in _words("calendar")
    return opener and bare in _words("dotted_may_end")


def _speech_tag(text: str, at: int, end: int) -> bool:
    """Whether "Smith asked" or "she said" follows at ``at``: the quotation's sentence goes on."""
    pattern = rf"(?:[A-Z][\w.'’-]*\s){{1,4}}(?:{'|'.join(_words('speech_tags'))})\b"
    return re.compile(pattern).match(text, at, min(end, at + 80)) is not None


def _inside(text: str, begun: int, match: re.Match[str], end: int) -> bool:
    """Whether the stop stands inside brackets that began within the sentence."""
    piece = text[begun : match.start()]
    if piece[:1] in "([":
        piece = piece[1:]
    depth = max(piece.count("(") - piece.count(")"), piece.count("[") - piece.count("]"))
    if depth <= 0:
        return False
    rest = text[match.start() : min(end, match.end() + BRACKET_REACH)]
    return ")" in rest or "]" in rest


# --- tokens -------------------------------------------------------------------------------------

_L = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*"  # letters, with combining marks
_APOSTROPHE = "['’]"
_CLITIC = rf"(?:{_APOSTROPHE}|`(?=s))(?:s|m|d|re|ve|ll|S|M|D|RE|VE|LL)(?![\w])"


@cache
def _token_pattern() -> re.Pattern[str]:
    hyphens = lexicon("text")["hyphens"]
    prefixes = "|".join(sorted(hyphens["prefixes"], key=len, reverse=True))
    suffixes = "|".join(sorted(hyphens["suffixes"], key=len, reverse=True))
    units = "|".join(re.escape(u) for u in sorted(hyphens["units"], key=len, reverse=True))
    keys = ("before_name", "may_end", "never_end", "ends_before_capital")
    short = {w for key in keys for w in _words(key)} | {w.capitalize() for w in _words("never_end")}
    numbered = "|".join(re.escape(w) for w in sorted(_words("before_number"), key=lambda w: (-len(w), w)))
    abbreviations = "|".join(re.escape(w) for w in sorted(short, key=lambda w: (-len(w), w)))
    files = "|".join(_words("file_endings"))
    contracted = "|".join(re.escape(w) for w in lexicon("text")["contractions"])
    parts = [  # first what most words are, so that the rest is asked of few
        r"(?P<plain>(?<![^\s“\"(])[^\W\d_]+(?=[,;:?!]?(?:\s|\Z)))",
        r"(?P<mark>(?<=[^\W\d_])[,;](?=\s))",
        r"(?P<web>(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]'’]"
        r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
        r"|(?<![\w@-])[A-Za-z][\w-]*(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|co\.\w\w|uk|de|fr|io|tv)(?!\w)(?:/[^\s\"”]*[\w/])?"
        r"|(?<![\w&])[@#][^\W\d]\w+"
        r"|(?<![\w.])[^\W_]+@\w+(?![\w@])"
        rf"|(?<![\w./#%+-])[\w#%+-]*(?:\.[\w#%+-]+)*\.(?i:{files})(?!\w)"
        r"|(?<![\w./])[a-z]{2,}(?:\.[a-z][a-z-]+){2,}(?!\w)"
        r"|(?<!\w)[^\W_]+(?:_[^\W_]+)+(?!\w))",
        r"(?P<face>(?<!\S)(?:[:;=8]-?[)(DPp/|]|[)(]-?[:;]|<3|\^_\^)(?=\s|$))",
        rf"(?P<contracted>(?<![\w'’-])(?:(?i:{contracted}))(?![\w'’-]))",
        rf"(?P<joined>(?<![\w-])(?i:(?:{prefixes})-(?=[^\W\d_]|\d0s)|[^\W\d_]+-(?=(?:{suffixes})(?!\w)))[^\W_]+(?:{_APOSTROPHE}(?!s\b)[^\W_]+)?)",
        r"(?P<dotted>(?<![\w.])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![\w]))?|(?<!\w)(?:Ph|M|B|LL|D)\.(?:D|Sc|Phil|B|A|Ed)\.?(?!\w))",
        rf"(?P<short>(?<![\w.@])(?:(?:{abbreviations})\.(?![\w.])|(?:{numbered})\.(?=\s?[\d#IVX]))|(?<![\w.'’])[A-Z]\.(?=\s?[^\W\d_]))",
        r"(?P<phone>(?<![\w-])(?:\+?\d{1,3}-)?(?:\d{3}-)?\d{3}-\d{4}(?![\w-])|(?<![\w-])\d{1,2}-\d{1,2}-\d{4}(?!\w)|(?<![\w/-])\d{4}-\d\d-\d\d(?!\w)"
        r"|(?<![\w-])\d-\d{4}(?![\w-])|(?<!\w)\+\d{1,3}(?![\d.,%]))",
        rf"(?P<measured>(?<![\w.,])\d+(?:[.,:]\d+)*(?=(?:{units})(?!\w)))",
        r"(?P<code>\d+[^\W\d_]{1,2}(?!\w))",
        r"(?P<number>\d+(?:[.,:/]\d+)*(?:(?:st|nd|rd|th|s|ST|ND|RD|TH)(?!\w)|(?<=0)['’]s(?!\w))?)",
        rf"(?P<clitic>(?<=\w){_CLITIC}|(?<=\s){_CLITIC}(?=\s)|(?<=[^\W\d_])[nN]{_APOSTROPHE}[tT](?!\w))",
        rf"(?P<negated>{_L}(?=[nN]{_APOSTROPHE}[tT](?!\w)))",
        r"(?P<amp>(?<!\w)[A-Za-z]{1,3}&[A-Za-z]{1,3}(?!\w)|(?<![\w/])[A-Za-z]/[A-Za-z](?![\w/]))",
        rf"(?P<word>{_L}(?:\d+[^\W_]*)?(?:{_APOSTROPHE}(?!(?:s|m|d|re|ve|ll|S|M|D|RE|VE|LL)(?!\w)){_L})*)",
        r"(?P<run>[!?]+\.(?![\w.])|(?<!\.)\.[!?]+|[-=+*~#<>|_]{3,}|‘’|\.{2,}|…+|-{2,}|[!?]{2,}|_{2,}|\*{2,}|={2,}|~{2,}|\${2,}|<{2,}|>{2,}|''|’’|``)",
        r"(?P<single>\S)",
    ]
    return re.compile("|".join(parts))


def _closing_stop(text: str, at: int, end: int) -> bool:
    """Whether an abbreviation's stop, right before ``at``, is the sentence's too."""
    return text[at - 1] == "." and not text[at:end].strip(_CLOSE + " ")


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The tokens of ``text[start:end]`` as spans of ``text``, in order and disjoint.

    All but white space is covered. ``[start, end)`` should be one sentence.
    """
    end = len(text) if end is None else end
    out: list[Span] = []
    contractions = lexicon("text")["contractions"]
    for match in _token_pattern().finditer(text, start, end):
        a, b = match.span()
        kind = match.lastgroup
        if kind in ("plain", "contracted") and (cuts := contractions.get(match.group().lower())):
            edges = [a, *(a + c for c in cuts), b]
            out += [Span(x, y) for x, y in zip(edges, edges[1:], strict=False)]
        elif kind in ("short", "dotted") and _closing_stop(text, b, end):
            out += [Span(a, b - 1), Span(b - 1, b)]
        else:
            out.append(Span(a, b))
    return out
