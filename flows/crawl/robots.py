"""robots.txt as RFC 9309 has it: what may be fetched, and how slowly."""

from __future__ import annotations

from collections.abc import Callable

from protego import Protego

from flows.crawl.failure import FetchFailed
from flows.crawl.urls import decoded, origin_of

NAME = "taizhang"
_LONGEST = 500 << 10
_LONGEST_DELAY = 60.0


class Robots:
    """The rules of every site, fetched once. ``text`` gives the content of a site's robots.txt, empty where there is none."""

    def __init__(self, text: Callable[[str], bytes]) -> None:
        self._text = text
        self._rules: dict[str, Protego | FetchFailed] = {}

    def check(self, url: str) -> float:
        """Seconds that the site asks to have between two requests. Raises ``FetchFailed`` robots_disallowed where ``url`` is barred.

        A site whose robots.txt cannot be had for an error of its own is left alone in this run (RFC 9309, 2.3.1.4).
        """
        origin = origin_of(url)
        rules = self._rules.get(origin)
        if rules is None:
            rules = self._rules[origin] = self._fetched(origin)
        if isinstance(rules, FetchFailed):
            raise rules
        if not rules.can_fetch(url, NAME):
            raise FetchFailed("robots_disallowed", f"{origin}/robots.txt asks that {url} be left alone")
        rate = rules.request_rate(NAME)
        slowest = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return min(_LONGEST_DELAY, max(float(rules.crawl_delay(NAME) or 0.0), slowest))

    def _fetched(self, origin: str) -> Protego | FetchFailed:
        try:
            content = self._text(f"{origin}/robots.txt")
        except FetchFailed as failure:
            if failure.reason == "address_refused":
                return failure
            return FetchFailed(
                "robots_unreachable", f"{origin}/robots.txt cannot be had ({failure.message}); the site is left alone in this run"
            )
        return Protego.parse(decoded(content[:_LONGEST]))
