"""docs/reference/messages.md tells what to do about every message that ends a command and every reason of a refusal, and about no other."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from flows.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "messages.md").read_text("utf-8")
GAP = "…"
PACKAGES = ("flows", "warehouse", "expectations", "transforms")
# what reaches a user as the words of an error; other exceptions are turned into one of these on the way, or into a reject
TOLD = {
    *("_failure", "refuse", "ExtensionMissing", "AccessError"),
    *("ClickException", "UsageError", "BadParameter", "SettingsError", "MissingInput", "SourceError", "UnknownRules", "UnknownSnapshot"),
    *("WarehouseMissing", "WarehouseDamaged", "BackupFailed", "RunnerError", "ProcessEnded", "ApiError", "SqlRefused", "QueryError"),
    *("PlaceTaken", "NoSuchNotice", "CheckError", "CheckFileError", "FileExistsError", "SubprocessError"),
}
# refusals of a file: the first word is the reason
REFUSALS = {"Refused", "Refusal", "FetchFailed", "_defect"}
# messages that are put together elsewhere than where they are raised, or only logged
ELSEWHERE = (
    "…: check … cannot be run: …. docs/checks.md lists the tables and the columns a check must return",
    "another writer holds …: …",
    "taizhang doctor tells what is damaged; taizhang restore or doctor --repair mends it.",
    "the disk is full (…); the batch at hand was rolled back. Free some space and run again: finished batches are kept.",
    "…. Stop that schedule, or set PREFECT_API_URL to its server and give this one another --name than ….",
    "… has no parameter …; it has …",
    "Nothing is scheduled: either no time of the next 100 days fits, or Prefect's scheduler fails; see its log",
    "… did not work: …: …",
    "it is blank",
    "nobody was told of the failure: …",
    "an artifact could not be stored: …: …",
    "waiting for another writer: …",
    "there is no snapshot …; the warehouse has … to … (taizhang diff --list)",
    "… = … is no regular expression (…)",
    "no report in language …; choose one of …",
)
# what the system says, with the file's name
OF_THE_SYSTEM = ("Out of Memory Error: …", "Read-only file system: …", "Permission denied: …")


@cache
def sources() -> tuple[tuple[Path, ast.AST], ...]:
    """Every module of the packages, parsed."""
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return tuple((path, ast.parse(path.read_text("utf-8"))) for path in paths)


def words(node: ast.AST) -> str:
    """The words of a string, with … for what differs."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else GAP
    if isinstance(node, ast.JoinedStr):
        return "".join(map(words, node.values)).replace("TAIZHANG_", "")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return words(node.left) + words(node.right)
    return GAP


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""


@cache
def messages() -> dict[str, str]:
    """Every message with the place that raises it. A check's file says what is wrong in its second word."""
    found = {}
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and called(node.exc) in TOLD and node.exc.args:
                told = [words(each) for each in node.exc.args]
                message = told[1] if called(node.exc) in ("CheckFileError", "FileExistsError") and len(told) > 1 else told[0]
                if re.search(r"[A-Za-z]{3}", message):  # else the words of another error are handed on
                    found[message] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


@cache
def reasons() -> set[str]:
    """Every reason of a refusal; those that are put together are limits and answers of sites."""
    found = {f"limit_{name.removeprefix('limit_')}" for name in Settings.__struct_fields__ if name.startswith("limit_")}
    for _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in (*REFUSALS, "Unread"):
                found |= {reason for each in node.args if re.fullmatch(r"[a-z][a-z0-9_]*|http_…", reason := words(each))}
    # other arguments of theirs: stages
    return {"http_…" if reason.startswith("http_") else reason for reason in found} - {"decode", "extract", "ingest", "read", "recognise"}


def rows(of_page: str) -> list[str]:
    """What stands in back quotes in the first column."""
    cells = re.findall(r"^\| (`.+?`) \| ", of_page, re.MULTILINE)
    return [row for cell in cells for row in re.findall(r"`(.+?)`", cell)]


def fits(row: str, message: str) -> bool:
    """The words of the row stand in the message in their order; a row may leave out the end."""
    pieces = [re.escape(piece) for piece in row.removesuffix(GAP).split(GAP)]
    return bool(re.match(".*".join(pieces), message, re.DOTALL)) or re.escape(GAP).join(pieces) == re.escape(message)


@pytest.mark.parametrize(("message", "place"), [*messages().items(), *((each, "elsewhere") for each in ELSEWHERE)])
def test_every_message_is_explained(message: str, place: str) -> None:
    """The page has a row for it."""
    assert any(fits(row, message) for row in rows(PAGE)), f"{place}: {message}"


@pytest.mark.parametrize("reason", sorted(reasons()))
def test_every_reason_is_explained(reason: str) -> None:
    """The page has a row for it."""
    assert reason in rows(PAGE)


@pytest.mark.parametrize("row", [row for row in rows(PAGE) if row not in OF_THE_SYSTEM])
def test_no_row_is_out_of_date(row: str) -> None:
    """Each row explains a message or a reason that the code has."""
    assert row in reasons() or any(fits(row, message) for message in (*messages(), *ELSEWHERE))


def test_enough_is_found() -> None:
    """The search sees what it should: an error of each package, and a refusal of a reader."""
    places = {place.partition("/")[0] for place in messages().values()}
    assert places == {"flows", "warehouse", "expectations"}
    assert {"encrypted", "invalid_url", "reader_crashed", "limit_pages"} <= reasons()


@pytest.mark.parametrize("words_", [row for row in ELSEWHERE if len(row.replace(GAP, "")) > 20])
def test_messages_put_together_elsewhere_are_in_the_code(words_: str) -> None:
    """The longest piece of each stands in a source file as it is."""
    piece = max(re.split(r"…|\(|\)", words_), key=len).strip()
    assert any(piece in words(node) for _, tree in sources() for node in ast.walk(tree) if isinstance(node, ast.Constant | ast.JoinedStr))
