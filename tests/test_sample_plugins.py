"""The plugins in samples/, as their users have them: built, installed where nothing of the repository is, and used."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from environments import Environment, run

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
COUNTY, HEALTH = SAMPLES / "plugin-county", SAMPLES / "plugin-health"
Done = subprocess.CompletedProcess[str]
SUMMARY = "检查了 1 份方案"


class Wheels(NamedTuple):
    """The wheels of both plugins."""

    county: Path
    health: Path


@pytest.fixture(scope="module")
def wheels(build_wheel: Callable[[Path], Path]) -> Wheels:
    return Wheels(build_wheel(COUNTY), build_wheel(HEALTH))


@pytest.fixture(scope="module")
def with_county(wheels: Wheels, fresh_environment: Callable[..., Environment]) -> Environment:
    """Return an environment with plancheck, pytest and the plugin of the province: leave it so."""
    fresh = fresh_environment(with_pytest=True)
    assert fresh.install(wheels.county).returncode == 0
    return fresh


@pytest.fixture(scope="module")
def with_health(wheels: Wheels, fresh_environment: Callable[..., Environment]) -> Environment:
    """Return an environment with plancheck, pytest and the plugin for health: leave it so."""
    fresh = fresh_environment(with_pytest=True)
    assert fresh.install(wheels.health).returncode == 0
    return fresh


@pytest.fixture(scope="module")
def with_both(wheels: Wheels, fresh_environment: Callable[..., Environment]) -> Environment:
    """Return an environment with plancheck and both plugins: leave it so."""
    fresh = fresh_environment()
    assert fresh.install(*wheels).returncode == 0
    return fresh


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with the drafts of both plugins."""
    for plugin in (COUNTY, HEALTH):
        for draft in (plugin / "drafts").iterdir():
            shutil.copy(draft, tmp_path)
    return tmp_path


def expected(plugin: Path, name: str) -> str:
    """Return the report of a draft as the plugin keeps it."""
    return (plugin / "drafts" / f"{Path(name).stem}.expected").read_text(encoding="utf-8")


def drafts_of(plugin: Path) -> list[str]:
    return sorted(path.name for path in (plugin / "drafts").iterdir() if path.suffix != ".expected")


def concise(environment: Environment, place: Path, *arguments: str, **variables: str) -> Done:
    return environment.plancheck("check", "--format", "concise", *arguments, cwd=place, **variables)


def third_parties(environment: Environment, place: Path, *options: str) -> list[dict[str, Any]]:
    """Return what ``plancheck plugins`` says of those that are not bundled."""
    done = environment.plancheck("plugins", "--format", "json", *options, cwd=place)
    assert (done.stderr, done.returncode) == ("", 0)
    return [one for one in json.loads(done.stdout) if not one["bundled"]]


def own_tests(environment: Environment, plugin: Path, place: Path) -> Done:
    """Run the tests of a plugin where its source is not."""
    for name in ("tests", "drafts"):
        shutil.copytree(plugin / name, place / "copy" / name, ignore=shutil.ignore_patterns("__pycache__"))
    return environment.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "copy/tests", cwd=place)


