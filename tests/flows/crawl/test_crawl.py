"""A crawl against a real server: what is fetched, what is left alone, what becomes of pages that change, vanish or cannot be had."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from flows.commands.run import command
from flows.crawl.crawl import Web
from flows.crawl.sources import Source
from flows.run import RunSummary, ingest
from flows.steps import Steps
from tests.flows.crawl.site import Site, in_turn, page, tagged
from tests.flows.stand_in import STEPS, settings
from transforms.notice import Extraction
from transforms.reading.read import Reading
from transforms.reading.refusal import Refusal
from warehouse.lake import Lake, open_reader
from warehouse.raw_store import RawStore

ROOT = Path(__file__).parents[3]


def notice(name: str, amount: int = 1, more: str = "") -> str:
    """A page whose article the stand-in steps take for a notice."""
    body = "".join(f"<p>第{place}条整改措施，已经落实，成效明显，群众满意，没有反弹。</p>" for place in range(6))
    return f"<html><body><div class=TRS_Editor><p>通报{name}</p><p>{amount}</p>{body}{more}</div></body></html>"


@pytest.fixture
def crawl(site: Site, warehouse: Path) -> Iterator[Crawling]:
    """Runs crawls of ``site`` into one warehouse."""
    made = Crawling(site, warehouse)
    yield made
    if made.lake:
        made.lake.close()


class Crawling:
    """A warehouse, and runs from the site into it."""

    def __init__(self, site: Site, warehouse: Path) -> None:
        self.site, self.warehouse = site, warehouse
        self.lake: Lake | None = None
        self.now = datetime.datetime.now(datetime.UTC)

    def run(self, *paths: str, sources: tuple[Source, ...] = (), steps: Steps = STEPS, **values: Any) -> RunSummary:
        given = {"allow_hosts": (self.site.address,), "crawl_delay": 0, "limit_fetch_time": 1, "limit_fetch_bytes": 50_000, **values}
        urls = tuple(path if "://" in path else self.site.url(path) for path in paths)
        self.now += datetime.timedelta(hours=1)
        return ingest([], settings(self.warehouse, **given), steps=steps, now=self._clock, web=Web(urls, sources))

    def _clock(self) -> datetime.datetime:
        self.now += datetime.timedelta(milliseconds=1)
        return self.now

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        if self.lake is None:
            self.lake = open_reader(settings(self.warehouse).location)
        found = self.lake.execute(sql).fetchall()
        return [tuple(value.replace(self.site.url(""), "") if isinstance(value, str) else value for value in row) for row in found]


def counts(summary: RunSummary) -> tuple[int, int, int, int]:
    return summary.published, summary.duplicate, summary.unchanged, summary.rejected


def source(site: Site, **values: Any) -> Source:
    return Source(**{"name": "county", "title": "县", "index": (site.url("/index.html"),), "link": r"/art/\d+\.html$", **values})


def test_list_of_urls(crawl: Crawling) -> None:
    """Pages become documents under their own URL, once each; what is no page is rejected with its reason; everything is recorded."""
    crawl.site.pages.update({"/1.html": page(notice("甲", 1)), "/2.html": page("<p>menu</p>")})

    summary = crawl.run("/1.html", "/1.html#top", "/2.html", "/3.html", "ftp://a.cn/x", "http://u:p@a.cn/")

    assert counts(summary) == (1, 0, 0, 4)
    assert crawl.rows("SELECT uri, outcome FROM documents ORDER BY 1") == [("/1.html", "published"), ("/2.html", "rejected")]
    assert crawl.rows("SELECT uri, reason FROM rejects WHERE sha256 IS NULL ORDER BY reason, uri") == [
        ("/3.html", "http_404"),
        ("ftp://a.cn/x", "invalid_url"),
        ("http://u:p@a.cn/", "invalid_url"),
    ]
    assert crawl.rows("SELECT url, status, outcome, kind, run_id FROM fetches ORDER BY 1") == [
        ("/1.html", 200, "new", "page", summary.run_id),
        ("/2.html", 200, "new", "page", summary.run_id),
        ("/3.html", 404, "missing", "page", summary.run_id),
    ]
    assert crawl.site.counts == {"/robots.txt": 1, "/1.html": 1, "/2.html": 1, "/3.html": 1}


def test_every_body_is_kept_with_its_headers(crawl: Crawling) -> None:
    """The raw store has what the server sent, error pages too, under the hash in ``fetches``."""
    crawl.site.pages.update({"/1.html": page(notice("甲"), X_Served_By="node 3")})
    crawl.run("/1.html", "/2.html")
    store = RawStore(settings(crawl.warehouse).raw)

    bodies = dict(crawl.rows("SELECT url, sha256 FROM fetches"))

    assert store.get(bodies["/1.html"]).decode() == notice("甲")
    assert store.get(bodies["/2.html"]) == b"not here"
    assert json.loads(crawl.rows("SELECT headers FROM fetches WHERE url LIKE '%/1.html'")[0][0])["x-served-by"] == "node 3"


def test_page_that_did_not_change(crawl: Crawling) -> None:
    """A later run asks with the ETag, is told 304, and changes nothing; without ETag the bytes are compared."""
    crawl.site.pages.update({"/1.html": tagged(notice("甲"), '"v1"'), "/2.html": page(notice("乙"))})
    crawl.run("/1.html", "/2.html")

    summary = crawl.run("/1.html", "/2.html")

    assert counts(summary) == (0, 2, 2, 0)
    assert crawl.rows("SELECT url, status, outcome FROM fetches ORDER BY fetched_at, url") == [
        ("/1.html", 200, "new"),
        ("/2.html", 200, "new"),
        ("/1.html", 304, "unchanged"),
        ("/2.html", 200, "unchanged"),
    ]


def test_changed_page_is_a_new_version_of_its_notice(crawl: Crawling) -> None:
    """The notice keeps its id and has the new words; both documents and both bodies stay."""
    crawl.site.pages["/1.html"] = in_turn(page(notice("甲")), page(notice("甲，更正")))
    crawl.run("/1.html")
    first = crawl.rows("SELECT notice_id FROM notices")

    summary = crawl.run("/1.html")

    assert counts(summary) == (1, 0, 0, 0)
    assert crawl.rows("SELECT notice_id FROM notices") == first
    assert crawl.rows("SELECT title FROM notices") == [("通报甲，更正",)]
    assert crawl.rows("SELECT count(*), count(DISTINCT sha256) FROM documents") == [(2, 2)]
    assert crawl.rows("SELECT outcome FROM fetches ORDER BY fetched_at") == [("new",), ("changed",)]


@pytest.mark.parametrize("status", [404, 410])
def test_vanished_page_is_noted_and_kept(crawl: Crawling, status: int) -> None:
    """Its notice stays, the run rejects nothing, and the table of fetches tells since when it is gone; it may come back."""
    crawl.site.pages["/1.html"] = in_turn(page(notice("甲")), page("gone", status), page(notice("甲")))
    crawl.run("/1.html")

    summary = crawl.run("/1.html")

    assert counts(summary) == (0, 1, 1, 0)
    assert crawl.rows("SELECT count(*) FROM notices") == [(1,)]
    assert crawl.rows("SELECT url, status, outcome FROM fetches ORDER BY fetched_at DESC LIMIT 1") == [("/1.html", status, "vanished")]
    assert counts(crawl.run("/1.html")) == (0, 1, 1, 0)
    assert crawl.rows("SELECT outcome FROM fetches ORDER BY fetched_at DESC LIMIT 1") == [("unchanged",)]


def test_retry_after_is_obeyed(crawl: Crawling) -> None:
    """A busy server is asked again after the time it names, and other answers of its kind with a growing wait."""
    crawl.site.pages["/1.html"] = in_turn(page("busy", 429, Retry_After="1"), page(notice("甲")))
    crawl.site.pages["/2.html"] = in_turn(page("ill", 503), page("ill", 502), page(notice("乙", 2)))
    started = time.monotonic()

    assert counts(crawl.run("/1.html", "/2.html")) == (2, 0, 0, 0)
    assert time.monotonic() - started >= 1
    assert crawl.site.counts["/1.html"] == 2
    assert crawl.site.counts["/2.html"] == 3
    assert crawl.rows("SELECT status, outcome, reason FROM fetches WHERE url LIKE '%/2.html' ORDER BY fetched_at") == [
        (503, "failed", "http_503"),
        (502, "failed", "http_502"),
        (200, "new", None),
    ]


def test_server_that_asks_for_too_long_a_wait_is_left(crawl: Crawling) -> None:
    """The rest of the host waits for the next run, which then has everything and forgets the rejects."""
    crawl.site.pages["/1.html"] = in_turn(page("busy", 429, Retry_After="86400"), page(notice("甲")))
    crawl.site.pages["/2.html"] = page(notice("乙", 2))

    assert counts(crawl.run("/1.html", "/2.html")) == (0, 0, 0, 2)
    assert crawl.site.counts == {"/robots.txt": 1, "/1.html": 1}
    assert {reason for (reason,) in crawl.rows("SELECT reason FROM rejects")} == {"http_429"}
    assert counts(crawl.run("/1.html", "/2.html")) == (2, 0, 0, 0)
    assert crawl.rows("SELECT * FROM rejects") == []


def test_page_stands_while_its_site_is_ill(crawl: Crawling) -> None:
    """A known page that cannot be had this time is no reject, and its notice stays."""
    crawl.site.pages["/1.html"] = in_turn(page(notice("甲")), page("ill", 500))
    crawl.run("/1.html")

    assert counts(crawl.run("/1.html", crawl_retries=0)) == (0, 1, 1, 0)
    assert crawl.rows("SELECT outcome, status FROM fetches ORDER BY fetched_at") == [("new", 200), ("failed", 500)]


def test_dead_host_is_not_asked_for_ever(crawl: Crawling) -> None:
    """After three pages that could not be had the rest of the host is given up for this run."""
    closed = crawl.site.address
    crawl.site.__exit__(None, None, None)
    with Site() as alive:
        alive.pages["/1.html"] = page(notice("甲"))
        urls = [f"http://{closed}/{number}" for number in range(10)]

        summary = crawl.run(*urls, alive.url("/1.html"), crawl_retries=0, allow_hosts=("127.0.0.1",))

    assert counts(summary) == (1, 0, 0, 10)


def test_redirects(crawl: Crawling) -> None:
    """The document's uri is where redirects lead; two ways to one page are one document; circles end."""
    crawl.site.pages.update(
        {
            "/old": page("", 301, Location="/new.html"),
            "/older": page("", 302, Location=crawl.site.url("/old")),
            "/new.html": tagged(notice("甲"), '"1"'),
            "/circle": page("", 302, Location="/circle"),
            "/nowhere": page("", 302),
            "/mail": page("", 302, Location="ftp://a.cn/"),
        }
    )

    summary = crawl.run("/old", "/older", "/circle", "/nowhere", "/mail")

    assert counts(summary) == (1, 0, 0, 3)
    assert crawl.rows("SELECT uri FROM documents") == [("/new.html",)]
    assert {reason for (reason,) in crawl.rows("SELECT reason FROM rejects")} == {"too_many_redirects", "http_302", "invalid_url"}
    assert crawl.site.counts["/circle"] == 6
    assert crawl.rows("SELECT uri FROM fetches WHERE url LIKE '%/older'") == [("/new.html",)]


