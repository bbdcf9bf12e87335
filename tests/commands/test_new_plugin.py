"""``plancheck new-plugin``: a plugin that installs, works and is tested; nothing that is there is ever overwritten."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from environments import Environment

from checker.cli import plancheck as root
from checker.problems import Problem

Run = Callable[..., Any]
WRITTEN = [
    "plancheck-my-county/README.md",
    "plancheck-my-county/plancheck_my_county/__init__.py",
    "plancheck-my-county/plancheck_my_county/my-county/pack.yaml",
    "plancheck-my-county/plancheck_my_county/my-county/target-year.yaml",
    "plancheck-my-county/plancheck_my_county/my-county/title-length.yaml",
    "plancheck-my-county/pyproject.toml",
    "plancheck-my-county/setup.cfg",
    "plancheck-my-county/tests/test_plugin.py",
]
DRAFT = "一、主要任务\n1.采取多种方式在全县每个村和每个社区都新建一个书屋。建成书屋100个。\n"
FOUND = (
    "draft.txt:2:1: info my-county/title-length 措施的标题有 24 个字，最多 20 个\n"
    "draft.txt:2:28: warning my-county/target-year 目标“建成书屋100个”没有写明年份\n"
)


def files(folder: Path) -> list[str]:
    """Return what is below a folder, empty folders too, but not the cache."""
    found = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file() or not any(path.iterdir())]
    return sorted(str(path) for path in found if path.parts[0] != ".cache")


class TestGood:
    def test_what_is_written(self, plancheck: Run, tmp_path: Path) -> None:
        done = plancheck("new-plugin", "my-county")
        assert done.stdout == (
            "已写好插件 plancheck-my-county。改成您要的，然后运行：\n"
            "  pip install -e plancheck-my-county\n"
            "  python -m pytest plancheck-my-county\n"
            "  plancheck check 方案.txt --select my-county\n"
        )
        assert (done.stderr, done.returncode) == ("", 0)
        assert files(tmp_path) == WRITTEN

    def test_in_english_and_in_another_folder(self, plancheck: Run, tmp_path: Path) -> None:
        done = plancheck("new-plugin", "my-county", "--dir", "our plugins/new", "--lang", "en")
        assert done.stdout == (
            "Wrote the plugin our plugins/new/plancheck-my-county. Make it what you want, then run:\n"
            "  pip install -e our plugins/new/plancheck-my-county\n"
            "  python -m pytest our plugins/new/plancheck-my-county\n"
            "  plancheck check draft.txt --select my-county\n"
        )
        assert (done.stderr, done.returncode) == ("", 0)
        assert files(tmp_path) == [f"our plugins/new/{name}" for name in WRITTEN]

    @pytest.mark.parametrize("name", ["x", "a1", "reading-2025-plan", "no", "null"])
    def test_odd_names_that_are_allowed(self, plancheck: Run, tmp_path: Path, name: str) -> None:
        assert plancheck("new-plugin", name).returncode == 0
        module = tmp_path / f"plancheck-{name}" / f"plancheck_{name.replace('-', '_')}" / "__init__.py"
        tried = plancheck("test", str(module.parent), "--plugin", str(module))
        assert tried.stdout == "2 条规则，5 个例子：好例子没有报告 3，坏例子如期报告 2，误报 0，漏报 0。\n"
        assert (tried.stderr, tried.returncode) == ("", 0)

    def test_its_code_is_clean(self, plancheck: Run, tmp_path: Path) -> None:
        plancheck("new-plugin", "my-county")
        ruff = [sys.executable, "-m", "ruff"]
        alone = ["--isolated", "--no-cache", "--line-length", "120"]  # as if its folder were a repository
        for task in (["check", "--select", "E,F,W,I,N,UP,B,SIM,RET", *alone], ["format", "--check", *alone]):
            folder = tmp_path / "plancheck-my-county"
            done = subprocess.run([*ruff, *task, "."], cwd=folder, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def fresh(
    fresh_environment: Callable[..., Environment],
    build_wheel: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Environment:
    """Return an environment in which the plugin is installed; its folder lies beside it."""
    environment = fresh_environment(with_pytest=True)
    place = environment.folder.parent
    assert environment.plancheck("new-plugin", "my-county", cwd=place).returncode == 0
    assert environment.install(build_wheel(place / "plancheck-my-county")).returncode == 0
    return environment


class TestInstalled:
    """The plugin built as a wheel, in an environment of its own."""

    def test_it_is_listed_with_all_that_it_adds(self, fresh: Environment, tmp_path: Path) -> None:
        done = fresh.plancheck("plugins", cwd=tmp_path)
        assert done.stdout.endswith(
            "my-county  plancheck-my-county 0.1.0  接口版本 1\n"
            f"    {fresh.packages.resolve() / 'plancheck_my_county' / '__init__.py'}\n"
            "    规则包：my-county\n"
            "    规则：2 条\n"
            "    检查类型：my-county-length\n"
        )
        assert (done.stderr, done.returncode) == ("", 0)

    def test_its_rules_check_drafts(self, fresh: Environment, tmp_path: Path) -> None:
        (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
        done = fresh.plancheck("check", "draft.txt", "--select", "my-county", "--format", "concise", cwd=tmp_path)
        assert (done.stdout, done.stderr, done.returncode) == (FOUND, "", 1)

    def test_its_own_tests_pass(self, fresh: Environment, tmp_path: Path) -> None:
        shutil.copytree(fresh.folder.parent / "plancheck-my-county" / "tests", tmp_path / "tests")
        done = fresh.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests", cwd=tmp_path)
        assert "3 passed" in done.stdout
        assert done.returncode == 0

    def test_its_own_tests_fail_when_a_rule_says_something_else(self, fresh: Environment, tmp_path: Path) -> None:
        copy = tmp_path / "plancheck-my-county"
        shutil.copytree(fresh.folder.parent / copy.name, copy)
        rule = copy / "plancheck_my_county" / "my-county" / "title-length.yaml"
        rule.write_text(rule.read_text(encoding="utf-8").replace("max: 20", "max: 2"), encoding="utf-8")
        done = fresh.run(
            "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=copy
        )  # its folder before the installed one
        assert "误报  my-county/title-length  好例子 1" in done.stdout
        assert done.returncode == 1

    def test_another_of_its_name_is_refused(self, fresh: Environment, tmp_path: Path) -> None:
        done = fresh.plancheck("new-plugin", "my-county", "--lang", "en", cwd=tmp_path)
        assert done.stderr.startswith("plancheck: 'my-county' is bundled or a plugin's, choose another name;")
        assert (done.stdout, done.returncode) == ("", 2)
        assert files(tmp_path) == []


class TestMistakes:
    @pytest.mark.parametrize(
        ("name", "guess"),
        [
            ("My-County", "my-county"),
            ("my_county", "my-county"),
            ("my--county", "my-county"),
            ("-my-county-", "my-county"),
            ("my county", "my-county"),
            ("../county", "county"),
            ("my-county/target-year", "my-county-target-year"),
            ("county\nx", "county-x"),
        ],
    )
    def test_a_name_that_cannot_be_one_and_what_may_be_meant(
        self, plancheck: Run, tmp_path: Path, name: str, guess: str
    ) -> None:
        done = plancheck("new-plugin", "--dir", "below", "--lang", "en", "--", name)
        said = (
            f"plancheck: {name!r} is no name: small letters and digits, a letter first, single hyphens between words, "
            f"and not 'all'. Did you mean {guess!r}?\n"
        )
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)
        assert files(tmp_path) == [], "nothing is written, nor outside of the folder"

    @pytest.mark.parametrize("name", ["", "2025", "棠城", "all", ".."])
    def test_a_name_that_is_like_none(self, plancheck: Run, tmp_path: Path, name: str) -> None:
        done = plancheck("new-plugin", name)
        said = f"plancheck: 名称“{name}”不能用：用小写字母开头，后面还可用数字，词之间用一个 -，也不能是 all\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)
        assert files(tmp_path) == []

    def test_a_name_with_the_prefix_that_is_put_in_front_anyway(self, plancheck: Run, tmp_path: Path) -> None:
        done = plancheck("new-plugin", "plancheck-county")
        said = "plancheck: 名称“plancheck-county”不必带 plancheck-，会自动加上。您是不是想写“county”？\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)
        assert files(tmp_path) == []

    @pytest.mark.parametrize("pack", ["plan", "science-literacy"])
    def test_the_name_of_a_bundled_pack(self, plancheck: Run, tmp_path: Path, pack: str) -> None:
        done = plancheck("new-plugin", pack)
        assert done.stderr.startswith(f"plancheck: “{pack}”是自带的或插件的规则包，请另取一个名称；")
        assert (done.stdout, done.returncode) == ("", 2)
        assert files(tmp_path) == []

    @pytest.mark.parametrize("there", ["folder", "empty folder", "file", "link"])
    def test_what_is_there_is_left_alone(self, plancheck: Run, tmp_path: Path, there: str) -> None:
        place = tmp_path / "plancheck-my-county"
        if there == "link":
            place.symlink_to(tmp_path / "elsewhere")
        elif there == "file":
            place.write_text("mine", encoding="utf-8")
        else:
            place.mkdir()
        if there == "folder":
            (place / "setup.cfg").write_text("mine", encoding="utf-8")
        before = sorted(tmp_path.rglob("*"))
        done = plancheck("new-plugin", "my-county")
        said = "plancheck: plancheck-my-county: 已经有了，没有改动；请另取一个名称\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)
        assert [path for path in sorted(tmp_path.rglob("*")) if ".cache" not in path.parts] == before
        english = plancheck("new-plugin", "my-county", "--lang", "en").stderr
        assert english == "plancheck: plancheck-my-county: is there already, nothing was changed; choose another name\n"

    def test_a_file_where_the_folder_around_it_should_be(self, plancheck: Run, tmp_path: Path) -> None:
        (tmp_path / "below").write_text("mine", encoding="utf-8")
        done = plancheck("new-plugin", "my-county", "--dir", "below")
        assert done.stderr.startswith("plancheck: below/plancheck-my-county: 无法写入（")
        assert (done.stdout, done.returncode) == ("", 2)
        assert (tmp_path / "below").read_text(encoding="utf-8") == "mine"

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_cannot_be_written(self, plancheck: Run, tmp_path: Path) -> None:
        (tmp_path / "closed").mkdir(mode=0o500)
        done = plancheck("new-plugin", "my-county", "--dir", "closed", "--lang", "en")
        assert done.stderr == "plancheck: closed/plancheck-my-county: cannot be written (Permission denied)\n"
        assert (done.stdout, done.returncode) == ("", 2)

    def test_on_a_full_disk_nothing_is_left_half_written(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        written = Path.write_text

        def full(path: Path, text: str, **more: Any) -> int:
            if path.name == "README.md":
                raise OSError(errno.ENOSPC, "No space left on device")
            return written(path, text, **more)

        monkeypatch.setattr(Path, "write_text", full)
        place = tmp_path / "new" / "below"
        with pytest.raises(Problem) as stopped:
            root.main(["new-plugin", "my-county", "--dir", str(place)], standalone_mode=False)
        assert stopped.value.message.en == f"{place}/plancheck-my-county: cannot be written (No space left on device)"
        assert list(tmp_path.iterdir()) == []
