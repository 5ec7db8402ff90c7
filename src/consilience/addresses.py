"""Addresses that pages and lines give: text from outside, which may be no address at all."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

_NONE = SplitResult("", "", "", "", "")


def _split(url: str | None) -> SplitResult:
    try:
        return urlsplit(url or "")
    except ValueError:  # "https://[::1", "https://[x]/": brackets that hold no IPv6 address
        return _NONE


def host(url: str | None) -> str:
    """The host that an address names, in small letters; empty where it names none or cannot be read."""
    return _split(url).hostname or ""


def is_web(url: str | None) -> bool:
    """Whether a reader may follow it: http or https, and a host."""
    return _split(url).scheme in ("http", "https") and bool(host(url))
