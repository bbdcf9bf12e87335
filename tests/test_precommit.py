"""The pre-commit hooks: a repository of drafts takes in the good ones and stops the bad ones.

Each environment takes seconds to install, so there are two: that of ``try-repo``, which throws it away, and one
with two plugins for all that is committed.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from drafts import BAD, CLEAN
from pages import Page

from checker.commands.check import command as check_command

REPOSITORY = Path(__file__).resolve().parent.parent
HOOKS = REPOSITORY / ".pre-commit-hooks.yaml"
SAMPLES = REPOSITORY / "samples"
PAGE = Page("pre-commit.md")
WARNING = CLEAN.replace("推进阶段。2022—2025年", "推进阶段。2022—2024年")
"""Nothing but a warning: 2025 is in no stage."""
INFO = CLEAN.replace("启动阶段。2021年", "启动阶段。2021—2022年")
"""Nothing but a hint: two stages share a year."""
MENDABLE = CLEAN.replace("1.建好场地。新建一批场地。", "1.建好场地。新建一批场地,改造旧场地。")
"""A half-width comma, which has only one answer."""
CAN_FIX = any("--fix" in parameter.opts for parameter in check_command.params)
needs_fix = pytest.mark.skipif(not CAN_FIX, reason="plancheck check has no --fix")
Done = subprocess.CompletedProcess[str]


def run(*command: str, cwd: Path, **environment: str) -> Done:
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "PRE_COMMIT_COLOR": "never", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    print(f"$ {' '.join(command)}\n{done.stdout}\n{done.stderr}\nexit status {done.returncode}")
    return done


def git(*arguments: str, cwd: Path, **environment: str) -> Done:
    who = ["-c", "user.name=tester", "-c", "user.email=tester@example.org", "-c", "init.defaultBranch=main"]
    return run("git", *who, *arguments, cwd=cwd, **environment)


def done_by_git(*arguments: str, cwd: Path) -> str:
    done = git(*arguments, cwd=cwd)
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
def shipped(repository_copy: Path) -> Path:
    """Return a git repository with what is shipped, as pre-commit would clone it."""
    done_by_git("init", "--quiet", cwd=repository_copy)
    done_by_git("add", "--all", cwd=repository_copy)
    done_by_git("commit", "--quiet", "--no-verify", "--message", "as shipped", cwd=repository_copy)
    return repository_copy


@pytest.fixture(scope="module")
def plugins(build_wheel: Callable[[Path], Path]) -> list[str]:
    """Return the wheels of both sample plugins, as ``additional_dependencies`` name them."""
    return [str(build_wheel(SAMPLES / name)) for name in ("plugin-county", "plugin-health")]


class Drafts:
    """A git repository of drafts in which the hooks are installed."""

    def __init__(self, folder: Path, shipped: Path, home: Path, plugins: list[str]) -> None:
        self.folder, self.home = folder, home
        self._source = {"repo": str(shipped), "rev": done_by_git("rev-parse", "HEAD", cwd=shipped).strip()}
        self._plugins = plugins
        folder.mkdir()
        done_by_git("init", "--quiet", cwd=folder)
        self.use({"id": "plancheck"})
        assert run(sys.executable, "-m", "pre_commit", "install", cwd=folder).returncode == 0

    def use(self, hook: dict[str, Any]) -> None:
        """Run this hook from now on."""
        hooks = [{"additional_dependencies": self._plugins, **hook}]
        self.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [{**self._source, "hooks": hooks}]}))
        done_by_git("add", ".pre-commit-config.yaml", cwd=self.folder)

    def write(self, name: str, text: str, *, staged: bool = True) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if staged:
            done_by_git("add", name, cwd=self.folder)
        return path

    def commit(self, *options: str, **environment: str) -> Done:
        """Commit what is staged, as a person does; the hook says what it says on standard error."""
        message = ("commit", "--message", "drafts", *options)
        done = git(*message, cwd=self.folder, PRE_COMMIT_HOME=str(self.home), **environment)
        assert "\x1b" not in done.stderr
        return done

    @property
    def commits(self) -> int:
        return len(git("log", "--oneline", cwd=self.folder).stdout.splitlines())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which pre-commit keeps the hooks' environment."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def drafts(tmp_path: Path, shipped: Path, home: Path, plugins: list[str]) -> Drafts:
    return Drafts(tmp_path / "drafts", shipped, home, plugins)


def test_pre_commit_accepts_the_manifest() -> None:
    from pre_commit.clientlib import load_manifest  # type: ignore[import-untyped]

    hooks = {hook["id"]: hook for hook in load_manifest(str(HOOKS))}
    assert {name: hook["entry"] for name, hook in hooks.items()} == {
        "plancheck": "plancheck check",
        "plancheck-fix": "plancheck check --fix",
    }
    for hook in hooks.values():
        assert (hook["language"], hook["require_serial"], hook["verbose"]) == ("python", True, True)
        assert hook["types_or"] == ["plain-text", "markdown"]
        assert hook["exclude"] == hooks["plancheck"]["exclude"]


@pytest.mark.parametrize(
    ("name", "draft"),
    [
        ("drafts/方案.txt", True),
        ("方案.MD", True),
        ("notice.txt", True),
        ("news-2024.txt", True),
        ("readme草案.txt", True),
        ("README.md", False),
        ("docs/readme.zh-CN.md", False),
        ("CHANGELOG.md", False),
        ("LICENSE", False),
        ("NOTICE", False),
        ("requirements-dev.txt", False),
        ("script.py", False),
    ],
)
def test_what_is_a_draft(name: str, draft: bool) -> None:
    from identify.identify import tags_from_filename  # type: ignore[import-untyped]

    (hook, _) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    fits = bool(tags_from_filename(name) & set(hook["types_or"])) and not re.search(hook["exclude"], name)
    assert fits == draft


def test_tried_out_it_stops_a_bad_draft_and_says_why(shipped: Path, tmp_path: Path) -> None:
    done_by_git("init", "--quiet", cwd=tmp_path)
    for name, text in {"good.txt": CLEAN, "bad.txt": BAD, "script.py": "print('no draft')\n"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done_by_git("add", "--all", cwd=tmp_path)
    done = run(
        sys.executable,
        *("-m", "pre_commit", "try-repo", str(shipped), "plancheck", "--all-files"),
        cwd=tmp_path,
        PRE_COMMIT_HOME=str(tmp_path / ".home"),
    )
    assert done.returncode == 1
    assert "Failed" in done.stdout
    assert "- hook id: plancheck\n" in done.stdout
    assert "- exit code: 1\n" in done.stdout
    assert "bad.txt\n  8:1  错误  plan/lead-unit\n    措施“办好赛事”没有写明牵头单位\n" in done.stdout
    assert "good.txt" not in done.stdout.partition("\n\n")[2]
    assert "检查了 2 份方案：" in done.stdout, "a script is no draft"
    assert "\x1b" not in done.stdout


class TestCommit:
    def test_a_bad_draft_stays_outside(self, drafts: Drafts) -> None:
        drafts.write("bad.txt", BAD)
        done = drafts.commit()
        assert done.returncode == 1
        assert "Failed\n- hook id: plancheck\n" in done.stderr
        assert "\nbad.txt\n  8:1  错误  plan/lead-unit\n    措施“办好赛事”没有写明牵头单位\n" in done.stderr
        assert drafts.commits == 0

    def test_a_good_one_goes_in(self, drafts: Drafts) -> None:
        drafts.write("good.txt", CLEAN)
        done = drafts.commit()
        assert done.returncode == 0
        assert "Passed\n" in done.stderr
        assert "检查了 1 份方案：没有发现问题。" in done.stderr
        assert drafts.commits == 1

    def test_only_what_has_changed_is_read(self, drafts: Drafts) -> None:
        drafts.write("old.txt", BAD)
        assert drafts.commit("--no-verify").returncode == 0
        drafts.write("later.txt", BAD, staged=False)
        drafts.write("good.txt", CLEAN)
        done = drafts.commit()
        assert (done.returncode, drafts.commits) == (0, 2)
        assert "检查了 1 份方案：" in done.stderr
        assert "old.txt" not in done.stderr
        assert "later.txt" not in done.stderr

    def test_only_what_is_staged_is_read(self, drafts: Drafts) -> None:
        drafts.write("plan.txt", CLEAN)
        drafts.write("plan.txt", BAD, staged=False)
        assert drafts.commit().returncode == 0
        assert (drafts.folder / "plan.txt").read_text(encoding="utf-8") == BAD

    def test_many_drafts_have_one_summary(self, drafts: Drafts) -> None:
        for number in range(60):
            drafts.write(f"{number}.txt", CLEAN.replace("某县", f"某县第{number}"))
        assert drafts.commit().stderr.count("检查了 60 份方案：没有发现问题。") == 1

    def test_without_drafts_nothing_is_run(self, drafts: Drafts) -> None:
        drafts.write("script.py", "print('no draft')\n")
        drafts.write("README.md", BAD)
        done = drafts.commit()
        assert done.returncode == 0
        assert "(no files to check)Skipped" in done.stderr

    def test_one_that_cannot_be_read_is_stopped_with_the_reason(self, drafts: Drafts) -> None:
        (drafts.folder / "odd.txt").write_bytes(b"\x00\x01\x02" * 50)
        done_by_git("add", "odd.txt", cwd=drafts.folder)
        done = drafts.commit()
        assert done.returncode == 1
        assert "- exit code: 2\n" in done.stderr
        assert "odd.txt\n  无法检查  " in done.stderr


class TestWhatPasses:
    def test_warnings_stop_a_commit(self, drafts: Drafts) -> None:
        drafts.write("plan.txt", WARNING)
        done = drafts.commit()
        assert done.returncode == 1
        assert "警告  plan/stages-cover-period\n" in done.stderr

    def test_they_are_seen_where_they_do_not(self, drafts: Drafts) -> None:
        drafts.use({"id": "plancheck", "args": ["--fail-on", "error"]})
        drafts.write("plan.txt", WARNING)
        done = drafts.commit()
        assert (done.returncode, drafts.commits) == (0, 1)
        assert "警告  plan/stages-cover-period\n" in done.stderr

    def test_hints_are_seen(self, drafts: Drafts) -> None:
        drafts.write("plan.txt", INFO)
        done = drafts.commit()
        assert (done.returncode, drafts.commits) == (0, 1)
        assert "提示  plan/stages-order\n" in done.stderr

    def test_unless_a_person_does_not_want_to(self, drafts: Drafts) -> None:
        drafts.use({"id": "plancheck", "verbose": False})
        drafts.write("plan.txt", INFO)
        done = drafts.commit()
        assert done.returncode == 0
        assert "Passed\n" in done.stderr
        assert "plan/stages-order" not in done.stderr


class TestSettings:
    def test_options(self, drafts: Drafts) -> None:
        drafts.use({"id": "plancheck", "args": ["--select", "plan/stages,gongwen", "--lang", "en"]})
        drafts.write("bad.txt", BAD)
        done = drafts.commit()
        assert done.returncode == 0
        assert "1 plan checked: no violations; rules: " in done.stderr

    def test_the_configuration_of_the_repository(self, drafts: Drafts) -> None:
        drafts.write(".plancheck.yaml", "per_file:\n  - files: [old/]\n    ignore: [plan/lead-unit]\n")
        drafts.write("old/bad.txt", BAD)
        assert drafts.commit().returncode == 0
        drafts.write("new/bad.txt", BAD.replace("办赛10场", "办赛20场"))
        done = drafts.commit()
        assert done.returncode == 1
        assert "new/bad.txt\n  8:1  错误  plan/lead-unit\n" in done.stderr

    def test_the_baseline_that_it_names(self, drafts: Drafts) -> None:
        drafts.write("bad.txt", BAD)
        done = run(sys.executable, "-m", "checker", "baseline", ".", cwd=drafts.folder)
        assert done.returncode == 0
        drafts.write(".plancheck.yaml", "baseline: .plancheck-baseline.json\n")
        done = drafts.commit()
        assert done.returncode == 0
        assert "另有 1 个在基线里" in done.stderr
        drafts.write("bad.txt", BAD.replace("（县体育局牵头）", ""))
        assert drafts.commit().returncode == 1

    def test_plugins_take_part(self, drafts: Drafts) -> None:
        name = "tangcheng-science.txt"
        shutil.copy(SAMPLES / "plugin-county" / "drafts" / name, drafts.folder)
        done_by_git("add", name, cwd=drafts.folder)
        assert "警告  lanhai/fishermen\n    农民科学素质提升行动里没有面向渔民的措施\n" in drafts.commit().stderr

    def test_formats_of_plugins(self, drafts: Drafts) -> None:
        drafts.use({"id": "plancheck", "types_or": ["file"], "files": r"\.(txt|md|brief)$"})
        shutil.copy(SAMPLES / "plugin-health" / "drafts" / "xikou-health.brief", drafts.folder)
        done_by_git("add", "xikou-health.brief", cwd=drafts.folder)
        assert "xikou-health.brief\n  27:28  警告  plan/target-year\n" in drafts.commit().stderr


@needs_fix
class TestFix:
    def test_a_commit_stops_where_it_has_mended_a_draft_and_goes_through_once_that_is_staged(
        self, drafts: Drafts
    ) -> None:
        drafts.use({"id": "plancheck-fix"})
        path = drafts.write("plan.txt", MENDABLE)
        done = drafts.commit()
        assert done.returncode == 1
        assert "files were modified by this hook" in done.stderr
        assert path.read_text(encoding="utf-8") == MENDABLE.replace(",", "，")
        done_by_git("add", "--update", cwd=drafts.folder)
        done = drafts.commit()
        assert (done.returncode, drafts.commits) == (0, 1)
        assert "Passed\n" in done.stderr

    def test_what_a_person_has_to_decide_is_reported_and_left_alone(self, drafts: Drafts) -> None:
        drafts.use({"id": "plancheck-fix"})
        path = drafts.write("bad.txt", BAD)
        done = drafts.commit()
        assert done.returncode == 1
        assert "files were modified" not in done.stderr
        assert "8:1  错误  plan/lead-unit\n" in done.stderr
        assert path.read_text(encoding="utf-8") == BAD

    def test_a_draft_that_is_not_committed_is_not_touched(self, drafts: Drafts) -> None:
        drafts.use({"id": "plancheck-fix"})
        path = drafts.write("later.txt", MENDABLE, staged=False)
        drafts.write("good.txt", CLEAN)
        assert drafts.commit().returncode == 0
        assert path.read_text(encoding="utf-8") == MENDABLE


class TestPage:
    """``docs/pre-commit.md`` says what is so."""

    def test_its_configurations_are_right(self, tmp_path: Path) -> None:
        from pre_commit.clientlib import load_config

        hooks = {hook["id"]: hook for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}
        blocks = [block.content for block in PAGE.blocks if block.kind == "yaml" and "repos:" in block.content]
        assert len(blocks) == 4
        for block in blocks:
            path = tmp_path / ".pre-commit-config.yaml"
            path.write_text(block, encoding="utf-8")
            for hook in (hook for repo in load_config(str(path))["repos"] for hook in repo["hooks"]):
                options = shlex.split(hooks[hook["id"]]["entry"])[2:] + hook.get("args", [])
                if "--fix" not in options or CAN_FIX:
                    with click.Context(click.Group()) as root:
                        root.params["lang"] = "zh"
                        check_command.make_context("check", [*options, "draft.txt"], parent=root)

    def test_its_configuration_of_plancheck_is_right(self, tmp_path: Path) -> None:
        from checker.configuration_reading import configuration

        (block,) = [block.content for block in PAGE.blocks if block.kind == "yaml" and "repos:" not in block.content]
        path = tmp_path / ".plancheck.yaml"
        path.write_text(block, encoding="utf-8")
        assert configuration(str(path), {}).problems == ()

    def test_it_names_the_hooks_with_their_commands(self) -> None:
        for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8")):
            assert f"| `{hook['id']}` | `{hook['entry']}` |" in PAGE.text
