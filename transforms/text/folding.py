"""Folding: one defect, one kind of edit, all of them one character for one or a deletion, so that offsets stay exact.

NFKC and ``ftfy.fix_text`` must not be used here: both turn ，：（） into ASCII, ① into 1, ㎡ into m2 and … into three dots.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from transforms.text.script import is_traditional, simplified
from transforms.text.text import Text


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``raw[start:end]`` by ``replacement``, which is empty or as long as what it replaces."""

    start: int
    end: int
    replacement: str
    kind: str


_FULL_WIDTH_SIGNS = "％．／－＠＿＋＝＊＃＆＜＞｜～"
_ODD_SPACES = "\t\x0b\x0c\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ue5e5"

# Kinds of one-for-one edits and the characters they act on.
_ONE_TO_ONE = regex.compile(
    r"(?P<full_width_digit>[０-９]+)"
    r"|(?P<full_width_letter>[Ａ-Ｚａ-ｚ]+)"
    rf"|(?P<full_width_sign>[{_FULL_WIDTH_SIGNS}]+)"
    rf"|(?P<odd_space>[{_ODD_SPACES}]+)"
    r"|(?P<radical>[\u2e80-\u2fdf\uf900-\ufaff]+)"
    r"|(?P<line_end>\r(?!\n)|[\u2028\u2029])"
    # 笫 and 己 are printed for 第 and 已 in the very words that extraction keys on (seen in real notices)
    r"|(?P<look_alike>笫(?=[一二三四五六七八九十\d])|己(?=完成|整改|办结|于|全部|按|经|有))"
)

_DELETED = regex.compile(
    r"(?P<zero_width>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0000-\u0008\u000e-\u001f\u007f]+)"
    r"|(?P<line_end>\r(?=\n))"
    # left behind by word processors and paid-document sites (seen in real notices)
    r"|(?P<residue>##paid(?:begin|end)##|\[bookmark: ?[^\]\n]{0,40}\]|\{ ?HYPERLINK [^}\n]{0,300}\}|本文档编辑密码[：:][^\n]{0,40})"
    # spun mirrors put pinyin behind a character: 印發(fa)
    r"|(?P<pinyin>(?<=[\u4e00-\u9fff])[（(][a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6}[)）])"
)

# Radicals that Unicode gives no compatibility mapping to, by look.
_RADICALS = dict(zip("⺁⺈⺊⺌⺓⺗⺘⺙⺝⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺳⺶⺷⺸⺺⺻⺼⺽⺾⺿⻀⻁⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻏⻐⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻯⻰⻳",
                          "厂刀卜小幺心手攵月母民水水火爪爪丬牛犬王疋目示示竹糸纟网羊羊羊聿聿肉臼艹艹艹虎西见角角讠贝车辶辶辶邑钅镸长门阜阜雨青韦页风飞食食食马骨鬼鱼鸟卤麦黄齐齿龙龙龟"))


def fold(raw: str) -> Text:
    """``raw`` folded, with its offset map and the number of edits of each kind."""
    counts: dict[str, int] = {}
    edits = sorted(_edits(raw), key=lambda edit: edit.start)
    folded, cuts, shifts = _apply(raw, edits, counts)
    if is_traditional(folded):
        converted = simplified(folded)
        counts["traditional"] = sum(a != b for a, b in zip(folded, converted, strict=True))
        folded = converted
    return Text(raw=raw, folded=folded, cuts=cuts, shifts=shifts, edit_counts=counts)


def _edits(raw: str) -> Iterator[Edit]:
    for match in _ONE_TO_ONE.finditer(raw):
        replacement = "".join(_folded_character(character) for character in match.group())
        if replacement != match.group():
            yield Edit(match.start(), match.end(), replacement, match.lastgroup or "")
    for match in _DELETED.finditer(raw):
        yield Edit(match.start(), match.end(), "", match.lastgroup or "")


@cache
def _folded_character(character: str) -> str:
    if character in _ODD_SPACES:
        return " "
    if character in "\r\u2028\u2029":
        return "\n"
    if character == "笫":
        return "第"
    if character == "己":
        return "已"
    if character in _RADICALS:
        return _RADICALS[character]
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if len(compatible) == 1 else character


def _apply(raw: str, edits: list[Edit], counts: dict[str, int]) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """The edited text with the offsets of its deletions; an edit inside an earlier one is left out."""
    pieces: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    position = removed = 0
    for edit in edits:
        if edit.start < position:
            continue
        pieces.append(raw[position : edit.start])
        pieces.append(edit.replacement)
        counts[edit.kind] = counts.get(edit.kind, 0) + edit.end - edit.start
        position = edit.end
        if not edit.replacement:
            removed += edit.end - edit.start
            cuts.append(edit.end - removed)
            shifts.append(removed)
    pieces.append(raw[position:])
    return "".join(pieces), tuple(cuts), tuple(shifts)
