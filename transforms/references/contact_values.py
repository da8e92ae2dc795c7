"""Values of contacts: telephone numbers, postcodes and e-mail addresses, as printed and as repaired."""

from __future__ import annotations

import re
import string

import msgspec

_DASH = r"[-–—―−一]"
# area codes: 010 and 02x have three digits, the others four (the numbering plan)
_AREA = r"0(?:10|2\d|[3-9]\d\d)"
_PHONE = re.compile(
    # a slash may part two numbers, but not the pieces of a link or an index number
    r"(?<![\dA-Za-z.@_-])(?:(?<!/)|(?<=\d{7}/))(?:"
    rf"(?P<mobile>(?:\+?86{_DASH}? ?)?1[3-9]\d(?P<gap>[ -]?)\d{{4}}(?P=gap)\d{{4}})"
    rf"|(?P<area>\( ?{_AREA} ?\)|{_AREA})(?: ?{_DASH}{{1,2}} ?| )?(?P<local>[1-9]\d{{6,7}}|[1-9]\d{{2,3}}[ ·-]\d{{4}}|[1-9]\d{{3}}[ ·-]\d{{3}})(?:(?:转|{_DASH})(?P<extension>\d{{1,5}})|/(?P<tail>\d{{1,4}})(?![\d/.A-Za-z-]))?"
    rf"|(?P<free>[48]00[ -]?\d{{3,4}}[ -]?\d{{3,4}})"
    rf"|(?P<bare>[2-8]\d{{6,7}}|[2-8]\d{{2,3}}[ ·-]\d{{4}})(?:(?:转|{_DASH})(?P<bare_extension>\d{{1,5}}))?"
    r"|(?P<short>1[12]\d{3}|1[12]\d)"
    r")(?![\dA-Za-z@]|/(?!0\d{2,3}-\d{7}|\d{7,8}(?![\dA-Za-z-])))"
)
# where a phone may start: the search for this goes by first characters, and that for a phone cannot
_PHONE_START = re.compile(r"[0-9(+](?<![0-9A-Za-z.@_-].)", re.DOTALL)
# at least one sign of masking between digits and dashes
_MASKED_PHONE = re.compile(r"(?=[\d() -]{0,12}[X×*•]{3})\(?[\dX×*•]{2,5}\)?[ -]?[\dX×*•]{3,11}(?![\w@.])")
_POSTCODE = re.compile(r"(?<!\d)[0-8](?: ?\d){5}(?!\d)")
_MASKED = re.compile(r"[X×*•]{3,12}")
_BEGINS_POSTCODE = frozenset("012345678X×*•")
# a long dash within a name is a hyphen that a word processor made longer
_LOCAL = r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]|[—–](?=[A-Za-z0-9])){0,62}|[*×•X]{2,20}[A-Za-z0-9._-]{0,20}|[A-Za-z0-9]{1,12}[*×•]{2,20}[A-Za-z0-9]{0,12}"
_LOCAL_SIGNS = "".join(map(chr, (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B)))) + "._%+-*×•—–"
_LOCAL_PART = re.compile(rf"(?<![A-Za-z0-9._%+*-])(?:{_LOCAL}) {{0,2}}$")
_DOMAIN = re.compile(
    r"@ {0,2}(?P<domain>[A-Za-z0-9*×-]{1,63}(?: ?[.。,] ?[A-Za-z0-9-]{1,30}){0,3} ?[.。,] ?[A-Za-z]{2,10})(?![A-Za-z0-9@-])"
)
# written so that harvesters miss it; read only where a label announces an e-mail
_DISGUISED = re.compile(
    r"(?P<local>[A-Za-z0-9](?:[A-Za-z0-9._-]|[—–](?=[A-Za-z0-9])){0,62}) ?(?:#|\(at\)|\[at\]|\(a\)) ?(?P<domain>[A-Za-z0-9-]{1,40}(?:\.[A-Za-z]{2,10}){1,3})"
)
_BEGINS_EMAIL = frozenset(f"{string.ascii_letters}{string.digits}×*•")
_REPAIRS = str.maketrans({" ": None, "。": ".", ",": "."})
_HYPHENS = str.maketrans("—–", "--")
_EMAIL_REACH = 80


class Value(msgspec.Struct, frozen=True, gc=False):
    """A value at ``start:end`` of the text that was searched, in the form it should have."""

    start: int
    end: int
    kind: str
    value: str
    rule: str
    is_redacted: bool = False


