"""Kinds of lines at the head and the foot of a page, told by the form of the single line."""

from __future__ import annotations

import re

from transforms.identity.labels import bare_labels, controls, label_pattern

BULLETS = " -•·*●◆■▪◇○>→|【[(《~_="
_NUMBER = "0-9〇零○一二三四五六七八九十X×xx*"

# A line that is nothing but a day or a month, printed, masked or with its signs lost in copying (20251021日).
DATE_LINE = re.compile(
    rf"^[(\[【〔]?(?:公[历元])?(?:二[〇零○0O][一二三四五六七八九〇零○×X*]{{2}}|20[\d×X*x]{{2}}|[×X*x]{{2,4}}) ?(?:年|[-./]) ?[{_NUMBER}]{{1,3}} ?(?:月|[-./]) ?(?:[{_NUMBER}]{{1,3}} ?[日号]?)?[)\]】〕]?$"
    r"|^20\d{4,6}日?$|^20\d\d年\d{1,4}日$"
)
LONGEST_DATE = 23
_DATE_ENDS = frozenset("月日号-./)]】〕0123456789〇零○一二三四五六七八九十X×x*")
_TIMESTAMP = re.compile(
    r"^[(\[【〔]?20\d\d ?[-年/.] ?\d{1,2}[-月/.]\d{1,2}日?(?:[ T]{1,3}\d{1,2}:\d{2}(?::\d{2})?)?[)\]】〕]?$|^20\d\d \d{1,2}/\d{1,2} \d{1,2}:\d{2}$"
)
_STAMPED = re.compile(r"^[(\[【〔]?20\d\d[-年/. ]\d{1,2}[-月/]\d{1,2}日?(?: {0,3}\d{1,2}:\d{2}(?::\d{2})?)?")
_ARROWS = re.compile("[>»›→＞]")
_TRAIL = re.compile(r"^[^。;]{0,40}[>»›→＞][^。;]{0,60}$")
_ATTACHMENT = re.compile(r"^附件 ?[\d一二三四五六七八九十]{0,2} ?[-.\d]{0,3}:?$")
HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十\d]{1,3}\)|第[一二三四五六七八九十]{1,3}[章条部]|\d{1,2}[.、])"
)


def is_date(line: str) -> bool:
    """``line`` is a date and nothing else."""
    return (
        len(line) <= LONGEST_DATE and line[-1:] in _DATE_ENDS and (DATE_LINE.match(line) is not None or _TIMESTAMP.match(line) is not None)
    )


def is_field(line: str) -> bool:
    """``line`` holds labelled page fields: 来源:… 发布日期:…"""
    if ":" in line:
        if len(line) < 200 and "。" not in line[:-1]:
            found = label_pattern().search(line)
            if found:
                return found.start() < 4 or not line[: found.start()].strip(BULLETS) or len(line) < 90
        return False
    return line.strip(BULLETS + ":").replace(" ", "") in bare_labels()


def is_control(line: str) -> bool:
    """``line`` is a control of the page, a breadcrumb or a rule of dashes."""
    if len(line) > 160:
        return False
    bare = line.lstrip(BULLETS)
    if not bare:
        return True
    firsts, starts, holds = controls()
    if bare[0] in firsts and bare.startswith(starts):
        return len(line) < 40 or "。" not in line
    if (_ARROWS.search(line) and _TRAIL.match(line)) or (line.startswith("附件") and _ATTACHMENT.match(line)):
        return True
    # 现予以公布。扫一扫在手机打开当前页: a control glued to a sentence makes no control of it
    held = holds.search(line)
    return held is not None and (held.start() < 40 or "。" not in line[: held.start()])


def is_stamped(line: str) -> bool:
    """``line`` starts with a date or time that is glued to page fields."""
    return len(line) < 120 and "。" not in line and _STAMPED.match(line) is not None


def is_sentence(line: str) -> bool:
    """``line`` is running text."""
    return len(line) > 64 or line.endswith(("。", ";", ",", ":", "!")) or "。" in line or (line.count(",") > 1 and len(line) > 40)
