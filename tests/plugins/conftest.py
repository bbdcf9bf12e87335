"""Distributions with plugins that are installed nowhere but in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from drafts import BAD, CLEAN

HEAD = """\
from checker.hookspecs import hookimpl
from checker.model import Bilingual
"""
Distribute = Callable[..., Path]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return the folder that stands for site-packages; two drafts lie beside it."""
    (tmp_path / "bad.txt").write_text(BAD, encoding="utf-8")
    (tmp_path / "clean.txt").write_text(CLEAN, encoding="utf-8")
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def distribute(site: Path) -> Distribute:
    """Return a function that puts a distribution with one plugin into ``site``."""

    def put(source: str, name: str = "trial", version: str = "1.2", value: str | None = None) -> Path:
        module = f"plancheck_{name}"
        path = site / f"{module}.py"
        path.write_text(HEAD + source, encoding="utf-8")
        metadata = site / f"{module}-{version}.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: plancheck-{name}\nVersion: {version}\n")
        (metadata / "entry_points.txt").write_text(f"[plancheck]\n{name} = {value or module}\n")
        return path

    return put


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a pack with one rule, which its options and check type may make wrong."""

    def write(name: str = "ours", check: str = "required", options: str = "{field: leads}") -> Path:
        folder = tmp_path / "packs" / name
        folder.mkdir(parents=True)
        (folder / "pack.yaml").write_text(f"title: {name}\nversion: 0.3.0\n", encoding="utf-8")
        (folder / "lead.yaml").write_text(
            f"title: 要有牵头单位\nseverity: error\nnode: measure\ncheck: {check}\noptions: {options}\n"
            "message: 措施“{name}”没有牵头单位\n".replace("{name}", "{title}"),
            encoding="utf-8",
        )
        return folder

    return write