class TestWheels:
    @pytest.mark.parametrize("plugin", [COUNTY, HEALTH], ids=["county", "health"])
    def test_they_hold_the_package_whole_and_nothing_else(self, wheels: Wheels, plugin: Path) -> None:
        names = zipfile.ZipFile(wheels.county if plugin == COUNTY else wheels.health).namelist()
        (package,) = plugin.glob("plancheck_*")
        files = [path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        assert {name for name in names if ".dist-info/" not in name} == {
            path.relative_to(plugin).as_posix() for path in files
        }

    def test_the_one_of_the_province_has_no_code(self, wheels: Wheels) -> None:
        wheel = zipfile.ZipFile(wheels.county)
        assert {name: wheel.read(name) for name in wheel.namelist() if name.endswith(".py")} == {
            "plancheck_lanhai/__init__.py": b""
        }


class TestOfTheProvince:
    def test_it_is_listed_with_what_it_adds(self, with_county: Environment, place: Path) -> None:
        (one,) = third_parties(with_county, place)
        assert (one["name"], one["distribution"], one["version"]) == ("lanhai", "plancheck-lanhai", "1.0.0")
        assert one["adds"] == {
            "packs": ["lanhai"],
            "rules": ["lanhai/fishermen", "lanhai/lead-is-a-unit", "lanhai/province-plan-cited"],
            "lexicon": ["units", "organs", "register"],
        }
        assert one["problems"] == []

    def test_people_read_it_too(self, with_county: Environment, place: Path) -> None:
        done = with_county.plancheck("plugins", cwd=place)
        assert "lanhai  plancheck-lanhai 1.0.0  接口版本 1\n" in done.stdout
        assert "    规则包：lanhai\n    规则：3 条\n    词表：units、organs、register\n" in done.stdout

    @pytest.mark.parametrize("name", drafts_of(COUNTY))
    def test_its_drafts_get_their_expected_reports(self, with_county: Environment, place: Path, name: str) -> None:
        done = concise(with_county, place, name)
        assert (done.stdout, done.stderr) == (expected(COUNTY, name), "")
        assert done.returncode == (1 if done.stdout else 0)

    def test_without_it_the_same_draft_is_held_to_the_general_rules(
        self, with_county: Environment, place: Path
    ) -> None:
        for off in (
            concise(with_county, place, "--no-plugins", "weidu-science.txt"),
            concise(with_county, place, "weidu-science.txt", PLANCHECK_DISABLE_PLUGINS="1"),
        ):
            assert "science-literacy/required-projects 缺少科技资源科普化工程\n" in off.stdout
            assert "lanhai/" not in off.stdout
            assert (off.stderr, off.returncode) == ("", 1)

    def test_the_plan_of_another_province_too(self, with_county: Environment, place: Path) -> None:
        draft = (place / "weidu-science.txt").read_text(encoding="utf-8")
        (place / "other.txt").write_text(draft.replace("苇渡", "云岭"), encoding="utf-8")
        done = concise(with_county, place, "other.txt")
        assert "science-literacy/required-projects 缺少科技资源科普化工程\n" in done.stdout
        assert "lanhai/" not in done.stdout

    def test_its_examples_hold(self, with_county: Environment, place: Path) -> None:
        done = with_county.plancheck("test", "--select", "lanhai", cwd=place)
        assert done.stdout.startswith("3 条规则，12 个例子：好例子没有报告 6，坏例子如期报告 6，误报 0，漏报 0。")
        assert (done.stderr, done.returncode) == ("", 0)

    def test_a_rule_that_it_changes_is_explained_as_changed(self, with_county: Environment, place: Path) -> None:
        done = with_county.plancheck("explain", "science-literacy/literacy-floor", cwd=place)
        assert "省方案分解到各县（市、区）" in done.stdout

    def test_a_draft_is_parsed_with_its_words(self, with_county: Environment, place: Path) -> None:
        done = with_county.plancheck("parse", "weidu-science.txt", "--format", "json", cwd=place)
        (clause,) = (one for one in json.loads(done.stdout)["clauses"] if "海洋站" in one["text"])
        assert clause["supporters"] == ["县海洋发展局", "县海洋站"]

    def test_its_own_tests_pass(self, with_county: Environment, tmp_path: Path) -> None:
        assert own_tests(with_county, COUNTY, tmp_path).returncode == 0


class TestForHealth:
    def test_it_is_listed_with_all_that_a_plugin_can_add(self, with_health: Environment, place: Path) -> None:
        (one,) = third_parties(with_health, place)
        assert (one["name"], one["distribution"], one["version"]) == ("health", "plancheck-health", "1.0.0")
        assert one["adds"] == {
            "packs": ["health"],
            "rules": [
                "health/literacy-target",
                "health/monitoring",
                "health/one-word",
                "health/required-actions",
                "health/series-falls",
                "health/series-rises",
            ],
            "checks": ["series"],
            "readers": ["brief"],
            "reporters": ["ledger"],
            "lexicon": ["roles", "units", "organs", "clauses", "quantities"],
            "grammars": ["clause"],
            "violations": ["plancheck_violations"],
            "commands": ["health-targets"],
        }
        assert one["problems"] == []

    def test_it_uses_every_hook_that_there_is(self, with_health: Environment, place: Path) -> None:
        program = (
            "from checker import hookspecs\nfrom checker.host import host\n"
            "declared = {name for name in vars(hookspecs) if name.startswith('plancheck_')}\n"
            "(plugin,) = host().sound\n"
            "used = {c.name for c in host()._manager.get_hookcallers(plugin.object)}\n"
            "print(len(declared), sorted(declared - used), sorted(used - declared))\n"
        )
        done = with_health.run("-c", program, cwd=place)
        assert (done.stdout, done.stderr) == ("8 [] []\n", "")

    @pytest.mark.parametrize("name", drafts_of(HEALTH))
    def test_its_drafts_get_their_expected_reports(self, with_health: Environment, place: Path, name: str) -> None:
        done = concise(with_health, place, name)
        assert (done.stdout, done.stderr, done.returncode) == (expected(HEALTH, name), "", 1)

    def test_a_report_for_people_points_at_the_place_in_the_file(self, with_health: Environment, place: Path) -> None:
        done = with_health.plancheck("check", "xikou-health.brief", cwd=place)
        assert done.stdout.startswith(
            "xikou-health.brief\n"
            "  27:28  警告  plan/target-year\n"
            "    目标“开设戒烟门诊2个”没有写明完成年份\n"
            "    位置：三（四）控烟行动\n"
            "    │ @条 1.建设无烟环境。医院、学校、客运码头全面禁烟，开设戒烟门诊2个。\n"
        )

    def test_its_format_is_known_by_its_first_bytes(self, with_health: Environment, place: Path) -> None:
        shutil.copy(place / "xikou-health.brief", place / "draft.unknown")
        done = concise(with_health, place, "draft.unknown")
        assert done.stdout == expected(HEALTH, "xikou-health.brief").replace("xikou-health.brief", "draft.unknown")

    def test_a_folder_is_searched_for_its_format(self, with_health: Environment, place: Path) -> None:
        (place / "drafts").mkdir()
        shutil.copy(place / "xikou-health.brief", place / "drafts")
        assert concise(with_health, place, "drafts").stdout.startswith("drafts/xikou-health.brief:27:28: ")

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("zh", "draft.brief: 第 2 行：没有“@张”这种标记；可用的："),
            ("en", "draft.brief: line 2: there is no mark @张;"),
        ],
    )
    def test_a_mistake_in_its_format(self, with_health: Environment, place: Path, language: str, words: str) -> None:
        (place / "draft.brief").write_text("%BRIEF\n@张 一、目标\n", encoding="utf-8")
        done = concise(with_health, place, "draft.brief", "--lang", language)
        assert done.stdout.startswith(words)
        assert done.returncode == 2

    def test_its_reporter(self, with_health: Environment, place: Path) -> None:
        shutil.copy(place / "fanjiao-health.txt", place / "=1+1.txt")
        arguments = ("check", "=1+1.txt", "xikou-health.brief", "--format", "ledger", "-o", "ledger.csv")
        done = with_health.plancheck(*arguments, cwd=place)
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 1)
        written = (place / "ledger.csv").read_bytes()
        assert written.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
        assert rows[0] == ["序号", "文件", "行", "位置", "级别", "问题", "依据", "规则", "整改情况"]
        kept = [
            *expected(HEALTH, "fanjiao-health.txt").splitlines(),
            *expected(HEALTH, "xikou-health.brief").splitlines(),
        ]
        assert [(row[0], row[2], row[7]) for row in rows[1:]] == [
            (str(number), line.split(":")[1], line.split(" ")[2]) for number, line in enumerate(kept, start=1)
        ]
        assert {row[1] for row in rows[1:]} == {"'=1+1.txt", "xikou-health.brief"}

    def test_its_command(self, with_health: Environment, place: Path) -> None:
        done = with_health.plancheck("health-targets", "xikou-health.brief", cwd=place)
        assert (done.stderr, done.returncode) == ("", 0)
        assert [line.split() for line in done.stdout.splitlines()][2:] == [
            ["居民健康素养水平", "≥29%", "2025", "12"],
            ["居民健康素养水平", "≥31%", "2026", "12"],
            ["居民健康素养水平", "≥33%", "2027", "12"],
            ["15岁以上人群吸烟率", "≤22%", "2025", "12"],
            ["15岁以上人群吸烟率", "≤20%", "2027", "12"],
            ["孕产妇死亡率", "≤8/10万", "2027", "12"],
            ["每万人口全科医生数", "≥3.6名", "2027", "12"],
        ]

    def test_its_command_in_english_and_among_the_others(self, with_health: Environment, place: Path) -> None:
        done = with_health.plancheck("health-targets", "xikou-health.brief", "--lang", "en", cwd=place)
        assert done.stdout.split()[:4] == ["metric", "target", "year", "line"]
        listed = with_health.plancheck("--help", cwd=place).stdout
        assert "health-targets  列出方案里的健康指标和目标值" in listed
        assert listed.index("Commands of plugins") < listed.index("health-targets")

    def test_its_command_on_what_is_not_there(self, with_health: Environment, place: Path) -> None:
        done = with_health.plancheck("health-targets", "nowhere.txt", cwd=place)
        assert (done.stdout, done.returncode) == ("", 2)
        assert "nowhere.txt" in done.stderr
        assert "没有这个文件" in done.stderr

    def test_its_clauses_and_words_are_read(self, with_health: Environment, place: Path) -> None:
        done = with_health.plancheck("parse", "fanjiao-health.txt", "--format", "json", cwd=place)
        first = json.loads(done.stdout)["clauses"][0]
        assert (first["leads"], first["supporters"]) == (["县卫生健康局"], ["县科协", "县融媒体中心"])

    def test_its_examples_hold(self, with_health: Environment, place: Path) -> None:
        done = with_health.plancheck("test", "--select", "health", cwd=place)
        assert done.stdout.startswith("6 条规则，24 个例子：好例子没有报告 12，坏例子如期报告 12，误报 0，漏报 0。")
        assert (done.stderr, done.returncode) == ("", 0)

    def test_its_check_type_is_explained_with_its_options(self, with_health: Environment, place: Path) -> None:
        done = with_health.plancheck("explain", "series", cwd=place)
        assert "逐年提高" in done.stdout
        assert "may_stay" in done.stdout

    def test_its_own_tests_pass(self, with_health: Environment, tmp_path: Path) -> None:
        assert own_tests(with_health, HEALTH, tmp_path).returncode == 0


