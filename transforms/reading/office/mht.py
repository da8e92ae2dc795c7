"""Saved web archives (MHT) and mails: the page inside, decoded by the transfer encoding and charset of its part."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message

from transforms.reading import sniff
from transforms.reading.limits import Limits
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refused


def read_mht(raw: bytes, limits: Limits) -> Reading:
    """The text of the largest page in the archive. Raises ``Refused`` no_article, limit_members."""
    from transforms.reading.read import read_text

    message = message_from_bytes(raw.lstrip(), policy=policy.compat32)
    pages: list[tuple[bool, int, bytes, str, Message]] = []
    for many, part in enumerate(message.walk()):
        limits.check("members", many, "parts of the web archive")
        kind = part.get_content_type()
        if kind in ("text/html", "text/plain", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                limits.check("bytes", len(content), "length of a part")
                pages.append((kind != "text/plain", len(content), content, part.get_content_charset() or "", part))
    if not pages:
        raise Refused("no_article", "read", "the web archive holds no page; save the page again as HTML")
    _, _, content, charset, part = max(pages, key=lambda page: page[:2])
    found = read_text(content, charset, limits)
    fields = dict(found.page)
    for name, header in (("url", "Content-Location"), ("url", "Snapshot-Content-Location")):
        value = str(part.get(header) or message.get(header) or "")
        if value.startswith(("http:", "https:")):
            fields.setdefault(name, value)
    return replace(found, media_type=sniff.MHT, page=fields)
