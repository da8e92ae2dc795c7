"""Masking of people, mobile numbers and private mailboxes for public exports.

Every mask is as long as what it hides: 李建国 → 李某某, 13900000000 → 139****0000, abcd@qq.com → a***@qq.com. So offsets still count
right, and the words of a row still are the words of the text at its place. What is masked is decided by the words alone, hence a
name is masked in the text, in the raw text and in every cell alike. Landlines and official mailboxes are how a body must be reached
(the notice owes them) and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import regex

from transforms.identity.persons import is_name

# Providers whose mailboxes anybody may open. An office that uses one is masked too: nothing tells it from a private one.
_PROVIDERS = (
    *(
        "qq.com",
        "vip.qq.com",
        "foxmail.com",
        "163.com",
        "vip.163.com",
        "126.com",
        "vip.126.com",
        "188.com",
        "yeah.net",
        "139.com",
        "189.cn",
    ),
    *(
        "wo.cn",
        "wo.com.cn",
        "sina.com",
        "sina.cn",
        "vip.sina.com",
        "sina.com.cn",
        "sohu.com",
        "vip.sohu.com",
        "21cn.com",
        "tom.com",
        "263.net",
    ),
    *(
        "aliyun.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "live.cn",
        "msn.com",
        "gmail.com",
        "yahoo.com",
        "yahoo.com.cn",
        "yahoo.cn",
        "icloud.com",
    ),
)
_MAIL = re.compile(
    rf"([A-Za-z0-9][A-Za-z0-9._+-]{{0,63}})(?=[ \u3000]{{0,3}}@[ \u3000]{{0,3}}(?:{'|'.join(map(re.escape, _PROVIDERS))})(?![A-Za-z0-9.]*[A-Za-z0-9]))",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?<!\d)(?<!\d[.])1[3-9]\d([ \u3000\-‐–—]{0,2}\d){8}(?!\d|[.]\d)")
# A full-width digit, letter or sign may spell a number or an address in the raw text.
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ＠．－＿]")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS = r"[ \u3000]{0,2}"
_DOUBLE_SURNAME = regex.compile("欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|夏侯|令狐|慕容|轩辕|端木|公孙")
# Below three characters a name may be an everyday word elsewhere (文明, 高峰), so it is masked only in the notice that names it.
_LEAST_EVERYWHERE = 3

_LABELLED = regex.compile(
    r"(?:联系人|联络人|责任人|责任领导|负责人|经办人|编辑|责编|审核|审签|作者|校对|记者|通讯员|供稿|撰稿|撰文|录入员?|信息员)[:：]\s{0,3}"
    r"([\u4e00-\u9fff](?:[ \u3000]{0,2}[\u4e00-\u9fff]){1,3}?)(?=[^\u4e00-\u9fff \u3000]|[ \u3000]{1,8}[^\u4e00-\u9fff\s]|\s{2}|$|联系|电话|手机)"
)
_LINKS = "对由给被与和及以向将把"
_COMRADE = regex.compile(
    rf"(?:^|[^\u4e00-\u9fff]|[{_LINKS}]|任命|推选|书记|主任|校长|局长|组长|院长|所长|站长|部长|科长)([\u4e00-\u9fff]{{2,3}})同志"
)
# Words that is_name takes for names because they begin with a character that also is a surname.
_OFFICES = regex.compile(r"[办科室局处组股站部会员长任师队委府厅院校所公司]$")


def names_in(words: str) -> tuple[str, ...]:
    """Names that stand behind a label (联系人：…) or before 同志, without blanks."""
    labelled = ["".join(match[1].split()) for match in _LABELLED.finditer(words)]
    # 向 is a surname too: in 向李文同志 the name may begin with it or after it, and both are masked
    comrades = [name for match in _COMRADE.finditer(words) for name in (match[1], match[1][1:] if match[1][0] in _LINKS else "")]
    return tuple(dict.fromkeys(name for name in [*labelled, *comrades] if is_person(name)))


def is_person(name: str) -> bool:
    """``name`` is built like a person's name and does not end as an office does."""
    return is_name(name) and not _OFFICES.search(name) and "某" not in name


def masked_name(name: str) -> str:
    """The surname, then 某 for each further character."""
    kept = 2 if _DOUBLE_SURNAME.match(name) and len(name) > 2 else 1
    return name[:kept] + "某" * (len(name) - kept)


class Masker:
    """Masks texts, given the names that each notice gives of people."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._own = {notice: frozenset(given) for notice, given in names.items()}
        everywhere = {name for given in self._own.values() for name in given if len(name) >= _LEAST_EVERYWHERE}
        # a named list is looked up by hash, so the time does not grow with the number of names
        self._everywhere = regex.compile(r"\L<names>", names=everywhere) if everywhere else None

    def mask(self, words: str, notice_id: str | None) -> str:
        """``words`` of a notice (None: of none) with everything masked, as long as before."""
        words = _numbers(words)
        if notice_id and (own := self._own.get(notice_id)):
            words = _pattern(own).sub(_spaced_mask, words)
        return self._everywhere.sub(lambda found: masked_name(found[0]), words) if self._everywhere else words


def _numbers(words: str) -> str:
    """Mobile numbers and private mailboxes masked."""
    narrow = words.translate(_NARROW) if _WIDE.search(words) else words
    hidden: list[tuple[int, int]] = []
    if "@" in narrow:
        hidden += [(found.start(1) + 1, found.end(1)) for found in _MAIL.finditer(narrow)]
        hidden += [(found.start(1), found.end(1)) for found in _MAIL.finditer(narrow) if len(found[1]) == 1]
    for found in _MOBILE.finditer(narrow):
        digits = [at for at in range(found.start(), found.end()) if narrow[at].isdigit()]
        hidden.append((digits[3], digits[6] + 1))
    for start, end in hidden:
        words = words[:start] + "".join(one if one in " \u3000-‐–—" else "*" for one in words[start:end]) + words[end:]
    return words


@lru_cache(maxsize=64)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    """The names, longest first, with blanks allowed between their characters (张 三 is printed for evenness)."""
    return re.compile("|".join(_BLANKS.join(map(re.escape, name)) for name in sorted(names, key=lambda each: (-len(each), each))))


def _spaced_mask(found: re.Match[str]) -> str:
    """The mask of a name as printed, blanks kept where they are."""
    characters = iter(masked_name("".join(found[0].split())))
    return "".join(one if one.isspace() else next(characters) for one in found[0])
