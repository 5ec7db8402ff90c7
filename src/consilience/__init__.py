"""Consilience: one account of several outlets' reports, every line traced to the words that carry it."""
