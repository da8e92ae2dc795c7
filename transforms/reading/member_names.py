"""Names of archive members as their writer typed them."""

from __future__ import annotations

import zipfile

from transforms.reading.plausibility import foreign, score

# Left by operating systems and programs beside the files that a person packed.
_DEBRIS = ("__macosx/", "thumbs.db", ".ds_store", "desktop.ini", "~$")


def zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a ZIP member: UTF-8 where marked, else UTF-8, GB18030 or Big5 by what reads as Chinese (cp437 is what the format means)."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return readable_name(raw, info.filename)


def readable_name(raw: bytes, otherwise: str) -> str:
    """``raw`` as the most plausible file name, or ``otherwise``."""
    if raw.isascii():
        return raw.decode("ascii")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    found: list[tuple[float, int, str]] = []
    for codec in ("gb18030", "big5hkscs"):
        try:
            name = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        found.append((score(name), -len(found), name))
    best = max(found, default=None)
    return best[2] if best and best[0] > -0.2 and foreign(best[2]) else otherwise


def is_debris(name: str) -> bool:
    """``name`` is no document of anybody's."""
    lower = name.lower().replace("\\", "/")
    last = lower.rsplit("/", 1)[-1]
    return lower.endswith("/") or not last or any(lower.startswith(mark) or last.startswith(mark) or last == mark for mark in _DEBRIS)
