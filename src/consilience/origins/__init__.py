"""A story -> its origins: which reports go back to one text, with the passages that prove it."""

from consilience.origins.find import find, one_text
from consilience.origins.passages import word_for_word

__all__ = ["find", "one_text", "word_for_word"]
