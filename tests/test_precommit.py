"""The pre-commit hook: a repository of drafts takes in the good ones and stops the bad ones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from drafts import BAD, CLEAN

REPOSITORY = Path(__file__).resolve().parent.parent
HOOKS = REPOSITORY / ".pre-commit-hooks.yaml"


def git(*arguments: str, cwd: Path) -> str:
    who = ["-c", "user.name=tester", "-c", "user.email=tester@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module", autouse=True)
def without_git_surroundings() -> Iterator[None]:
    """Forget what a git hook around the tests may have set."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="module")
def hook(repository_copy: Path) -> Path:
    """Return a git repository with what is shipped, as pre-commit would clone it."""
    git("init", "--quiet", cwd=repository_copy)
    git("add", "--all", cwd=repository_copy)
    git("commit", "--quiet", "--no-verify", "--message", "as shipped", cwd=repository_copy)
    return repository_copy


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which pre-commit keeps the hook's environment."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """Return a git repository with a good and a bad draft, both staged."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    git("init", "--quiet", cwd=folder)
    (folder / "good.txt").write_text(CLEAN, encoding="utf-8")
    (folder / "bad.txt").write_text(BAD, encoding="utf-8")
    (folder / "script.py").write_text("print('no draft')\n", encoding="utf-8")
    git("add", "--all", cwd=folder)
    return folder


def try_hook(hook: Path, home: Path, drafts: Path, *files: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(hook), "plancheck", "--files", *files],
        cwd=drafts,
        env={**os.environ, "PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    print(done.stdout, done.stderr, done.returncode)
    return done


def test_the_hook_is_what_pre_commit_expects() -> None:
    from pre_commit.clientlib import load_manifest  # type: ignore[import-untyped]

    (hook,) = load_manifest(str(HOOKS))
    assert (hook["id"], hook["entry"], hook["language"]) == ("plancheck", "plancheck check", "python")
    assert yaml.safe_load(HOOKS.read_text(encoding="utf-8"))[0]["name"]


def test_a_bad_draft_is_stopped_with_a_message_that_says_why(hook: Path, home: Path, drafts: Path) -> None:
    done = try_hook(hook, home, drafts, "good.txt", "bad.txt", "script.py")
    assert done.returncode == 1
    assert "Failed" in done.stdout
    assert "- hook id: plancheck\n" in done.stdout
    assert "- exit code: 1\n" in done.stdout
    assert "bad.txt\n  8:1  错误  plan/lead-unit\n    措施“办好赛事”没有写明牵头单位\n" in done.stdout
    assert "检查了 2 份方案：" in done.stdout, "a script is no draft"
    assert "\x1b" not in done.stdout


def test_a_good_draft_passes(hook: Path, home: Path, drafts: Path) -> None:
    done = try_hook(hook, home, drafts, "good.txt")
    assert done.returncode == 0
    assert "Passed" in done.stdout
