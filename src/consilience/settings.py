"""Options, read once at the edge and handed down; no stage reads the environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Fetching:
    """How addresses are fetched."""

    offline: bool = False
    allow_private: bool = False
    timeout: float = 20.0  # seconds for one page, all redirects included
    max_bytes: int = 20_000_000  # after decompression
    max_redirects: int = 5
    concurrency: int = 8  # hosts at once; one request at a time per host
    cache: Path = field(default_factory=lambda: Path(platformdirs.user_cache_dir("consilience")) / "pages")
    save: Path | None = None  # folder that keeps what was fetched, as fetched


@dataclass(frozen=True)
class Settings:
    """All options of a run."""

    fetching: Fetching = field(default_factory=Fetching)
    max_page_bytes: int = 20_000_000  # a larger file is set aside with a line that says so
    threads: int = 0  # for the encoder; 0: as many as the machine has cores, at most 4
    brief_length: int = 8  # sentences
