"""A story -> its origins: which reports go back to one text, with the passages that prove it."""

from consilience.origins.find import find, of_span, one_text

__all__ = ["find", "of_span", "one_text"]
