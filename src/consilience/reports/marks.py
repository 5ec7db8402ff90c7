"""Pairs of quotation marks in a text, of every kind, before anything is understood of the words.

Works paragraph by paragraph. A paragraph whose quotation is not closed, followed by one that opens
with the same mark, is a quotation over paragraphs: each paragraph is a piece of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consilience.spans import Span

# Opening mark -> the marks that close it, the usual one first. Low marks close with either high one.
DOUBLE = {"“": "”", "”": "”", "„": "“”", "«": "»", "»": "«", "‟": "”", "〝": "〞", '"': '"'}
SINGLE = {"‘": "’", "‚": "‘’", "‹": "›", "'": "'"}
CLOSERS = frozenset("”»«“\"’›‘'")
OPENERS = frozenset(DOUBLE) | frozenset(SINGLE)
_STOP = frozenset(".,!?…;:")
_BEFORE_OPEN = frozenset("([{—–-/…:") | OPENERS
_ELISIONS = ("em", "til", "tis", "twas", "cause", "bout", "n", "round")


@dataclass(frozen=True)
class Marked:
    """Words between marks, marks included. ``closed`` is false where the paragraph ends inside.

    ``goes_on``: the next paragraph opens again; ``continues``: this piece opens again a quotation
    that the paragraph before did not close. ``depth`` is 0 for an outermost quotation.
    """

    start: int
    end: int
    mark: str
    closed: bool = True
    depth: int = 0
    goes_on: bool = False
    continues: bool = False

    @property
    def span(self) -> Span:
        """The place, marks included."""
        return Span(self.start, self.end)

    @property
    def single(self) -> bool:
        """Whether the marks are single ones."""
        return self.mark in SINGLE

    def inside(self, text: str) -> Span:
        """The words without the marks and without white space at the edges."""
        start, end = self.start + 1, self.end - 1 if self.closed else self.end
        if text[self.start : start + 1] in ("''", "``"):
            start += 1
        if self.closed and text[end - 1 : self.end] == "''":
            end -= 1
        return Span(min(start, end), end).trimmed(text)


def pairs(text: str, paragraphs: Sequence[Span]) -> tuple[Marked, ...]:
    """Every quotation of ``text``, nested ones included, in the order of their starts.

    ``paragraphs`` are sorted and disjoint. Marks that cannot be paired are left alone.
    """
    text = _two_for_one(text)
    out: list[Marked] = []
    running = ""  # the mark of a quotation that the paragraph before left open
    for i, paragraph in enumerate(paragraphs):
        found, left_open = _paragraph(text, paragraph)
        following = _first_mark(text, paragraphs[i + 1]) if i + 1 < len(paragraphs) else ""
        continued = bool(running) and _first_mark(text, paragraph) == running
        running = ""
        if left_open is not None:
            goes_on = following == left_open.mark
            whole = text[paragraph.start : left_open.start].strip() == ""
            if goes_on or (left_open.mark in DOUBLE and (whole or left_open.mark in "“„«")):
                end = paragraph.trimmed(text).end
                if not (goes_on or whole):
                    end = _sentence_end(text, left_open.start, end)
                left_open = Marked(left_open.start, end, left_open.mark, closed=False, goes_on=goes_on)
                found = [m for m in found if m.start < left_open.start or m.end <= end]
                found.append(left_open)
                running = left_open.mark if goes_on else ""
        found.sort(key=lambda m: (m.start, -m.end))
        if continued and found and found[0].start == _first_visible(text, paragraph):
            head = found[0]
            found[0] = Marked(head.start, head.end, head.mark, head.closed, 0, head.goes_on, True)
        out += _nested(found)
    return tuple(out)


_FILLER = "\ue001"  # stands for the second half of a mark of two characters


def _two_for_one(text: str) -> str:
    """The same text with '' and `` as one straight mark, offsets unchanged."""
    text = text.replace("``", '"' + _FILLER)
    if "''" not in text:
        return text
    out = []
    at = 0
    while (found := text.find("''", at)) >= 0:
        opens = found == 0 or text[found - 1].isspace() or text[found - 1] in _BEFORE_OPEN
        out += [text[at:found], '"' + _FILLER if opens else _FILLER + '"']
        at = found + 2
    return "".join([*out, text[at:]])


def _nested(found: list[Marked]) -> list[Marked]:
    """The same pairs with their depth; a pair that crosses another is dropped."""
    out: list[Marked] = []
    stack: list[Marked] = []
    for m in found:
        while stack and stack[-1].end <= m.start:
            stack.pop()
        if stack and m.end > stack[-1].end:
            continue
        placed = Marked(m.start, m.end, m.mark, m.closed, len(stack), m.goes_on, m.continues)
        out.append(placed)
        stack.append(placed)
    return out


def _paragraph(text: str, paragraph: Span) -> tuple[list[Marked], Marked | None]:
    """The closed pairs of one paragraph, and the outermost quotation that it leaves open."""
    found: list[Marked] = []
    stack: list[tuple[str, int]] = []
    for at in range(paragraph.start, paragraph.end):
        char = text[at]
        if char not in OPENERS and char not in CLOSERS:
            continue
        level = _closes(text, at, char, stack, paragraph)
        if level is not None:
            mark, start = stack[level]
            del stack[level:]
            if at > start + 1:
                found.append(Marked(start, at + 1, mark))
        elif char in OPENERS and _opens(text, at, paragraph):
            stack.append((char, at))
    if stack:
        mark, start = next((s for s in stack if s[0] in DOUBLE), stack[0])
        return found, Marked(start, paragraph.end, mark, closed=False)
    return found, None


def _opens(text: str, at: int, paragraph: Span) -> bool:
    """Whether the mark at ``at`` can open a quotation where it stands."""
    char = text[at]
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if char == "”":  # turned the wrong way, or Swedish: only where nothing else can be meant
        return before.isspace() and after.isalnum()
    if char in "“„«‹‚‘":
        return not (before.isalnum() and char == "‘") and not (char == "‘" and _elided(text, at))
    if after.isspace() or not (before.isspace() or before in _BEFORE_OPEN):
        return False
    if char == "'":
        return not _elided(text, at)
    return char != "»"


def _elided(text: str, at: int) -> bool:
    """Whether the mark at ``at`` stands for letters left out: '90s, 'em, 'til."""
    rest = text[at + 1 : at + 8]
    if rest[:1].isdigit():
        return rest[2:3] == "s"
    word = rest.split()[0].strip(".,!?’'").lower() if rest.split() else ""
    return word in _ELISIONS


