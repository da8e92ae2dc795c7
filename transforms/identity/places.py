"""Regions that a notice names, and the region of the inspected body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import msgspec

from transforms.identity.regions import LEVELS, RANKS, Region, by_postcode, by_telephone, regions
from transforms.layout import Layout
from transforms.records.references import Contact, Place
from transforms.source import Source

_RANK = re.compile(f"[{RANKS}]")  # for a name; in a whole text marks.py finds them
# Longer names are looked for only where they end in 自治县, 自治州 …
_LONGEST = 6
# Words that look like the end of a region's name: 社区, 校区, 山区
_NO_REGIONS = frozenset(f"{sign}区" for sign in "社校园厂山景片小库灾老")
_YEAR = re.compile(r"20[0-2]\d(?=年)")
# What may follow a region's short name in front of a narrower one: 天津河东区
_SHORT = (3, 2)
# 开县 in 召开县委: a name of two characters counts only behind a mark, a preposition or a wider region.
_BEFORE_SHORT = frozenset(("", "\n", " ", *"省市州,。;:、(《“对向在到赴由共和与了为"))


class Location(msgspec.Struct, frozen=True, gc=False):
    """Place of the inspected body and how it was told; levels that are unknown are null."""

    province: str | None = None
    city: str | None = None
    county: str | None = None
    region_code: str | None = None
    rule: str | None = None


def named_regions(words: str, ranks: Iterable[int] | None = None) -> Iterator[tuple[int, str]]:
    """Offset and full name of every region named in ``words``, the longest name at each place.

    ``ranks`` are the offsets of ``RANKS`` in ``words`` where they are known.
    """
    names, endings = regions().names, _endings()
    after = 0
    if ranks is None:
        ranks = [found.start() for found in _RANK.finditer(words)]
    for rank in ranks:
        stop = rank + 1
        for length in endings.get(words[rank - 2 if rank > 2 else 0 : stop], ()):
            at = stop - length
            if at >= after and (name := words[at:stop]) in names:
                yield at, name
                after = stop
                break


@cache
def _endings() -> dict[str, tuple[int, ...]]:
    """By three characters, the lengths of the names of regions that end in them, the longest first."""
    lengths = regions().lengths
    endings = {
        ending: tuple([length for length in found if length <= _LONGEST or ending.startswith("自治")])
        for ending, found in lengths.items()
        if len(ending) > 2 and ending[1:] not in _NO_REGIONS
    }
    for name in [name for name in lengths if len(name) == 2 and name not in _NO_REGIONS]:
        for before in _BEFORE_SHORT:
            endings[before + name] = (*endings.get(before + name, ()), 2)
    return endings


def locate(names: Sequence[str], year: int | None, contacts: Iterable[Contact], hints: Sequence[str]) -> Location | None:
    """The place of the body with ``names`` (its own name first, then title and signature).

    A county's name that several prefectures share is settled by a prefecture or province named beside it, then by the telephone's
    area code and the postcode, then by ``hints`` (the page's site and source); otherwise the levels above stay null.
    """
    known = regions()
    candidates: tuple[Region, ...] = ()
    depth = -1
    others: list[Region] = []  # wider regions that are named beside it
    mentions: list[tuple[str, int]] = []
    for name in dict.fromkeys(names):
        for at, region in named_regions(name):
            mentions.append((name, at))
            found = known.named(region, year)
            level = max([LEVELS.index(one.level) for one in found])
            if level > depth:
                others += candidates
                candidates, depth = found, level
            elif level < depth:
                others += found
    rule = "place.name"
    if not candidates:
        return _by_contacts(contacts)
    if len(candidates) > 1:
        above = {region.code for region in others}.union(*(_short_before(name, at) for name, at in mentions))
        kept = _within(candidates, above)
        if len(kept) == 1:
            candidates = kept
        else:
            candidates = kept or candidates
            for told, codes in _evidence(contacts, hints):
                kept = _within(candidates, codes)
                if len(kept) == 1:
                    candidates, rule = kept, told
                    break
    if len(candidates) > 1:
        level_name = candidates[0].level
        return Location(**{level_name: candidates[0].name}, rule="place.ambiguous")
    return _location(candidates[0], rule)


def _short_before(name: str, at: int) -> set[str]:
    """Codes of the province or prefecture whose short name stands right before offset ``at``."""
    known = regions()
    for length in _SHORT:
        if at >= length:
            found = known.short(name[at - length : at])
            if found:
                return {region.code for region in found}
    return set()


def _within(candidates: Sequence[Region], codes: set[str]) -> tuple[Region, ...]:
    """Those of ``candidates`` that lie in one of the regions ``codes``."""
    known = regions()
    return tuple(region for region in candidates if any(above.code in codes for above in known.chain(region).values())) if codes else ()


def _evidence(contacts: Iterable[Contact], hints: Sequence[str]) -> Iterator[tuple[str, set[str]]]:
    """Rules and the codes they point to, the surest first."""
    known, contacts = regions(), tuple(contacts)
    yield (
        "place.area_code",
        {code for contact in contacts if contact.kind in ("phone", "fax") for code in by_telephone(contact.value or "")},
    )
    yield "place.postcode", {code for contact in contacts if contact.kind == "postcode" for code in by_postcode(contact.value or "")}
    for hint in hints:
        codes = {region.code for _, name in named_regions(hint) for region in known.named(name) if region.level != "county"}
        for length in _SHORT:
            for at in range(len(hint) - length + 1):
                codes.update(region.code for region in known.short(hint[at : at + length]))
        yield "place.site", codes


def _by_contacts(contacts: Iterable[Contact]) -> Location | None:
    """The prefecture that telephone and postcode agree on, or that one of them fixes alone."""
    found = [(rule, codes) for rule, codes in _evidence(contacts, ()) if codes]
    if not found:
        return None
    shared = set.intersection(*(codes for _, codes in found))
    region = regions().coded(next(iter(shared))) if len(shared) == 1 else None
    return _location(region, found[0][0]) if region else None


def _location(region: Region, rule: str) -> Location:
    chain = regions().chain(region)
    levels = {level: chain[level].name for level in chain}
    return Location(**levels, region_code=region.code, rule=rule)


def year_of(words: str, start: int, end: int) -> int | None:
    """The first year printed in ``words[start:end]``."""
    found = _YEAR.search(words, start, end)
    return int(found.group()) if found else None


def places(source: Source, layout: Layout, named: dict[str, Any], ranks: Iterable[int] | None = None) -> tuple[Place, ...]:
    """The regions that the notice names, each at its first mention; ``named`` are the columns of the notice.

    ``ranks`` are the offsets of ``RANKS`` in the text where they are known.
    A name that fits several regions has a code only if one of them is the body's own region or lies in or above it.
    """
    known = regions()
    words = source.text.folded
    home = named.get("region_code")
    year = year_of(words, layout.body.start_char, layout.body.end_char)
    chain = {region.code for region in known.chain(found).values()} if home and (found := known.coded(home)) else set()
    rows: dict[str, Place] = {}
    for at, name in named_regions(words, ranks):
        if name in rows:
            continue
        found_here = known.named(name, year)
        if len(found_here) > 1:
            found_here = (
                tuple(
                    region
                    for region in found_here
                    if region.code in chain or chain & {one.code for one in known.chain(region).values() if one.level == "city"}
                )
                or found_here
            )
        code = found_here[0].code if len(found_here) == 1 else None
        rows[name] = Place(*source.evidence(at, at + len(name), "place.mention"), name=name, level=found_here[0].level, region_code=code)
    return tuple(rows.values())
