"""The command line: exit codes, messages that name the way out, output for people and for programs."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.cli import COMMANDS, cli, main
from tests.flows.stand_in import STEPS
from warehouse.lock import writer_lock


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Taizhang = Callable[..., Ended]


@pytest.fixture
def taizhang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Taizhang:
    """Runs a command line in a folder of its own with the stand-in steps."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAIZHANG_LOCK_WAIT_SECONDS", "0")
    monkeypatch.setattr("flows.run.real_steps", lambda *_: STEPS)
    monkeypatch.setattr("flows.commands.extract.real_steps", lambda *_: STEPS)
    monkeypatch.setattr("signal.signal", lambda *_: None)

    def run(*words: str, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["taizhang", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capfd.readouterr()
        return Ended(ended.value.code if isinstance(ended.value.code, int) else 1, printed.out, printed.err)

    return run


@pytest.fixture
def inbox(tmp_path: Path, empty_warehouse: Path) -> Path:
    """One notice and one file that is none, beside empty warehouses."""
    for name in ("w", "warehouse-data"):
        shutil.copytree(empty_warehouse, tmp_path / name)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text("通报甲\n1\n2", "utf-8")
    (tmp_path / "inbox" / "b.txt").write_text("菜单", "utf-8")
    return tmp_path / "inbox"


def test_help_names_every_command_and_exit_code(taizhang: Taizhang) -> None:
    """The help lists the commands that exist and what each exit code means."""
    ended = taizhang("--help")

    assert ended.code == 0
    listed = ended.out.partition("Commands:")[2]
    assert [name for name in COMMANDS if f"\n  {name} " in listed] == cli.list_commands(None)  # type: ignore[arg-type]
    for code in ("0  done", "1  failed", "2  wrong usage", "3  done, but some inputs were rejected"):
        assert code in ended.out


@pytest.mark.parametrize("name", cli.list_commands(None))  # type: ignore[arg-type]
def test_every_command_has_an_example(taizhang: Taizhang, name: str) -> None:
    """Each command's help shows how it is called."""
    if name in ("explain", "evaluate"):
        pytest.importorskip("transforms.explain")
    ended = taizhang(name, "--help")

    assert ended.code == 0
    assert f"Example:\n    taizhang {name}" in ended.out


def test_explain_tells_zero(taizhang: Taizhang) -> None:
    """A count of nothing is a count that the notice states."""
    ended = taizhang("explain", "移送司法机关0人")

    assert "value_low=0.0" in ended.out


def test_version(taizhang: Taizhang) -> None:
    """--version names the program and the rules."""
    ended = taizhang("--version")

    assert ended.code == 0
    assert ended.out.startswith("taizhang ")
    assert "rules " in ended.out


def test_run_tells_what_came_of_the_files(taizhang: Taizhang, inbox: Path) -> None:
    """The summary counts files and verdicts and says how to see the rejects; nothing is coloured or drawn when piped."""
    ended = taizhang("run", str(inbox), "--warehouse", "w")

    assert ended.code == 0
    assert "2 files: 1 published, 0 duplicate (0 unchanged), 1 rejected" in ended.out
    assert "1 pass" in ended.out
    assert "FROM rejects" in ended.out
    assert "\x1b" not in ended.out + ended.err
    assert ended.err == ""


def test_strict_turns_rejects_into_exit_code_3(taizhang: Taizhang, inbox: Path) -> None:
    """With --strict the run is the same but its exit code tells of rejects; quiet prints nothing."""
    ended = taizhang("run", str(inbox), "--strict", "--quiet")

    assert (ended.code, ended.out, ended.err) == (3, "", "")
    assert json.loads(taizhang("sql", "SELECT count(*) AS n FROM notices", "--format", "json").out) == {"n": 1}


def test_quality_gate_is_exit_code_1(taizhang: Taizhang, inbox: Path) -> None:
    """A broken invariant fails the command, names what broke, and says where the batch is kept."""
    (inbox / "c.txt").write_text("通报\n13", "utf-8")

    ended = taizhang("run", str(inbox), "--warehouse", "w")

    assert ended.code == 1
    assert "no amount is 13" in ended.err
    assert "w/quarantine/" in ended.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run",), "nothing to run"),
        (("run", "none.txt"), "none.txt does not exist"),
        (("run", "*.pdf"), "no file matches"),
        (("frobnicate",), "No such command"),
        (("run", "inbox", "--frobnicate"), "No such option"),
        (("sql", "DELETE FROM notices"), "only SELECT"),
        (("sql", "SELECT * FROM read_text('/etc/passwd')"), "read_text may not be used"),
        (("extract", "none.txt"), "does not exist"),
        (("extract", "-", "inbox"), "stands alone"),
        (("text", "none.txt"), "does not exist"),
    ],
)
def test_wrong_usage_is_exit_code_2(taizhang: Taizhang, inbox: Path, words: tuple[str, ...], says: str) -> None:
    """A wrong command line is told apart from a failure and says what is wrong with it."""
    if words[0] == "sql":
        taizhang("run", str(inbox))
    ended = taizhang(*words)

    assert ended.code == 2
    assert says in ended.err