def test_private_addresses_are_refused(crawl: Crawling) -> None:
    """Neither a URL nor a redirect leads to an address that no setting names; not even its robots.txt is asked for."""
    with Site() as inner:
        inner.pages["/secret"] = page(notice("密"))
        crawl.site.pages["/1.html"] = page("", 302, Location=inner.url("/secret"))
        crawl.site.pages["/2.html"] = page("", 302, Location="http://169.254.169.254/latest/meta-data/")

        summary = crawl.run("/1.html", "/2.html", inner.url("/secret"), f"http://localhost:{inner.address[10:]}/secret")

        assert inner.asked == []
    assert counts(summary) == (0, 0, 0, 4)
    assert crawl.rows("SELECT DISTINCT reason FROM rejects") == [("address_refused",)]
    assert "allow_hosts" in crawl.rows("SELECT message FROM rejects")[0][0]


def test_robots_rules(crawl: Crawling) -> None:
    """What robots.txt bars is not asked for, in the words that concern this program; redirects do not lead around it."""
    crawl.site.pages.update(
        {
            "/robots.txt": page("User-agent: *\nDisallow: /\n\nUser-agent: taizhang\nDisallow: /private/\nDisallow: /*.doc$\n"),
            "/1.html": page(notice("甲")),
            "/2.html": page("", 302, Location="/private/2.html"),
        }
    )

    summary = crawl.run("/1.html", "/2.html", "/private/3.html", "/4.doc")

    assert counts(summary) == (1, 0, 0, 3)
    assert set(crawl.site.asked) == {"/robots.txt", "/1.html", "/2.html"}
    assert crawl.rows("SELECT DISTINCT reason FROM rejects") == [("robots_disallowed",)]


