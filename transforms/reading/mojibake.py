"""Text that was read with one encoding and stored as if that had been right: told apart, and undone where nothing was lost."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from transforms.reading.plausibility import CLEAN, MINIMUM, foreign, glimpse, sample, score
from transforms.reading.refusal import Refused

# A repair must make the text clean, and better by this much.
_GAIN = 0.3
# Three short windows that read as well as this make a look at the whole needless.
_CLEARLY_CLEAN = 0.7
# Below this share of surviving characters the figures of a notice cannot be trusted.
_SURVIVING = 0.6
_TIMES = 3
_LOST = regex.compile("\ufffd+")
# Read as -> written as.
_PAIRS = (
    ("cp1252", "utf-8"),
    ("cp1252", "gb18030"),
    ("cp1252", "big5hkscs"),
    ("gb18030", "utf-8"),
    ("big5hkscs", "gb18030"),
    ("gb18030", "big5hkscs"),
    ("big5hkscs", "utf-8"),
)
# U+FFFD stored as UTF-8 and read as GBK: nothing of the text is left behind it.
_DESTROYED = regex.compile("锟斤拷|锟斤\ufffd|\ufffd{2,}|烫烫烫")
# `?` between Han characters that does not end a question stands for a character that an encoding could not hold.
_QUESTION = regex.compile(r"(?<=[\u4e00-\u9fff])(?<![吗呢么吧否])\?+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Repair:
    """``text`` is the better reading; ``damage`` says what was found; ``is_lossy`` if characters are gone (U+FFFD in the text)."""

    text: str
    damage: tuple[str, ...]
    is_lossy: bool = False


def repaired(text: str) -> Repair:
    """``text`` as it was meant, if that is sure. Raises ``Refused`` where the characters are destroyed."""
    damage: list[str] = []
    # single characters are looked for in a tenth of the time of two
    is_suspect = "\ufffd" in text or "烫" in text or "锟" in text
    destroyed = sum(len(found.group()) for found in _DESTROYED.finditer(text)) if is_suspect else 0
    if destroyed * 5 > len(text):
        raise Refused(
            "text_destroyed",
            "decode",
            "the text was stored after its characters had been replaced (锟斤拷 or U+FFFD): nothing can be recovered; fetch the page again",
        )
    lost = sum(1 for _ in _QUESTION.finditer(text)) if "?" in text else 0
    if lost:
        damage.append(f"question_marks:{lost}")
    if score(glimpse(text)) >= _CLEARLY_CLEAN:
        return Repair(text, tuple(damage))
    shown = sample(text)
    before = score(shown)
    if before >= CLEAN or foreign(shown) < MINIMUM:
        return Repair(text, tuple(damage))
    better = _undone(text, before)
    if better is None:
        return Repair(text, (*damage, "implausible_text"))
    text, pair, lossy = better
    return Repair(text, (*damage, f"mojibake{'_lossy' if lossy else ''}:{pair[1]}_read_as_{pair[0]}"), lossy)


def _undone(text: str, before: float) -> tuple[str, tuple[str, str], bool] | None:
    best: tuple[float, str, tuple[str, str], bool] | None = None
    for pair in _PAIRS:
        candidate: str | None = text
        for _ in range(_TIMES):  # a page may have gone through the same mistake more than once
            candidate = _reread(candidate, pair)
            if candidate is None:
                break
            lost = candidate.count("\ufffd")
            gained = score(sample(candidate.replace("\ufffd", "")))
            # the fewer characters are lost the better, the score decides between equals
            rank = gained - 2 * lost / max(1, len(candidate))
            if gained >= max(CLEAN, before + _GAIN) and (best is None or rank > best[0]):
                best = rank, _LOST.sub("\ufffd", candidate), pair, lost > 0
            if lost or gained >= CLEAN:
                break
    return best[1:] if best else None


def _reread(text: str | None, pair: tuple[str, str]) -> str | None:
    """``text`` written as ``pair[0]`` and read as ``pair[1]``; None where too little survives."""
    written = _written(text, pair[0]) if text else None
    if written is None:
        return None
    candidate = written.decode(pair[1], "replace")
    return None if candidate == text or candidate.count("\ufffd") > (1 - _SURVIVING) * len(candidate) else candidate


def _written(text: str, codec: str) -> bytes | None:
    """The bytes that ``codec`` would have read as ``text``; lost characters become FF, which no Chinese encoding uses."""
    if codec != "cp1252":
        return b"\xff".join(part.encode(codec, "ignore") for part in text.split("\ufffd"))
    out = bytearray()
    for character in text:
        if character < "\u0100":  # what Windows leaves undefined in cp1252 passes as it is
            out.append(ord(character))
            continue
        try:
            out += character.encode("cp1252")
        except UnicodeEncodeError:
            if character != "\ufffd" and len(out) > 200:
                return None
            out.append(0xFF)
    return bytes(out)
