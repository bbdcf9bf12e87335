"""What is shipped works where nothing of the repository is: a wheel in an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from drafts import BAD, IDLE, RULES
from environments import Environment, run

REPOSITORY = Path(__file__).resolve().parent.parent


def test_the_wheel_holds_all_that_is_read_when_it_runs(wheel: Path, repository_copy: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {"checker/py.typed"}
    wanted |= {f"checker/grammars/{path.name}" for path in (repository_copy / "grammars").glob("*.lark")}
    wanted |= {
        f"checker/rules/{path.relative_to(repository_copy / 'rules').as_posix()}"
        for path in (repository_copy / "rules").rglob("*")
        if path.suffix in (".yaml", ".json")
    }
    for package in ("checker", "plugins"):
        top = "checker" if package == "checker" else "checker/plugins"
        wanted |= {
            f"{top}/{path.relative_to(repository_copy / package).as_posix()}"
            for path in (repository_copy / package).rglob("*.py")
        }
    templates = repository_copy / "checker" / "pages" / "templates"
    wanted |= {f"checker/pages/templates/{path.name}" for path in templates.iterdir() if path.is_file()}
    assert {".html", ".css", ".js"} <= {Path(name).suffix for name in wanted}
    assert len([name for name in wanted if name.endswith(".lark")]) >= 5
    assert len([name for name in wanted if name.endswith(".yaml")]) >= 10
    assert len([name for name in wanted if name.endswith(".json")]) >= 10
    assert wanted <= names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"checker"}


def test_the_installed_command_checks_a_draft(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(BAD, encoding="utf-8")
    done = run(installed / "plancheck", "check", "draft.txt", cwd=tmp_path)
    assert "    措施“办好赛事”没有写明牵头单位\n" in done.stdout
    assert (
        f"检查了 1 份方案：1 个问题（错误 1）。规则：通过 {RULES - IDLE - 1}，未通过 1，不适用 {IDLE}。\n"
        in done.stdout
    )
    assert (done.stderr, done.returncode) == ("", 1)


def test_the_installed_command_makes_a_page(installed: Path, tmp_path: Path) -> None:
    # Templates, style and script are read from the package, and Jinja2 is a dependency of it.
    (tmp_path / "draft.txt").write_text(BAD, encoding="utf-8")
    done = run(installed / "plancheck", "check", "draft.txt", "-o", "report.html", cwd=tmp_path)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 1)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "措施“办好赛事”没有写明牵头单位" in page


def test_the_installed_command_reads_traditional_characters_and_gb18030(installed: Path, tmp_path: Path) -> None:
    # Both load what only such a draft needs: a dependency that is not declared would be missed here.
    (tmp_path / "draft.txt").write_bytes(BAD.encode("gb18030"))
    assert run(installed / "plancheck", "check", "draft.txt", cwd=tmp_path).returncode == 1
    traditional = BAD + "各單位應當發動羣眾參與，總結經驗，開辦講座，舉辦運動會，獎勵優勝單位。\n" * 3
    (tmp_path / "draft.txt").write_text(traditional, encoding="utf-8")
    assert run(installed / "plancheck", "check", "draft.txt", cwd=tmp_path).returncode == 1


def test_the_installed_package_is_not_the_one_of_the_repository(installed: Path, tmp_path: Path) -> None:
    program = "import checker, checker.rules, checker.grammars; print(checker.__file__)"
    place = run(installed / "python", "-c", program, cwd=tmp_path).stdout.strip()
    assert Path(place).is_relative_to(installed.parent)


def test_an_environment_for_plugins_has_the_wheel_and_what_is_asked_for(
    installed: Path, fresh_environment: Callable[..., Environment], tmp_path: Path
) -> None:
    program = (
        "import checker, importlib.metadata as m; from importlib.util import find_spec; print(checker.__file__,"
        " *sorted(d.name for d in m.distributions() if d.name in ('plancheck', 'pytest', 'hypothesis')),"
        " find_spec('pytest') is not None, find_spec('hypothesis') is not None, sep='\\n')"
    )
    for with_pytest in (False, True):
        fresh = fresh_environment(with_pytest=with_pytest)
        place, *rest = fresh.run("-c", program, cwd=tmp_path).stdout.splitlines()
        assert Path(place).is_relative_to(installed.parent)
        assert rest == ["plancheck", *(["pytest"] if with_pytest else []), str(with_pytest), "False"]
    assert fresh.run("-m", "pytest", "--version", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    "command",
    [
        "parse draft.txt",
        "tasks draft.txt",
        "schema tasks",
        "schema cover",
        "schema config",
        "schema plan",
        "schema report",
        "--version",
    ],
)
def test_the_other_installed_commands_work(installed: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "draft.txt").write_text(BAD, encoding="utf-8")
    assert run(installed / "plancheck", *command.split(), cwd=tmp_path).returncode == 0


def test_without_the_extra_a_workbook_is_refused_with_what_to_install(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(BAD, encoding="utf-8")
    done = run(installed / "plancheck", "tasks", "draft.txt", "-o", "tasks.xlsx", cwd=tmp_path)
    assert "pip install 'plancheck[xlsx]'" in done.stderr
    assert (done.stdout, done.returncode, (tmp_path / "tasks.xlsx").exists()) == ("", 2, False)


def test_without_the_extra_a_comparison_is_refused_with_what_to_install(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(BAD, encoding="utf-8")
    done = run(installed / "plancheck", "cover", "draft.txt", "draft.txt", cwd=tmp_path)
    assert "pip install 'plancheck[cover]'" in done.stderr
    assert (done.stdout, done.returncode) == ("", 2)


def test_a_checkout_runs_without_being_installed(tmp_path: Path) -> None:
    for name in ("checker", "grammars", "rules", "plugins"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    program = "import checker.plugins.packs as packs, checker.cli; print(packs.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == (str(tmp_path / "plugins" / "packs.py"), "")
