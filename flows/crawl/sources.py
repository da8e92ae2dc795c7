"""Declared sources: TOML files that say where a site lists its notices and how it wants to be read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec

FOLDER = Path(__file__).resolve().parents[1] / "sources"


class SourceError(Exception):
    """A declaration that cannot be used; the message names the file and the field."""


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One source. The name of its file is its name."""

    name: str
    title: str
    """What the source is, for people."""
    index: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    """Pages that list notices, newest first."""
    link: str
    """Regular expression that is searched in the absolute URL of a link; what fits is fetched."""
    text: str = ""
    """Regular expression that is searched in a link's words; empty takes every link that fits ``link``."""
    next_text: str = r"^\W*(?:下一页|下页|后一页|next|>|›|»)\W*$"
    """Regular expression for the words of the link to the next index page."""
    next_page: str = ""
    """URL of further index pages with ``{n}`` for their number, where no link leads there; may be relative to the index page."""
    next_first: int = 2
    """Number of the second index page in ``next_page``; some systems count it as 1."""
    max_index_pages: Annotated[int, msgspec.Meta(ge=1)] = 20
    """Index pages that are read after each other."""
    max_pages: Annotated[int, msgspec.Meta(ge=1)] = 1000
    """Requests to be made in one run, index pages and attachments included."""
    delay: Annotated[float, msgspec.Meta(ge=0)] | None = None
    """Seconds between two requests to one host; by default the setting crawl_delay. robots.txt may ask for more."""
    charset: str = ""
    """Charset of pages that name none; a hint, never more than a tie-break."""
    attachments: bool = True
    """Follow links to documents (docx, pdf, …) in an article."""
    revisit_days: Annotated[float, msgspec.Meta(ge=0)] = 30
    """A page that was fetched is asked for again after this many days."""


def sources(folder: Path | None) -> dict[str, Source]:
    """The packaged sources and those in ``folder``, which win, by name. Raises ``SourceError``."""
    return {source.name: source for each in (FOLDER, folder) if each for source in _in(each)}


def _in(folder: Path) -> Iterator[Source]:
    if not folder.is_dir():
        raise SourceError(f"the setting sources names {folder}, which is no folder")
    for path in sorted(folder.glob("*.toml")):
        yield _loaded(path)


def _loaded(path: Path) -> Source:
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text("utf-8-sig"))
        source = msgspec.convert({**values, "name": path.stem}, Source)
        for name in ("link", "text", "next_text"):
            _pattern(name, getattr(source, name))
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise SourceError(f"{path} cannot be used: {error}") from error
    return source


def _pattern(name: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{name} = {pattern!r} is no regular expression ({error})") from error
