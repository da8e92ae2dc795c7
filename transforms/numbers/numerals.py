"""Numerals: Arabic with grouping and decimals, Han, and formal (大写) digits, as exact decimals."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0, "○": 0, "Ｏ": 0, "两": 2, "俩": 2, "貳": 2, "參": 3, "陸": 6, "弌": 1, "廿": 20, "卅": 30,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SECTIONS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
HAN_NUMERAL = "零一二三四五六七八九〇○两俩壹贰叁肆伍陆柒捌玖十百千拾佰仟万萬亿億廿卅"


def numeral(text: str) -> Decimal | None:
    """The value of ``text`` as one numeral, or None where it is none.

    >>> numeral("二〇二三"), numeral("十六亿三千万"), numeral("1亿2千万"), numeral("3.5万"), numeral("1,234.5")
    (Decimal('2023'), Decimal('1630000000'), Decimal('120000000'), Decimal('35000.0'), Decimal('1234.5'))
    """
    if not text:
        return None
    if text.isascii():
        return _arabic(text)
    if all(character in _DIGITS and _DIGITS[character] < 10 for character in text):
        return Decimal("".join(str(_DIGITS[character]) for character in text))
    return _mixed(text)


def _arabic(text: str) -> Decimal | None:
    plain = text.replace(",", "")
    if not plain.replace(".", "", 1).isdigit() or not plain.isascii():
        return None
    return Decimal(plain.rstrip(".")) if plain.strip(".") else None


def _mixed(text: str) -> Decimal | None:
    """Han numerals with section units, where Arabic digits may stand before a unit: 1亿2千万, 3.5万."""
    total = section = Decimal(0)
    current: Decimal | None = None
    unit = 0
    index = 0
    while index < len(text):
        character = text[index]
        if character.isdigit() and character.isascii():
            stop = index
            while stop < len(text) and (text[stop].isascii() and (text[stop].isdigit() or text[stop] in ".,")):
                stop += 1
            if current is not None and current != 0:
                return None
            current = _arabic(text[index:stop])
            if current is None:
                return None
            index = stop
            continue
        if character in _DIGITS:
            if current is not None and current != 0:
                return None
            current = Decimal(_DIGITS[character])
            if character in "零〇○":
                unit = 10
        elif character in _TENS:
            unit = _TENS[character]
            section += (Decimal(1) if current is None else current) * unit
            current = None
        elif character in _SECTIONS:
            scale = _SECTIONS[character]
            section += current or 0
            total = (total + section) * scale if scale > 10**4 and 0 < total < scale else total + (section or Decimal(1)) * scale
            section, current, unit = Decimal(0), None, scale
        else:
            return None
        index += 1
    if current is not None:
        # 三千五 is 3500, 三千零五 is 3005
        section += current * (unit // 10 if unit >= 100 and current < 10 and text[-1] in _DIGITS and text[-2:-1] not in "零〇○" else 1)
    return total + section
