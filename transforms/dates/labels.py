"""Labels of the page that name a date: 发布日期, 发布时间, 信息时间, 成文日期."""

from __future__ import annotations

import re

import regex

_SIGNED = re.compile(r"(?:成文|印发|发文|签发|落款|制发)(?:日期|时间) ?:?\s{0,40}$")
# A bare 日期 or 时间 is a label only where it opens its field: 反馈时间 is none.
_LABEL_END = regex.compile(
    r"(?:(?:发布|信息|公开|发表|发稿|上传|公布|刊发|推送|录入|更新|生成|添加)(?:日 ?期|时 ?间)|(?<![\p{Han}])(?:日 {0,4}期|时 {0,4}间)) ?:?\s{0,40}$"
)
# (中共云溪县水利局党组 2024年4月12日): who and when in a line of their own, below the title or at the very end; below the title also with
# the date alone in brackets
_SIGNED_LINE = regex.compile(
    r"(?P<opening>[(【\[])?(?P<name>[\p{Han}A-Za-z·“”《》]{2,36}?)(?(opening)(?:整理|供稿|报)?[ ,]{1,40}| {0,4}[(【\[] ?)"
)
# (作者:林某 来源:云溪发布 2024-04-12): who wrote it and where it first stood, below a report; a source of figures or pictures is none of it
_CREDITS = regex.compile(
    r"\((?:(?:稿件|信息|文章|内容)?来源|稿源|作者|记者|本报记者|通讯员|特约通讯员|供稿|撰稿|编辑|责编|责任编辑)[: ][^()\[\]【】。;\n]{1,80}[ ,|/]{1,40}"
)
# a document is dated by the day; what has an hour is the time at which the page was put up
_POSTED = re.compile(r"发文(?:日期|时间) ?:?\s{0,40}$")
_PARTY_BODY = ("党组", "党委", "党工委", "委员会", "支部", "总支", "工委")
_REACH = 48
_LINE = 160


def _may_be_label(matching: str, start: int) -> bool:
    """The words right before ``start`` end as labels of dates do; most dates stand behind other words."""
    return matching[max(0, start - _REACH) : start].rstrip().removesuffix(":").rstrip().endswith(("期", "间"))


def is_publication_label(matching: str, start: int) -> bool:
    """The words right before ``start`` are a label of the day on which the page was published."""
    return _may_be_label(matching, start) and _LABEL_END.search(matching, max(0, start - _REACH), start) is not None


def is_signing_label(matching: str, start: int) -> bool:
    """The words right before ``start`` are a label of the day on which the document was made (成文日期)."""
    return _may_be_label(matching, start) and _SIGNED.search(matching, max(0, start - _REACH), start) is not None


def is_posting_label(matching: str, start: int) -> bool:
    """The words right before ``start``, a date with its hour, are 发文时间."""
    return _POSTED.search(matching, max(0, start - _REACH), start) is not None


def publication_rank(matching: str, start: int) -> int:
    """2 for a label that says publication, 1 for 更新时间 and 生成日期, 0 for none."""
    label = _LABEL_END.search(matching, max(0, start - _REACH), start) if _may_be_label(matching, start) else None
    if label is None:
        return 0
    return 1 if label.group().startswith(("更新", "生成", "添加")) else 2


def bracketed_line_role(matching: str, start: int, end: int, body: int) -> str | None:
    """``signing`` or ``publication`` for a date that closes a bracketed line of a name and a date: a Party body signs, a medium publishes; so do the credits of a report.

    ``body`` is where the text behind the title starts.
    """
    if matching[end : end + 1] not in tuple(")】]") or matching[end + 1 : end + 2] not in ("", "\n"):
        return None
    opening = matching.rfind("\n", max(0, start - _LINE), start) + 1
    credits_start = matching.rfind("(", opening, start)
    if (
        credits_start >= 0
        and matching[credits_start - 1 : credits_start] in ("", "\n", "。")
        and _CREDITS.fullmatch(matching, credits_start, start)
    ):
        return "publication"
    told = _SIGNED_LINE.fullmatch(matching, opening, start)
    if told is None or (told["opening"] is None and opening > body):
        return None
    if told["name"].endswith(_PARTY_BODY):
        return "signing"
    return "publication" if told["opening"] else None


# Words of a page's header that share a line with its date.
_CHROME = regex.compile(r"来源|浏览|点击|阅读|访问|作者|编辑|录入|字体|字号|分享|打印|发布[者人单机]|关闭|责编|记者|稿源")


def is_page_line_date(matching: str, start: int, end: int) -> bool:
    """The date at ``start:end`` stands without a label on a line of the page's header: alone, beside 来源 or 浏览, or in brackets
    glued to the title."""
    floor, ceiling = max(0, start - _LINE), min(len(matching), end + _LINE)
    opening, closing = matching.rfind("\n", floor, start) + 1, matching.find("\n", end, ceiling)
    if (opening == 0 and floor > 0) or (closing < 0 and ceiling < len(matching)):
        return False  # a line this long is prose
    closing = ceiling if closing < 0 else closing
    before, after = matching[opening:start].strip(" -•·*[【(〔|"), matching[end:closing].strip(" -•·*)]】〕|")
    if "。" in before or "。" in after:
        return False
    if not before and not after:
        return True
    if _CHROME.search(before) or _CHROME.search(after):
        return True
    return not after and matching[start - 1 : start] in "(【[〔" and matching[end : end + 1] in ")】]〕"


_DATED_BELOW_TITLE = re.compile(r"\n {0,40}\($")


def is_date_of_document(matching: str, start: int, end: int) -> bool:
    """(2024年4月12日) on a line of its own, as a document prints its day below the title; sites print theirs in digits (2024-04-12)."""
    return (
        matching.startswith(("日)", "月)"), end - 1)
        and matching[end + 1 : end + 2] in ("", "\n")
        and _DATED_BELOW_TITLE.search(matching, max(0, start - _REACH), start) is not None
    )