def test_wrong_setting_is_exit_code_2(taizhang: Taizhang, inbox: Path) -> None:
    """A wrong taizhang.toml is named."""
    Path("taizhang.toml").write_text("batch_size = 0", "utf-8")

    ended = taizhang("run", str(inbox))

    assert ended.code == 2
    assert "batch_size cannot be used" in ended.err


@pytest.mark.parametrize("words", [("sql", "SELECT 1"), ("report", "--out", "out")])
def test_missing_warehouse_is_exit_code_1(taizhang: Taizhang, words: tuple[str, ...]) -> None:
    """Asking a warehouse that is not there says how to make one."""
    ended = taizhang(*words)

    assert ended.code == 1
    assert "taizhang run PATH makes one" in ended.err


def test_damaged_catalog_is_exit_code_1(taizhang: Taizhang, inbox: Path) -> None:
    """A catalog that is no database is told in one line, with what to do, and is not overwritten."""
    taizhang("run", str(inbox), "--warehouse", "w")
    for path in Path("w").glob("catalog.sqlite*"):
        path.unlink()
    Path("w/catalog.sqlite").write_bytes(b"no database at all " * 100)

    for words in (("sql", "SELECT 1"), ("run", str(inbox))):
        ended = taizhang(*words, "--warehouse", "w")
        assert ended.code == 1
        assert "taizhang doctor" in ended.err
    assert Path("w/catalog.sqlite").read_bytes().startswith(b"no database")


def test_locked_warehouse_is_exit_code_1(taizhang: Taizhang, inbox: Path) -> None:
    """The second writer is told who holds the warehouse."""
    with writer_lock(Path("w/writer.lock"), "nightly run"):
        ended = taizhang("run", str(inbox), "--warehouse", "w")

    assert ended.code == 1
    assert "nightly run" in ended.err