class TestTurnedOff:
    @pytest.mark.parametrize(
        ("options", "variables"),
        [(["--no-plugins"], {}), ([], {"PLANCHECK_DISABLE_PLUGINS": "1"})],
        ids=["by the option", "by the environment"],
    )
    def test_nothing_of_them_is_left(
        self, with_both: Environment, place: Path, options: list[str], variables: dict[str, str]
    ) -> None:
        def plancheck(*arguments: str) -> Done:
            return with_both.plancheck(*options, *arguments, cwd=place, **variables)

        assert "第三方插件已关闭。" in plancheck("plugins").stdout
        assert "health" not in plancheck("rules").stdout
        assert "health-targets" in plancheck("health-targets", "xikou-health.brief").stderr
        assert plancheck("check", "fanjiao-health.txt", "--format", "ledger").returncode == 2
        assert "health/" not in plancheck("check", "fanjiao-health.txt", "--format", "concise").stdout

    def test_and_on_again_for_the_same_drafts(self, with_both: Environment, place: Path) -> None:
        on = concise(with_both, place, "fanjiao-health.txt")
        off = concise(with_both, place, "fanjiao-health.txt", "--no-plugins")
        assert on.stdout == expected(HEALTH, "fanjiao-health.txt") != off.stdout
        assert concise(with_both, place, "fanjiao-health.txt").stdout == on.stdout


