"""The head of a page: which lines are page header, which are the title, and where the body starts.

A formal title ends in 通报, 报告 or the like and speaks of 整改, 巡视 or 巡察; it may run over several lines, be printed twice, carry
a column name in front or a date behind, or stand only as the value of 文件名称. Where there is none, a plain line before the text
(the headline of a news item) is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import regex

from transforms.identity.labels import bare_labels, field_of, label_pattern
from transforms.identity.lines import BULLETS, HEADING, is_control, is_date, is_field, is_sentence, is_stamped

_NOUN = r"(?:通报|报告|公告|公示|通告|公报|公开|函|说明|通知|情况|进展|的报告书)"
_TAIL = re.compile(
    rf"(?P<noun>{_NOUN}) {{0,3}}(?P<version>\((?:公开稿|社会公开稿|社会公开|对外公开稿|公开版|公开|摘要|稿|公示稿|审定稿|通报稿|草稿|党内通报|[一二三四五六七八九十上中下])\))?"
    r" {0,6}(?P<glued>\((?:全文|附全文|图)\)|[(\[【〔]?(?:发布时间:|发布日期:|日期:|时间:)? {0,3}(?:20[\dX×*]{2} {0,2}[-年./] {0,2}[\dX×*]{1,2}(?: {0,2}[-月./] {0,2}[\dX×*]{1,2} {0,2}日?)?月?)(?: {1,3}\d{1,2}:\d{2}(?::\d{2})?)?[)\]】〕]?"
    r"| {0,3}(?:--|—|-|_|\||丨|–) {0,3}[^。;,]{2,40})?$"
)
_SUBJECT = re.compile(r"整 ?改|巡 ?[视察]")
_ASSESSED = re.compile(r"(?:评估|测评|满意度|督查|检查|验收|考核)(?:情况|结果)?的?(?:公告|通报|通知|公示|报告|通告)$")
_COLUMN = re.compile(r"^(?:[\u4e00-\u9fff]{2,12} {0,2}[:|丨|·>]|【[^】]{2,12}】|\[[^\]]{2,12}\]|标题:|文件名称:|信息名称:) {0,3}")
_ORG_LINE = re.compile(r"^(?:中共|中国共产党)?[\u4e00-\u9fffXx×*○·\d()]{2,48}$")
_GLUED = regex.compile(
    r"(?:标题:|文件名称:|信息名称:)?(?=[^ ])(?:[^。,;:《》]{0,60}关于)[^。,;:]{0,40}整改[^。,;: ]{0,16}(?:通报|报告|公告|公示|通告)(?:\([^()]{1,12}\))? {1,8}(?=[^ (])"
)
_MAX_LINES = 80


class Head(msgspec.Struct, frozen=True, gc=False):
    """Offsets count in the text. ``stop`` is the number of lines that belong to the head."""

    header: tuple[int, ...]
    title: tuple[tuple[int, int], ...]
    stop: int


def read_head(lines: Sequence[str], starts: Sequence[int]) -> Head:
    """The head of the page whose trimmed lines are ``lines`` and begin at ``starts``."""
    header: list[int] = []
    plain: list[int] = []  # lines before the title that may be a part of it
    title: list[tuple[int, int]] = []
    words = ""
    index, limit = 0, min(len(lines), _MAX_LINES)
    value_of: str | None = None  # field whose value is due on this line
    while index < limit:
        line = lines[index]
        if not title:
            found = _title(lines, starts, index, plain)
            if found:
                title, used = found
                header += [at for at in plain if at not in used]
                words = _bare("".join(lines[at] for at in used))
                value_of, index = None, index + 1
                continue
        elif len(line) < 100 and len(bare := _bare(line)) > 3 and bare in words:
            header.append(index)  # the title again
            index += 1
            continue
        field = _field_without_value(line)
        if field is not None or is_field(line) or is_stamped(line) or is_date(line) or (not _is_lead(line) and is_control(line)):
            header.append(index)
            value_of = field
        elif value_of and len(line) <= 60 and not line.endswith("。"):
            header.append(index)
            value_of = None
        elif is_sentence(line) or HEADING.match(line) or title:
            if title and len(line) <= 20 and line.startswith("(") and line.endswith(")"):
                header.append(index)  # (社会公开稿)
            elif title and index + 1 < limit and _is_author(line) and (is_date(lines[index + 1]) or is_sentence(lines[index + 1])):
                header.append(index)  # the body that signs, below the title
            else:
                break
        else:
            plain.append(index)
            value_of = None
        index += 1
    if not title:
        headline = _headline(lines, plain)
        if headline is not None:
            title = [(starts[headline], starts[headline] + len(lines[headline]))]
            plain.remove(headline)
        elif plain and index >= len(lines):
            index = plain[0]  # a text of short lines only
            header = [at for at in header if at < index]
            return Head(tuple(header), (), index)
        header += plain
    return Head(tuple(sorted([at for at in header if at < index])), tuple(title), index)


def _is_author(line: str) -> bool:
    return (
        len(line) < 48
        and _ORG_LINE.match(line) is not None
        and line.startswith(("中共", "中国共产党"))
        and _ORG_END.search(line) is not None
    )


def _bare(line: str) -> str:
    return line.replace(" ", "").strip(BULLETS)


def _is_lead(line: str) -> bool:
    return len(line) > 60 and "。" in line


def _field_without_value(line: str) -> str | None:
    """Field of a label whose value has to stand on the next line."""
    if len(line) > 24:
        return None
    bare = _bare(line)
    if bare.endswith(":"):
        return field_of().get(bare[:-1])
    return field_of().get(bare) if bare in bare_labels() else None


def _title(lines: Sequence[str], starts: Sequence[int], index: int, plain: list[int]) -> tuple[list[tuple[int, int]], set[int]] | None:
    """The lines of the formal title that ends on line ``index``, with the numbers of the lines used."""
    line = lines[index]
    if len(line) > 120 or "。" in line:
        return None
    begin = _title_start(line)
    tail = _TAIL.search(line, begin)
    if not tail or (len(line) < 3 and not plain):
        return None
    stop = tail.end("version") if tail.group("version") else tail.end("noun")
    own = line[begin:stop]
    parts = [(index, begin, stop)]
    joined = own.replace(" ", "")
    while len(parts) < 4 and _is_open(joined):
        above = parts[0][0] - 1
        if above not in plain or not _may_precede(lines[above], joined):
            break
        cut = _title_start(lines[above])
        parts.insert(0, (above, cut, len(lines[above])))
        joined = lines[above][cut:].replace(" ", "") + joined
    if not _is_formal(joined, tail.group("noun")):
        return None
    return [(starts[at] + first, starts[at] + last) for at, first, last in parts], {at for at, _, _ in parts}


def _title_start(line: str) -> int:
    """Offset behind bullets, a column name and a label in front of the title."""
    begin = len(line) - len(line.lstrip(" -•·*●◆■▪"))
    found = label_pattern().match(line, begin) if ":" in line[:24] else None
    if found:
        begin = found.end()
    column = _COLUMN.match(line[begin:])
    if column and len(line) - begin - column.end() >= 8:
        begin += column.end()
    return begin + len(line[begin:]) - len(line[begin:].lstrip())


def _is_open(joined: str) -> bool:
    """The title still lacks what stands before: it starts with 关于 or shows no 关于."""
    if joined.startswith("关于"):
        return True
    return "关于" not in joined and not (joined.startswith("中共") and len(joined) > 14)


def _may_precede(line: str, joined: str) -> bool:
    bare = _bare(line)
    if len(bare) > 48 or is_sentence(line):
        return False
    if joined.startswith("关于"):
        return _ORG_LINE.match(bare) is not None and (bare.startswith(("中共", "中国共产党")) or _ORG_END.search(bare) is not None)
    return "关于" in bare or (bare.startswith("中共") and len(joined) < 40)


_ORG_END = regex.compile(
    r"(?:委员会|党委|党组|工委|支部|总支|[省市县区州旗盟]委|局|厅|院|校|学|公司|集团|中心|办公室|政府|[镇乡]|街道|银行|联社|协会|联合会|总工会)$"
)


def _is_formal(joined: str, noun: str) -> bool:
    if len(joined) < 8 or not _SUBJECT.search(joined):
        return False
    if _ASSESSED.search(joined):
        return False
    if noun == "通知" and (
        not regex.search(r"情况的?通知$", joined) or regex.search(r"报送|做好|开展|组织|评估|检查|督查|填报|上报", joined)
    ):
        return False  # a circular asks for something
    if noun in ("通知", "函", "说明", "公开", "进展", "情况"):
        return "整改" in joined and ("关于" in joined or joined.startswith("中共")) and len(joined) >= 10 and "," not in joined
    if noun in ("公告", "公示", "通告") and "整改" not in joined:
        return False
    return "," not in joined or joined.startswith(("中共", "关于"))


def _headline(lines: Sequence[str], plain: Sequence[int]) -> int | None:
    """The plain line that is most likely a headline: one of some length, or one that names the subject."""
    for at in plain:
        bare = _bare(lines[at])
        if len(bare) >= 12 or (
            len(bare) >= 4
            and regex.search(r"巡[视察]|整改|督察|审计", bare)
            and regex.search(r"[公通][告示报]|情况公开|会|规程|办法|讲话|综述|启事|方案|报告|反馈", bare)
        ):
            return at
    return None


def glued_title(line: str) -> int:
    """Offset in ``line`` behind a title that page fields or the text follow in the same line; 0 where none stands there."""
    if "整改" not in line[:120]:
        return 0
    found = _GLUED.match(line)
    if not found:
        return 0
    rest = line[found.end() :]
    return found.end() if "。" in rest or label_pattern().match(rest) or is_stamped(rest) else 0


def formal_title(line: str) -> str | None:
    """The formal title that ``line`` (a page's own title, say) holds, without column name, site name or date; None if it holds none."""
    line = line.strip()
    found = _title([line], [0], 0, []) if line else None
    if not found:
        return None
    start, end = found[0][0]
    return line[start:end]
