"""A story -> its origins: which reports go back to one text, with the passages that prove it."""

from consilience.origins.find import find, of_span, one_text
from consilience.origins.passages import word_for_word

__all__ = ["find", "of_span", "one_text", "word_for_word"]