@pytest.mark.parametrize(("status", "is_fetched"), [(404, True), (403, True), (500, False)])
def test_site_without_rules(crawl: Crawling, status: int, is_fetched: bool) -> None:
    """No robots.txt means all may be fetched; one that cannot be told means nothing may, in this run (RFC 9309)."""
    crawl.site.pages.update({"/robots.txt": page("x", status), "/1.html": page(notice("甲"))})

    summary = crawl.run("/1.html")

    assert counts(summary) == ((1, 0, 0, 0) if is_fetched else (0, 0, 0, 1))
    assert ("/1.html" in crawl.site.asked) is is_fetched


def test_rate_per_host(crawl: Crawling) -> None:
    """Between two requests to a host lies the delay, also one that robots.txt asks for; robots.txt is a request, too."""
    crawl.site.pages.update({f"/{number}.html": page(notice(str(number), number)) for number in range(3)})
    started = time.monotonic()
    crawl.run("/0.html", "/1.html", crawl_delay=0.3)
    assert time.monotonic() - started >= 0.6

    crawl.site.pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 0.5\n")
    started = time.monotonic()
    crawl.run("/0.html", "/1.html", "/2.html")
    assert time.monotonic() - started >= 1.0


def test_declared_charset_is_a_tie_break(crawl: Crawling) -> None:
    """A page is decoded by its bytes though its header names the wrong charset; what was named is kept."""
    crawl.site.pages["/1.html"] = page(notice("甲").encode("gb18030"), Content_Type="text/html; charset=utf-8")
    crawl.site.pages["/2.html"] = page(notice("乙", 2), Content_Type="text/html; charset=gb2312")

    assert counts(crawl.run("/1.html", "/2.html")) == (2, 0, 0, 0)
    assert crawl.rows("SELECT title FROM notices ORDER BY 1") == [("通报乙",), ("通报甲",)]
    assert crawl.rows("SELECT encoding, declared_encoding FROM documents ORDER BY uri") == [("gb18030", "utf-8"), ("utf-8", "gb2312")]


