"""Settings: from taizhang.toml, then the environment (TAIZHANG_…), then the command line; validated once, never changed after."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec

from warehouse.lake import Location, local

FILE = "taizhang.toml"
_PREFIX = "TAIZHANG_"


class SettingsError(Exception):
    """A setting that cannot be used; the message names it, where it stands and what it may be."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings with their defaults. In the environment ``batch_size`` is TAIZHANG_BATCH_SIZE, in taizhang.toml ``batch_size``."""

    warehouse: Path = Path("warehouse-data")
    """Folder of the warehouse: lock, raw store, quarantine, and catalog and data unless those are set."""
    catalog: Annotated[str, msgspec.Meta(pattern=r"^(sqlite|postgres):.")] | None = None
    """``postgres:host=… dbname=…`` for many machines; by default SQLite in the warehouse folder."""
    data: str | None = None
    """Folder or ``s3://bucket/prefix/`` of the data files; by default a folder in the warehouse."""
    batch_size: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 500
    """Files that are read, checked and published together."""
    batch_bytes: Annotated[int, msgspec.Meta(ge=1)] = 64 << 20
    """A batch is closed early when its files reach this many bytes together."""
    max_file_bytes: Annotated[int, msgspec.Meta(ge=1)] = 64 << 20
    """Longer files are refused (reason limit_bytes)."""
    lock_wait_seconds: Annotated[float, msgspec.Meta(ge=0)] = 10
    """How long a run waits for another writer to finish."""
    memory_limit: Annotated[str, msgspec.Meta(pattern=r"^[0-9]+(\.[0-9]+)? ?[KMGT]i?B$")] = "512MB"
    """What DuckDB may use before it spills to disk."""

    @property
    def location(self) -> Location:
        """Where the lake lives."""
        default = local(self.warehouse)
        data = self.data or default.data
        return Location(self.catalog or default.catalog, data if data.endswith("/") else f"{data}/")

    @property
    def raw(self) -> Path:
        """The raw store's folder."""
        return self.warehouse / "raw"

    @property
    def lock(self) -> Path:
        """The writer's lock."""
        return self.warehouse / "writer.lock"

    @property
    def quarantine(self) -> Path:
        """Where batches are kept that broke an invariant."""
        return self.warehouse / "quarantine"


def load(given: Mapping[str, Any] | None = None, environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """The settings in force. ``given`` comes from the command line and wins; None in it means not given.

    taizhang.toml is looked for in ``folder`` (the working directory), or where TAIZHANG_CONFIG says. Raises ``SettingsError``.
    """
    environment = os.environ if environment is None else environment
    folder = Path.cwd() if folder is None else folder
    values, origin = _from_file(environment, folder)
    for name in Settings.__struct_fields__:
        variable = _PREFIX + name.upper()
        if variable in environment:
            values[name], origin[name] = environment[variable], variable
    for name, value in (given or {}).items():
        if value is not None:
            values[name], origin[name] = value, f"--{name.replace('_', '-')}"
    for name, value in values.items():
        _check(name, value, origin[name])
    settings: Settings = msgspec.convert(values, Settings, strict=False, dec_hook=_path)
    return settings


def _from_file(environment: Mapping[str, str], folder: Path) -> tuple[dict[str, Any], dict[str, str]]:
    path = Path(environment.get(f"{_PREFIX}CONFIG", folder / FILE))
    try:
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        if f"{_PREFIX}CONFIG" in environment:
            raise SettingsError(f"{_PREFIX}CONFIG names {path}, which does not exist") from None
        return {}, {}
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    return values, dict.fromkeys(values, str(path))


def _check(name: str, value: Any, origin: str) -> None:
    """Convert one setting alone, so that the message can say where it stands."""
    if name not in Settings.__struct_fields__:
        raise SettingsError(f"{origin}: there is no setting {name}; there are {', '.join(Settings.__struct_fields__)}")
    try:
        msgspec.convert({name: value}, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{origin}: {name} cannot be used: {str(error).partition(' - at')[0]}") from error


def _path(kind: type[Any], value: Any) -> Any:
    if kind is Path and isinstance(value, str | Path) and str(value):
        return Path(value).expanduser()
    raise msgspec.ValidationError(f"Expected `{kind.__name__}`, got {value!r}")
