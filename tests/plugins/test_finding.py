"""Where plugins are found: installed ones by their entry points, others by name; and that looking is paid for once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker import discovery
from checker.discovery import EntryPoint
from checker.host import BUNDLED

from .conftest import HEAD, Distribute

Run = Callable[..., Any]
VIOLATION = """
from checker.model import Span
from checker.violations import violation_at

@hookimpl
def plancheck_violations(plan, violations):
    return [*violations, violation_at(plan, Span(0, 2), "trial/head", "开头{words}")]
"""
FOUND = "clean.txt:1:1: warning trial/head 开头"


def concise(plancheck: Run, *options: str, **environment: str) -> Any:
    return plancheck("check", "clean.txt", "--format", "concise", *options, **environment)


class TestByEntryPoint:
    def test_an_installed_plugin_takes_part(self, plancheck: Run, distribute: Distribute, site: Path) -> None:
        distribute(VIOLATION.format(words="不对"))
        done = concise(plancheck, PYTHONPATH=str(site))
        assert (done.stdout, done.stderr, done.returncode) == (f"{FOUND}不对\n", "", 1)

    def test_an_object_in_a_module_is_one_too(self, plancheck: Run, distribute: Distribute, site: Path) -> None:
        source = (
            "class Greeting:\n"
            "    PLANCHECK_API_VERSION = 1\n"
            "    @hookimpl\n"
            "    def plancheck_violations(self, plan, violations):\n"
            "        return ()\n"
            "plugin = Greeting()\n"
        )
        distribute(source, value="plancheck_trial:plugin")
        done = plancheck("check", "bad.txt", "--format", "concise", PYTHONPATH=str(site))
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)

    def test_a_class_is_not(self, plancheck: Run, distribute: Distribute, site: Path) -> None:
        distribute("class Plugin:\n    pass\n", value="plancheck_trial:Plugin")
        done = concise(plancheck, PYTHONPATH=str(site))
        assert "未使用：入口 plancheck_trial:Plugin 是类；应是模块或对象" in done.stderr
        assert done.returncode == 2

    def test_a_package_of_rule_files_needs_no_python(
        self, plancheck: Run, distribute: Distribute, site: Path, pack: Callable[..., Path]
    ) -> None:
        distribute("").unlink()
        package = site / "plancheck_trial"
        package.mkdir()
        (package / "__init__.py").touch()
        shutil.copytree(pack(), package / "ours")
        for more in ((), ("--plugin", "plancheck_trial")):  # named as well, it is one plugin all the same
            call = ("check", "bad.txt", "--format", "concise", "--select", "ours", *more)
            done = plancheck(*call, PYTHONPATH=str(site))
            assert (done.stdout, done.stderr) == ("bad.txt:8:1: error ours/lead 措施“办好赛事”没有牵头单位\n", "")

    def test_a_package_without_hooks_and_packs_adds_nothing_and_that_is_said(
        self, plancheck: Run, distribute: Distribute, site: Path
    ) -> None:
        distribute("").unlink()
        (site / "plancheck_trial").mkdir()
        (site / "plancheck_trial" / "__init__.py").touch()
        done = concise(plancheck, PYTHONPATH=str(site))
        assert "未使用：没有用 @hookimpl 标出的钩子函数，也不是放规则包的文件夹" in done.stderr
        assert done.returncode == 2

    def test_one_that_is_removed_is_not_looked_for_any_more(
        self, plancheck: Run, distribute: Distribute, site: Path
    ) -> None:
        distribute(VIOLATION.format(words="不对"))
        assert concise(plancheck, PYTHONPATH=str(site)).returncode == 1
        shutil.rmtree(site / "plancheck_trial-1.2.dist-info")
        assert concise(plancheck, PYTHONPATH=str(site)).stdout == ""

    def test_one_that_is_added_is_noticed(self, plancheck: Run, distribute: Distribute, site: Path) -> None:
        assert concise(plancheck, PYTHONPATH=str(site)).stdout == ""
        distribute(VIOLATION.format(words="不对"))
        assert concise(plancheck, PYTHONPATH=str(site)).stdout == f"{FOUND}不对\n"

    def test_changed_code_of_a_plugin_makes_earlier_results_void(
        self, plancheck: Run, distribute: Distribute, site: Path
    ) -> None:
        path = distribute(VIOLATION.format(words="不对"))
        for _ in range(2):
            assert concise(plancheck, PYTHONPATH=str(site)).stdout == f"{FOUND}不对\n"
        path.write_text(HEAD + VIOLATION.format(words="另有不对"), encoding="utf-8")
        assert concise(plancheck, PYTHONPATH=str(site)).stdout == f"{FOUND}另有不对\n"

    def test_every_process_of_a_run_has_it(
        self, plancheck: Run, distribute: Distribute, site: Path, tmp_path: Path
    ) -> None:
        distribute(VIOLATION.format(words="不对") + "    print('noise')\n")
        for number in range(6):
            shutil.copy(tmp_path / "clean.txt", tmp_path / f"clean{number}.txt")
        paths = [f"clean{number}.txt" for number in range(6)]
        done = plancheck("check", *paths, "--jobs", "2", "--format", "concise", PYTHONPATH=str(site))
        assert done.stdout == "".join(f"{path}:1:1: warning trial/head 开头不对\n" for path in paths)

    def test_the_order_is_that_of_the_names_of_distributions(
        self, plancheck: Run, distribute: Distribute, site: Path
    ) -> None:
        for name in ("bravo", "alfa"):
            distribute(
                "from msgspec.structs import replace\n@hookimpl\ndef plancheck_violations(violations):\n"
                f"    return [replace(one, message=one.message + '{name}') for one in violations]\n",
                name,
            )
        done = plancheck("check", "bad.txt", "--format", "concise", PYTHONPATH=str(site))
        assert done.stdout.endswith("没有写明牵头单位alfabravo\n")


class TestLookingOnce:
    def test_the_second_time_nothing_is_looked_up(
        self, distribute: Distribute, site: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        distribute("")
        monkeypatch.syspath_prepend(str(site))
        asked: list[str] = []
        look_up = discovery._looked_up

        def noted() -> list[EntryPoint]:
            asked.append("asked")
            return look_up()

        monkeypatch.setattr(discovery, "_looked_up", noted)
        first, second = discovery.installed(), discovery.installed()
        assert first == second
        assert EntryPoint("trial", "plancheck_trial", "plancheck-trial", "1.2") in first
        assert asked == ["asked"]

    def test_the_same_version_installed_again_is_looked_up_again(
        self, plancheck: Run, distribute: Distribute, site: Path
    ) -> None:
        distribute(VIOLATION.format(words="不对"))
        assert concise(plancheck, PYTHONPATH=str(site)).returncode == 1
        metadata = site / "plancheck_trial-1.2.dist-info"
        shutil.copytree(metadata, site / "again")
        shutil.rmtree(metadata)
        (site / "again" / "entry_points.txt").write_text("[others]\ntrial = plancheck_trial\n")
        (site / "again").rename(metadata)
        os.utime(metadata, (1_700_000_000, 1_700_000_000))
        assert concise(plancheck, PYTHONPATH=str(site)).stdout == ""

    def test_a_run_without_plugins_does_not_import_what_looks_for_them(self, tmp_path: Path) -> None:
        (tmp_path / "draft.txt").write_text("某县方案\n", encoding="utf-8")
        program = (
            "import sys\nfrom checker.cli import main\n"
            "try:\n    main(['check', 'draft.txt'])\nexcept SystemExit:\n    pass\n"
            "print('importlib.metadata' in sys.modules, file=sys.stderr)\n"
        )
        environment = {**os.environ, "PLANCHECK_CACHE_DIR": str(tmp_path / "cache")}
        said = [
            subprocess.run(
                [sys.executable, "-c", program],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            ).stderr
            for _ in range(2)
        ]
        assert said[1] == "False\n"


class TestByName:
    @pytest.fixture
    def file(self, site: Path, tmp_path: Path) -> Path:
        path = tmp_path / "my_checks.py"
        path.write_text(HEAD + VIOLATION.format(words="不对"), encoding="utf-8")
        return path

    @pytest.mark.parametrize("before", [True, False])
    def test_a_file(self, plancheck: Run, file: Path, before: bool) -> None:
        call = ["check", "clean.txt", "--format", "concise"]
        done = plancheck(*(["--plugin", "my_checks.py", *call] if before else [*call, "--plugin", "my_checks.py"]))
        assert (done.stdout, done.stderr) == (f"{FOUND}不对\n", "")

    def test_a_module(self, plancheck: Run, file: Path, tmp_path: Path) -> None:
        done = concise(plancheck, "--plugin", "my_checks", PYTHONPATH=str(tmp_path))
        assert (done.stdout, done.stderr) == (f"{FOUND}不对\n", "")

    def test_one_that_is_installed_and_named_is_one(self, plancheck: Run, distribute: Distribute, site: Path) -> None:
        distribute(VIOLATION.format(words="不对"))
        done = concise(plancheck, "--plugin", "plancheck_trial", PYTHONPATH=str(site))
        assert (done.stdout, done.stderr) == (f"{FOUND}不对\n", "")

    def test_one_that_is_not_there(self, plancheck: Run, site: Path) -> None:
        done = concise(plancheck, "--plugin", "nothing.py")
        assert done.stderr == "plancheck: 插件 nothing（nothing.py）未使用：没有这个文件，请核对路径\n"
        assert done.returncode == 2
        done = concise(plancheck, "--plugin", "nothing_at_all")
        assert "插件 nothing_at_all（nothing_at_all）未使用：无法导入（ModuleNotFoundError" in done.stderr
        assert done.returncode == 2

    def test_a_program_names_it_too(self, file: Path, tmp_path: Path) -> None:
        from checker import check

        (one,) = check(tmp_path / "clean.txt", plugins=str(file)).files[0].violations
        assert (one.rule, one.message) == ("trial/head", "开头不对")


class TestListing:
    def test_says_of_each_what_it_adds(
        self, plancheck: Run, distribute: Distribute, site: Path, pack: Callable[..., Path]
    ) -> None:
        folder = pack()
        (folder / "lexicon").mkdir()
        (folder / "lexicon" / "counts.yaml").write_text("stage_names: [开工]\n", encoding="utf-8")
        path = distribute(
            f"@hookimpl\ndef plancheck_rule_packs():\n    return [{str(folder)!r}]\n" + VIOLATION.format(words="不对")
        )
        done = plancheck("plugins", PYTHONPATH=str(site))
        *_, last = done.stdout.split("\ntrial  ")
        assert last == (
            "plancheck-trial 1.2  接口版本 1\n"
            f"    {path}\n"
            "    规则包：ours\n"
            "    规则：1 条\n"
            "    词表：counts\n"
            "    对问题的处理：补充、修改或去掉\n"
        )
        assert (done.stderr, done.returncode) == ("", 0)

    def test_for_machines(self, plancheck: Run, distribute: Distribute, site: Path) -> None:
        distribute("import nothing\n")
        done = plancheck("--lang", "en", "plugins", "--format", "json", PYTHONPATH=str(site))
        *bundled, trial = json.loads(done.stdout)
        assert [one["name"] for one in bundled] == list(BUNDLED)
        assert all(one["bundled"] and one["problems"] == [] and one["api_version"] == 1 for one in bundled)
        assert trial == {
            "name": "trial",
            "distribution": "plancheck-trial",
            "version": "1.2",
            "bundled": False,
            "origin": "plancheck_trial",
            "path": None,
            "api_version": 1,
            "adds": {},
            "problems": [
                "it cannot be imported (ModuleNotFoundError: No module named 'nothing'): install nothing with pip first"
            ],
        }
        assert done.returncode == 2

    def test_a_wrong_rule_file_is_named_with_its_plugin(
        self, plancheck: Run, distribute: Distribute, site: Path, pack: Callable[..., Path]
    ) -> None:
        distribute(f"@hookimpl\ndef plancheck_rule_packs():\n    return [{str(pack(check='requird'))!r}]\n")
        done = plancheck("plugins", PYTHONPATH=str(site))
        *_, last = done.stdout.split("\ntrial  ")
        assert "有错：" in last
        assert "没有名为“requird”的检查类型" in last
        assert (done.stderr, done.returncode) == ("", 2)

    def test_without_any(self, plancheck: Run) -> None:
        done = plancheck("plugins")
        assert done.stdout.endswith("没有安装第三方插件。\n")
        assert done.returncode == 0

    def test_the_help_shows_their_commands_apart(self, plancheck: Run, distribute: Distribute, site: Path) -> None:
        distribute(
            '@hookimpl\ndef plancheck_commands(cli):\n    @cli.command()\n    def greet():\n        """Say hello."""\n'
        )
        done = plancheck("--help", PYTHONPATH=str(site))
        assert done.stdout.endswith("Commands of plugins:\n  greet  Say hello.\n")
        done = plancheck("gret", PYTHONPATH=str(site))
        assert done.stderr.endswith("您是不是想写“greet”？\n")
