"""What the tests share: the command in a process of its own, and a cache that is nobody's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from environments import BUILT, Environment, copy_distributions, run

REPOSITORY = Path(__file__).resolve().parent.parent
SHIPPED = ("checker", "grammars", "rules", "plugins", "setup.cfg", "pyproject.toml", "README.md", "LICENSE")
FOREIGN = (
    *("PLANCHECK_LANG", "PLANCHECK_DISABLE_PLUGINS", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING"),
    *("GITHUB_WORKSPACE", "CI_PROJECT_DIR"),
)
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--rewrite-samples`` writes the expected reports anew; read the diff."""
    parser.addoption("--rewrite-samples", action="store_true", help="write samples/drafts/*.expected anew")


@pytest.fixture(scope="session", autouse=True)
def own_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the person's cache, language and colours out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANCHECK_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("TERM", "xterm")  # a dumb one has no colours
        for name in FOREIGN:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def plancheck(tmp_path: Path) -> Run:
    """Return a function that runs ``python -m checker`` in ``tmp_path`` and gives back what it did."""

    def run_here(
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

    return run_here


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


@pytest.fixture(scope="session")
def build_wheel(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Return a function that builds the wheel of a copy of a project's folder and returns its path."""

    def built(folder: Path) -> Path:
        place = tmp_path_factory.mktemp("wheel")
        shutil.copytree(folder, place / "copy", ignore=shutil.ignore_patterns(*BUILT))
        build = (sys.executable, "-m", "build", "--wheel", "--no-isolation")
        assert run(*build, "--outdir", place, place / "copy", cwd=place).returncode == 0
        (wheel,) = place.glob("*.whl")
        return wheel

    return built


@pytest.fixture(scope="session")
def wheel(repository_copy: Path, build_wheel: Callable[[Path], Path]) -> Path:
    """Return the wheel of plancheck."""
    return build_wheel(repository_copy)


@pytest.fixture(scope="session")
def environment_with_plancheck(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Return an environment that has the wheel of plancheck and what it needs, and nothing else: leave it so."""
    made = Environment(tmp_path_factory.mktemp("environment") / "venv", with_pip=True)
    assert made.run("-m", "pip", "install", "--quiet", wheel, cwd=made.folder.parent).returncode == 0
    return made


@pytest.fixture(scope="session")
def installed(environment_with_plancheck: Environment) -> Path:
    """Return the folder of commands of ``environment_with_plancheck``."""
    return environment_with_plancheck.commands


@pytest.fixture(scope="session")
def only_pytest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with pytest and what it needs, and nothing else of the environment of these tests."""
    place = tmp_path_factory.mktemp("pytest-alone")
    copy_distributions(["pytest"], place)
    return place


@pytest.fixture(scope="session")
def fresh_environment(
    environment_with_plancheck: Environment, only_pytest: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Environment]:
    """Return a function that makes an environment into which plugins may be installed.

    It sees the wheel of plancheck with what that needs, and pytest where asked for, and nothing of the repository.
    """

    def made(*, with_pytest: bool = False) -> Environment:
        sees = [environment_with_plancheck.packages, *([only_pytest] if with_pytest else [])]
        return Environment(tmp_path_factory.mktemp("fresh") / "venv", sees)

    return made