class TestBoth:
    def test_they_are_listed_by_the_names_of_their_distributions(self, with_both: Environment, place: Path) -> None:
        assert [one["distribution"] for one in third_parties(with_both, place)] == [
            "plancheck-health",
            "plancheck-lanhai",
        ]

    def test_neither_is_in_the_way_of_the_other(self, with_both: Environment, place: Path) -> None:
        names = [*drafts_of(COUNTY), *drafts_of(HEALTH)]
        done = concise(with_both, place, *names)
        assert done.stdout == "".join(
            expected(plugin, name) for plugin in (COUNTY, HEALTH) for name in drafts_of(plugin)
        )
        assert (done.stderr, done.returncode) == ("", 1)

    def test_they_take_part_in_every_process(self, with_both: Environment, place: Path) -> None:
        names = [*drafts_of(COUNTY), *drafts_of(HEALTH)]
        one, two = (concise(with_both, place, "--no-cache", "--jobs", jobs, *names) for jobs in ("1", "2"))
        assert (two.stdout, two.stderr, two.returncode) == (one.stdout, one.stderr, one.returncode)
        assert "health/series-rises" in two.stdout
        assert "lanhai/fishermen" in two.stdout

    def test_what_was_found_once_is_not_looked_for_again(self, with_both: Environment, place: Path) -> None:
        names = [*drafts_of(COUNTY), *drafts_of(HEALTH)]
        first = concise(with_both, place, *names)
        program = (
            "import sys\nfrom checker.cli import main\n"
            "try:\n    main(['check', '--format', 'concise', *sys.argv[1:]])\n"
            "finally:\n    print('parsed' if 'checker.parser' in sys.modules else 'known', file=sys.stderr)\n"
        )
        again = with_both.run("-c", program, *names, cwd=place)
        assert (again.stdout, again.stderr) == (first.stdout, "known\n")

    def test_the_report_says_which_took_part(self, with_both: Environment, place: Path) -> None:
        done = with_both.plancheck("check", "fanjiao-health.txt", "--format", "json", cwd=place)
        assert json.loads(done.stdout)["tool"]["plugins"] == {"health": "1.0.0", "lanhai": "1.0.0"}


