"""One raw file to one text: told by content, read by the reader of its kind, refused with a reason otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from itertools import islice

import regex

from transforms.reading import sniff
from transforms.reading.decode import Decoded, decode
from transforms.reading.limits import DEFAULT_LIMITS, Limits
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal, Refused

__all__ = ["Reading", "read", "read_text"]

_CHARSET = regex.compile(rb"charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([A-Za-z0-9_-]{3,20})", regex.I)


_WRAPPERS = frozenset((sniff.GZIP, sniff.BZIP2, sniff.XZ, sniff.TAR, sniff.WARC))
_Reader = Callable[[bytes, Limits], Reading]
# media type -> module and function, imported when the first such file comes
_READERS: dict[str, tuple[str, str]] = {
    sniff.ZIP: ("transforms.reading.containers", "read_zip"),
    sniff.OLE: ("transforms.reading.office.doc", "read_ole"),
    sniff.RTF: ("transforms.reading.office.rtf", "read_rtf"),
    sniff.MHT: ("transforms.reading.office.mht", "read_mht"),
    sniff.PDF: ("transforms.reading.paged.pdf", "read_pdf"),
    **dict.fromkeys(sniff.IMAGES, ("transforms.reading.paged.ocr", "read_image")),
}


def read(raw: bytes, uri: str = "", *, declared: str = "", limits: Limits = DEFAULT_LIMITS) -> Reading | Refusal:
    """The text of one document. ``declared`` is the charset that a server named. Never raises; archives are for ``documents``."""
    try:
        limits.check("bytes", len(raw), "length of the file")
        found = _read(raw, declared, limits)
        limits.check("characters", len(found.text), "length of the text")
        if not found.text.strip():
            return Refusal("empty", "read", "the file opens but holds no text; check that it is the right file")
        return found
    except Refused as refused:
        return refused.refusal
    except RecursionError:
        return Refusal("unreadable", "read", "the file is nested too deeply to be read; open it and save it again")
    except Exception as error:  # a reader met bytes that nobody foresaw: the file is refused, the run goes on
        return Refusal(
            "unreadable",
            "read",
            f"the file is broken ({type(error).__name__}: {str(error)[:200]}); open it in its program and save it again",
        )


def _read(raw: bytes, declared: str, limits: Limits) -> Reading:
    if not raw:
        raise Refused("empty", "decode", "the file is empty (0 bytes); it was not saved or downloaded whole")
    kind = sniff.media_type(raw)
    if kind is None:
        return read_text(raw, declared, limits)
    if kind in _WRAPPERS:
        return _unwrapped(raw, limits)
    if kind in _READERS:
        module, name = _READERS[kind]
        reader: _Reader = getattr(import_module(module), name)
        return reader(raw, limits)
    raise Refused(
        "unsupported_media", "decode", f"files of the kind {kind} are not read; export the notice as DOCX, PDF, HTML or plain text"
    )


def _unwrapped(raw: bytes, limits: Limits) -> Reading:
    """The one document in a packed file; an archive of several is refused."""
    from transforms.reading.archives import documents

    leaves = list(islice(documents(raw, "", limits), 2))
    if len(leaves) == 1:
        content = leaves[0][1]
        if isinstance(content, Refusal):
            raise Refused(content.reason, content.stage, content.message)
        if sniff.media_type(content) not in _WRAPPERS:
            return _read(content, "", limits)
    raise Refused("archive", "read", "an archive of files is read member by member; give it to `taizhang run`, or name one with --member")


def read_text(raw: bytes, declared: str = "", limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A plain text, a page or a JSON answer. Raises ``Refused``."""
    if not declared:
        head = raw[:4096]
        named = _CHARSET.search(head) if b"=" in head else None
        declared = named.group(1).decode("ascii") if named else ""
    decoded = decode(raw, declared)
    limits.check("characters", len(decoded.text), "length of the decoded text")
    kind = sniff.text_type(decoded.text)
    if kind == sniff.HTML:
        return _page(decoded, decoded.text, limits)
    if kind == sniff.WORD_XML:
        from transforms.reading.office.word_xml import read_word_xml

        return read_word_xml(raw, limits)
    if kind == sniff.JSON:
        found = _from_json(decoded, limits)
        if found:
            return found
    return Reading(decoded.text, sniff.TEXT, decoded.encoding, decoded.reason, decoded.damage)


def _page(decoded: Decoded, markup: str, limits: Limits, given: Mapping[str, str] | None = None) -> Reading:
    from transforms.reading.html.page import read_page

    page = read_page(markup, limits, given)
    return Reading(page.text, sniff.HTML, decoded.encoding, decoded.reason, decoded.damage, page.fields)


def _from_json(decoded: Decoded, limits: Limits) -> Reading | None:
    """An answer of a site's interface whose longest string is the article."""
    from transforms.reading.html.script_bodies import script_body

    body = script_body([decoded.text])
    if body is None:
        return None
    text, fields = body
    if "<" in text:
        return replace(_page(decoded, text, limits, fields), media_type=sniff.JSON)
    return Reading(text, sniff.JSON, decoded.encoding, decoded.reason, decoded.damage, fields)
