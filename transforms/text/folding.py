"""Folding: one defect, one kind of edit, all of them one character for one or a deletion, so that offsets stay exact.

NFKC and ``ftfy.fix_text`` must not be used here: both turn ，：（） into ASCII, ① into 1, ㎡ into m2 and … into three dots.

A clean text is the usual case: one look at the kinds of its characters decides whether there is anything to do.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator
from functools import cache

from transforms.text.codes import members_of, places_of, runs_of, table_of
from transforms.text.kinds import Classes, Kinds, half_width
from transforms.text.script import TRADITIONAL, is_traditional, simplified
from transforms.text.text import Text, characters_before

_FULL_WIDTH_SIGNS = "％．／－＠＿＋＝＊＃＆＜＞｜～"
_ODD_SPACES = "\t\x0b\x0c\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ue5e5"
_LINE_ENDS = "\u2028\u2029"
# Kinds of one-for-one edits and the characters they act on, as parts of a character class.
_ONE_TO_ONE = {
    "full_width_digit": "０-９",
    "full_width_letter": "Ａ-Ｚａ-ｚ",
    "full_width_sign": _FULL_WIDTH_SIGNS,
    "odd_space": _ODD_SPACES,
    "radical": "\u2e80-\u2fdf\uf900-\ufaff",
    "line_end": _LINE_ENDS,
}
_ZERO_WIDTH = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0000-\u0008\u000e-\u001f\u007f"
_LOOK_ALIKE = {
    # printed for 第 and 已 in the very words that extraction keys on (seen in real notices)
    "笫": ("第", re.compile(r"笫(?=[一二三四五六七八九十\d])")),
    "己": ("已", re.compile("己(?=完成|整改|办结|落实|解决|销号|于|全部|按|经|有)")),
    "査": ("察", re.compile("(?<=巡)査")),
    "徼": ("缴", re.compile("(?<=[追收退清上补])徼")),
    "玛": ("码", re.compile("(?<=编)玛")),
    "內": ("内", re.compile("(?<=党)內|內(?=部|容)")),
    "末": ("未", re.compile("末(?=完成整改|完成[0-9]|整改到位|整改完成|办结)")),
    "曰": ("日", re.compile("(?<=[0-9０-９])曰")),
}
_NOUGHT_YEAR = re.compile("二0[0〇零一二三四五六七八九]{2}(?=年)")
_SUSPECTS = f"[{''.join(_ONE_TO_ONE.values())}{_ZERO_WIDTH}\r]"
# as classes of ``_classes``
_SUSPECT, _LETTER, _LIKE_ANOTHER, _TRADITIONAL, _RESIDUE_SIGN, _DIGIT, _PRINTED = 1, 2, 4, 5, 6, 7, 8
_BRACKETS_AND_LETTER = (b"\3\2", b"\10\2")
_INVISIBLE = re.compile(f"[{_ZERO_WIDTH}]+")
_CARRIAGE_RETURN = re.compile("\r(?=\n)")
# left behind by word processors and paid-document sites (seen in real notices): words in each form of it, and the signs one of which all hold
_RESIDUE = {
    "##paid": re.compile("##paid(?:begin|end)##"),
    "[bookmark:": re.compile(r"\[bookmark: ?[^\]\n]{0,40}\]"),
    "HYPERLINK": re.compile(r"\{ ?HYPERLINK [^}\n]{0,300}\}"),
    "本文档编辑密码": re.compile("本文档编辑密码[：:][^\n]{0,40}"),
}
_RESIDUE_SIGNS = "#[{辑"
# Spun mirrors put its reading behind a character: 印發(fa), 巡察(xún). A lone plain letter is a list mark, not a syllable.
_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ"
_READING = re.compile(rf"[（(](?=[a-z{_TONED}]{{2}}|[{_TONED}])[b-df-hj-np-tw-z]{{0,2}}[aeiouvü{_TONED}]{{1,3}}(?:ng?|r)?[)）]")

# Radicals that Unicode gives no compatibility mapping to, by look.
_RADICALS = dict(zip("⺁⺈⺊⺌⺓⺗⺘⺙⺝⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺳⺶⺷⺸⺺⺻⺼⺽⺾⺿⻀⻁⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻏⻐⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻯⻰⻳",
                          "厂刀卜小幺心手攵月母民水水火爪爪丬牛犬王疋目示示竹糸纟网羊羊羊聿聿肉臼艹艹艹虎西见角角讠贝车辶辶辶邑钅镸长门阜阜雨青韦页风飞食食食马骨鬼鱼鸟卤麦黄齐齿龙龙龟", strict=True))  # fmt: skip


def fold(raw: str) -> Text:
    """``raw`` folded, with its offset map and the number of edits of each kind."""
    counts: dict[str, int] = {}
    kinds = Kinds(raw)
    classes = kinds.classes(_classes())
    suspects = members_of(raw, classes, _SUSPECT) if _SUSPECT in classes else set()
    if _LIKE_ANOTHER in classes:
        suspects.update(character for character in _LOOK_ALIKE if character in raw)
    folded = _replaced(raw, suspects, counts) if suspects else raw
    seen = _seen(raw, kinds, classes) if folded is raw else None
    may_be_traditional = seen is None or _TRADITIONAL in classes
    if (seen is None or "二" in seen[-1]) and "二0" in folded:  # 二0二三年: a nought for 〇
        folded, times = _NOUGHT_YEAR.subn(lambda year: year.group().replace("0", "〇"), folded)
        counts["look_alike"] = counts.get("look_alike", 0) + times
    folded, cuts, shifts = _without(folded, sorted(_deletions(raw, suspects, classes)), counts)
    if may_be_traditional and is_traditional(folded):
        converted = simplified(folded)
        counts["traditional"] = sum(a != b for a, b in zip(folded, converted, strict=True))
        folded = converted
    if seen and folded is raw:
        return Text(raw, raw, (), (), counts, *seen)
    return Text(raw, folded, cuts, shifts, counts)


@cache
def _classes() -> Classes:
    """1: an edit acts on the character; 2: it may stand in the reading of another; 3: it opens a bracket; 4: it may stand for a character
    that looks like it; 5: it is printed in traditional texts only; 6: what is left behind may hold it; 7: a digit; 8: punctuation that
    patterns read in half width."""
    plane = "".join(map(chr, range(0x10000)))
    edited = "".join(re.findall(_SUSPECTS, plane))
    letters = string.ascii_lowercase + _TONED
    return Classes(table_of(edited, letters, "(", "".join(_LOOK_ALIKE), TRADITIONAL, _RESIDUE_SIGNS, string.digits), _PRINTED)


def _seen(raw: str, kinds: Kinds, classes: bytes) -> tuple[Kinds, str, tuple[list[int], list[int]], str]:
    """What ``Text`` makes of a text that no edit acts on."""
    matching = half_width(raw) if _PRINTED in classes else raw
    digits = runs_of(classes, _DIGIT)
    return kinds, matching, digits, characters_before(matching, digits[0])


def _replaced(text: str, suspects: set[str], counts: dict[str, int]) -> str:
    """``text`` with every one-for-one edit made, a whole text at a time for each character that needs one."""
    for character in sorted(suspects):
        look_alike = _LOOK_ALIKE.get(character)
        if look_alike:
            text, times = look_alike[1].subn(look_alike[0], text)
            kind = "look_alike"
        elif character == "\r":
            text, times = re.subn("\r(?!\n)", "\n", text)
            kind = "line_end"
        else:
            kind, replacement = _fold_of(character)
            times = text.count(character) if replacement != character else 0
            text = text.replace(character, replacement) if times else text
        if times:
            counts[kind] = counts.get(kind, 0) + times
    return text


@cache
def _fold_of(character: str) -> tuple[str, str]:
    """The kind of edit that ``character`` calls for and what it becomes; itself if it is deleted or stays."""
    kind = next((name for name, members in _ONE_TO_ONE.items() if re.match(f"[{members}]", character)), "")
    if kind == "odd_space":
        return kind, " "
    if kind == "line_end":
        return kind, "\n"
    if not kind or character in _RADICALS:
        return kind, _RADICALS.get(character, character)
    compatible = unicodedata.normalize("NFKC", character)
    return kind, compatible if len(compatible) == 1 else character


def _deletions(raw: str, suspects: set[str], classes: bytes) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of every stretch that is left out."""
    if any(map(_INVISIBLE.match, suspects)):
        yield from ((found.start(), found.end(), "zero_width") for found in _INVISIBLE.finditer(raw))
    if "\r" in suspects:
        yield from ((found.start(), found.end(), "line_end") for found in _CARRIAGE_RETURN.finditer(raw))
    if _RESIDUE_SIGN in classes:
        patterns = [pattern for words, pattern in _RESIDUE.items() if words in raw]
        yield from ((found.start(), found.end(), "residue") for pattern in patterns for found in pattern.finditer(raw))
    for letter in places_of(classes, _BRACKETS_AND_LETTER) if _LETTER in classes else ():
        found = _READING.match(raw, letter - 1)
        if found and letter > 1 and "\u4e00" <= raw[letter - 2] <= "\u9fff":
            yield *found.span(), "pinyin"


def _without(text: str, deletions: list[tuple[int, int, str]], counts: dict[str, int]) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """``text`` without ``deletions``, and where they were; one inside an earlier one is left out."""
    pieces: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    position = removed = 0
    for start, end, kind in deletions:
        if start < position:
            continue
        pieces.append(text[position:start])
        counts[kind] = counts.get(kind, 0) + end - start
        position = end
        removed += end - start
        cuts.append(end - removed)
        shifts.append(removed)
    if not pieces:
        return text, (), ()
    pieces.append(text[position:])
    return "".join(pieces), tuple(cuts), tuple(shifts)