def test_source_with_paging(crawl: Crawling) -> None:
    """Index pages are followed by their 下一页, articles by the patterns; what does not fit is left alone; indexes are no documents."""
    crawl.site.pages.update(
        {
            "/index.html": page('<a href="/art/1.html">整改通报一</a><a href="/art/9.html">春节放假通知</a><a href="/other.html">整改通报</a><a href="index_2.html">下一页</a>'),
            "/index_2.html": page('<a href="/art/2.html">整改通报二</a><a href="/art/1.html">整改通报一</a><a href="/index_3.html"> 下一页 &gt;</a>'),
            "/index_3.html": page('<a href="/art/3.html">整改通报三</a>'),
            **{f"/art/{number}.html": page(notice(str(number), number)) for number in (1, 2, 3)},
        }
    )  # fmt: skip

    summary = crawl.run(sources=(source(crawl.site, text="整改"),))

    assert counts(summary) == (3, 0, 0, 0)
    assert crawl.site.counts == once(
        "/robots.txt", "/index.html", "/index_2.html", "/index_3.html", "/art/1.html", "/art/2.html", "/art/3.html"
    )
    assert crawl.rows("SELECT kind, source, found_on FROM fetches WHERE url LIKE '%/art/2.html'") == [("page", "county", "/index_2.html")]


def once(*paths: str) -> dict[str, int]:
    return dict.fromkeys(paths, 1)


def listing(*numbers: int) -> str:
    return "".join(f'<a href="/art/{number}.html">整改通报{number}</a>' for number in numbers)


def test_paging_by_number(crawl: Crawling) -> None:
    """Pages are counted on by the template until one is missing or lists nothing new, and no further than the limit."""
    crawl.site.pages.update({f"/art/{number}.html": page(notice(str(number), number)) for number in range(1, 6)})
    crawl.site.pages.update({"/index.html": page(listing(1, 2)), "/index_1.html": page(listing(3)), "/index_2.html": page(listing(4, 5))})
    declared = source(crawl.site, next_page="index_{n}.html", next_first=1)

    assert counts(crawl.run(sources=(declared,))) == (5, 0, 0, 0)
    assert crawl.site.counts["/index_3.html"] == 1
    assert crawl.site.counts["/index_4.html"] == 0


