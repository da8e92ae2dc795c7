"""A crawl: lists of URLs and declared sources in, found pages out, as a stream that the ingestion takes its batches from."""

from __future__ import annotations

import datetime
import hashlib
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flows.crawl.failure import FetchFailed
from flows.crawl.fetch import Fetcher
from flows.crawl.frontier import Frontier, Task
from flows.crawl.links import base_of, document_links, links
from flows.crawl.network import Addresses
from flows.crawl.pace import Pace
from flows.crawl.sources import Source
from flows.crawl.state import Page, Session, State
from flows.crawl.urls import canonical, decoded, host_of
from flows.crawl.visit import Visit, Visitor
from flows.discover import Found
from flows.settings import Settings
from flows.steps import Read
from flows.versions import code_version
from transforms.reading import sniff
from transforms.reading.refusal import Refusal
from transforms.records.documents import Fetch

_NOWHERE = Path()
_MOST_ATTACHMENTS = 20
# A host that cannot be reached for so many pages in a row is left for the next run.
_DEAD_AFTER = 3
_FIRST_BACKOFF_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Web:
    """What is to be fetched: URLs as the user wrote them, and declared sources."""

    urls: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def key(self) -> str:
        """A name for this list of URLs, by which a killed crawl of it is found again."""
        return "urls:" + hashlib.sha256("\n".join(sorted(self.urls)).encode("utf-8", "replace")).hexdigest()[:16]


def user_agent(contact: str) -> str:
    """What requests say of who asks: the program, its version and how to reach its user."""
    words = f"collects published inspection notices; contact: {contact}" if contact else "collects published inspection notices"
    return f"taizhang/{code_version()} ({words})".encode("ascii", "replace").decode()


