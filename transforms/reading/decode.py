"""Bytes to text: byte order mark, UTF-16 by the parity of its bytes, strict UTF-8, then GB18030 against Big5 by what reads better.

The declared charset only breaks ties: of fifty sample pages fifteen declared a wrong one or none. Line ends and full-width characters stay
as they are; what is wrong in the bytes is read all the same and told in ``damage``.
"""

from __future__ import annotations

import codecs
import re

import msgspec
import numpy as np

from transforms.lexicons.load import lexicon
from transforms.reading.alignment import realigned, realigned_utf16
from transforms.reading.mojibake import repaired
from transforms.reading.plausibility import is_plausible, sample, score
from transforms.reading.refusal import Refused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_MARKS = tuple(mark for mark, _ in _BOMS)
# Least lead of GB18030 over Big5 or the other way round; at 100 bytes the least lead measured was 0.23.
_MARGIN = 0.15
# Codes that GB 18030-2005 gave real characters and that Python's codec still leaves in the private area, and A3A0, the web's full-width space.
_PRIVATE = {
    0xE5E5: 0x3000, 0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15, 0xE793: 0xFE16,
    0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19, 0xE7C7: 0x1E3F, 0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4,
    0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F, 0xE843: 0x9FB9, 0xE854: 0x9FBA,
    0xE855: 0x241FE, 0xE864: 0x9FBB,
}  # fmt: skip
_PRIVATE_SEEN = re.compile("[\ue000-\uf8ff]")
_CONTROL = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
_WINDOW = 100
# Bytes to tell UTF-16 by: fewer are enough, and needed where a later byte is lost.
_HEADS = (4000, 200, 100)
# Bytes that lead the characters of Chinese UTF-16: ASCII, punctuation, Han, full-width forms.
_UTF16_LEADS = frozenset((0x00, 0x20, 0x30, 0xFF, *range(0x4E, 0xA0)))


class Decoded(msgspec.Struct, frozen=True, gc=False):
    """``encoding`` is the codec that was used, ``reason`` one of bom, utf16_parity, utf8_strict, utf8_damaged, score, declared, uncertain."""

    text: str
    encoding: str
    reason: str
    damage: tuple[str, ...] = ()


def decode(raw: bytes, declared: str = "") -> Decoded:
    """``raw`` as text; ``declared`` is the charset that the page or its server names.

    Raises ``Refused``: empty, unsupported_media (binary data), text_destroyed.
    """
    if not raw.strip():
        raise Refused("empty", "decode", "the file holds no text; check that it was saved or downloaded whole")
    found = _with_bom(raw) or _strict_utf8(raw) or _utf16(raw) or _utf8(raw)
    if found is None:
        _refuse_binary(raw)
        found = _two_byte(raw, lexicon("charsets")["labels"].get(declared.strip().lower().replace("_", "-"), ""))
    repair = repaired(found.text)
    return Decoded(repair.text, found.encoding, found.reason, found.damage + repair.damage)


def _with_bom(raw: bytes) -> Decoded | None:
    for mark, codec in _BOMS if raw.startswith(_MARKS) else ():
        if raw.startswith(mark):
            text, damage = _lenient(raw[len(mark) :], codec)
            if codec.startswith("utf-16"):
                text, damage = _in_step(raw[len(mark) :], codec, text, damage)
            return Decoded(text, codec, "bom", damage)
    return None


def _strict_utf8(raw: bytes) -> Decoded | None:
    """The usual case, decided by one decoding; a NUL speaks for UTF-16."""
    if b"\0" in raw:
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    _refuse_binary(raw)
    return Decoded(text, "utf-8", "utf8_strict")