def phone_at(match: re.Match[str]) -> Value:
    """The phone of a match of the phone pattern, written 0762-1234567 with its area code."""
    extension = match["extension"] or match["bare_extension"]
    if match["mobile"]:
        value, rule = "".join(filter(str.isdigit, match["mobile"]))[-11:], "contact.phone.mobile"
    elif match["area"]:
        digits = "".join(filter(str.isdigit, match["local"]))
        value, rule = f"{match['area'].strip('() ')}-{digits}", "contact.phone.area"
    elif match["free"]:
        value, rule = match["free"].replace(" ", "-"), "contact.phone.free"
    elif match["bare"]:
        value, rule = "".join(filter(str.isdigit, match["bare"])), "contact.phone.local"
    else:
        value, rule = match["short"], "contact.phone.short"
    end = match.end() if match["tail"] is None else match.start("tail") - 1
    return Value(match.start(), end, "phone", value + (f"-{extension}" if extension else ""), rule)


def phones(text: str, start: int, end: int) -> list[tuple[Value, bool]]:
    """Phones in ``text[start:end]``; the flag says that the number cannot be anything else (it has an area code or is a mobile)."""
    found = []
    done = start
    for sign in _PHONE_START.finditer(text, start, end):
        at = sign.start()
        match = _PHONE.match(text, at, end) if at >= done else None
        if match:
            value = phone_at(match)
            found.append((value, bool(match["mobile"] or match["area"] or match["free"])))
            if tail := match["tail"]:  # 0762-7654321/4322: only the last digits of the second are printed
                whole = value.value[: -len(tail)] + tail
                found.append((Value(match.start("tail"), match.end(), "phone", whole, "contact.phone.shared_area"), True))
            done = match.end()
    return found


def with_area(value: Value, before: Value | None) -> Value:
    """``value`` with the area code of the number ``before`` it in its field, which is printed once: 0762-7654321、7654322.

    Numbers of one area have one length; another length stays as printed.
    """
    if before is None or before.rule not in ("contact.phone.area", "contact.phone.shared_area") or value.rule != "contact.phone.local":
        return value
    area, local = before.value.split("-")[:2]
    if len(value.value.partition("-")[0]) != len(local):
        return value
    return msgspec.structs.replace(value, value=f"{area}-{value.value}", rule="contact.phone.shared_area")


def masked_phone(text: str, start: int, end: int) -> Value | None:
    """A number that the page masks, right at ``start``."""
    match = _MASKED_PHONE.match(text, start, end)
    return match and Value(match.start(), match.end(), "phone", match.group(), "contact.phone.redacted", True)


def postcode(text: str, start: int, end: int) -> Value | None:
    """A six-digit postcode, or a masked one, right at ``start``."""
    if text[start] not in _BEGINS_POSTCODE:
        return None
    if match := _POSTCODE.match(text, start, end):
        return Value(match.start(), match.end(), "postcode", match.group().replace(" ", ""), "contact.postcode")
    match = _MASKED.match(text, start, end)
    return match and Value(match.start(), match.end(), "postcode", match.group(), "contact.postcode.redacted", True)


def emails(text: str) -> list[Value]:
    """E-mail addresses anywhere in ``text``, told by their @, with blanks cut and a Chinese full stop made a dot."""
    found: list[Value] = []
    at = text.find("@")
    while at >= 0:
        floor = max(found[-1].end if found else 0, at - _EMAIL_REACH)
        domain = _DOMAIN.match(text, at)
        local = None
        if domain:
            # a search that is anchored at its end tries every place before; what cannot belong to the address is cut off first
            floor += max(0, len(text[floor:at].rstrip(" ").rstrip(_LOCAL_SIGNS)) - 1)
            local = _LOCAL_PART.search(text[floor:at])
        if domain and local:
            name = local.group().rstrip().translate(_HYPHENS)
            value = f"{name}@{domain['domain'].translate(_REPAIRS)}"
            masked = any(sign in value for sign in "*×•") or set(name) == {"X"}
            found.append(
                Value(floor + local.start(), domain.end(), "email", value, "contact.email.redacted" if masked else "contact.email", masked)
            )
        at = text.find("@", at + 1)
    return found


def disguised_email(text: str, start: int, end: int) -> Value | None:
    """An e-mail address right at ``start`` whose @ is printed as # or (at), or that is masked whole."""
    if text[start] not in _BEGINS_EMAIL:
        return None
    if match := _DISGUISED.match(text, start, end):
        return Value(
            match.start(), match.end(), "email", f"{match['local'].translate(_HYPHENS)}@{match['domain']}", "contact.email.disguised"
        )
    match = _MASKED.match(text, start, end)
    return match and Value(match.start(), match.end(), "email", match.group(), "contact.email.redacted", True)
