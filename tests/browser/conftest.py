"""A headless Chromium that may read files and nothing else, and the samples' site in both languages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.expectations.report.sites import sample_site

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
)


@dataclass
class Visit:
    """A page and all that went wrong on it: messages of the console, and requests to anything but a file."""

    page: Any
    site: Path
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def open(self, name: str) -> Any:
        """Go to a page of the site and wait for its scripts."""
        self.page.goto((self.site / name.partition("#")[0]).as_uri() + ("#" + name.partition("#")[2] if "#" in name else ""))
        self.page.wait_for_load_state("load")
        return self.page

    def record(self, route: Any) -> None:
        """Let files through; note and stop everything else."""
        if route.request.url.startswith(("file:", "data:")):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser; tests are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install playwright)")
    path = os.environ.get("TAIZHANG_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if not path:
        pytest.skip("no Chromium found: install one (apt-get install chromium) or name it in TAIZHANG_CHROMIUM")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The samples' site by language."""
    return {lang: sample_site(tmp_path_factory.mktemp(f"site-{lang}"), lang) for lang in ("zh", "en")}


@pytest.fixture
def visit(chromium: Any, sites: dict[str, Path], request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A fresh page on the Chinese site; afterwards no error was told and nothing outside was asked for.

    Parametrise indirectly with a dictionary to choose ``lang``, ``width``, ``scheme`` or ``javascript``.
    """
    wanted = {"lang": "zh", "width": 1280, "scheme": "light", "javascript": True, **getattr(request, "param", {})}
    context = chromium.new_context(
        viewport={"width": wanted["width"], "height": 800},
        color_scheme=wanted["scheme"],
        java_script_enabled=wanted["javascript"],
        reduced_motion="reduce",
    )
    visit = Visit(context.new_page(), sites[wanted["lang"]])
    visit.page.route("**/*", visit.record)
    visit.page.on("console", lambda message: visit.errors.append(message.text) if message.type in ("error", "warning") else None)
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    yield visit
    context.close()
    assert visit.errors == []
    assert visit.outside == []