def test_full_disk_is_exit_code_1(taizhang: Taizhang, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No space left is one clear line, and the batch is not in the warehouse."""

    def put(*_: object) -> None:
        raise OSError(28, "No space left on device", "x")

    with monkeypatch.context() as full:
        full.setattr("warehouse.raw_store.RawStore.put", put)
        ended = taizhang("run", str(inbox))

    assert ended.code == 1
    assert "the disk is full (No space left on device)" in ended.err
    assert json.loads(taizhang("sql", "SELECT count(*) AS n FROM documents", "--format", "json").out) == {"n": 0}


def test_sql_formats(taizhang: Taizhang, inbox: Path) -> None:
    """Tables align Han characters; CSV has a header and is quoted; JSON has one object a line with ISO dates and decimal strings."""
    taizhang("run", str(inbox))
    query = "SELECT '通报' AS 标题, DATE '2024-05-01' AS day, 1.50::DECIMAL(9,2) AS yuan, [1, 2] AS list, NULL AS nothing, 'a,b' AS comma"

    assert taizhang("sql", query).out.splitlines() == [
        "标题  day         yuan  list    nothing  comma",
        "────  ──────────  ────  ──────  ───────  ─────",
        "通报  2024-05-01  1.50  [1, 2]           a,b",
        "(1 row)",
    ]
    assert taizhang("sql", query, "--format", "csv").out.splitlines() == [
        "标题,day,yuan,list,nothing,comma",
        '通报,2024-05-01,1.50,"[1, 2]",,"a,b"',
    ]
    assert json.loads(taizhang("sql", query, "--format", "json").out) == {
        "标题": "通报",
        "day": "2024-05-01",
        "yuan": "1.50",
        "list": [1, 2],
        "nothing": None,
        "comma": "a,b",
    }
    assert taizhang("sql", "-", "--format", "csv", stdin=b"SELECT 1 AS a, 2 AS a").out == "a,a\n1,2\n"
    assert "no_such_column" in taizhang("sql", "SELECT no_such_column FROM notices").err


def test_sql_reads_an_older_snapshot(taizhang: Taizhang, inbox: Path) -> None:
    """--snapshot gives the warehouse as it was."""
    taizhang("run", str(inbox))

    assert taizhang("sql", "SELECT count(*) AS n FROM notices", "--snapshot", "1", "--format", "csv").out == "n\n0\n"


def test_extract_prints_the_contract(taizhang: Taizhang, inbox: Path) -> None:
    """One object a document with every key of the contract; refused documents have a reason and empty lists."""
    ended = taizhang("extract", str(inbox))

    assert ended.code == 0
    notice, other = (json.loads(line) for line in ended.out.splitlines())
    lists = (
        "nodes problems measures claims date_mentions amounts accountability citations contacts organisations persons places next_steps "
        "figures check_results"
    )
    assert {"document", "reject", "notice", *lists.split()} <= notice.keys() == other.keys()
    assert {"uri", "sha256", "media_type", "encoding", "outcome"} <= notice["document"].keys()
    assert (notice["document"]["outcome"], notice["reject"]) == ("notice", None)
    assert notice["document"]["uri"] == f"file://{inbox}/a.txt"
    assert notice["notice"]["title"] == "通报甲"
    assert [amount["yuan_low"] for amount in notice["amounts"]] == ["1", "2"]
    assert notice["check_results"][0]["check_id"] == "K01"
    assert (other["document"]["outcome"], other["notice"], other["reject"]["reason"]) == ("rejected", None, "not_a_notice")
    assert other["reject"].keys() == {"reason", "stage", "message"}
    assert all(other[name] == [] for name in lists.split())


def test_extract_reads_stdin(taizhang: Taizhang) -> None:
    """With - one document comes from stdin, in whatever encoding; --strict tells a refusal by exit code 3."""
    printed = json.loads(taizhang("extract", "-", stdin="通报乙\n5".encode("gb18030")).out)
    assert (printed["document"]["uri"], printed["document"]["encoding"], printed["notice"]["title"]) == ("stdin:", "gb18030", "通报乙")

    refused = taizhang("extract", "-", "--strict", stdin=b"")
    assert refused.code == 3
    assert json.loads(refused.out)["reject"]["reason"] == "empty"


def test_text_prints_paragraphs(taizhang: Taizhang, inbox: Path) -> None:
    """The main text comes one paragraph a line; what cannot be read gives its reason and exit code 1."""
    assert taizhang("text", str(inbox / "a.txt")).out == "通报甲\n1\n2\n"

    refused = taizhang("text", "-", stdin=b"\x7fELF" + bytes(200))
    assert refused.code == 1
    assert "unsupported_media" in refused.err