def _closes(text: str, at: int, char: str, stack: list[tuple[str, int]], paragraph: Span) -> int | None:
    """The level of ``stack`` that the mark at ``at`` closes, if any."""
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if char in "’'‘":
        if after.isalnum() or (before.isspace() and not after.isspace()):
            return None
        level = next((i for i in range(len(stack) - 1, -1, -1) if char in SINGLE.get(stack[i][0], "")), None)
        if level is None or (_possessive(text, at, stack[level], paragraph)):
            return None
        return level
    for i in range(len(stack) - 1, -1, -1):
        mark = stack[i][0]
        if char not in DOUBLE.get(mark, "") + SINGLE.get(mark, "").replace("’", "").replace("'", ""):
            continue
        if char == '"' and _opens(text, at, paragraph) and not _opens_late(text, at, paragraph):
            return None
        return i
    if char == "”" and stack and stack[-1][0] == '"':  # mixed marks: opened straight, closed curly
        return len(stack) - 1
    if char == '"' and stack and stack[-1][0] == "“":
        return len(stack) - 1
    return None


def _opens_late(text: str, at: int, paragraph: Span) -> bool:
    """Whether an opening straight mark has no partner left, so that it must be a stray closing one."""
    return text.count('"', at + 1, paragraph.end) % 2 == 0


def _possessive(text: str, at: int, opened: tuple[str, int], paragraph: Span) -> bool:
    """Whether a single closing mark is the apostrophe of a plural ("the residents' homes")."""
    if text[at - 1] not in "sS" or text[at + 1 : at + 2] != " " or not text[at + 2 : at + 3].islower():
        return False
    for later in range(at + 1, paragraph.end):
        char = text[later]
        if char == opened[0] and opened[0] != "'" and not text[later - 1].isalnum():
            return False
        if char == text[at] and not text[later + 1 : later + 2].isalnum() and not text[later - 1].isspace():
            return True
    return False


def _first_visible(text: str, paragraph: Span) -> int:
    return paragraph.trimmed(text).start


def _first_mark(text: str, paragraph: Span) -> str:
    at = _first_visible(text, paragraph)
    return text[at] if at < paragraph.end and text[at] in OPENERS else ""


def _sentence_end(text: str, start: int, end: int) -> int:
    """End of the sentence that ``start`` stands in, at most ``end``."""
    for at in range(start + 1, end):
        if text[at] in ".!?" and (
            at + 1 >= end or (text[at + 1].isspace() and text[at + 2 : at + 3].isupper())
        ):
            return at + 1
    return end
