"""Articles that a page keeps as a string, in the JSON of a script or in a JSON answer, and only a browser would show."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import chain
from typing import Any

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
_HAN = regex.compile(r"[\u4e00-\u9fff]")
_ENOUGH = 4
_CLEARLY = 1.5
_FEWEST_LINES = 3
_DEEPEST = 30
_SHORTEST = 40


def script_body(texts: Iterable[str]) -> tuple[str, dict[str, str]] | None:
    """The string, or list of strings, with the most Chinese punctuation in ``texts``, and the short fields beside it; None if none is worth reading."""
    best, fields, most = "", {}, _ENOUGH
    for text in texts:
        for found in chain.from_iterable(string.finditer(text) for string in _STRINGS):
            value = found.group(1)
            marks = len(_MARK.findall(value)) or value.count("\\u3002") + value.count("\\uff0c")
            if len(value) >= _SHORTEST and marks > most:
                best, most = _unescaped(value), marks
                fields = _fields(text)
        for lines in _lists(text):
            marks = len(_MARK.findall(lines))
            # a list of other pages' summaries is no article
            if marks > _CLEARLY * most:
                best, most = lines, marks
                fields = _fields(text)
    if "<" not in best and "&lt;" in best:
        best = unescape(best)  # markup that was escaped once more to stand in an attribute or a script
    return (best, fields) if best else None


def _lists(text: str) -> Iterator[str]:
    """The lists of a JSON value in ``text``, each as lines: an article that is kept paragraph by paragraph."""
    start = min((at for mark in "{[" if (at := text.find(mark)) >= 0), default=-1)
    if start < 0:
        return
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError):
        return
    waiting = [(value, 0)]
    while waiting:
        each, depth = waiting.pop()
        if isinstance(each, list) and len(each) >= _FEWEST_LINES:
            yield "\n".join(line for part in each if (line := _line(part)))
        if isinstance(each, dict | list) and depth < _DEEPEST:
            waiting.extend((inner, depth + 1) for inner in (each.values() if isinstance(each, dict) else each))


def _line(value: Any) -> str:
    """The Chinese strings in one item of a list, in their order."""
    pieces: list[str] = []
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and _HAN.search(each):
            pieces.append(each)
        elif isinstance(each, dict | list):
            waiting.extend(reversed(list(each.values()) if isinstance(each, dict) else each))
    return "".join(pieces)


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