class Crawl:
    """One crawl within a run; made for one use and closed after it. ``read`` tells which documents an article links to."""

    def __init__(self, web: Web, settings: Settings, read: Read, now: Callable[[], datetime.datetime], pace: Pace | None = None) -> None:
        self._web, self._settings, self._read, self._now = web, settings, read, now
        self._raw_store = settings.raw_store()
        self._state = State(settings.crawl_state)
        self._fetcher = Fetcher(Addresses(settings.allow_hosts), user_agent(settings.contact), settings.limit_fetch_time, settings.limit_fetch_bytes)  # fmt: skip
        self._pace = pace or Pace()
        self._visitor = Visitor(self._fetcher, self._state, self._raw_store, self._pace, settings.crawl_delay, now)
        self._frontier = Frontier(self._pace)
        self._sessions: dict[str | None, Session] = {}
        self._requests: Counter[str] = Counter()
        self._cut: set[str] = set()
        self._silent: Counter[str] = Counter()
        self._dead: dict[str, FetchFailed] = {}
        self._told: set[str] = set()
        self._has_ended = False

    def close(self) -> None:
        """Close connections and the state file."""
        self._fetcher.close()
        self._state.close()

    def found(self) -> Iterator[Found]:
        """Every page and attachment with its bytes in the raw store, or why it cannot be had; each uri once."""
        started = self._now()
        if self._web.urls:
            self._sessions[None] = self._state.session(self._web.key, started)
        for words in self._web.urls:
            try:
                self._frontier.add(Task(canonical(words)))
            except FetchFailed as failure:
                yield from self._problem(words[:500], failure)
        for source in self._web.sources:
            self._sessions[source.name] = self._state.session(f"source:{source.name}", started)
            for index in source.index:
                self._frontier.add(Task(canonical(index), "index", source))
        while task := self._frontier.pop():
            yield from self._had(task)
        self._has_ended = True

    def answers(self, run_id: str) -> tuple[list[int], list[Fetch]]:
        """Rows of ``fetches`` that are in no warehouse yet, also of a crawl that was killed, and the numbers to forget them by."""
        rows = self._state.answers()
        return [number for number, _ in rows], [_fetch(values, run_id) for _, values in rows]

    def published(self, numbers: list[int], is_complete: bool) -> None:
        """The run has published the answers of ``numbers`` and, if it ``is_complete``, every page that was found."""
        self._state.forget_answers(numbers)
        if is_complete and self._has_ended:
            for name, session in self._sessions.items():
                self._state.finish(session, is_whole=name not in self._cut)

    def _had(self, task: Task) -> Iterator[Found]:
        """The task's page, asked for unless it is known well enough."""
        host = host_of(task.url)
        known = self._state.page(task.url)
        if known and self._is_fresh(task, known):
            visit = Visit(known, _remembered(known))
        elif task.source and self._requests[task.source.name] >= task.source.max_pages:
            self._cut.add(task.source.name)
            return
        elif host in self._dead:
            yield from self._given_up(task, self._dead[host])
            return
        else:
            self._requests[task.source.name if task.source else ""] += 1
            try:
                visit = self._visitor.visit(task)
            except FetchFailed as failure:
                yield from self._tried(task, failure)
                return
            self._silent.pop(host, None)
        if task.kind == "index":
            yield from self._index(task, visit)
            return
        if visit.page.sha256 is None:
            yield from self._problem(task.url, visit.failure or FetchFailed("unreachable", f"{task.url} has no content"))
            return
        yield from self._content(visit.page)
        if task.kind == "page" and (task.source is None or task.source.attachments):
            self._add_attachments(task, visit.page)

    def _is_fresh(self, task: Task, known: Page) -> bool:
        """Had in this crawl (also before it was killed), or a source's article that need not be asked for again yet."""
        if not known.is_settled:
            return False
        if known.checked_at >= self._session(task).started_at:
            return True
        if task.source is None or task.kind != "page" or known.sha256 is None:
            return False
        return self._now() - known.checked_at < datetime.timedelta(days=task.source.revisit_days)

    def _session(self, task: Task) -> Session:
        return self._sessions[task.source.name if task.source else None]

    def _tried(self, task: Task, failure: FetchFailed) -> Iterator[Found]:
        """Put a task that met a passing failure off, or give it up."""
        host, most = host_of(task.url), self._settings.crawl_wait
        backoff = _FIRST_BACKOFF_SECONDS * self._settings.crawl_delay * 2 ** (task.attempt - 1) * random.uniform(1.0, 1.5)
        wait = backoff if failure.retry_after is None else failure.retry_after
        if failure.retry_after is not None and wait > most:
            words = f"{host} asks to be left alone for {wait:,.0f} s, more than crawl_wait = {most:g}; run again later"
            self._dead[host] = FetchFailed(failure.reason, words)
            yield from self._given_up(task, self._dead[host])
        elif task.attempt <= self._settings.crawl_retries:
            self._pace.postpone(host, min(wait, most))
            self._frontier.again(replace(task, attempt=task.attempt + 1))
        else:
            if failure.reason == "unreachable":
                self._silent[host] += 1
                if self._silent[host] >= _DEAD_AFTER:
                    words = f"{host} could not be reached for {_DEAD_AFTER} pages in a row and was left for the next run"
                    self._dead[host] = FetchFailed("unreachable", words)
            yield from self._given_up(task, failure)

    def _given_up(self, task: Task, failure: FetchFailed) -> Iterator[Found]:
        """What a page held before stands while its site is ill."""
        if task.source:
            self._cut.add(task.source.name)
        known = self._state.page(task.url)
        if known and known.sha256 and task.kind != "index":
            yield from self._content(known)
        else:
            yield from self._problem(task.url, failure)

    def _content(self, page: Page) -> Iterator[Found]:
        if page.uri not in self._told:
            self._told.add(page.uri)
            yield Found(_NOWHERE, page.uri, sha256=page.sha256, declared=page.declared)

    def _problem(self, uri: str, failure: FetchFailed) -> Iterator[Found]:
        if uri not in self._told:
            self._told.add(uri)
            yield Found(_NOWHERE, uri, failure.message, failure.reason)

    def _index(self, task: Task, visit: Visit) -> Iterator[Found]:
        """Take in the articles that an index page lists, and the index page after it."""
        source, page = task.source, visit.page
        assert source
        if visit.failure or page.sha256 is None:
            # counting on until there is no further page is how paging by number ends
            if visit.failure and not (task.number > 1 and visit.failure.reason in ("http_404", "http_410")):
                self._cut.add(source.name)
                yield from self._problem(task.url, visit.failure)
            return
        following: str | None = None
        listed, added, is_known = 0, 0, True
        for link in links(decoded(self._raw_store.get(page.sha256), page.declared), page.uri):
            if re.search(source.link, link.url) and re.search(source.text, link.words):
                listed += 1
                is_known = is_known and self._was_had_before(link.url, task)
                added += self._frontier.add(Task(link.url, "page", source, page.uri))
            elif following is None and link.words and re.search(source.next_text, link.words):
                following = link.url
        if source.next_page:
            number = source.next_first + task.number - 1
            following = canonical(source.next_page.replace("{n}", str(number)), source.index[0]) if added else None
        if following is None or (listed and is_known and self._session(task).was_whole):
            return
        if task.number >= source.max_index_pages:
            self._cut.add(source.name)
        else:
            self._frontier.add(Task(following, "index", source, page.uri, number=task.number + 1))

    def _was_had_before(self, url: str, task: Task) -> bool:
        known = self._state.page(url)
        return known is not None and known.is_settled and known.checked_at < self._session(task).started_at

    def _add_attachments(self, task: Task, page: Page) -> None:
        """Take in the documents that an article links to, each once unless the article changed."""
        assert page.sha256
        raw = self._raw_store.get(page.sha256)
        if sniff.media_type(raw) is not None:
            return
        reading = self._read(raw, page.uri, declared=page.declared)
        text = decoded(raw, page.declared)
        found: list[str] = []
        if not isinstance(reading, Refusal):
            base = base_of(text, page.uri)
            for href in reading.page.get("attachments", "").splitlines():
                try:
                    found.append(canonical(href, base))
                except FetchFailed:
                    continue
        elif reading.reason == "no_article":
            found = list(document_links(text, page.uri))
        for url in list(dict.fromkeys(found))[:_MOST_ATTACHMENTS]:
            known = self._state.page(url)
            if page.outcome == "changed" or known is None or not known.is_settled or known.checked_at >= self._session(task).started_at:
                self._frontier.add(Task(url, "attachment", task.source, page.uri))


def _remembered(page: Page) -> FetchFailed | None:
    """The failure of a page that is known to be missing."""
    if page.outcome not in ("missing", "vanished"):
        return None
    return FetchFailed("http_404", f"{page.url} answered 404 or 410 (not found)")


def _fetch(values: dict[str, Any], run_id: str) -> Fetch:
    return Fetch(**{**values, "run_id": run_id, "fetched_at": datetime.datetime.fromisoformat(values["fetched_at"])})