def test_later_crawl_asks_for_what_is_new(crawl: Crawling) -> None:
    """Articles that are known are not asked for again before their time, and paging ends at the first index page that has nothing new."""
    crawl.site.pages.update({f"/art/{number}.html": page(notice(str(number), number)) for number in range(1, 5)})
    crawl.site.pages["/index.html"] = in_turn(page(listing(2, 1)), page(listing(4, 3)))
    crawl.site.pages["/index_2.html"] = in_turn(page(listing(0)), page(listing(2, 1)))
    crawl.site.pages["/index_3.html"] = page(listing())
    declared = source(crawl.site, next_page="index_{n}.html")
    crawl.run(sources=(declared,))
    crawl.site.asked.clear()

    summary = crawl.run(sources=(declared,))

    assert counts(summary) == (2, 2, 2, 0)
    assert crawl.site.counts == once("/robots.txt", "/index.html", "/art/4.html", "/art/3.html", "/index_2.html")
    crawl.site.asked.clear()
    crawl.now += datetime.timedelta(days=31)
    crawl.run(sources=(declared,))
    assert crawl.site.counts["/art/4.html"] == 1


def test_limits_of_a_source(crawl: Crawling) -> None:
    """No more requests in a run than declared; the next run goes on to what was left."""
    crawl.site.pages["/index.html"] = page(listing(*range(1, 7)))
    crawl.site.pages.update({f"/art/{number}.html": page(notice(str(number), number)) for number in range(1, 7)})
    declared = source(crawl.site, max_pages=4)

    assert counts(crawl.run(sources=(declared,))) == (3, 0, 0, 0)
    assert counts(crawl.run(sources=(declared,))) == (3, 3, 3, 0)


def test_index_that_cannot_be_had_is_told(crawl: Crawling) -> None:
    """A source whose first page is missing is a reject, not silence."""
    summary = crawl.run(sources=(source(crawl.site),))

    assert counts(summary) == (0, 0, 0, 1)
    assert crawl.rows("SELECT uri, reason FROM rejects") == [("/index.html", "http_404")]


def test_attachments_are_followed_once(crawl: Crawling) -> None:
    """Documents that an article links to are fetched with it, not those around it, and not again while the article stays as it is."""
    attached = "<p>附件：<a href='files/a.rtf'>整改台账</a></p>"
    crawl.site.pages.update(
        {
            "/art/1.html": in_turn(page(notice("甲", 1, attached)), page(notice("甲", 1, attached)), page(notice("甲", 2, attached))),
            "/art/files/a.rtf": page(b"{\\rtf1\\ansi no notice}", Content_Type="application/rtf"),
        }
    )

    assert counts(crawl.run("/art/1.html")) == (1, 0, 0, 1)
    assert crawl.rows("SELECT uri FROM documents WHERE outcome = 'rejected'") == [("/art/files/a.rtf",)]
    assert crawl.rows("SELECT kind, found_on FROM fetches WHERE url LIKE '%.rtf'") == [("attachment", "/art/1.html")]
    crawl.run("/art/1.html")
    assert crawl.site.counts["/art/files/a.rtf"] == 1
    crawl.run("/art/1.html")
    assert crawl.site.counts["/art/files/a.rtf"] == 2


def test_notice_that_stands_in_an_attachment_only(crawl: Crawling) -> None:
    """A page without an article leads to the document that it links to."""
    crawl.site.pages["/1.html"] = page("<html><body><h1>通报</h1><a href='/up/a.txt.doc'>点击下载</a></body></html>")
    crawl.site.pages["/up/a.txt.doc"] = page("通报甲\n1".encode(), Content_Type="application/msword")

    crawl.run("/1.html")

    assert crawl.rows("SELECT uri FROM documents WHERE outcome = 'published'") == [("/up/a.txt.doc",)]


def test_address_of_a_page_reaches_the_extraction(crawl: Crawling) -> None:
    """The page's own URL is among its fields, so that a day in it may tell when it was published."""
    seen: list[str] = []

    def watching(reading: Reading, notice_id: str, document_id: str) -> Extraction | Refusal:
        seen.append(reading.page["url"])
        return STEPS.extract(reading, notice_id, document_id)

    crawl.site.pages["/202405/t20240506_1.html"] = page(notice("甲"))
    crawl.run("/202405/t20240506_1.html", steps=dataclasses.replace(STEPS, extract=watching))

    assert seen == [crawl.site.url("/202405/t20240506_1.html")]


