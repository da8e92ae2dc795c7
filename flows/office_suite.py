"""LibreOffice as a second reader of DOC and WPS, where it is installed: it converts to DOCX, which the own reader reads.

It is asked only for what the own reader refuses or reads as bare runs of text (Word 6 and 95). It is started by the reading process, in
whose session it is, so that it is killed with it; with a profile of its own that forbids macros, linked files and the network; and one at
a time on a machine, because it takes some hundred megabytes.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from transforms.reading import sniff
from transforms.reading.limits import Limits
from transforms.reading.mojibake import repaired
from transforms.reading.plausibility import is_plausible
from transforms.reading.read import Reading, read
from transforms.reading.refusal import Refusal, Refused

NAMES = ("soffice", "libreoffice")
AUTO, OFF = "auto", "off"
_REFUSED = frozenset(("unreadable", "truncated", "empty"))
NOTE = "libreoffice"
_LOCK = "taizhang-office-{}.lock"
_WAIT = 0.1
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        _ITEM.format(*each)
        for each in (
            ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
            ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
            ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
            ("Office.Writer/Content/Update", "Link", "0"),
            # nobody listens on the discard port: what a document links to is not fetched
            ("Inet/Settings", "ooInetProxyType", "2"),
            *(("Inet/Settings", f"ooInet{kind}Proxy{part}", value) for kind in ("HTTP", "HTTPS") for part, value in (("Name", "127.0.0.1"), ("Port", "9"))),
        )
    )
    + "</oor:items>"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """Path of the program, empty for none, and the seconds that one conversion may take, with the wait for its turn."""

    program: str = ""
    seconds: float = 60.0


def program(named: str) -> str:
    """Path of the program that the setting office_suite names, or that PATH has; empty if there is none or none is wanted.

    Raises ``LookupError`` where the setting names what is no program.
    """
    if named == OFF:
        return ""
    if named != AUTO:
        found = shutil.which(Path(named).expanduser())
        if not found:
            raise LookupError(f'{named} is no program; give the path of soffice, "{AUTO}" or "{OFF}"')
        return str(found)
    return next((found for name in NAMES if (found := shutil.which(name))), "")


def second_reading(found: Reading | Refusal, raw: bytes, office: Office, limits: Limits) -> Reading | Refusal:
    """What ``office`` makes of a DOC or WPS of which the own reader made ``found``; ``found`` itself where that is enough.

    A refusal stays as it is where LibreOffice cannot read the file either, or becomes limit_office_time.
    """
    if not office.program or not _is_wanted(found, raw):
        return found
    try:
        converted = _converted(raw, office)
    except subprocess.TimeoutExpired:
        if isinstance(found, Reading):
            return replace(found, damage=(*found.damage, "limit_office_time"))
        words = f"{found.message}; LibreOffice did not read it within limit_office_time = {office.seconds:g} seconds either"
        return Refusal("limit_office_time", "read", words)
    reading = _readable(read(converted, limits=limits)) if converted else None
    if reading:
        return replace(reading, media_type=sniff.DOC, damage=(*reading.damage, NOTE))
    if isinstance(found, Refusal):
        return replace(found, message=f"{found.message} (LibreOffice could not read it either)")
    return found


def _readable(found: Reading | Refusal) -> Reading | None:
    """``found`` if it is Chinese, also behind a wrong charset: Word 6 and 95 name none, and are then taken for Western."""
    if isinstance(found, Refusal) or found.media_type != sniff.DOCX:
        return None
    try:
        repair = repaired(found.text)
    except Refused:
        return None
    if repair.is_lossy or not is_plausible(repair.text):
        return None
    return replace(found, text=repair.text, damage=(*found.damage, *repair.damage))


def _is_wanted(found: Reading | Refusal, raw: bytes) -> bool:
    if sniff.media_type(raw) != sniff.OLE:
        return False
    return found.reason in _REFUSED if isinstance(found, Refusal) else "word_95" in found.damage


def _converted(raw: bytes, office: Office) -> bytes:
    """The DOCX that ``office`` makes of ``raw``; empty if it makes none. Raises ``TimeoutExpired``."""
    end = time.monotonic() + office.seconds
    with tempfile.TemporaryDirectory(prefix="taizhang-office-", ignore_cleanup_errors=True) as name, _turn(end, office.seconds):
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
        (folder / "in.doc").write_bytes(raw)
        command = [
            office.program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
        ]
        running = subprocess.Popen(
            [*command, "--convert-to", "docx", "--outdir", str(folder / "out"), str(folder / "in.doc")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            process_group=0,  # soffice is a script that starts the program: both are to end
            env={"PATH": os.environ.get("PATH", os.defpath), "HOME": name, "TMPDIR": name, "LANG": "C.UTF-8"},
        )
        try:
            running.wait(max(0.0, end - time.monotonic()))
        finally:
            with contextlib.suppress(OSError):
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()
        made = folder / "out" / "in.docx"
        return made.read_bytes() if made.exists() else b""


@contextlib.contextmanager
def _turn(end: float, seconds: float) -> Iterator[None]:
    """Wait until no other process of this user converts. Raises ``TimeoutExpired`` at ``end``."""
    try:
        import fcntl
    except ImportError:  # Windows: the profile is this conversion's own, so two at once are slow, not wrong
        yield
        return
    path = Path(tempfile.gettempdir()) / _LOCK.format(os.getuid())
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise subprocess.TimeoutExpired("the turn of LibreOffice", seconds) from None
                time.sleep(_WAIT)
        yield
    finally:
        os.close(descriptor)
