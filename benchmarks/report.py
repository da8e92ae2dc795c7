"""Builds the report of many synthetic notices and prints time, peak memory, sizes, and how fast Chromium opens the pages.

``python benchmarks/report.py [NOTICES] [FOLDER]`` (default 10000 in a temporary folder). The notices are the samples, copied inside
the lake under new ids, with invented counties; the build reads them through ``Lake.query`` as ``taizhang report`` does, in a process
of its own whose peak memory is measured.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from expectations.report.build import build
from flows.run import ingest
from flows.settings import load
from transforms.records.catalogue import NOTICE_TABLES
from transforms.records.likeness import Passage
from warehouse.lake import Lake, open_reader, open_writer

ROOT = Path(__file__).resolve().parents[1]
COPIES = 100
COUNTIES = 60
# types a word and waits until the list has been filled anew; the pause of 120 ms after typing is part of it
_SEARCH = """() => new Promise((done) => {
  const box = document.querySelector("[name=search]"), list = document.querySelector(".status"), started = performance.now();
  new MutationObserver(() => done(performance.now() - started)).observe(list, { childList: true, characterData: true, subtree: true });
  box.value = "中共 县";
  box.dispatchEvent(new Event("input", { bubbles: true }));
})"""

# milliseconds until the list is filled anew after a press on a heading, and after a choice among conditions
_SORT = """() => new Promise((done) => {
  const list = document.querySelector("#list tbody"), started = performance.now();
  new MutationObserver(() => done(performance.now() - started)).observe(list, { childList: true });
  document.querySelector("th[data-column=review] button").click();
})"""
_FILTER = """() => new Promise((done) => {
  const box = document.querySelector("[name=verdict]"), list = document.querySelector("#list tbody"), started = performance.now();
  new MutationObserver(() => done(performance.now() - started)).observe(list, { childList: true });
  box.value = "fail";
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new Event("change", { bubbles: true }));
})"""


def main() -> None:
    """Fill a lake, build its report, open it."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="taizhang-report-"))
    warehouse, site = folder / "warehouse", folder / "site"
    if not warehouse.exists():
        _fill(warehouse, wanted)
    subprocess.run([sys.executable, "-m", "benchmarks.report", "--build", str(warehouse), str(site)], check=True, cwd=ROOT)
    _sizes(site)
    _open(site)
    if len(sys.argv) <= 2:
        shutil.rmtree(folder)


def _fill(warehouse: Path, wanted: int) -> None:
    settings = load({"warehouse": str(warehouse)})
    ingest([str(ROOT / "samples/notices")], settings)
    started = time.perf_counter()
    with open_writer(settings.location) as lake:
        held = lake.query("SELECT count(*) AS n FROM notices")["n"][0].as_py()
        copies = max(0, -(-wanted // held) - 1)
        for first in range(1, copies + 1, COPIES):
            _copy(lake, first, min(first + COPIES, copies + 1))
        held = lake.query("SELECT count(*) AS n FROM notices")["n"][0].as_py()
    print(f"{held:,} notices in the lake after {time.perf_counter() - started:.0f} s")


def _copy(lake: Lake, first: int, stop: int) -> None:
    """One snapshot with the copies ``first`` to ``stop`` of the samples."""
    original = "SELECT notice_id FROM documents WHERE outcome = 'published' AND uri NOT LIKE 'copy:%'"
    new = "substr(md5({} || copies.n), 1, 16)"
    with lake.transaction():
        for name in [*(record.TABLE.name for record in (*NOTICE_TABLES, Passage)), "documents"]:
            changed = [f"{new.format('notice_id')} AS notice_id"]
            if name in ("notices", "documents"):
                changed.append(f"{new.format('document_id')} AS document_id")
            if name == "documents":
                changed.append("'copy:' || uri AS uri")
            if name == "notices":
                changed.append(f"'示例' || (hash(notice_id, copies.n) % {COUNTIES}) || '县' AS county")
                # each copy of the samples is another place's: its bodies have notices of their own, and passages of theirs alike
                changed.append("'示例' || copies.n || '·' || inspected_org AS inspected_org")
            if name == "passages":
                changed.append("list_transform(keys, lambda key: xor(key, copies.n)) AS keys")
            selected = f"t.* REPLACE ({', '.join(changed)})"
            lake.execute(
                f"INSERT INTO {name} BY NAME SELECT {selected} FROM {name} t, range({first}, {stop}) copies(n) WHERE notice_id IN ({original})"
            )


def _build(warehouse: Path, site: Path) -> None:
    settings = load({"warehouse": str(warehouse)})
    started, cpu = time.perf_counter(), time.process_time()
    with open_reader(settings.location, memory_limit=settings.memory_limit) as lake:
        build(lake.query, site, "benchmark")
        held = lake.query("SELECT count(*) AS n FROM notices")["n"][0].as_py()
    spent = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"build: {spent:.1f} s ({1000 * spent / held:.1f} ms a notice, {time.process_time() - cpu:.1f} s CPU), peak memory {peak:,.0f} MiB"
    )


def _sizes(site: Path) -> None:
    for name in ("index.html", "notices.html", "data/notices.js", "ledger.html", "data/ledger.js", "ledger.csv", "quality.html"):
        print(f"  {name:18}{(site / name).stat().st_size / 1024:>10,.0f} KiB")
    for label, paths in (
        ("cards of the ledger", list((site / "data").glob("ledger-*.js"))),
        ("pages of notices", list((site / "notices").iterdir())),
    ):
        sizes = [path.stat().st_size for path in paths]
        print(f"  {label}: {len(sizes):,} files, {sum(sizes) / 2**20:,.0f} MiB, {sum(sizes) / len(sizes) / 1024:,.0f} KiB each")


def _open(site: Path) -> None:
    """Milliseconds until a page has loaded and its list is filled, and until a search is done."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not path:
        print("no Chromium here: pages were not opened")
        return
    from playwright.sync_api import sync_playwright

    ready = {"notices.html": ".pager:visible", "ledger.html": "#list[data-shown]"}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        for name in ("index.html", "notices.html", "ledger.html", "quality.html", f"notices/{next((site / 'notices').iterdir()).name}"):
            page = browser.new_page()
            started = time.perf_counter()
            page.goto((site / name).as_uri())
            if name in ready:
                page.wait_for_selector(ready[name])
            line = f"  {name.split('/')[0]:18}opens in {1000 * (time.perf_counter() - started):>6.0f} ms"
            if name in ready:
                line += f", a search takes {page.evaluate(_SEARCH):.0f} ms"
            if name == "notices.html":
                page.evaluate("document.querySelector('button[type=reset]').click()")
                page.wait_for_timeout(500)
                line += f", a sort {page.evaluate(_SORT):.0f} ms, a filter {page.evaluate(_FILTER):.0f} ms"
            print(line)
            page.close()
        browser.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        _build(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
