"""How a word processor prints the number of a list item (ECMA-376, ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def counting(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """``number`` in Chinese: 12 is 十二, 105 is 一百零五. Above 9999 in digits."""
    if not 0 < number < 10_000:
        return str(number)
    text = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += (digits[0].replace("〇", "零") if gap and text else "") + digits[digit] + (units[power - 1] if power else "")
            gap = False
        else:
            gap = True
    short = digits[1] + units[0]
    return text[1:] if text.startswith(short) and digits == _DIGITS else text


def _letters(number: int, first: str) -> str:
    # 27 is AA, 28 is BB: a letter is repeated, not counted on
    return chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 500 else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * min(times, 20)
    return text


def _from(first: str, many: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= many else str(number)


def _circled(number: int) -> str:
    if 0 < number <= 20:
        return chr(0x2460 + number - 1)
    return chr(0x3251 + number - 21) if 21 <= number <= 35 else chr(0x32B1 + number - 36) if 36 <= number <= 50 else str(number)


def _cyclic(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(abs(number)))


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": counting,
    "chineseCountingThousand": counting,
    "taiwaneseCounting": counting,
    "taiwaneseCountingThousand": counting,
    "japaneseCounting": counting,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": lambda number: counting(number, _FORMAL, "拾佰仟"),
    "ideographLegalTraditional": lambda number: counting(number, _FORMAL, "拾佰仟"),
    "japaneseLegal": lambda number: counting(number, _FORMAL, "拾佰仟"),
    "upperLetter": lambda number: _letters(number, "A"),
    "lowerLetter": lambda number: _letters(number, "a"),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: "".join(chr(0xFF10 + int(digit)) for digit in str(abs(number))),
    "decimalFullWidth2": lambda number: "".join(chr(0xFF10 + int(digit)) for digit in str(abs(number))),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "ideographTraditional": _cyclic("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cyclic("子丑寅卯辰巳午未申酉戌亥"),
    "none": lambda number: "",
    "bullet": lambda number: "",
}


def printed_number(number: int, form: str) -> str:
    """``number`` in the number format ``form``; in plain digits where the form is not known."""
    make = _FORMS.get(form)
    return make(number) if make else str(number)