def test_run_that_breaks_is_recorded_with_its_answers(crawl: Crawling) -> None:
    """The pages are not in the warehouse, what was answered is, and the next run has them without asking again."""
    crawl.site.pages["/1.html"] = page(notice("甲"))

    def broken(_: object) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        crawl.run("/1.html", steps=dataclasses.replace(STEPS, checks=broken))  # type: ignore[arg-type]
    assert crawl.rows("SELECT outcome FROM runs") == [("failed",)]
    assert crawl.rows("SELECT url, outcome FROM fetches") == [("/1.html", "new")]
    assert counts(crawl.run("/1.html")) == (1, 0, 0, 0)
    assert crawl.site.counts["/1.html"] == 1


def test_command_line(crawl: Crawling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--urls takes a list or stdin, --source a declared source; what is wrong is told as wrong usage."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("flows.run.real_steps", lambda *_: STEPS)
    for name, value in {"ALLOW_HOSTS": f"10.0.0.1, {crawl.site.address}", "CRAWL_DELAY": "0", "SOURCES": str(tmp_path)}.items():
        monkeypatch.setenv(f"TAIZHANG_{name}", value)
    crawl.site.pages.update({"/1.html": page(notice("甲")), "/art/2.html": page(notice("乙", 2)), "/index.html": page(listing(2))})
    (tmp_path / "list.txt").write_text(f"# 链接\n{crawl.site.url('/1.html')}\n", "utf-8-sig")
    (tmp_path / "county.toml").write_text(f'title = "县"\nindex = ["{crawl.site.url("/index.html")}"]\nlink = "/art/"\n', "utf-8")

    def run(*words: str, stdin: str = "") -> tuple[int, str]:
        ended = CliRunner().invoke(command, [*words, "--warehouse", str(crawl.warehouse)], input=stdin)
        return ended.exit_code, ended.output

    assert "1 published" in run("--urls", "list.txt")[1]
    assert "1 published" in run("--source", "county")[1]
    assert "1 duplicate (1 unchanged)" in run("--urls", "-", stdin=crawl.site.url("/1.html"))[1]
    for words, told in [
        (("--urls", "none.txt"), "cannot be read"),
        (("--urls", "-"), "names no URL"),
        (("--source", "none"), "there is no source none; there are county, example"),
        ((), "nothing to run"),
    ]:
        code, output = run(*words)
        assert code == 2
        assert told in output


_RUN = """
import sys
from pathlib import Path
from flows.crawl.crawl import Web
from flows.run import ingest
from tests.flows.stand_in import STEPS, settings
print("started", flush=True)
warehouse, address, count = sys.argv[1:]
urls = tuple(f"http://{address}/{number}.html" for number in range(int(count)))
ingest([], settings(Path(warehouse), allow_hosts=(address,), crawl_delay=0.02, batch_size=15), steps=STEPS, web=Web(urls))
"""


@pytest.mark.faults
def test_killed_crawl_goes_on_where_it_was(site: Site, warehouse: Path) -> None:
    """kill -9 again and again: in the end every page is in the warehouse, and none but the one at hand was asked for twice."""
    count = 40
    site.pages.update({f"/{number}.html": page(notice(f"第{number}号", number + 1)) for number in range(count)})
    kills = 0
    while True:
        command = [sys.executable, "-c", _RUN, str(warehouse), site.address, str(count)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        assert process.stdout.readline() == "started\n"
        wanted = len(site.asked) + 9
        while kills < 3 and len(site.asked) < wanted and process.poll() is None:
            time.sleep(0.005)
        if kills == 3:
            assert process.wait(timeout=60) == 0
            break
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1

    pages = {path: times for path, times in site.counts.items() if path != "/robots.txt"}
    assert len(pages) == count
    assert sum(pages.values()) <= count + kills
    with open_reader(settings(warehouse).location) as lake:
        assert lake.execute("SELECT count(*), count(DISTINCT title) FROM notices").fetchall() == [(count, count)]
        assert lake.execute("SELECT count(*) FROM fetches WHERE outcome = 'new'").fetchall() == [(count,)]
