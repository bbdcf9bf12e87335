"""What the tests of pages share: a real browser, in which nothing may be asked of any network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
DRAFTS = REPOSITORY / "samples" / "drafts"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
Made = Callable[..., Path]
Opened = Callable[..., Any]


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return the browser that is installed; without one the tests are skipped, but not where CI has to have it."""
    path = _chromium()
    if path is None and os.environ.get("CI") == "true":
        pytest.fail("no chromium is installed, which CI has to have: apt-get install chromium")
    if path is None:
        pytest.skip("no chromium is installed: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=[*FLAGS])
        yield started
        started.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return a function that runs plancheck once for each page that is asked for, and returns the page's file."""
    known: dict[tuple[str, ...], Path] = {}

    def page(*arguments: str) -> Path:
        if arguments not in known:
            place = tmp_path_factory.mktemp("page") / "page.html"
            command = [sys.executable, "-m", "checker", *arguments, "--format", "html", "-o", str(place)]
            done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, timeout=120, check=False)
            assert done.returncode in (0, 1, 2), done.stderr.decode()
            known[arguments] = place
        return known[arguments]

    return page


@pytest.fixture
def opened(browser: Any) -> Iterator[Opened]:
    """Return a function that opens a page's file; nothing but that file may be asked for, and no error said.

    A dialog fails the test, too: no page has any. Without ``watched`` errors are no matter.
    """
    contexts: list[Any] = []
    said: list[str] = []

    def page(path: Path, at: str = "", size: dict[str, int] = DESKTOP, watched: bool = True, **more: Any) -> Any:
        context = browser.new_context(viewport=size, **more)
        contexts.append(context)
        context.set_offline(True)
        tab = context.new_page()
        address = path.as_uri()
        tab.on("request", lambda request: None if request.url.startswith(address) else said.append(request.url))
        if watched:
            tab.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
            tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        tab.goto(address + at)
        return tab

    yield page
    for context in contexts:
        context.close()
    assert said == []