def _lenient(raw: bytes, codec: str) -> tuple[str, tuple[str, ...]]:
    """``raw`` read to its end, with U+FFFD for what ``codec`` cannot read and a cut last character left out."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        text = decoder.decode(raw, final=False)
        return text, ("truncated_tail",) if decoder.getstate()[0] else ()
    except UnicodeDecodeError:
        decoder = codecs.getincrementaldecoder(codec)("replace")
        text = decoder.decode(raw, final=False)
        damage = [f"bad_bytes:{text.count(chr(0xFFFD))}"]
        if decoder.getstate()[0]:
            damage.append("truncated_tail")
        return text, tuple(damage)


def _utf16(raw: bytes) -> Decoded | None:
    """UTF-16 without a mark: one half of the bytes are all leads, the other half are anything."""
    head = raw[:4000]
    if len(head) < 4 or (b"\0" not in head and _is_utf8(raw)):
        return None
    codec = next((codec for size in _HEADS if (codec := _by_parity(head[:size]))), None)
    if codec is None:
        return None
    text, damage = _in_step(raw, codec, *_lenient(raw, codec))
    shown = sample(text)
    if "\0" in shown or (score(shown) < 0.3 and not shown.isascii()):
        return None
    return Decoded(text, codec, "utf16_parity", damage)


def _by_parity(head: bytes) -> str | None:
    pairs = len(head) // 2
    shares = [sum(byte in _UTF16_LEADS for byte in head[half : 2 * pairs : 2]) / pairs for half in (0, 1)]
    half = 0 if shares[0] > shares[1] else 1
    if shares[half] < 0.93 or shares[half] - shares[1 - half] < 0.15:
        return None
    return ("utf-16-be", "utf-16-le")[half]


def _in_step(raw: bytes, codec: str, text: str, damage: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """``text`` and its damage, or a better reading where a byte was lost or gained on the way and every pair behind it is cut wrongly."""
    windows = range(0, len(text), _WINDOW)
    if all(is_plausible(text[at : at + _WINDOW]) for at in windows):
        return text, damage
    better = realigned_utf16(raw, codec)
    if better is None or score(better[0]) < score(text):
        return text, damage
    return better[0], (*(code for code in damage if code == "truncated_tail"), f"bad_bytes:{better[1]}")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(raw) - 3 and error.reason == "unexpected end of data"
    return True


def _utf8(raw: bytes) -> Decoded | None:
    if _is_utf8(raw):
        _refuse_binary(raw)
        text, damage = _lenient(raw, "utf-8")
        return Decoded(text, "utf-8", "utf8_strict", damage)
    text, damage = _lenient(raw, "utf-8")
    lost = text.count("\ufffd")
    # a few broken bytes among many sound sequences; two-byte Chinese breaks at every second character
    sound = len(text) - lost - sum(map(len, re.findall(r"[\x00-\x7f]+", text)))
    if lost * 10 < sound and score(sample(text)) > 0:
        _refuse_binary(raw)
        return Decoded(text, "utf-8", "utf8_damaged", damage)
    return None


def _two_byte(raw: bytes, declared: str) -> Decoded:
    """GB18030 or Big5, whichever reads better."""
    scores = {codec: score(sample(_lenient(raw, codec)[0])) for codec in ("gb18030", "big5hkscs")}
    best, other = sorted(scores, key=lambda codec: -scores[codec])
    reason = "score"
    damage: tuple[str, ...] = ()
    if scores[best] - scores[other] < _MARGIN:
        if declared in scores:
            best, reason = declared, "declared"
        else:
            reason, damage = "uncertain", ("encoding_uncertain",)
    text, broken = _lenient(raw, best)
    if broken and broken != ("truncated_tail",):
        text, dropped, mended = realigned(raw, best)
        broken = (f"bad_bytes:{dropped}", f"realigned_lines:{mended}")
    if _PRIVATE_SEEN.search(text):
        text = text.translate(_PRIVATE)
    return Decoded(text, best, reason, damage + broken)


def _refuse_binary(raw: bytes) -> None:
    head = raw[:65536]
    # line ends are too few in most texts to be told from the rest before that is needed
    if np.count_nonzero(np.frombuffer(head, np.uint8) < 0x20) * 100 <= len(head):
        return
    if (len(head) - len(head.translate(None, _CONTROL))) * 100 > len(head):
        raise Refused(
            "unsupported_media",
            "decode",
            "the file is neither text nor a format that can be read; export it as DOCX, PDF, HTML or plain text",
        )
