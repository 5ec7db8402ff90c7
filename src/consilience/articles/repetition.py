"""What several pages of one outlet teach: furniture repeats over pages, a report does not."""

from __future__ import annotations

from collections.abc import Sequence

from consilience.articles.choosing import key

SHORTEST = 12  # letters and digits of a line that is compared
SAME_REPORT = 0.3  # part of the shorter of two texts' lines that they share: then they are one report


def repeated(pages: Sequence[tuple[str | None, str | None, Sequence[str]]]) -> list[frozenset[int]]:
    """Per page, which of its lines another report of the same outlet prints too, to the letter.

    A page is (outlet, title, lines of its report). Two pages of one title, or that share a good part of
    their lines, are versions of one report and teach nothing; nor do pages of an unknown outlet.
    """
    groups: dict[str, list[int]] = {}
    for i, (outlet, _, _) in enumerate(pages):
        if outlet:
            groups.setdefault(outlet.casefold(), []).append(i)
    out: list[frozenset[int]] = [frozenset()] * len(pages)
    for members in groups.values():
        if len(members) > 1:
            for i, lines in _of_group({i: pages[i] for i in members}).items():
                out[i] = lines
    return out


def _of_group(
    pages: dict[int, tuple[str | None, str | None, Sequence[str]]],
) -> dict[int, frozenset[int]]:
    keys = {i: [key(line) for line in lines] for i, (_, _, lines) in pages.items()}
    holders: dict[str, list[int]] = {}
    for i, own in keys.items():
        for k in set(own):
            if len(k) >= SHORTEST:
                holders.setdefault(k, []).append(i)
    titles = {i: key(title or "") for i, (_, title, _) in pages.items()}
    out = {}
    for i, own in keys.items():
        lines = frozenset(
            n
            for n, k in enumerate(own)
            if any(
                j != i and titles[i] != titles[j] and not _one_report(own, keys[j])
                for j in holders.get(k, ())
            )
        )
        out[i] = lines if len(lines) < len(own) else frozenset()
    return out


def _one_report(a: Sequence[str], b: Sequence[str]) -> bool:
    return len({*a} & {*b}) > SAME_REPORT * min(len({*a}), len({*b}))
