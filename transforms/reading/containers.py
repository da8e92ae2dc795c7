"""ZIP files that are one document: DOCX and OFD; told by their parts, whatever their names say."""

from __future__ import annotations

from importlib import import_module

from transforms.reading import sniff
from transforms.reading.limits import Limits
from transforms.reading.package import Package
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refused

_OTHERS = {
    "xl/workbook.xml": "a spreadsheet",
    "ppt/presentation.xml": "a set of slides",
    "meta-inf/manifest.xml": "an OpenDocument file or a Java archive",
    "mimetype": "an OpenDocument file or an e-book",
}


def kind(package: Package) -> str:
    """DOCX, OFD, the name of another office format in words, or ZIP for an archive of files."""
    from transforms.reading.office.docx import main_part

    if package.has("OFD.xml"):
        return sniff.OFD
    if main_part(package):
        return sniff.DOCX
    return next((what for name, what in _OTHERS.items() if package.has(name)), sniff.ZIP)


def read_zip(raw: bytes, limits: Limits) -> Reading:
    """The text of a DOCX or OFD. Raises ``Refused``; an archive is refused, its members are for ``documents``."""
    package = Package(raw, limits)
    found = kind(package)
    if found == sniff.DOCX:
        from transforms.reading.office.docx import read_package

        return read_package(package, limits)
    if found == sniff.OFD:
        reader = import_module("transforms.reading.paged.ofd").read_package
        reading: Reading = reader(package, limits)
        return reading
    if found == sniff.ZIP:
        raise Refused(
            "archive", "read", "an archive of files is read member by member; give it to `taizhang run`, or name one with --member"
        )
    raise Refused("unsupported_media", "decode", f"the file is {found}; export the notice as DOCX, PDF, HTML or plain text")
