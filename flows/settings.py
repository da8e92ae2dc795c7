"""Settings: from taizhang.toml, then the environment (TAIZHANG_…), then the command line; validated once, never changed after."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from flows.office_suite import AUTO, Office, program
from flows.secrets import masked
from transforms.reading.limits import DEFAULT_LIMITS, Limits
from warehouse.lake import Location, local
from warehouse.raw_bucket import RawBucket
from warehouse.raw_store import RawStore
from warehouse.s3 import SCHEME, access

FILE = "taizhang.toml"
_PREFIX = "TAIZHANG_"
_SIZE = r"^[0-9]+(\.[0-9]+)? ?[KMGT]i?B$"
_POWERS = "KMGT"
# a bucket is named with a prefix, so that data files and raw store can lie side by side in it
_PLACE = r"^(s3://[^/]+/[^/].*|(?!s3:).+)$"

Positive = Annotated[int, msgspec.Meta(ge=1)]


class SettingsError(Exception):
    """A setting that cannot be used; the message names it, where it stands and what it may be."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings with their defaults. In the environment ``batch_size`` is TAIZHANG_BATCH_SIZE, in taizhang.toml ``batch_size``."""

    warehouse: Path = Path("warehouse-data")
    """Folder of the warehouse: lock, raw store, quarantine, and catalog and data unless those are set."""
    catalog: Annotated[str, msgspec.Meta(pattern=r"^(sqlite|postgres):.")] | None = None
    """``postgres:host=… dbname=…`` for many machines; by default SQLite in the warehouse folder."""
    data: Annotated[str, msgspec.Meta(pattern=_PLACE)] | None = None
    """Folder or ``s3://bucket/prefix/`` of the data files; by default a folder in the warehouse."""
    raw_data: Annotated[str, msgspec.Meta(pattern=_PLACE)] | None = None
    """Folder or ``s3://bucket/prefix/`` of the raw store; by default beside the data files where these are in a bucket, else in the warehouse."""
    batch_size: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 2000
    """Files that are read, checked and published together: a worker's task, which should last seconds."""
    batch_bytes: Annotated[int, msgspec.Meta(ge=1)] = 24 << 20
    """A batch is closed early when its files reach this many bytes together."""
    runner: Literal["auto", "serial", "thread", "process", "dask", "ray"] = "auto"
    """Who extracts: this process, threads, processes, a Dask or a Ray cluster; auto takes processes for more than a batch."""
    workers: Annotated[int, msgspec.Meta(ge=0, le=1024)] = 0
    """How many workers; 0 is one for each processor."""
    max_file_bytes: Annotated[int, msgspec.Meta(ge=1)] = 64 << 20
    """Longer files are refused (reason limit_bytes)."""
    lock_wait_seconds: Annotated[float, msgspec.Meta(ge=0)] = 10
    """How long a run waits for another writer to finish."""
    memory_limit: Annotated[str, msgspec.Meta(pattern=_SIZE)] = "512MB"
    """What DuckDB may use before it spills to disk."""
    time_zone: str = "Asia/Shanghai"
    """Time zone that schedules are written in, such as Asia/Shanghai."""
    server_port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 0
    """Port on 127.0.0.1 of the Prefect server that `taizhang schedule` starts; 0 takes a free one."""
    report_dir: Path | None = None
    """Folder that every scheduled run, and every run with --prefect, writes the report into."""
    on_failure_command: str = ""
    """Command that is called when such a run fails, with a JSON object on its standard input; no shell reads it."""
    on_failure_url: Annotated[str, msgspec.Meta(pattern=r"^(https?://.+)?$")] = ""
    """Address that the same JSON object is posted to."""
    log: Literal["text", "json"] = "text"
    """How scheduled runs log: warnings as text, or every event as one line of JSON."""
    limit_time: Annotated[float, msgspec.Meta(gt=0)] = 120
    """Seconds for reading one file, or for unpacking one member of an archive. A scan of many pages takes longest: 5 s a page."""
    limit_memory: Annotated[str, msgspec.Meta(pattern=_SIZE)] = "2GB"
    """Memory (address space) of the process that reads files."""
    office_suite: Annotated[str, msgspec.Meta(min_length=1)] = AUTO
    """Program that reads DOC and WPS files which the own reader cannot: auto looks for soffice in PATH, off does without, else its path."""
    limit_office_time: Annotated[float, msgspec.Meta(gt=0)] = 60
    """Seconds for one such reading, with the wait for its turn; never more than limit_time leaves."""
    limit_expanded_bytes: Positive = DEFAULT_LIMITS.expanded_bytes
    """All members of an archive together, unpacked. Like each limit_… it ends in a reject whose reason is its name."""
    limit_ratio: Positive = DEFAULT_LIMITS.ratio
    """Unpacked to packed length of a member above one megabyte."""
    limit_members: Positive = DEFAULT_LIMITS.members
    """Members of an archive, at any depth."""
    limit_nesting: Positive = DEFAULT_LIMITS.nesting
    """Archives inside archives."""
    limit_pages: Positive = DEFAULT_LIMITS.pages
    """Pages of a PDF or OFD."""
    limit_scanned_pages: Positive = DEFAULT_LIMITS.scanned_pages
    """Pages to be recognised by OCR."""
    limit_pixels: Positive = DEFAULT_LIMITS.pixels
    """Width times height of an image."""
    limit_characters: Positive = DEFAULT_LIMITS.characters
    """Length of a document's text."""
    limit_elements: Positive = DEFAULT_LIMITS.elements
    """Nodes of a markup document."""

    checks: Path | None = None
    """Folder of your own checks, which run beside the packaged ones (docs/checks.md)."""
    sources: Path | None = None
    """Folder of your own declared sources, beside the packaged ones (docs/how-to/sources.md)."""
    contact: str = ""
    """Mail address or page that requests name, so that a site's keeper can reach you."""
    allow_hosts: tuple[str, ...] = ()
    """Hosts, addresses or networks that may be fetched from though they are not public; in the environment with commas."""
    crawl_delay: Annotated[float, msgspec.Meta(ge=0)] = 1
    """Seconds between two requests to one host. A source or robots.txt may ask for more."""
    crawl_retries: Annotated[int, msgspec.Meta(ge=0, le=20)] = 3
    """How often a page is tried again that met a passing failure."""
    crawl_wait: Annotated[float, msgspec.Meta(ge=0)] = 300
    """The longest wait in seconds that a Retry-After is obeyed with; a host that asks for more is left for the next run."""
    limit_fetch_time: Annotated[float, msgspec.Meta(gt=0)] = 60
    """Seconds for one answer of a server, from the first look-up to the last byte."""
    limit_fetch_bytes: Positive = 32 << 20
    """Length of one answer, also unpacked."""

    def __repr__(self) -> str:
        """The settings as Python, passwords masked: tracebacks and logs print this."""
        return masked(super().__repr__())

    @property
    def location(self) -> Location:
        """Where the lake lives."""
        default = local(self.warehouse)
        data = self.data or default.data
        return Location(self.catalog or default.catalog, data if data.endswith("/") else f"{data}/")

    @property
    def limits(self) -> Limits:
        """How much of an untrusted file is read."""
        same = {name: getattr(self, f"limit_{name}") for name in Limits.__dataclass_fields__ if name not in ("bytes", "seconds")}
        return Limits(bytes=self.max_file_bytes, seconds=self.limit_time, **same)

    @property
    def office(self) -> Office:
        """The office suite to ask, if there is one."""
        # the reading process is killed at limit_time, and then nothing could be told of the file
        return Office(program(self.office_suite), min(self.limit_office_time, 0.8 * self.limit_time))

    @property
    def reader_memory(self) -> int:
        """``limit_memory`` in bytes."""
        number, unit = self.limit_memory.rstrip("B").rstrip("i")[:-1], self.limit_memory.rstrip("B").rstrip("i")[-1]
        return int(float(number) * (1024 if "i" in self.limit_memory else 1000) ** (_POWERS.index(unit) + 1))

    @property
    def raw(self) -> Path:
        """The raw store's folder, where it is one."""
        return Path(self.raw_data) if self.raw_data and not self.raw_data.startswith(SCHEME) else self.warehouse / "raw"

    def raw_store(self) -> RawStore:
        """The raw store. Raises ``AccessError`` where it is in a bucket and nothing says how that may be reached."""
        place = self.raw_data
        if place is None and self.location.data.startswith(SCHEME):
            place = f"{self.location.data.rstrip('/').rpartition('/')[0]}/raw/"
        return RawBucket(place, access()) if place and place.startswith(SCHEME) else RawStore(self.raw)

    @property
    def lock(self) -> Path:
        """The writer's lock."""
        return self.warehouse / "writer.lock"

    @property
    def crawl_state(self) -> Path:
        """What crawls know of pages."""
        return self.warehouse / "crawl.sqlite"

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
            words = environment[variable]
            values[name] = [each.strip() for each in words.split(",") if each.strip()] if name == "allow_hosts" else words
            origin[name] = variable
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
        if name == "office_suite":
            program(value)
    except (msgspec.ValidationError, LookupError) as error:
        raise SettingsError(f"{origin}: {name} cannot be used: {str(error).partition(' - at')[0]}") from error


def _path(kind: type[Any], value: Any) -> Any:
    if kind is Path and isinstance(value, str | Path) and str(value):
        return Path(value).expanduser()
    raise msgspec.ValidationError(f"Expected `{kind.__name__}`, got {value!r}")
