"""Reading check files: a good one, and every way in which one can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.check_files import CheckFileError, load_checks, packaged_checks, read_check

HEADER = {"id": "U01", "title_zh": "标题", "title_en": "Title", "rule": "Own rule", "severity": "info", "since": "0.1.0"}
BODY = "SELECT notice_id, 'pass' AS verdict, NULL AS reason FROM notices"


def write(folder: Path, name: str = "U01_own.sql", body: str = BODY, **header: str) -> Path:
    """A check file in ``folder``."""
    path = folder / name
    path.write_text("".join(f"-- {key}: {value}\n" for key, value in (HEADER | header).items()) + body, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    """Header and body come back as written; a line that goes on is joined."""
    path = write(tmp_path, rule="Own rule,\n--   second line", body=f"-- about the body\n{BODY};\n")

    check = read_check(path)

    assert (check.id, check.title_zh, check.rule, check.severity, check.since) == ("U01", "标题", "Own rule, second line", "info", "0.1.0")
    assert check.sql.endswith(BODY)


@pytest.mark.parametrize(
    ("name", "body", "header", "words"),
    [
        ("U01_own.sql", BODY, {"id": ""}, "header lacks id"),
        ("U01_own.sql", BODY, {"id": "u1"}, "not like K01"),
        ("own.sql", BODY, {}, "file name does not begin with U01_"),
        ("U01_own.sql", BODY, {"severity": "critical"}, "line 5: severity 'critical' is unknown"),
        ("U01_own.sql", BODY, {"since": "one"}, "not a version"),
        ("U01_own.sql", BODY, {"owner": "me"}, "line 7: unknown header key 'owner'"),
        ("U01_own.sql", BODY, {"scope": "world"}, "line 7: scope 'world' is unknown"),
        ("U01_own.sql", BODY, {"rule": "a\n-- rule: b"}, "stands twice"),
        ("U01_own.sql", "DROP TABLE notices", {}, "not a SELECT"),
        ("U01_own.sql", "", {}, "not a SELECT"),
        ("U01_own.sql", f"SELECT ';' -- ;\n{BODY}\n; SELECT 1", {}, "line 9: the body has more than one statement"),
    ],
)
def test_a_wrong_file_is_refused_with_the_way_out(tmp_path: Path, name: str, body: str, header: dict[str, str], words: str) -> None:
    """The message names the file, what is wrong and what to do."""
    path = write(tmp_path, name, body, **header)

    with pytest.raises(CheckFileError) as caught:
        read_check(path)

    assert words in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.way_out


def test_the_scope_is_a_notice_unless_the_header_says_more(tmp_path: Path) -> None:
    """A check reads one notice; only those that say so read related ones too, and of the packaged ones these are K27 and K28."""
    assert read_check(write(tmp_path)).scope == "notice"
    assert read_check(write(tmp_path, scope="related")).scope == "related"
    assert [check.id for check in packaged_checks() if check.scope == "related"] == ["K27", "K28"]


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    """Bytes of another encoding are named with their place."""
    path = tmp_path / "U01_own.sql"
    path.write_bytes("-- title_zh: 标题".encode("gb18030"))

    with pytest.raises(CheckFileError, match="not UTF-8"):
        read_check(path)


def test_an_id_is_used_once_over_all_folders(tmp_path: Path) -> None:
    """A user's check cannot take the id of another."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder)

    with pytest.raises(CheckFileError, match="taken by"):
        load_checks((tmp_path / "a", tmp_path / "b"))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A folder that is not there is an error, not an empty list of checks."""
    with pytest.raises(CheckFileError, match="no such folder"):
        load_checks((tmp_path / "nowhere",))


def test_packaged_checks_are_all_there() -> None:
    """The catalogue has 28 checks of counts, 16 of dates and 12 of form."""
    assert [check.id for check in packaged_checks()] == [
        f"{kind}{n:02d}" for kind, count in (("D", 16), ("F", 12), ("K", 28)) for n in range(1, count + 1)
    ]
