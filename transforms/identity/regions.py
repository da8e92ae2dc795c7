"""Provinces, prefectures and counties by name and by year; telephone area codes, postcodes and mobile numbers by prefecture.

The tables are made by ``tools/build_regions.py`` (sources and licences stand in them) and load on first use.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LEVELS = ("province", "city", "county")
RANKS = "省市县区旗州盟"  # what the full name of a region ends in
# Names that are common words before 区, and mean a place only behind their city's name.
_COMMON = frozenset({"城区", "郊区", "矿区", "东区", "西区", "市区", "城东区", "城西区", "城中区", "城北区", "市中区"})
_STRIPPED = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")


@dataclass(frozen=True, slots=True)
class Region:
    """A code, a name and a parent that went together from ``first`` to ``last`` (years, 0 and 9999 where open)."""

    code: str
    name: str
    level: str
    parent: str
    first: int
    last: int


class Regions:
    """All regions since 2000."""

    def __init__(self, rows: list[Region]) -> None:
        by_name: dict[str, list[Region]] = {}
        self._by_code: dict[str, Region] = {}
        self._short: dict[str, list[Region]] = {}
        for region in rows:
            by_name.setdefault(region.name, []).append(region)
            known = self._by_code.get(region.code)
            if known is None or known.last <= region.last:
                self._by_code[region.code] = region
            if region.level != "county" or region.parent.endswith("0000"):
                for end in _STRIPPED:
                    if region.name.endswith(end) and len(region.name) > len(end) + 1:
                        self._short.setdefault(region.name.removesuffix(end), []).append(region)
                        break

        self._by_name = {name: tuple(found) for name, found in by_name.items()}
        self.names = frozenset(by_name) - _COMMON
        # By the last three characters, the lengths of the names that end so, the longest first: most words that end in 县 or 区 are told
        # from names by these alone, and the others need one or two looks. Names of two characters have only those.
        lengths: dict[str, set[int]] = {}
        for name in self.names:
            lengths.setdefault(name[-3:], set()).add(len(name))
        self.lengths = {ending: tuple(sorted(found, reverse=True)) for ending, found in lengths.items()}

    def is_name(self, name: str) -> bool:
        """``name`` is the full name of a region, at any time, and no common word."""
        return name in self.names

    def named(self, name: str, year: int | None = None) -> tuple[Region, ...]:
        """Regions of that full name: those in force in ``year`` if there are any, else all."""
        found = self._by_name.get(name, ())
        if len(found) < 2:
            return found
        if year is not None:
            found = tuple([region for region in found if region.first <= year <= region.last]) or found
        return tuple({region.code: region for region in found}.values())

    def short(self, name: str) -> tuple[Region, ...]:
        """Provinces and prefectures of that name without 省 or 市."""
        return tuple(self._short.get(name, ()))

    def coded(self, code: str) -> Region | None:
        """The latest region of that code."""
        return self._by_code.get(code)

    def chain(self, region: Region) -> dict[str, Region]:
        """The region and those above it, by level."""
        found = {region.level: region}
        while region.parent and (above := self._by_code.get(region.parent)) is not None and above.level not in found:
            found[above.level] = region = above
        return found


@cache
def regions() -> Regions:
    """The table ``regions.csv``."""
    rows = []
    for line in (files("transforms.lexicons") / "regions.csv").read_text("utf-8").splitlines()[1:]:
        code, name, level, parent, first, last, _ = line.split(",", 6)
        rows.append(Region(code, name, level, parent, int(first or 0), int(last or 9999)))
    return Regions(rows)


@cache
def _prefectures(table: str) -> dict[str, frozenset[str]]:
    lines = (files("transforms.lexicons") / f"{table}.csv").read_text("utf-8").splitlines()[1:]
    return {prefix: frozenset(codes.split(" ")) for prefix, codes, _ in (line.split(",", 2) for line in lines)}


def by_area_code(area_code: str) -> frozenset[str]:
    """Codes of the prefectures that ``area_code`` (with its leading 0) serves; empty if it is not in use."""
    return _prefectures("area_codes").get(area_code, frozenset())


def by_telephone(number: str) -> frozenset[str]:
    """Codes of the prefectures of a landline or mobile ``number``; empty without an area code or if unknown."""
    digits = "".join(character for character in number if character.isdigit())
    if digits.startswith("0"):
        return by_area_code(digits[:3]) if digits[1:2] in ("1", "2") else by_area_code(digits[:4])
    if len(digits) == 11 and digits.startswith("1"):
        code = by_mobile_prefix(digits[:7])
        return frozenset((code,)) if code else frozenset()
    return frozenset()


def by_postcode(postcode: str) -> frozenset[str]:
    """Codes of the prefectures that share the first four, or else three, digits of ``postcode``."""
    table = _prefectures("postcodes")
    return table.get(postcode[:4]) or table.get(postcode[:3], frozenset())


@cache
def _mobile_heads() -> dict[str, list[tuple[str, str]]]:
    packed = (files("transforms.lexicons") / "mobile_prefixes.csv.gz").read_bytes()
    heads: dict[str, list[tuple[str, str]]] = {}
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        if line[0] != "#":
            head, code, ranges = line.split(",", 2)
            heads.setdefault(head, []).append((code, ranges))
    return heads


@cache
def by_mobile_prefix(prefix: str) -> str | None:
    """Code of the prefecture that the seven leading digits of a mobile number were given out in (state of 2020)."""
    wanted = prefix[3:7]
    for code, ranges in _mobile_heads().get(prefix[:3], ()):
        if wanted[:1] in ranges:
            for part in ranges.split(" "):
                low, _, high = part.partition("-")
                if low <= wanted <= (high or low):
                    return code
    return None
