"""From files to batches of documents that need reading: hashed, looked up in the warehouse, their bytes kept in the raw store."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from flows.batch import RawFile, Unread
from flows.discover import Found
from flows.identifiers import document_id
from flows.members import documents, key_of
from flows.runners.runner import worker_count
from flows.settings import Settings
from flows.steps import Steps
from transforms.version import rules_version
from warehouse.known import FileKey, held_elsewhere, unchanged, with_own_notice
from warehouse.lake import Lake
from warehouse.raw_store import RawDamaged, RawMissing
from warehouse.stat_cache import FILE, Stamp, StatCache

# Documents that are looked up in the warehouse together: asking about 5000 takes hardly longer than asking about one.
_TOGETHER = 5000
# Documents that are worth a worker's while: a batch has costs of its own, of which planning the checks alone takes half a second.
MANY = 500
# Batches for each worker that the last documents are divided into: notices differ in length, and the writer publishes one meanwhile.
_SHARES = 2


@dataclass(slots=True)
class Waiting:
    """A batch in the making: documents with their bytes, and places that cannot be read."""

    files: list[RawFile] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    size: int = 0

    def __len__(self) -> int:
        return len(self.files) + len(self.unread)


def stat_cache(settings: Settings) -> StatCache:
    """What files are known to hold, as long as rules and limits would find the same documents in them."""
    return StatCache(settings.warehouse / FILE, f"{rules_version()} {settings.limits}")


class Survey:
    """Goes through files once; ``seen`` counts the documents in them, ``unchanged`` those that the warehouse has as they are."""

    def __init__(self, lake: Lake, settings: Settings, steps: Steps, cache: StatCache | None = None) -> None:
        self._lake, self._settings, self._steps, self._cache = lake, settings, steps, cache
        self._raw_store = settings.raw_store()
        self.seen = 0
        self.unchanged = 0

    def batches(self, found: Iterable[Found], tell: Callable[[], None], together: int = _TOGETHER) -> Iterator[Waiting]:
        """What needs reading, in batches of at most ``batch_size`` documents and about ``batch_bytes`` bytes.

        Bytes are dropped while about ``together`` documents are looked up, and read again if they are new, so that memory is
        bounded by the batch.
        """
        batch = Waiting()
        remaining = iter(found)
        while group := self._group(remaining, together):
            tell()
            known = unchanged(self._lake, [key for _, keys in group for key in keys if key])
            most = self._most(group, known, together)
            for given in self._new(group, known):
                size = 0 if isinstance(given, Unread) else len(given.raw)
                if len(batch) >= most or (batch.size and batch.size + size > self._settings.batch_bytes):
                    self._raw_store.settle()
                    yield batch
                    batch = Waiting()
                if isinstance(given, Unread):
                    batch.unread.append(given)
                else:
                    self._raw_store.put_soon(given.raw, given.key.sha256)
                    batch.files.append(given)
                batch.size += size
        if len(batch):
            self._raw_store.settle()
            yield batch

    def with_copies(self, files: Sequence[RawFile]) -> list[RawFile]:
        """Mark files whose bytes a published document or an earlier file of the batch has.

        A place that has a notice of its own keeps it: else its old notice would stand beside words that are gone. To be asked when
        the batches before have been published.
        """
        keys = [file.key for file in files]
        own = with_own_notice(self._lake, keys)
        first = {key.sha256: key for key in held_elsewhere(self._lake, keys)}
        marked: list[RawFile] = []
        for file in files:
            copied = first.setdefault(file.key.sha256, file.key)
            is_copy = copied is not file.key and file.key.notice_id not in own
            marked.append(replace(file, copy_of=copied) if is_copy else file)
        return marked

    def with_own_notice(self, files: Sequence[RawFile]) -> frozenset[str]:
        """The notice_ids of those ``files`` whose place has a notice in the warehouse."""
        return with_own_notice(self._lake, [file.key for file in files])

    def _group(self, remaining: Iterator[Found], together: int) -> list[tuple[Found, Sequence[FileKey | None]]]:
        """The next files with the keys of their documents; None stands for one that cannot be read."""
        group: list[tuple[Found, Sequence[FileKey | None]]] = []
        count = 0
        for each in remaining:
            keys = self._keys(each)
            group.append((each, keys))
            count += len(keys)
            if count >= together:
                break
        if self._cache:
            self._cache.save()
        return group

    def _keys(self, found: Found) -> Sequence[FileKey | None]:
        """The keys of the documents in a file, which is read unless it is as it was when it was read last."""
        if self._cache and found.stamp and (held := self._cache.get(found.uri, found.stamp)):
            return [key_of(uri, sha256) for uri, sha256 in held]
        read_at = time.time_ns()
        keys = [given.key if isinstance(given, RawFile) else None for given in self._documents(found)]
        whole = [key for key in keys if key]
        # stamps from before and after: a file that changed while it was read has another one now
        if self._cache and found.stamp and len(whole) == len(keys) and _stamp(found.path) == found.stamp:
            self._cache.put(found.uri, found.stamp, read_at, [(key.uri, key.sha256) for key in whole])
        return keys

    def _most(self, group: Sequence[tuple[Found, Sequence[FileKey | None]]], known: Set[str], together: int) -> int:
        """How many documents of ``group`` a batch may have; the last group of a run is shared out, so that no worker ends long after the others."""
        keys = [key for _, keys in group for key in keys]
        workers = worker_count(self._settings.workers) if self._settings.runner != "serial" else 1
        if workers == 1 or len(keys) >= together:
            return self._settings.batch_size
        waiting = sum(1 for key in keys if not key or key.document_id not in known)
        return min(self._settings.batch_size, max(MANY, waiting // (_SHARES * workers)))

    def _new(self, group: Sequence[tuple[Found, Sequence[FileKey | None]]], known: Set[str]) -> Iterator[RawFile | Unread]:
        """The documents of ``group`` that the warehouse does not have as they are, those that cannot be read among them."""
        for each, keys in group:
            if all(key and key.document_id in known for key in keys):
                self.seen += len(keys)
                self.unchanged += len(keys)
                continue
            for given in self._documents(each):
                self.seen += 1
                if isinstance(given, RawFile) and given.key.document_id in known:
                    self.unchanged += 1
                else:
                    yield given

    def _documents(self, found: Found) -> Iterator[RawFile | Unread]:
        """The documents in a file, or why there are none. The bytes of an archive are kept if a member cannot be had."""
        raw = self._read(found)
        if isinstance(raw, Unread):
            yield raw
            return
        for given in documents(raw, found.uri, self._steps, found.declared):
            if isinstance(given, Unread):
                self._raw_store.put(raw, given.sha256)
            yield given

    def _read(self, found: Found) -> bytes | Unread:
        uri, limit = found.uri, self._settings.max_file_bytes
        if found.problem:
            return Unread(document_id(uri, ""), uri, found.reason, found.problem)
        try:
            if found.sha256:
                return self._raw_store.get(found.sha256)
            with found.path.open("rb") as handle:
                raw = handle.read(limit + 1)
        except OSError as error:
            words = f"the file cannot be read: {error.strerror}; grant access to it or copy it again"
            return Unread(document_id(uri, ""), uri, "unreadable", words)
        except (RawMissing, RawDamaged) as error:
            return Unread(document_id(uri, ""), uri, "unreadable", f"{error}; restore the raw store from a backup")
        if len(raw) > limit:
            words = f"longer than max_file_bytes = {limit:,}; raise that setting if the file is genuine"
            return Unread(document_id(uri, ""), uri, "limit_bytes", words)
        return raw


def _stamp(path: Path) -> Stamp | None:
    try:
        return Stamp.of(path.stat())
    except OSError:
        return None
