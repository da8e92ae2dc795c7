"""Numerals: Arabic with grouping and decimals, Han, and formal (大写) digits, as exact decimals."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "幺": 1,
    "两": 2,
    "俩": 2,
    "貳": 2,
    "參": 3,
    "参": 3,
    "陸": 6,
    "弌": 1,
}
# for digits that are read one by one; those in Arabic figures are none of them
_ARABIC = str.maketrans({**{character: str(value) for character, value in _DIGITS.items()}, **dict.fromkeys("0123456789", " ")})
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SECTIONS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
# written-together tens: 廿三 is 23
_WRITTEN_TENS = {"廿": 20, "卅": 30}
# most numerals are one Han sign or a few digits
_SHORT = {
    **{str(value): Decimal(value) for value in range(1000)},
    **{sign: Decimal(value) for sign, value in {**_DIGITS, **_TENS, **_WRITTEN_TENS}.items()},
}
HAN_DIGIT = "零一二三四五六七八九〇○两俩壹贰叁肆伍陆柒捌玖"
HAN_SCALE = "十百千拾佰仟万萬亿億"
HAN_NUMERAL = HAN_DIGIT + HAN_SCALE + "廿卅"
# no stated figure is longer; a longer run is noise, and arithmetic on it would cost more than linear time
_LONGEST = 40


def numeral(text: str) -> Decimal | None:
    """The value of ``text`` as one numeral, or None where it is none.

    Digits without a scale are read one by one (二〇二三), 点 is the decimal point, and a last digit behind a scale counts in
    the next lower one (三千五 is 3500). Two digits side by side in a number with scales (三五百) are no numeral: they are an
    approximate range, which :mod:`transforms.numbers.intervals` reads.

    >>> [str(numeral(text)) for text in ("二〇二三", "十六亿三千万", "1亿2千万", "3.5万", "1,234.5", "壹万贰仟", "三点五")]
    ['2023', '1630000000', '120000000', '35000.0', '1234.5', '12000', '3.5']
    >>> numeral("1,23"), numeral("千千"), numeral("")
    (None, None, None)
    """
    if (short := _SHORT.get(text)) is not None:
        return short
    if not text or len(text) > _LONGEST:
        return None
    if text.isascii():
        return _arabic(text)
    if text[:-1].isascii() and text[-1] in _SECTIONS:  # most of the others: 3.5万
        return (_arabic(text[:-1]) or Decimal(0)) * _SECTIONS[text[-1]] or None
    whole, point, fraction = text.partition("点")
    if point:
        value, digits = numeral(whole), _digit_string(fraction)
        return None if value is None or not digits or value % 1 else Decimal(f"{int(value)}.{digits}")
    digits = _digit_string(text)
    return Decimal(digits) if digits else _scaled(text)


def decimals(text: str) -> int:
    """Number of digits printed behind the decimal point of the numeral ``text``: 2 for 63.69, 1 for 3.5万, 0 for 十六亿.

    >>> decimals("63.69"), decimals("3.5万"), decimals("三点五"), decimals("48")
    (2, 1, 1, 0)
    """
    point = "." if "." in text else "点"
    if point not in text:
        return 0
    behind = text.partition(point)[2]
    return len(behind) - len(behind.lstrip("0123456789" + HAN_DIGIT))


def _digit_string(text: str) -> str:
    """``text`` in Arabic digits if it consists of single digits only, else an empty string."""
    digits = text if text.isascii() else text.translate(_ARABIC)
    return digits if digits.isascii() and digits.isdigit() else ""


def _arabic(text: str) -> Decimal | None:
    whole, point, fraction = text.partition(".")
    if "," in whole:
        first, *groups = whole.split(",")
        if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups):
            return None
        whole = first + "".join(groups)
    if not whole.isdigit() or (point and not fraction.isdigit()):
        return None
    return Decimal(f"{whole}.{fraction}" if point else whole)


def _scaled(text: str) -> Decimal | None:
    """A numeral with scales, whose parts may be printed in Arabic digits: 1亿2千万, 3.5万, 三千零五."""
    total = section = Decimal(0)
    current: Decimal | None = None
    lowest = Decimal(10) ** 20  # scale last written: every later one of its section must be smaller
    last_scale = 0
    has_zero = False
    index = 0
    while index < len(text):
        character = text[index]
        if character in _DIGITS or (character.isascii() and character.isdigit()):
            if current:
                return None
            if character in _DIGITS:
                current, stop = Decimal(_DIGITS[character]), index + 1
                has_zero = current == 0
            else:
                stop = index
                while stop < len(text) and text[stop] in "0123456789.,":
                    stop += 1
                current = _arabic(text[index:stop])
                if current is None:
                    return None
            index = stop
            continue
        if character in _WRITTEN_TENS and current is None:
            section, lowest, last_scale = section + _WRITTEN_TENS[character], Decimal(10), 10
        elif character in _TENS:
            scale = _TENS[character]
            if scale >= lowest or (current == 0 and not has_zero):
                return None
            section += (current or Decimal(1)) * scale
            lowest, last_scale, current, has_zero = Decimal(scale), scale, None, False
        elif character in _SECTIONS:
            scale = _SECTIONS[character]
            section += current or 0
            if not section and not (scale > 10**4 and 0 < total < scale):
                return None
            # 3万亿: the sections before count in this one
            total = (total + section) * scale if 0 < total < scale else total + section * scale
            section, current, lowest, last_scale, has_zero = Decimal(0), None, Decimal(10) ** 20, scale, False
        else:
            return None
        index += 1
    if current is not None:
        abbreviated = last_scale >= 100 and 0 < current < 10 and text[-2] in HAN_SCALE
        section += current * (last_scale // 10 if abbreviated else 1)
    return total + section
