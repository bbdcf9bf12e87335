"""The pages of compare, cover and tasks in a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import DESKTOP, DRAFTS, PHONE, REPOSITORY, Opened
from .seeing import low_contrast, runs_over, shown

OLD = DRAFTS / "hegu-science.txt"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the file of each page, made by the suffix of ``-o``."""
    folder = tmp_path_factory.mktemp("pages")
    new = folder / "new.txt"
    text = OLD.read_text("utf-8").replace("（县卫健局、县文旅局等单位配合）", "（县文旅局牵头）")
    new.write_text(text.replace("（县教育局牵头，县科协、县财政局、县农业农村局等单位配合）", ""), encoding="utf-8")
    commands = {
        "compare": ["compare", str(OLD), str(new)],
        "cover": ["cover", str(DRAFTS / "yunxi-science.md"), str(DRAFTS / "qinglan-science.txt")],
        "tasks": ["tasks", str(OLD)],
        "several": ["tasks", str(DRAFTS)],
    }
    made = {}
    for name, command in commands.items():
        made[name] = folder / f"{name}.html"
        arguments = [sys.executable, "-m", "checker", *command, "-o", str(made[name])]
        done = subprocess.run(arguments, cwd=REPOSITORY, capture_output=True, timeout=120, check=False, env=os.environ)
        assert done.returncode in (0, 1), done.stderr.decode()
    return made


@pytest.mark.parametrize("name", ["compare", "cover", "tasks", "several"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_each_fits_and_can_be_read_and_printed(
    pages: dict[str, Path], opened: Opened, name: str, scheme: str, size: dict[str, int]
) -> None:
    page = opened(pages[name], size=size, color_scheme=scheme)
    for tab in page.locator(".draft.one .tabs a").all() or [None]:
        if tab:
            tab.click()
        assert runs_over(page) == 0
        assert low_contrast(page) == []
    page.emulate_media(media="print")
    assert shown(page, ".chip, input, select, .tabs") == 0
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["compare", "cover", "tasks", "several"])
def test_each_is_whole_without_script(pages: dict[str, Path], opened: Opened, name: str) -> None:
    page = opened(pages[name], java_script_enabled=False)
    assert shown(page, "main table tbody tr") == page.locator("main table tbody tr").count()
    assert shown(page, ".filters, .tabs, .unfold, .by-unit") == 0


class TestCompare:
    def test_states_severities_rules_and_words_narrow_it(self, pages: dict[str, Path], opened: Opened) -> None:
        page = opened(pages["compare"])
        assert shown(page, "tr.it") == 6
        page.click(".tile.of-new")
        assert (shown(page, "tr.it"), shown(page, ".group")) == (1, 1)
        assert "推动科学教育提质" in page.locator("tr.it:visible").inner_text()
        page.click(".tile.of-new")
        page.click('.chip[data-value="info"]')
        assert shown(page, "tr.it") == 2
        page.click(".clear")
        page.select_option(".choose", "plan/lead-unit")
        assert shown(page, "tr.it") == 2
        page.fill(".query", "乡风")
        assert shown(page, "tr.it") == 1
        assert page.locator(".filters .count").inner_text() == "显示 1 / 6"
        page.fill(".query", "没有这样的话")
        assert page.locator(".none-left").is_visible()


class TestCover:
    def test_groups_kinds_and_words_narrow_it(self, pages: dict[str, Path], opened: Opened) -> None:
        page = opened(pages["cover"])
        whole = shown(page, "tr.it")
        page.click('.chip[data-value="1"]')
        missing = shown(page, "tr.it")
        assert 0 < missing < whole
        assert shown(page, "tr.it .t-error") == missing
        page.select_option(".choose", "target")
        assert {cell.inner_text() for cell in page.locator("tr.it:visible .k-kind").all()} == {"目标"}


class TestTasks:
    def test_one_unit_and_the_pictures(self, pages: dict[str, Path], opened: Opened) -> None:
        page = opened(pages["tasks"])
        page.select_option(".by-unit", "县应急局")
        assert shown(page, "#d1-task tbody tr") == 2
        page.click('.tabs a[href="#d1-unit"]')
        assert shown(page, "#d1-unit tbody tr") == 24
        page.click('.tabs a[href="#d1-glance"]')
        assert page.locator(".loads").is_visible()

    def test_each_file_of_several_opens(self, pages: dict[str, Path], opened: Opened) -> None:
        page: Any = opened(pages["several"])
        assert shown(page, ".draft .body") == 0
        page.click(".drafts a >> nth=4")
        assert page.locator("#d5-task").is_visible()
