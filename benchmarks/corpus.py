"""Synthetic notices with known gold, as many as wanted: seeded, varied in layout, length, encoding and numbering, some with a fault.

    python benchmarks/corpus.py DIR --count 10000 [--seed 1] [--start 0] [--plan]

File ``number`` of a seed is always the same bytes, whatever is generated before it, so that a corpus can be continued, split over
machines, or checked file by file. Gold goes to ``DIR.gold.jsonl``, a line a file. ``--plan`` writes nothing and tells what a
corpus of that size would take. Nothing here comes from a real notice: the bodies do not exist, the telephone numbers are no one's.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks import corpus_words as words

# Share of files that are no notice, that repeat the bytes of an earlier one, and share of notices with one fault.
OTHER, COPIES, FAULTY = 0.02, 0.01, 0.2
# What is wrong, the check that must say so, and its verdicts that are right: how bad a wrong form is depends on the text around, and a
# short text may be an excerpt whose headings are not all there.
FAULTS = {
    "sum": ("K01", ("fail",)),
    "missing_item": ("K04", ("fail",)),
    "aspects": ("K05", ("fail", "review")),
    "rate": ("K12", ("fail",)),
    "order": ("D02", ("fail",)),
    "contact": ("F03", ("fail", "not_checkable")),
    "number": ("F09", ("fail", "review")),
}
_PASSED = ("K01", "K04", "K05", "K12", "D01", "D02", "D06", "F03", "F09")
_ENCODINGS = (("utf-8", 60), ("gb18030", 22), ("utf-8-sig", 6), ("utf-16", 5), ("gbk", 5), ("big5", 2))
_SMALLEST, _LARGEST = 1_000, 30_000
_FOLDER = 1000
_FULLWIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_HALFWIDTH = str.maketrans("，：；（）", ",:;()")


@dataclass(frozen=True, slots=True)
class Gold:
    """What a reader of the file would find. Dates are ISO days; ``verdicts`` names the checks whose verdict is certain, and those that are right."""

    name: str
    outcome: str
    encoding: str
    media: str
    fault: str | None = None
    copy_of: str | None = None
    title: str | None = None
    aspects: int = 0
    problems: int = 0
    completed: int = 0
    measures: int = 0
    dates: dict[str, str] = field(default_factory=dict)
    yuan: list[int] = field(default_factory=list)
    verdicts: dict[str, list[str]] = field(default_factory=dict)


def generate(number: int, seed: int = 1) -> tuple[bytes, Gold]:
    """File ``number`` of the corpus ``seed`` and its gold."""
    chance = random.Random(f"{seed}:{number}")
    kind = chance.random()
    if kind < COPIES and number:
        original = chance.randrange(max(0, number - _FOLDER), number)
        raw, gold = generate(original, seed)
        if gold.outcome == "published" and not gold.copy_of:
            suffix = gold.name.rpartition(".")[2]
            return raw, Gold(_name(number, suffix), "duplicate", gold.encoding, gold.media, copy_of=gold.name)
    if kind > 1 - OTHER:
        return _other(number, chance)
    return _Notice(number, chance).file()


def write(folder: Path, count: int, seed: int = 1, start: int = 0) -> tuple[int, int]:
    """Write files ``start`` … ``start + count`` below ``folder`` and their gold beside it; return their number and bytes."""
    size = 0
    folder.mkdir(parents=True, exist_ok=True)
    with Path(f"{folder}.gold.jsonl").open("a" if start else "w", encoding="utf-8") as told:
        for number in range(start, start + count):
            raw, gold = generate(number, seed)
            path = folder / gold.name
            if number % _FOLDER == 0 or number == start:
                path.parent.mkdir(exist_ok=True)
            path.write_bytes(raw)
            size += len(raw)
            told.write(json.dumps(asdict(gold), ensure_ascii=False) + "\n")
    return count, size


def golds(folder: Path) -> Iterator[Gold]:
    """The gold of a corpus that ``write`` made."""
    with Path(f"{folder}.gold.jsonl").open(encoding="utf-8") as told:
        for line in told:
            yield Gold(**json.loads(line))


class _Notice:
    """One notice: its plan, drawn once, and the text that follows from it."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.number, self.chance = number, chance
        self.wanted = int(_SMALLEST * (_LARGEST / _SMALLEST) ** chance.random())
        self.fault = chance.choice(tuple(FAULTS)) if chance.random() < FAULTY else None
        self.county = chance.choice(words.COUNTIES)
        body, self.short, self.organ = chance.choice(words.BODIES)
        self.body = "中共" + body.format(c=self.county)
        self.style = chance.choice(("ladder", "flat", "labelled", "paren"))
        self.aspects = chance.randint(2, 3 if self.wanted < 6_000 else 5)
        self.items = max(self.aspects, min(len(words.WHERE) * len(words.PROBLEMS), self.wanted // chance.choice((210, 260, 320))))
        self.measures = 0
        self.yuan: list[int] = []
        self._dates()

    def _dates(self) -> None:
        day = datetime.date(self.chance.randint(2017, 2024), self.chance.randint(1, 12), self.chance.randint(1, 28))
        self.start, self.end = day, day + datetime.timedelta(self.chance.randint(30, 60))
        self.feedback = self.end + datetime.timedelta(self.chance.randint(20, 80))
        if self.fault == "order":
            self.feedback = self.end - datetime.timedelta(self.chance.randint(5, 20))
        self.signed = self.feedback + datetime.timedelta(self.chance.randint(95, 170))

    def file(self) -> tuple[bytes, Gold]:
        """Bytes and gold."""
        text = self._text()
        if self.chance.random() < 0.03:
            text = text.translate(_FULLWIDTH)
        elif self.chance.random() < 0.1:
            text = text.translate(_HALFWIDTH)
        media = "html" if self.chance.random() < 0.4 else "txt"
        raw, encoding = _encoded(_page(text, self.title, self.chance) if media == "html" else text, media, self.chance)
        verdicts = {check: ["pass"] for check in _PASSED}
        if self.fault:
            check, right = FAULTS[self.fault]
            verdicts = {check: list(right)}
        days = {"inspection_start": self.start, "inspection_end": self.end, "feedback": self.feedback, "signed": self.signed}
        return raw, Gold(
            name=_name(self.number, media),
            outcome="published",
            encoding=encoding,
            media=media,
            fault=self.fault,
            title=self.title,
            aspects=self.aspects,
            problems=self.items,
            completed=self.told_completed,
            measures=self.measures,
            dates={name: day.isoformat() for name, day in days.items()},
            yuan=self.yuan,
            verdicts=verdicts,
        )

    def _text(self) -> str:
        chance = self.chance
        self.title = f"{self.body}关于巡察整改{chance.choice(('', '进展'))}情况的通报"
        open_items = chance.randint(1, max(1, self.items // 6)) if self.items > 2 else 0
        told_items = self.items + (self.fault == "missing_item")
        self.told_completed = told_items - open_items + (self.fault == "sum")
        results = self._results(open_items)
        rate = 100 * self.told_completed / told_items + (7 if self.fault == "rate" else 0)
        inspector = f"县委第{chance.choice(words.ORDINALS[:9])}巡察组"
        parts = [
            self.title,
            f"根据县委统一部署，{_day(self.start)}至{_day(self.end)}，{inspector}对{self.short}开展了巡察。{_day(self.feedback)}，{inspector}向{self.short}反馈了巡察意见。"
            "按照党务公开原则和巡察工作有关要求，现将巡察整改情况予以公布。",
            "一、整改工作组织情况",
            f"（一）加强组织领导。{chance.choice(words.FILLERS)}成立由主要负责同志任组长的整改工作领导小组。",
            f"（二）制定整改方案。印发《巡察反馈意见整改方案》（{self.county[0]}{self.organ[-1]}{self._number()}），逐条细化整改措施。",
            "二、巡察反馈意见整改落实情况",
            f"对照反馈的{self.aspects + (self.fault == 'aspects')}个方面{told_items}个问题，目前已完成整改{self.told_completed}个，正在推进{open_items}个，整改完成率{_rounded(rate)}%。",
            *results,
            "三、下一步工作打算",
            f"（一）巩固整改成果。{chance.choice(words.FILLERS)}",
            "（二）健全长效机制。坚持用制度管权管事管人，防止问题反弹。",
            self._contacts(),
            self.body,
            _day(self.signed),
        ]
        return ("\r\n" if chance.random() < 0.15 else "\n").join(parts) + "\n"

    def _number(self) -> str:
        year, serial = self.feedback.year, self.chance.randint(3, 60)
        return f"[{year}]0{serial}号" if self.fault == "number" else f"〔{year}〕{serial}号"

    def _contacts(self) -> str:
        phone = f"联系电话：0311-8{self.chance.randrange(10**7):07}"
        if self.fault == "contact":
            return f"欢迎干部群众监督。{phone}。"
        code = f"05{self.chance.randrange(10**4):04}"
        address = f"{self.county}县文昌路{self.chance.randint(1, 200)}号"
        return f"欢迎干部群众监督。{phone}；邮政地址：{address}；邮政编码：{code}；电子邮箱：s{self.number}@example.cn。"

    def _results(self, open_items: int) -> list[str]:
        lines: list[str] = []
        chosen = self.chance.sample(words.ASPECTS, self.aspects)
        late = set(self.chance.sample(range(self.items), open_items))
        names = [f"{where}{what}" for where in words.WHERE for what in words.PROBLEMS]
        self.chance.shuffle(names)
        # one item for every aspect, the rest anywhere, in rising order
        cuts = [0, *sorted(self.chance.sample(range(1, self.items), self.aspects - 1)), self.items]
        through = self.chance.random() < 0.5 or self.style == "labelled"
        for at, aspect in enumerate(chosen):
            lines.append(f"（{words.ORDINALS[at]}）{aspect}方面")
            for item in range(cuts[at], cuts[at + 1]):
                lines += self._item(item if through else item - cuts[at], names[item], item in late)
        return lines

    def _item(self, ordinal: int, name: str, is_late: bool) -> list[str]:
        mark = {
            "ladder": f"{ordinal + 1}.",
            "flat": f"{ordinal + 1}、",
            "labelled": f"问题表现({ordinal + 1}):",
            "paren": f"{ordinal + 1}.",
        }
        state = "正在推进" if is_late else "已完成整改"
        done = "".join(f"{words.ORDINALS[at]}是{self._measure()}。" for at in range(self.chance.randint(2, 3)))
        head = f"{mark[self.style]}{name}。"
        return [f"{head}整改情况：{state}。{done}"] if self.style == "flat" else [head, f"整改情况：{state}。{done}"]

    def _measure(self) -> str:
        self.measures += 1
        template = self.chance.choice(words.MEASURES)
        values: dict[str, Any] = {}
        if "{m}" in template:
            wan = self.chance.randint(1, 9999)
            self.yuan.append(wan * 100)
            values["m"] = f"{wan // 100}.{wan % 100:02}"
        if "{d}" in template:
            values["d"] = _day(self.feedback + datetime.timedelta(self.chance.randint(1, 60)))
        if "{t}" in template:
            values["t"] = self.chance.choice(words.TITLES)
        values["n"] = self.chance.randint(2, 30)
        return template.format(**values) + self.chance.choice(words.TAILS)


def _day(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _rounded(rate: float) -> str:
    return f"{rate:.2f}".rstrip("0").rstrip(".")


def _name(number: int, suffix: str) -> str:
    return f"{number // _FOLDER:05}/{number:08}.{suffix}"


def _other(number: int, chance: random.Random) -> tuple[bytes, Gold]:
    template = chance.choice(words.OTHER_PAGES)
    text = template.format(c=chance.choice(words.COUNTIES), y=chance.randint(2018, 2024), n=chance.randint(20, 200))
    return f"{text}（第{number}号稿）\n".encode(), Gold(_name(number, "txt"), "rejected", "utf-8", "txt")


def _page(text: str, title: str, chance: random.Random) -> str:
    tag = chance.choice(("p", "div", "p style='text-indent:2em'"))
    end = tag.partition(" ")[0]
    body = "\n".join(f"<{tag}>{line}</{end}>" for line in text.splitlines()[1:])
    place = chance.choice(("article", "content", "TRS_Editor", "zoom"))
    links = "".join(f"<li><a href='/c{at}/'>{name}</a></li>" for at, name in enumerate(words.TITLES[: chance.randint(3, 14)]))
    return (
        f"<!DOCTYPE html>\n<html><head><meta charset='@charset@'><title>{title}</title></head><body>\n"
        f"<div class='nav'><ul>{links}</ul></div>\n<h1>{title}</h1>\n"
        f"<div class='{place}' id='{place}'>\n{body}\n</div>\n<div class='footer'>主办单位：某县融媒体中心</div>\n</body></html>\n"
    )


def _encoded(text: str, media: str, chance: random.Random) -> tuple[bytes, str]:
    encoding = chance.choices([name for name, _ in _ENCODINGS], [weight for _, weight in _ENCODINGS])[0]
    if media == "html" and encoding in ("utf-16", "big5"):
        encoding = "utf-8"
    if encoding == "big5":
        try:
            return _traditional(text).encode("big5"), encoding
        except UnicodeEncodeError:  # 〔 and a few more have no place there
            encoding = "utf-8"
    return text.replace("@charset@", encoding.removesuffix("-sig")).encode(encoding), encoding


def _traditional(text: str) -> str:
    converted: str = _converter().convert(text)
    return converted


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2tw")


def plan(count: int, seed: int = 1, sample: int = 500) -> str:
    """What ``count`` files would take, from a sample spread over them."""
    started, size = time.perf_counter(), 0
    for number in range(0, count, max(1, count // sample)):
        size += len(generate(number, seed)[0])
    taken = min(sample, count)
    seconds = (time.perf_counter() - started) / taken
    return f"{count:,} files, {size / taken * count / 1e9:.2f} GB, {count / _FOLDER:,.0f} folders, {seconds * count / 60:.1f} minutes of one CPU"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--plan", action="store_true")
    given = parser.parse_args()
    if given.plan:
        print(plan(given.count, given.seed))
        return
    started = time.perf_counter()
    count, size = write(given.folder, given.count, given.seed, given.start)
    print(f"{count:,} files, {size / 1e6:.1f} MB in {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
