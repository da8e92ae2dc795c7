"""Having one page: asked for if need be, redirects followed, the answer judged and kept with its headers."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flows.crawl.failure import FetchFailed
from flows.crawl.fetch import Fetcher, Response
from flows.crawl.frontier import Task
from flows.crawl.pace import Pace
from flows.crawl.robots import Robots
from flows.crawl.state import Page, State
from flows.crawl.urls import canonical, host_of
from warehouse.raw_store import RawStore

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_MOST_REDIRECTS = 5
_GONE = frozenset((404, 410))
_ROBOTS_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as it is now known and, if its content cannot be had, why."""

    page: Page
    failure: FetchFailed | None = None


class Visitor:
    """Fetches pages and keeps what came. ``delay`` is the least time in seconds between two requests to one host."""

    def __init__(
        self,
        fetcher: Fetcher,
        state: State,
        raw_store: RawStore,
        pace: Pace,
        delay: float,
        now: Callable[[], datetime.datetime],
    ) -> None:
        self._fetcher, self._state, self._raw_store, self._pace, self._delay, self._now = fetcher, state, raw_store, pace, delay, now
        self._robots = Robots(self._robots_text)

    def visit(self, task: Task) -> Visit:
        """Ask for the task's page. Raises ``FetchFailed`` for a passing failure; the others come with the visit."""
        known = self._state.page(task.url)
        delay = self._delay if task.source is None or task.source.delay is None else task.source.delay
        try:
            response = self._followed(task.url, known, delay)
        except FetchFailed as failure:
            visit = self._failed(task, known, failure)
        else:
            visit = self._judged(task, known, response)
        if visit.failure and visit.failure.is_passing:
            raise visit.failure
        return visit

    def _followed(self, url: str, known: Page | None, delay: float) -> Response:
        """The answer behind all redirects, each of which is checked like a first request."""
        for _ in range(_MOST_REDIRECTS + 1):
            asked = self._robots.check(url)
            self._pace.take(host_of(url), max(asked, delay))
            # what is known holds for the page that gave it, not for one that redirects to it
            response = self._fetcher.get(url, _conditions(known) if known and known.uri == url else None)
            if response.status not in _REDIRECTS:
                return response
            if not response.headers.get("location"):
                raise FetchFailed(f"http_{response.status}", f"{url} redirects without saying where to")
            location = response.headers["location"].encode("latin-1", "replace").decode("utf-8", "replace")
            url = canonical(location, url)
        raise FetchFailed("too_many_redirects", f"{url}: more than {_MOST_REDIRECTS} redirects")

    def _judged(self, task: Task, known: Page | None, response: Response) -> Visit:
        status = response.status
        held = known.sha256 if known else None
        if status == 304 and known and held:
            return Visit(self._kept(task, replace(known, checked_at=self._now(), outcome="unchanged"), response))
        sha256 = self._raw_store.put(response.body)
        if 200 <= status < 300:
            outcome = "new" if held is None else "unchanged" if held == sha256 else "changed"
            page = Page(
                url=task.url,
                uri=response.url,
                checked_at=self._now(),
                outcome=outcome,
                sha256=sha256,
                declared=response.charset or (task.source.charset if task.source else ""),
                etag=response.headers.get("etag", ""),
                last_modified=response.headers.get("last-modified", ""),
            )
            return Visit(self._kept(task, page, response, sha256))
        words = f"{task.url} answered {status}{_MEANINGS.get(status, '')}"
        failure = FetchFailed(f"http_{status}", words, response.is_passing, response.retry_after)
        outcome = ("vanished" if held else "missing") if status in _GONE else "failed"
        page = replace(known or Page(task.url, task.url, self._now(), outcome), checked_at=self._now(), outcome=outcome)
        return Visit(self._kept(task, page, response, sha256, failure), failure)

    def _failed(self, task: Task, known: Page | None, failure: FetchFailed) -> Visit:
        page = replace(known or Page(task.url, task.url, self._now(), "failed"), checked_at=self._now(), outcome="failed")
        return Visit(self._kept(task, page, None, None, failure), failure)

    def _kept(
        self, task: Task, page: Page, response: Response | None, sha256: str | None = None, failure: FetchFailed | None = None
    ) -> Page:
        self._state.record(page, _answer(task, page, response, sha256, failure))
        return page

    def _robots_text(self, url: str) -> bytes:
        """The content of a robots.txt, empty if the site has none. Raises ``FetchFailed`` if it cannot be told."""
        failure: FetchFailed | None = None
        for attempt in range(_ROBOTS_ATTEMPTS):
            self._pace.take(host_of(url), self._delay * 2**attempt)
            try:
                response = self._robots_response(url)
            except FetchFailed as failed:
                failure = failed
                if not failed.is_passing:
                    break
                continue
            if not response.is_passing:
                is_there = 200 <= response.status < 300
                if is_there:
                    self._raw_store.put(response.body)
                return response.body if is_there else b""
            failure = FetchFailed(f"http_{response.status}", f"{url} answered {response.status}")
        assert failure
        raise failure

    def _robots_response(self, url: str) -> Response:
        response = self._fetcher.get(url)
        for _ in range(_MOST_REDIRECTS):
            if response.status not in _REDIRECTS or not response.headers.get("location"):
                break
            response = self._fetcher.get(canonical(response.headers["location"], url))
        return response


_MEANINGS = {401: " (it asks for a password)", 403: " (it refuses)", 404: " (not found)", 410: " (gone)"}


def _conditions(page: Page) -> dict[str, str]:
    """Headers that let a server answer 304 where a page is as it was."""
    if page.sha256 is None:
        return {}
    given = {"If-None-Match": page.etag, "If-Modified-Since": page.last_modified}
    return {name: value for name, value in given.items() if value}


def _answer(task: Task, page: Page, response: Response | None, sha256: str | None, failure: FetchFailed | None) -> dict[str, Any]:
    """A row of ``fetches`` without its run, as JSON."""
    moment = page.checked_at.isoformat()
    return {
        "fetch_id": hashlib.sha256(f"{task.url}\n{moment}".encode()).hexdigest()[:16],
        "source": task.source.name if task.source else None,
        "kind": task.kind,
        "url": task.url,
        "uri": response.url if response else None,
        "found_on": task.found_on,
        "fetched_at": moment,
        "status": response.status if response else None,
        "outcome": page.outcome,
        "reason": failure.reason if failure else None,
        "message": failure.message[:1000] if failure else None,
        "sha256": sha256 if sha256 else page.sha256 if response else None,
        "size_bytes": len(response.body) if response else None,
        "headers": json.dumps(dict(response.headers), ensure_ascii=False) if response else None,
    }
