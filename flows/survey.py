"""From files to batches of files that need reading: hashed, looked up in the warehouse, their bytes kept in the raw store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from flows.batch import RawFile, Unread
from flows.discover import Found
from flows.identifiers import document_id, notice_id
from flows.settings import Settings
from warehouse.known import FileKey, held_elsewhere, unchanged, with_own_notice
from warehouse.lake import Lake
from warehouse.raw_store import RawStore

# Files that are looked up in the warehouse together: asking about 5000 takes hardly longer than asking about one.
_TOGETHER = 5000


@dataclass(slots=True)
class Waiting:
    """A batch in the making: files with their bytes, and places that cannot be read."""

    files: list[tuple[FileKey, bytes]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    size: int = 0

    def __len__(self) -> int:
        return len(self.files) + len(self.unread)


class Survey:
    """Goes through files once; ``seen`` counts them, ``unchanged`` those that the warehouse has as they are."""

    def __init__(self, lake: Lake, settings: Settings) -> None:
        self._lake, self._settings = lake, settings
        self._raw_store = RawStore(settings.raw)
        self.seen = 0
        self.unchanged = 0

    def batches(self, found: Iterable[Found], tell: Callable[[], None]) -> Iterator[Waiting]:
        """What needs reading, in batches of at most ``batch_size`` files and about ``batch_bytes`` bytes.

        Bytes are dropped while a file is looked up and read again if it is new, so that memory is bounded by the batch.
        """
        batch = Waiting()
        remaining = iter(found)
        while group := list(islice(remaining, _TOGETHER)):
            tell()
            self.seen += len(group)
            for each in self._new(group):
                given = self._read(each)
                size = 0 if isinstance(given, Unread) else len(given[1])
                if len(batch) >= self._settings.batch_size or (batch.size and batch.size + size > self._settings.batch_bytes):
                    yield batch
                    batch = Waiting()
                if isinstance(given, Unread):
                    batch.unread.append(given)
                else:
                    self._raw_store.put(given[1], given[0].sha256)
                    batch.files.append(given)
                batch.size += size
        if len(batch):
            yield batch

    def with_copies(self, files: Sequence[tuple[FileKey, bytes]]) -> list[RawFile]:
        """Mark files whose bytes a published document or an earlier file of the batch has.

        A place that has a notice of its own keeps it: else its old notice would stand beside words that are gone. To be asked when
        the batches before have been published.
        """
        keys = [key for key, _ in files]
        own = with_own_notice(self._lake, keys)
        first = {key.sha256: key for key in held_elsewhere(self._lake, keys)}
        marked: list[RawFile] = []
        for key, raw in files:
            copied = first.setdefault(key.sha256, key)
            is_copy = copied is not key and key.notice_id not in own
            marked.append(RawFile(key, raw, copied if is_copy else None))
        return marked

    def _new(self, group: Sequence[Found]) -> list[Found]:
        """The files of ``group`` that the warehouse does not have as they are, those that cannot be read among them."""
        keys: dict[str, FileKey] = {}
        for each in group:
            given = self._read(each)
            if not isinstance(given, Unread):
                keys[each.uri] = given[0]
        known = unchanged(self._lake, list(keys.values()))
        self.unchanged += len(known)
        return [each for each in group if each.uri not in keys or keys[each.uri].document_id not in known]

    def _read(self, found: Found) -> tuple[FileKey, bytes] | Unread:
        """The bytes of a file and the names that follow from them, or why there are none."""
        uri, limit = found.uri, self._settings.max_file_bytes
        if found.problem:
            return Unread(document_id(uri, ""), uri, "unreadable", found.problem)
        try:
            with found.path.open("rb") as handle:
                raw = handle.read(limit + 1)
        except OSError as error:
            words = f"the file cannot be read: {error.strerror}; grant access to it or copy it again"
            return Unread(document_id(uri, ""), uri, "unreadable", words)
        if len(raw) > limit:
            words = f"longer than max_file_bytes = {limit:,}; raise that setting if the file is genuine"
            return Unread(document_id(uri, ""), uri, "limit_bytes", words)
        sha256 = hashlib.sha256(raw).hexdigest()
        return FileKey(uri, sha256, document_id(uri, sha256), notice_id(uri)), raw
