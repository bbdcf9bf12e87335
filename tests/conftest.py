"""What the tests share: the command in a process of its own, and a cache that is nobody's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
SHIPPED = ("checker", "grammars", "rules", "plugins", "setup.cfg", "pyproject.toml", "README.md", "LICENSE")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--rewrite-samples`` writes the expected reports anew; read the diff."""
    parser.addoption("--rewrite-samples", action="store_true", help="write samples/drafts/*.expected anew")


@pytest.fixture(scope="session", autouse=True)
def own_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the person's cache, language and colours out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANCHECK_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        for name in ("PLANCHECK_LANG", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def plancheck(tmp_path: Path) -> Run:
    """Return a function that runs ``python -m checker`` in ``tmp_path`` and gives back what it did."""

    def run(
        *arguments: str, stdin: str | bytes = b"", timeout: float = 60, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "checker", *arguments],
            cwd=tmp_path,
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            timeout=timeout,
            check=False,
            env={**os.environ, "PLANCHECK_CACHE_DIR": str(tmp_path / ".cache"), **environment},
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        print(f"$ plancheck {' '.join(arguments)}\n{out}\nstderr:\n{err}\nexit status {done.returncode}")
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run


@pytest.fixture(scope="session")
def repository_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what the package is built from, so that building leaves nothing in the repository."""
    copy = tmp_path_factory.mktemp("repository")
    for name in (*SHIPPED, ".gitignore", ".pre-commit-hooks.yaml"):
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, copy / name)
    return copy
