"""LibreOffice as a second reader of DOC and WPS: a script stands in for it, and the real one is asked where it is installed."""

from __future__ import annotations

import stat
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.commands.doctor import _tell_readers
from flows.isolation import IsolatedReader
from flows.office_suite import NOTE, Office, program, second_reading
from flows.settings import Settings, SettingsError, load
from tests.transforms.reading.pages import BODY
from tests.transforms.reading.samples import compound, doc, docx, p
from transforms.reading.limits import Limits
from transforms.reading.read import read
from transforms.reading.reading import Reading
from transforms.reading.refusal import Refusal

_REAL = program("auto")
# a Word document without its table of pieces: the own reader refuses it
BROKEN = compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(2000), "1Table": b"x"})

Script = Callable[[str], str]


def word_95(text: str) -> bytes:
    """A document of Word 95 with ``text`` in GBK, set in a font of the charset 134, which is how Word 95 tells it."""
    content = text.encode("gbk")
    word = bytearray(0x300) + content
    end = len(word)
    word += bytes(-len(word) % 512)
    runs = bytearray(512)
    struct.pack_into("<II", runs, 0, 0x300, end)
    runs[8], runs[400:404], runs[511] = 200, b"\x03\x5d\x01\x00", 1
    fonts = b"".join(struct.pack("<BBHBB", 6 + len(name), 0, 400, charset, 0) + name + b"\0" for name, charset in ((b"x", 0), (b"y", 134)))
    tables = {0xB8: struct.pack("<IIH", 0x300, end, len(word) // 512), 0xD0: struct.pack("<H", 2 + len(fonts)) + fonts}
    word += runs
    for place, table in tables.items():
        struct.pack_into("<II", word, place, len(word), len(table))
        word += table
    struct.pack_into("<HHHH", word, 0, 0xA5DC, 0x68, 0x65, 0x0804)
    struct.pack_into("<II", word, 0x18, 0x300, end)
    struct.pack_into("<i", word, 0x34, len(content))
    struct.pack_into("<HHHH", word, 0x18A, (end + 511) // 512, 0, 1, 0)
    return compound({"WordDocument": bytes(word)})


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Makes a program that takes the arguments of soffice; its body knows them as ``out`` (the folder), ``profile``, and ``notes``."""

    def made(body: str) -> str:
        path = tmp_path / "soffice"
        head = (
            f"#!{sys.executable}\nimport os, sys, time, subprocess\nfrom pathlib import Path\nnotes = Path({str(tmp_path)!r})\n"
            "out = Path(sys.argv[sys.argv.index('--outdir') + 1])\nout.mkdir()\n"
            "profile = Path(sys.argv[1].removeprefix('-env:UserInstallation=file://'))\n"
        )
        path.write_text(head + body, "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    return made


@pytest.fixture
def converting(script: Script, tmp_path: Path) -> str:
    """A program that converts whatever it gets to the paragraphs of BODY, and counts how often it was asked."""
    (tmp_path / "made.docx").write_bytes(docx("".join(map(p, BODY))))
    return script(
        "with (notes / 'asked').open('a') as stream: stream.write('x')\n(out / 'in.docx').write_bytes((notes / 'made.docx').read_bytes())"
    )


@pytest.mark.parametrize("raw", [BROKEN, word_95("现将整改情况予以公布。")], ids=["refused", "word_95"])
def test_reads_what_the_own_reader_does_not(converting: str, raw: bytes) -> None:
    """A refused DOC and one of Word 95 are read from what LibreOffice makes of them, and that is recorded."""
    found = second_reading(read(raw), raw, Office(converting, 20), Limits())
    assert isinstance(found, Reading)
    assert found.text.split("\n") == list(BODY)
    assert found.media_type == "application/msword" and found.damage == (NOTE,)


@pytest.mark.parametrize(
    "raw",
    [doc([("现将整改情况予以公布。\r", b"")]), b"%PDF-1.4 broken", compound({"EncryptedPackage": b"x"}), compound({"Workbook": b"x"})],
    ids=["sound", "pdf", "encrypted", "sheet"],
)
def test_is_asked_only_where_it_may_help(converting: str, tmp_path: Path, raw: bytes) -> None:
    """A file that the own reader reads, that is no Word file or that is protected does not start a program."""
    own = read(raw)
    assert second_reading(own, raw, Office(converting, 20), Limits()) is own
    assert not (tmp_path / "asked").exists()


def test_without_a_program_nothing_changes() -> None:
    """Where there is no LibreOffice the own reader's refusal stands."""
    own = read(BROKEN)
    assert second_reading(own, BROKEN, Office(), Limits()) is own


@pytest.mark.parametrize(
    "body",
    [
        "sys.exit(1)",
        "(out / 'in.docx').write_bytes(b'PK no package')",
        "(out / 'in.docx').write_bytes((notes / 'garbage.docx').read_bytes())",
    ],
    ids=["fails", "broken", "garbage"],
)
def test_its_failure_is_told(script: Script, tmp_path: Path, body: str) -> None:
    """Where it makes nothing, or what does not read like Chinese, the own refusal stands and says so."""
    (tmp_path / "garbage.docx").write_bytes(docx(p("þÿÑ‘¿SÝ„XX" * 40)))
    own = read(BROKEN)
    found = second_reading(own, BROKEN, Office(script(body), 20), Limits())
    assert isinstance(own, Refusal) and isinstance(found, Refusal)
    assert found.reason == own.reason and "LibreOffice could not read it either" in found.message


def test_wrong_charset_is_put_right(script: Script, tmp_path: Path) -> None:
    """Word 95 that names no charset comes as Western characters; they are read as the GBK that they were."""
    (tmp_path / "west.docx").write_bytes(docx(p(BODY[2].encode("gbk").decode("cp1252"))))
    raw = word_95("现将整改情况予以公布。")
    found = second_reading(
        read(raw), raw, Office(script("(out / 'in.docx').write_bytes((notes / 'west.docx').read_bytes())"), 20), Limits()
    )
    assert isinstance(found, Reading)
    assert found.text == BODY[2] and NOTE in found.damage


def test_profile_is_its_own_and_forbids(script: Script, tmp_path: Path) -> None:
    """The program gets a fresh profile without macros, linked files and network, a home of its own, and nothing is left of it."""
    office = script(
        "(notes / 'profile').write_text((profile / 'user' / 'registrymodifications.xcu').read_text())\n"
        "(notes / 'place').write_text(os.environ['HOME'] + ' ' + str(profile) + ' ' + ' '.join(sorted(os.environ)))"
    )
    second_reading(read(BROKEN), BROKEN, Office(office, 20), Limits())
    written = (tmp_path / "profile").read_text("utf-8")
    for name in ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "ooInetHTTPProxyName"):
        assert name in written
    home, profile, *names = (tmp_path / "place").read_text("utf-8").split()
    assert Path(profile).parent == Path(home) and not Path(home).exists()
    assert not any("proxy" in name.lower() or name.startswith("TAIZHANG") for name in names)


def _is_running(process: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text("utf-8")
    except FileNotFoundError:
        return False


_HANGS = "child = subprocess.Popen(['sleep', '600'])\n(notes / 'child').write_text(str(child.pid))\ntime.sleep(600)"


def _ends(process: int) -> bool:
    for _ in range(200):
        if not _is_running(process):
            return True
        time.sleep(0.05)
    return False


def test_hanging_program_is_killed_with_its_children(script: Script, tmp_path: Path) -> None:
    """Beyond its time the program and what it started are killed, and the refusal names the limit and what the own reader said."""
    own = read(BROKEN)
    found = second_reading(own, BROKEN, Office(script(_HANGS), 2), Limits())
    assert isinstance(own, Refusal) and isinstance(found, Refusal)
    assert (
        found.reason == "limit_office_time" and found.message.startswith(own.message) and "limit_office_time = 2 seconds" in found.message
    )
    assert _ends(int((tmp_path / "child").read_text("utf-8")))


@pytest.fixture
def reader(script: Script) -> Iterator[IsolatedReader]:
    """The reading process with a program that hangs longer than a file may take."""
    made = IsolatedReader(Limits(seconds=4.0), 2 << 30, office=Office(script(_HANGS), 300))
    yield made
    made.close()


def test_program_ends_with_the_reading_process(reader: IsolatedReader, tmp_path: Path) -> None:
    """When the reading process is killed at its limit, nothing that it started stays."""
    found = reader.read(BROKEN, "a.doc")
    assert isinstance(found, Refusal) and found.reason == "limit_time"
    assert _ends(int((tmp_path / "child").read_text("utf-8")))


def test_one_at_a_time(script: Script, tmp_path: Path) -> None:
    """Two conversions on one machine wait for each other."""
    office = script(
        "place = notes / 'busy'\n"
        "try:\n    os.mkdir(place)\nexcept FileExistsError:\n    (notes / 'two').touch()\n"
        "time.sleep(0.4)\nos.rmdir(place)"
    )
    own = read(BROKEN)
    threads = [threading.Thread(target=second_reading, args=(own, BROKEN, Office(office, 30), Limits())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not (tmp_path / "two").exists() and not (tmp_path / "busy").exists()


def test_setting(tmp_path: Path, converting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program is looked for in PATH, named by its path, or not wanted; a path that is none is told."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Settings().office == Office(converting, 60)
    assert Settings(limit_time=10).office.seconds == 8
    assert Settings(office_suite="off").office.program == ""
    assert load({}, {"TAIZHANG_OFFICE_SUITE": converting}, tmp_path / "none").office.program == converting
    with pytest.raises(SettingsError, match=r"TAIZHANG_OFFICE_SUITE: office_suite cannot be used: .* is no program"):
        load({}, {"TAIZHANG_OFFICE_SUITE": str(tmp_path / "nowhere")}, tmp_path / "none")
    Path(converting).unlink()
    assert Settings().office.program == ""


@pytest.mark.slow
@pytest.mark.skipif(not _REAL, reason="LibreOffice is not installed (Debian: libreoffice-writer-nogui)")
def test_real_program_reads_word_95() -> None:
    """The real LibreOffice, within the memory that the reading process has, reads a Word 95 document."""
    reader = IsolatedReader(Limits(seconds=150.0), Settings().reader_memory, office=Office(_REAL, 120))
    found = reader.read(word_95("\r".join(BODY) + "\r"), "a.doc")
    reader.close()
    assert isinstance(found, Reading)
    assert found.text.split("\n") == list(BODY)
    assert NOTE in found.damage


@pytest.mark.parametrize(("named", "words"), [("off", "not wanted"), ("PROGRAM", "/soffice")])
def test_doctor_says_whether_it_is_there(converting: str, capsys: pytest.CaptureFixture[str], named: str, words: str) -> None:
    """taizhang doctor tells which program would be asked, or that there is none."""
    _tell_readers(Settings(office_suite=named.replace("PROGRAM", converting)))
    line = capsys.readouterr().out.splitlines()[0]
    assert line.startswith("LibreOffice") and line.endswith(words)
