"""Settings come from file, environment and command line, in rising order, and a wrong one is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import Settings, SettingsError, load


def test_defaults_need_nothing(tmp_path: Path) -> None:
    """Without file and environment the defaults hold."""
    assert load({}, {}, tmp_path) == Settings()


def test_later_sources_win(tmp_path: Path) -> None:
    """The environment wins over the file, the command line over both, and what is not given does not count."""
    (tmp_path / "taizhang.toml").write_text('warehouse = "from-file"\nbatch_size = 7\nmemory_limit = "1GB"\n', "utf-8")
    environment = {"TAIZHANG_WAREHOUSE": "from-environment", "TAIZHANG_BATCH_SIZE": "8", "OTHER": "x"}

    loaded = load({"warehouse": "given", "batch_size": None}, environment, tmp_path)

    assert (loaded.warehouse, loaded.batch_size, loaded.memory_limit) == (Path("given"), 8, "1GB")


def test_config_file_elsewhere(tmp_path: Path) -> None:
    """TAIZHANG_CONFIG names the file; one that is not there is an error."""
    (tmp_path / "other.toml").write_text("batch_size = 3", "utf-8")

    assert load({}, {"TAIZHANG_CONFIG": str(tmp_path / "other.toml")}, tmp_path).batch_size == 3
    with pytest.raises(SettingsError, match="does not exist"):
        load({}, {"TAIZHANG_CONFIG": str(tmp_path / "none.toml")}, tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("batch_size = 0", "batch_size cannot be used"),
        ('batch_size = "many"', "batch_size cannot be used"),
        ('memory_limit = "lots"', "memory_limit cannot be used"),
        ('catalog = "mysql:x"', "catalog cannot be used"),
        ('data = "s3://bucket"', "data cannot be used"),
        ('raw_data = "s3://bucket/"', "raw_data cannot be used"),
        ('warehouse = ""', "warehouse cannot be used"),
        ("wharehouse = 1", "there is no setting wharehouse; there are warehouse"),
        ("batch_size = ", "cannot be read"),
    ],
)
def test_wrong_setting_is_named(tmp_path: Path, text: str, words: str) -> None:
    """The message tells the setting, what is wrong with it, and the file it stands in."""
    (tmp_path / "taizhang.toml").write_text(text, "utf-8")

    with pytest.raises(SettingsError, match=words) as caught:
        load({}, {}, tmp_path)
    assert "taizhang.toml" in str(caught.value)


def test_wrong_variable_is_named(tmp_path: Path) -> None:
    """The message tells the environment variable."""
    with pytest.raises(SettingsError, match="TAIZHANG_BATCH_SIZE"):
        load({}, {"TAIZHANG_BATCH_SIZE": "-1"}, tmp_path)


def test_locations_follow_from_the_warehouse(tmp_path: Path) -> None:
    """Catalog and data lie in the warehouse unless they are set; PostgreSQL and S3 come by settings alone."""
    here = Settings(warehouse=tmp_path).location
    assert (here.catalog, here.data) == (f"sqlite:{tmp_path}/catalog.sqlite", f"{tmp_path}/data/")

    far = Settings(warehouse=tmp_path, catalog="postgres:host=db dbname=lake", data="s3://bucket/data").location
    assert (far.catalog, far.data, far.catalog_file) == ("postgres:host=db dbname=lake", "s3://bucket/data/", None)


def test_limits_of_reading(tmp_path: Path) -> None:
    """Each limit is a setting named like the reason of its reject; sizes are decimal or binary as written."""
    loaded = load({}, {"TAIZHANG_LIMIT_PAGES": "7", "TAIZHANG_LIMIT_MEMORY": "1.5GiB", "TAIZHANG_LIMIT_TIME": "3"}, tmp_path)

    assert (loaded.limits.pages, loaded.limits.seconds, loaded.limits.bytes) == (7, 3, loaded.max_file_bytes)
    assert loaded.reader_memory == 3 << 29
    assert Settings(limit_memory="512 MB").reader_memory == 512_000_000


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({}, "w/raw"),
        ({"raw_data": "elsewhere"}, "elsewhere"),
        ({"data": "s3://bucket/lake/data"}, "s3://bucket/lake/raw"),
        ({"data": "s3://bucket/data/", "raw_data": "s3://other/raw/"}, "s3://other/raw"),
        ({"data": "s3://bucket/data/", "raw_data": "folder"}, "folder"),
    ],
)
def test_raw_store_lies_beside_the_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: dict[str, str], place: str) -> None:
    """It lies in the warehouse's folder, in the bucket of the data files where they are in one, or where a setting says."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")

    assert load({"warehouse": "w", **given}, {}, tmp_path).raw_store().place == place
