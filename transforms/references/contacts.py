"""Contacts: phone, fax, postcode, e-mail and address, from labelled fields and from sentences that ask readers to get in touch.

The rule of publication asks for a way to reach the body (the sentence 欢迎…监督…请及时反映). The kind of a row is told by its value: a
six-digit code in the field 邮政信箱 is a postcode with a wrong label. Office hours, index numbers and the footer of the site are no contacts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec
import regex

from transforms.layout import Layout
from transforms.lexicons.alternation import alternation
from transforms.lexicons.load import words
from transforms.records.references import Contact
from transforms.references import contact_values
from transforms.references.contact_values import Value
from transforms.references.contact_windows import REACH, around, line_end, line_start, windows
from transforms.source import Closed, Source

_KINDS = ("phone", "fax", "postcode", "email", "address", "letter", "open", "any")
# digits of a run that a contact's number may begin with, and of one that needs no label
_SHORTEST_RUN, _LONG_DIGITS = 3, 7
_FIELD_END = re.compile(r"[。\n]")
_ADDRESS_END = re.compile(
    r"[;。\n]|[,、](?= ?(?:收件人|联系人|邮|电|传真|收|信封|请)|[^,;。\n]{0,12}电话)|\((?= ?(?:邮编|邮政编码|电话|[0-8][0-9]{5} ?\)))"
)
_ENDS_IN_CODE = re.compile(r"[ ,(]{1,4}[0-8][0-9]{5}\)?$")
_CODE_BEHIND = re.compile(r"收?[ ,(]{1,4}(?=[0-8][0-9]{5}(?![0-9]))")
# (信封上请注明“巡视整改”): advice to who writes
_NOTE = re.compile(r" ?\((?:[^()\n]{0,30}(?:注明|标明|标注|请写|写明|字样|亲收|收\))|(?:来信)?信封|请勿)[^()\n]{0,40}\)?$")
_BEFORE_VALUE = re.compile(
    r" ?(?:\([^()\n0-9][^()\n]{0,15}\))? ?(?:及传真|/传真|号码)? ?(?P<mark>[::]|为|是|->|\((?=[\u4e00-\u9fff]))? ?[::]? {0,4}"
)
_AFTER_COLON = frozenset(" ::")
_BEGINS_BEFORE_VALUE = frozenset(" (及/号:为是-")
_HAN = regex.compile(r"\p{Han}")
_MASK = re.compile(r"[X×*]{2}")
# 0762-7654321;局办公室:7654322 or 电话:局办公室 7654321: whose the number is
_OWNER = r"(?:[\u4e00-\u9fff]{0,16}(?:[室办委处科部局组站院所股会]|中心|书记|主任|同志|值班|[白晚夜][天间上])(?:: ?| ))?"
_BETWEEN_PHONES = regex.compile(r"(?: ?(?:[,、;/或和及 ]|\([^()\n]{0,12}\)){1,3} ?)?" + _OWNER)
# 请寄 needs no mark before an address, but an address it must be
_SENDS = ("寄", "寄至", "寄到", "写信至", "写信到", "请投", "投至", "投递至", "投入")
_PLACE = re.compile("[号楼室路街巷座院幢]")
# 来信:某路1号, and not 来信:反映某路一带…
_HOUSE = re.compile(r"[路街巷道弄里坊区][^,;。\n]{0,4}?[0-9]{1,5} ?号|[0-9一二三四五六七八九十]{1,5} ?(?:号?[楼室栋幢座]|号信箱)")
# 专用信箱57号
_BOX_NUMBER = re.compile(r" ?[0-9]{1,5} ?号")
# 电话及地址: one field for both
_JOINTS = ("及", "和", "与", "、", "/")
_MOST_JOINED = 3


class _Label(msgspec.Struct, frozen=True, gc=False):
    """A label, its kind, and the field behind it: from ``start`` (behind colon and blanks) to the next label or the end of the sentence."""

    printed: str
    kind: str
    start: int
    end: int
    has_mark: bool


def contacts(source: Source, closed: Closed, layout: Layout | None = None) -> tuple[Contact, ...]:
    """The contacts of a notice, in order; no two share a character. Those on words already claimed are left out."""
    matching = source.text.matching
    runs = [(start, end) for start, end in zip(*source.text.digits, strict=True) if end - start >= _SHORTEST_RUN]
    labels = list(_labels(matching, windows(matching, runs)))
    taken = Closed(len(matching))
    found: list[tuple[Value, _Label | None]] = []
    for value in contact_values.emails(matching):
        found.append((value, _label_of(labels, value)))
        taken.close(value.start, value.end)
    for label in labels:
        for value in _field(source, label):
            if taken.is_free(value.start, value.end):
                found.append((value, label))
                taken.close(value.start, value.end)
    found.extend((value, None) for value in _unlabelled(matching, runs, taken))
    found.sort(key=lambda pair: pair[0].start)
    found = [pair for pair in found if closed.is_free(pair[0].start, pair[0].end)]
    # one look for all that stand side by side
    site_words = _lexicon_pattern("site_words")
    if any(site_words.search(matching, *stretch) for stretch in around(matching, [value.start for value, _ in found])):
        found = [pair for pair in found if not _holds_a_word(matching, pair[0].start, "site_words")]
    return tuple(_row(source, value, label) for value, label in found)


def _labels(matching: str, windows: Sequence[tuple[int, int]]) -> Iterator[_Label]:
    """Labels in ``windows`` with the reach of their fields."""
    length = len(matching)
    found: list[tuple[str, str, int, int]] = []
    kinds = _kinds_of_labels()
    for window in windows:
        for match in _label_pattern().finditer(matching, *window):
            printed, (start, end) = match[0], match.span()
            kind = kinds.get(printed) or kinds[printed.replace(" ", "")]
            # a post box with a number (某市1960邮箱) is a part of an address, not a label
            if printed[-1] != "箱" or not ((start and matching[start - 1] in "0123456789号") or _BOX_NUMBER.match(matching, end)):
                # 电话(传真): one number for both
                if kind == "fax" and found and found[-1][1] == "phone" and matching[found[-1][3] : start] in ("(", "/", "及", "、"):
                    continue
                found.append((printed, kind, start, end))
    for at, (printed, kind, _, label_end) in enumerate(found):
        position, start, has_mark = at, label_end, printed.endswith(_SENDS)
        while position + 1 < len(found) and matching[start : found[position + 1][2]] in _JOINTS:
            if kind == "fax" or position - at == _MOST_JOINED:
                break
            position += 1
            start = found[position][3]
        if start + 1 < length and matching[start] == ":" and matching[start + 1] not in _AFTER_COLON:
            start, has_mark = start + 1, True  # most have a colon alone
        elif start < length and matching[start] in _BEGINS_BEFORE_VALUE and (before := _BEFORE_VALUE.match(matching, start)):
            start, has_mark = before.end(), has_mark or before["mark"] is not None
        if kind == "any" and matching.startswith("。", start):
            start += 1  # 5.联系方式。局纪委:…: a heading
        following = found[position + 1][2] if position + 1 < len(found) else length
        stop = start + REACH if start + REACH < following else max(start, following)
        ending = _FIELD_END.search(matching, start, stop)
        yield _Label(printed, kind, start, ending.start() if ending else stop, has_mark)


def _field(source: Source, label: _Label) -> Iterator[Value]:
    """The values that stand in the field of ``label``."""
    matching = source.text.matching
    length = label.end - label.start
    if length <= 0:
        return
    if label.kind in ("phone", "fax", "any"):
        if length >= _SHORTEST_RUN:
            yield from _phones(matching, label)
    elif label.kind == "email":
        if disguised := contact_values.disguised_email(matching, label.start, label.end):
            yield disguised
    elif label.kind == "postcode":
        if value := contact_values.postcode(matching, label.start, label.end):
            yield value
    elif label.has_mark:
        if value := contact_values.postcode(matching, label.start, label.end):
            yield value
        elif address := _address(source, label):
            yield address
            # 某路1号政务中心 510700: the code stands behind the address without a label of its own
            code = _CODE_BEHIND.match(matching, address.end, label.end)
            value = contact_values.postcode(matching, code.end(), label.end) if code else None
            if value:
                yield value
            # and so may a number
            yield from (number for number, is_certain in contact_values.phones(matching, label.start, label.end) if is_certain)


def _phones(matching: str, label: _Label) -> Iterator[Value]:
    """Numbers in the field of a phone: short and local ones only where the label or another number leads right up to them."""
    position, last = label.start, None
    if masked := contact_values.masked_phone(matching, label.start, label.end):
        yield masked
        position = masked.end
    for value, is_certain in contact_values.phones(matching, position, label.end):
        between = matching[position : value.start]
        leads_on = not between or _BETWEEN_PHONES.fullmatch(between) is not None
        if is_certain or (leads_on and (label.has_mark or value.rule != "contact.phone.short")):
            last = contact_values.with_area(value, last if leads_on else None)
            yield last
            position = value.end


def _address(source: Source, label: _Label) -> Value | None:
    """The words behind a label of an address, up to the end of the field."""
    matching = source.text.matching
    stop = _ADDRESS_END.search(matching, label.start, label.end)
    end = stop.start() if stop else label.end
    start, end = _without_phone(matching, label.start, end)
    words_ = matching[start:end]
    words_ = words_.rstrip(" ,、")  # a label that follows ends the field behind its comma
    code = _ENDS_IN_CODE.search(words_)
    trimmed = _NOTE.sub("", words_[: code.start()] if code else words_).rstrip(" ,、;(和及以").removesuffix("收")
    if trimmed.endswith(")") and "(" not in trimmed:
        trimmed = trimmed.rstrip(")")
    body, bracket, inside = trimmed.rpartition("(")
    if bracket and ")" not in inside and _HOUSE.search(inside):
        # 县教育局(文昌街1号,517000): the bracket tells where the body sits
        start, trimmed = start + len(body) + 1, inside
    end = start + len(trimmed)
    if (
        len(trimmed) < 2
        or _HAN.search(trimmed) is None
        or "@" in trimmed
        or (label.printed.endswith(_SENDS) and not _PLACE.search(trimmed))
        or (label.kind == "letter" and not _HOUSE.search(trimmed))
    ):
        return None
    masked = _MASK.search(trimmed) is not None
    return Value(start, end, "address", source.text.folded[start:end], "contact.address.redacted" if masked else "contact.address", masked)


def _without_phone(matching: str, start: int, end: int) -> tuple[int, int]:
    """The part of an address field ``start:end`` before the telephone numbers in it, or behind them where the house is named only there."""
    numbers = [value for value, is_certain in contact_values.phones(matching, start, end) if is_certain]
    if not numbers:
        return start, end
    first, last = numbers[0].start, numbers[-1].end
    if _HOUSE.search(matching, last, end) and not _HOUSE.search(matching, start, first):
        return last + len(matching[last:end]) - len(matching[last:end].lstrip(" ,、;)")), end
    return start, first


def _unlabelled(matching: str, runs: Sequence[tuple[int, int]], taken: Closed) -> Iterator[Value]:
    """Numbers with an area code, and mobiles, near words that ask readers to get in touch."""
    done = 0
    for start, end in runs:
        # an area code may begin a number in pieces (0762-765-4321)
        if (
            (end - start < _LONG_DIGITS and matching[start] != "0")
            or start < done
            or not taken.is_free(start, end)
            or not _holds_a_word(matching, start, "contact_words")
        ):
            continue
        for value, is_certain in contact_values.phones(matching, max(done, start - 8), end + 12):
            if is_certain and taken.is_free(value.start, value.end):
                yield value
                done = value.end


def _label_of(labels: list[_Label], value: Value) -> _Label | None:
    """The label whose field ``value`` stands in."""
    position = bisect_right(labels, value.start, key=lambda label: label.start) - 1
    return labels[position] if position >= 0 and value.start < labels[position].end else None


def _row(source: Source, value: Value, label: _Label | None) -> Contact:
    printed = source.text.folded[value.start : value.end]
    is_fax = (label and label.kind == "fax") or source.text.matching.startswith("(传真)", value.end)
    kind = "fax" if value.kind == "phone" and is_fax else value.kind
    return Contact(
        *source.evidence(value.start, value.end, value.rule),
        kind=kind,
        # a masked number is none; an address may hide a name and still say something
        value=None if value.is_redacted and kind != "address" else value.value,
        label=label.printed if label else None,
        is_repaired=value.value != printed and not value.is_redacted,
        is_redacted=value.is_redacted,
        is_mislabelled=label is not None and _is_mislabelled(label, kind, value.start),
    )


def _is_mislabelled(label: _Label, kind: str, start: int) -> bool:
    """The label announces another kind; 信箱 alone may be one for letters or for e-mail, 邮政信箱 only for letters."""
    if kind in ("postcode", "phone") and label.kind in ("address", "letter", "open") and start > label.start:
        return False  # behind the address that the label announces
    if label.kind == "open":
        return kind in ("postcode", "phone") or (kind == "email" and "邮政" in label.printed)
    return label.kind not in ("any", kind) and (label.kind, kind) != ("letter", "address")


def _holds_a_word(matching: str, at: int, key: str) -> bool:
    """The line around ``at``, as far as a sentence reaches, has one of the words ``key`` of the lexicon."""
    start = line_start(matching, at, at - REACH if at > REACH else 0)
    return _lexicon_pattern(key).search(matching, start, line_end(matching, at, at + REACH)) is not None


@cache
def _label_pattern() -> re.Pattern[str]:
    """All labels in one alternation, longest first; blanks may stand between their characters.

    Their kinds are no groups of it: the engine skips to the first characters of alternatives only where these are plain words.
    """
    return re.compile(alternation("_".join(word) for word in _kinds_of_labels()).replace("_", " {0,4}"))


@cache
def _kinds_of_labels() -> dict[str, str]:
    return {word: kind for kind in _KINDS for word in words("contacts", kind)}


@cache
def _lexicon_pattern(key: str) -> re.Pattern[str]:
    return re.compile(alternation(words("contacts", key)))