class TestComingAndGoing:
    def test_a_plugin_is_there_as_soon_as_it_is_installed_and_gone_when_it_is_not(
        self, wheels: Wheels, fresh_environment: Callable[..., Environment], place: Path
    ) -> None:
        fresh = fresh_environment()
        report = expected(HEALTH, "fanjiao-health.txt")
        for _ in range(2):
            assert third_parties(fresh, place) == []
            assert concise(fresh, place, "fanjiao-health.txt").stdout != report
            assert fresh.install(wheels.health).returncode == 0
            assert [one["name"] for one in third_parties(fresh, place)] == ["health"]
            assert concise(fresh, place, "fanjiao-health.txt").stdout == report
            pip = (sys.executable, "-m", "pip", "--python", fresh.python)
            assert run(*pip, "uninstall", "--quiet", "--yes", "plancheck-health", cwd=place).returncode == 0
        assert third_parties(fresh, place) == []

    def test_a_file_that_is_changed_in_place(
        self, wheels: Wheels, fresh_environment: Callable[..., Environment], place: Path
    ) -> None:
        fresh = fresh_environment()
        source = place / "source"  # as an editable install has it
        zipfile.ZipFile(wheels.health).extractall(source)
        (fresh.packages / "editable.pth").write_text(f"{source}\n", encoding="utf-8")
        package = source / "plancheck_health"

        def checked_with(name: str, old: str, new: str) -> str:
            """Check the draft while ``new`` stands for ``old`` in a file of the plugin."""
            text = (package / name).read_text(encoding="utf-8")
            assert old in text
            (package / name).write_text(text.replace(old, new), encoding="utf-8")
            done = concise(fresh, place, "fanjiao-health.txt")
            (package / name).write_text(text, encoding="utf-8")
            return done.stdout

        before = expected(HEALTH, "fanjiao-health.txt")
        assert concise(fresh, place, "fanjiao-health.txt").stdout == before
        assert checked_with("health/one-word.yaml", "应为", "宜为") == before.replace("应为", "宜为")
        code = checked_with("judgement.py", '"warning": "info"', '"warning": "warning"')
        assert code == before.replace("info health/series", "warning health/series")
        words = checked_with("lexicon/clauses.yaml", "责任链条", "责任次序")
        assert "19:1: warning plan/lead-unit 措施“建好科普阵地”没有写明牵头单位" in words
        assert "19:1: warning plan/lead-unit" in checked_with("arrow.py", "→|", "⇒|")
        assert concise(fresh, place, "fanjiao-health.txt").stdout == before
