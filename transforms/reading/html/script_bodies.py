"""Articles that a page keeps as a string, in the JSON of a script or in a JSON answer, and only a browser would show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

import regex

# a value behind a sign, in any of the three quotes of a script
_STRINGS = tuple(regex.compile(rf"(?<=[:=(,\[]\s?){quote}((?:[^{quote}\\]++|\\.)*+){quote}", regex.DOTALL) for quote in "\"'`")
_MARK = regex.compile(r"[，。；：、]")
_KEYED = regex.compile(r'["\']?(?P<key>[A-Za-z_]{2,30})["\']?\s{0,4}:\s{0,4}"(?P<value>(?:[^"\\]|\\.){1,200}+)"')
_FIELDS = {
    "title": "title", "articletitle": "title", "subject": "title", "infotitle": "title", "pubdate": "published", "publishdate": "published",
    "publishtime": "published", "publish_time": "published", "releasedate": "published", "releasetime": "published", "date": "published",
    "source": "source", "contentsource": "source", "author": "author", "url": "url", "indexno": "index_number",
}  # fmt: skip
_ENOUGH = 4
_SHORTEST = 40


def script_body(texts: Iterator[str] | list[str]) -> tuple[str, dict[str, str]] | None:
    """The string with the most Chinese punctuation in ``texts``, and the short fields beside it; None if there is none worth reading."""
    best, fields, most = "", {}, _ENOUGH
    for text in texts:
        for found in chain.from_iterable(string.finditer(text) for string in _STRINGS):
            value = found.group(1)
            marks = len(_MARK.findall(value)) or value.count("\\u3002") + value.count("\\uff0c")
            if len(value) >= _SHORTEST and marks > most:
                best, most = value, marks
                fields = _fields(text)
    return (_unescaped(best), fields) if best else None


def _unescaped(literal: str) -> str:
    try:
        value = json.loads(f'"{literal}"', strict=False)
    except ValueError:
        value = literal.replace('\\"', '"').replace("\\n", "\n").replace("\\/", "/")
    return str(value)


def _fields(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _KEYED.finditer(text):
        field = _FIELDS.get(match["key"].lower())
        if field:
            found.setdefault(field, _unescaped(match["value"]))
    return found
