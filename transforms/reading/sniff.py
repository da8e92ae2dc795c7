"""What a file is, told by its bytes: names lie (a page saved as .doc, a PDF called .docx, a gzip called .html)."""

from __future__ import annotations

import re

PDF = "application/pdf"
ZIP = "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORD_XML = "application/vnd.ms-word.xml"
OFD = "application/ofd"
OLE = "application/x-ole-storage"
DOC = "application/msword"
RTF = "application/rtf"
MHT = "multipart/related"
GZIP = "application/gzip"
BZIP2 = "application/x-bzip2"
XZ = "application/x-xz"
TAR = "application/x-tar"
WARC = "application/warc"
HTML = "text/html"
JSON = "application/json"
TEXT = "text/plain"
IMAGES = ("image/jpeg", "image/png", "image/tiff", "image/bmp", "image/gif", "image/webp")

_MAGIC = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"PK\x07\x08", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x1f\x8b\x08", GZIP),
    (b"BZh", BZIP2),
    (b"\xfd7zXZ\x00", XZ),
    (b"WARC/1.", WARC),
    (b"WARC/0.", WARC),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/x-rar"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ\x90\x00", "application/x-msdownload"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"PAR1", "application/vnd.apache.parquet"),
)
_MAGICS = tuple(magic for magic, _ in _MAGIC)
# A header of mail; a saved page starts with From or MIME-Version and holds parts.
_MAIL = re.compile(
    rb"^(?:(?:From|Subject|Date|MIME-Version|Content-[A-Za-z-]{2,30}|X-[A-Za-z-]{2,40}|Snapshot-[A-Za-z-]{2,40})[ \t]*:[^\r\n]{0,1000}\r?\n(?:[ \t][^\r\n]{0,1000}\r?\n)*){2}",
    re.I,
)
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|p|table|tbody|tr|td|span|article|section|font|h[1-6]|br|center|script|style|ul|strong)\b[^<>]{0,2000}>", re.I
)  # fmt: skip


def media_type(raw: bytes) -> str | None:
    """The type that the bytes show, or None for what may be text."""
    head = raw[:1024]
    if head.startswith(_MAGICS):
        return next(found for magic, found in _MAGIC if head.startswith(magic))
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if b"%PDF-" in head and not stripped.startswith(b"<"):
        return PDF
    if stripped[:5].lower() == b"{\\rtf":
        return RTF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"BM") and len(head) > 30 and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if raw[257:262] == b"ustar" or _is_old_tar(raw):
        return TAR
    if stripped[:1].isalpha() and _MAIL.match(stripped) and b"content-" in raw[:8192].lower():
        return MHT
    return None


def _is_old_tar(raw: bytes) -> bool:
    """A tar without its mark: the checksum of the first header is right."""
    header = raw[:512]
    field = header[148:156].strip(b" \0")
    if len(header) < 512 or not field.isdigit() or not header[0] or b"\0" not in header[:100]:
        return False
    try:
        return int(field, 8) == sum(header[:148]) + 8 * 32 + sum(header[156:])
    except ValueError:
        return False


def text_type(text: str) -> str:
    """HTML, JSON, Word's own XML or plain text. Looked at after decoding: UTF-16 Chinese can hold the bytes of a tag."""
    head = text[:20000].lstrip("\ufeff \t\r\n")
    if head.startswith("<?xml") and (
        'progid="Word.Document"' in head[:2000] or "schemas.microsoft.com/office/2006/xmlPackage" in head[:2000]
    ):
        return WORD_XML
    if head[:1] == "<" and re.match(r"<(?:!--|!doctype|\?xml|[a-z])", head, re.I) and _MARKUP.search(text[:100000]):
        return HTML
    if head[:1] in "{[" and re.match(r'\{\s*"|\[\s*\{\s*"', head):
        return JSON
    if "<" not in text:
        return TEXT
    tags = _MARKUP.findall(head)
    return HTML if len(tags) >= 3 or "</html>" in text[-2000:].lower() else TEXT
