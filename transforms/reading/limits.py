"""How much of an untrusted file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.reading.refusal import Refused


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one raw file. Notices are small: the longest seen prints 26 kB of text, a scan of it 20 MB.

    Every bound ends in a refusal ``limit_NAME``. ``seconds`` is for the flow that runs the reader in a worker it can kill:
    this package has no clock.
    """

    bytes: int = 64 << 20
    """Length of a raw file or of a member of an archive."""
    expanded_bytes: int = 1 << 30
    """All members of an archive together, unpacked, at any depth."""
    ratio: int = 200
    """Unpacked to packed length of a member above one megabyte; office files and text stay under 40."""
    members: int = 20_000
    """Entries of an archive, at any depth."""
    nesting: int = 3
    """Archives inside archives."""
    pages: int = 1_000
    """Pages of a PDF or OFD."""
    scanned_pages: int = 100
    """Pages to be recognised by OCR, which takes seconds for each."""
    pixels: int = 80_000_000
    """Width times height of an image; an A3 page at 600 dpi has 70 million."""
    characters: int = 3_000_000
    """Length of the decoded or main text."""
    elements: int = 400_000
    """Nodes of a markup document (HTML, DOCX, OFD page)."""
    seconds: float = 60.0
    """Time for one raw file, enforced by the caller."""

    def check(self, name: str, value: float, what: str) -> None:
        """Refuse ``value`` above the bound ``name``; ``what`` names the thing that was measured."""
        bound = getattr(self, name)
        if value > bound:
            raise Refused(
                f"limit_{name}",
                "read",
                f"{what}: {value:,.0f} is more than the limit {name} = {bound:,.0f}; raise the limit in the settings if the file is genuine",
            )


DEFAULT_LIMITS = Limits()
