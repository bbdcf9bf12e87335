"""``.plancheck.yaml``: what holds for which draft."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml
from drafts import BAD, CONCISE

from checker.commands.init import _CONFIGURATION
from checker.commands.schema import schema_of
from checker.host import host

from .conftest import Write

Run = Callable[..., Any]
LEAD = "error plan/lead-unit 措施“办好赛事”没有写明牵头单位\n"


def concise(plancheck: Run, *arguments: str) -> Any:
    return plancheck("check", *(arguments or (".",)), "--format", "concise")


class TestWhichHolds:
    def test_that_in_the_folder_of_the_draft(self, plancheck: Run, office: Write) -> None:
        office("sub/.plancheck.yaml", "ignore: [plan/lead-unit]\n")
        assert concise(plancheck).stdout == f"./bad.txt:8:1: {LEAD}"

    def test_that_above_it(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", "ignore: [plan/lead-unit]\n")
        done = concise(plancheck)
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)

    def test_of_several_the_nearest_alone(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", "ignore: [plan/lead-unit]\n")
        office("sub/.plancheck.yaml", "severities: {plan/lead-unit: info}\n")
        assert concise(plancheck).stdout == f"./sub/bad.txt:8:1: {LEAD.replace('error', 'info')}"

    def test_the_one_that_is_named_for_all(self, plancheck: Run, office: Write) -> None:
        office("sub/.plancheck.yaml", "ignore: [plan/lead-unit]\n")
        office("other.yaml", "severities: {plan/lead-unit: info}\n")
        done = concise(plancheck, ".", "--config", "other.yaml")
        said = LEAD.replace("error", "info")
        assert (done.stdout, done.returncode) == (f"./bad.txt:8:1: {said}./sub/bad.txt:8:1: {said}", 0)

    def test_none_with_no_config(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", "ignore: [plan/lead-unit]\n")
        assert concise(plancheck, "bad.txt", "--no-config").stdout == f"bad.txt:{CONCISE}"

    def test_that_of_the_folder_in_which_the_command_runs_for_standard_input(
        self, plancheck: Run, office: Write
    ) -> None:
        office(".plancheck.yaml", "ignore: [plan/lead-unit]\n")
        assert plancheck("check", "-", stdin=BAD).returncode == 0

    @pytest.mark.parametrize("name", ["nowhere.yaml", "sub"])
    def test_one_that_is_not_there_is_named(self, plancheck: Run, office: Write, name: str) -> None:
        done = concise(plancheck, "bad.txt", "--config", name)
        assert (done.stdout, done.stderr) == ("", f"plancheck: {name}: 没有这个配置文件；plancheck init 写出一份\n")
        assert done.returncode == 2

    def test_every_process_of_a_run_goes_by_it(self, plancheck: Run, office: Write) -> None:
        for number in range(6):
            office(f"many/{number}.txt", BAD)
        office("many/.plancheck.yaml", "severities: {plan/lead-unit: info}\n")
        done = concise(plancheck, "many", "--jobs", "2")
        assert done.stdout == "".join(f"many/{number}.txt:8:1: {LEAD.replace('error', 'info')}" for number in range(6))

    def test_a_changed_one_makes_earlier_results_void(self, plancheck: Run, office: Write) -> None:
        assert concise(plancheck, "bad.txt").returncode == 1
        office(".plancheck.yaml", "ignore: [plan/lead-unit]\n")
        for _ in range(2):
            assert concise(plancheck, "bad.txt").returncode == 0
        office(".plancheck.yaml", "ignore: [plan/stages]\n")
        for _ in range(2):
            assert concise(plancheck, "bad.txt").stdout == f"bad.txt:{CONCISE}"


class TestWhatItSays:
    @pytest.mark.parametrize(
        ("said", "found"),
        [
            ("select: [gongwen]", ""),
            ("select: [plan/lead-unit]", CONCISE),
            ("packs: [gongwen]", ""),
            ("packs: [plan]", CONCISE),
            ("packs: [science-literacy]", ""),
            ("ignore: [plan]", ""),
            ("rules: {plan/lead-unit: {enabled: false}}", ""),
            (
                "rules: {plan/lead-unit: {message: '“{title}”谁来牵头？'}}",
                "8:1: error plan/lead-unit “办好赛事”谁来牵头？\n",
            ),
            ("rules: {plan/lead-unit: {severity: warning}}", CONCISE.replace("error", "warning")),
        ],
    )
    def test_is_done(self, plancheck: Run, office: Write, said: str, found: str) -> None:
        office(".plancheck.yaml", said + "\n")
        done = concise(plancheck, "bad.txt")
        assert (done.stdout, done.stderr) == (f"bad.txt:{found}" if found else "", "")

    def test_options_of_rules(self, plancheck: Run, office: Write) -> None:
        draft = BAD.replace("每年办赛10场。", "每年办赛10场。（责任单位：县体育局）")
        office("draft.txt", draft)
        assert concise(plancheck, "draft.txt").stdout == ""
        office(".plancheck.yaml", "rules: {plan/lead-unit: {options: {sole_responsible: false}}}\n")
        assert concise(plancheck, "draft.txt").stdout == f"draft.txt:{CONCISE}"

    def test_a_rule_that_is_not_enabled_can_be(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", "rules: {plan/vague-measure: {enabled: true}}\n")
        done = plancheck("check", "bad.txt", "-v")
        assert "plan/vague-measure: " in done.stderr

    def test_a_folder_of_rules_of_one_s_own(self, plancheck: Run, office: Write) -> None:
        office("rules/ours/pack.yaml", "title: 本县\nversion: 1.0.0\n")
        office(
            "rules/ours/venue.yaml",
            "title: 不用“场地”\nseverity: info\nnode: section\ncheck: pattern\n"
            "options: {pattern: 场地, must: not-match}\nmessage: 写了“{match}”\n",
        )
        office("sub/.plancheck.yaml", "packs: [../rules/ours]\n")
        assert concise(plancheck, "sub").stdout == "sub/bad.txt:6:4: info ours/venue 写了“场地”\n"

    def test_selecting_a_pack_does_not_make_it_apply(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", "select: [science-literacy/required-actions]\n")
        assert concise(plancheck, "bad.txt").stdout == ""
        assert "缺少" in concise(plancheck, "bad.txt", "--select", "science-literacy/required-actions").stdout

    def test_the_command_line_wins(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", "select: [gongwen]\nignore: [plan/stages]\n")
        assert concise(plancheck, "bad.txt", "--select", "plan").stdout == f"bad.txt:{CONCISE}"
        assert concise(plancheck, "bad.txt", "--select", "plan", "--ignore", "plan/lead-unit").stdout == ""

    def test_drafts_that_are_left_out(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", "exclude: [sub/]\n")
        done = concise(plancheck)
        assert (done.stdout, done.stderr) == (f"./bad.txt:8:1: {LEAD}", "plancheck: 按 exclude 有 1 份方案没有检查\n")
        assert concise(plancheck, "sub/bad.txt").stdout == ""
        assert concise(plancheck, "bad.txt", "--exclude", "b*.txt").stdout == ""

    def test_some_drafts_apart(self, plancheck: Run, office: Write) -> None:
        office(
            ".plancheck.yaml",
            "severities: {plan/lead-unit: warning}\n"
            "per_file:\n"
            "  - {files: [sub/], severities: {plan/lead-unit: info}}\n"
            "  - {files: ['*.md'], ignore: [plan/lead-unit]}\n",
        )
        office("sub/bad.md", BAD)
        assert concise(plancheck).stdout == (
            f"./bad.txt:8:1: {LEAD.replace('error', 'warning')}./sub/bad.txt:8:1: {LEAD.replace('error', 'info')}"
        )

    def test_another_that_it_builds_on(self, plancheck: Run, office: Write) -> None:
        office("office.yaml", "ignore: [gongwen]\nseverities: {plan/lead-unit: info, plan/stages: info}\n")
        office("sub/.plancheck.yaml", "extends: [../office.yaml]\nseverities: {plan/lead-unit: warning}\n")
        done = plancheck("check", "sub", "--format", "json")
        (file,) = json.loads(done.stdout)["files"]
        assert [one["severity"] for one in file["violations"]] == ["warning"]
        assert not [one for one in file["rules"] if one["rule"].startswith("gongwen/")]

    def test_that_of_a_pack(self, plancheck: Run, office: Write) -> None:
        office("rules/ours/pack.yaml", "title: 本县\nversion: 1.0.0\n")
        office("rules/ours/.plancheck.yaml", "ignore: [plan/lead-unit]\n")
        office(".plancheck.yaml", "extends: [ours]\n")
        done = concise(plancheck, "bad.txt", "--rules", "rules")
        assert (done.stdout, done.stderr) == ("", "")

    def test_plugins_are_loaded_where_the_command_runs(self, plancheck: Run, office: Write) -> None:
        office(
            "ours.py",
            "from checker.hookspecs import hookimpl\n@hookimpl\ndef plancheck_violations(violations):\n    return ()\n",
        )
        office(".plancheck.yaml", "plugins: [ours.py]\n")
        assert concise(plancheck, "bad.txt").stdout == ""
        assert concise(plancheck, "bad.txt", "--no-plugins").stdout == f"bad.txt:{CONCISE}"

    def test_plugins_of_a_folder_of_drafts_are_not(self, plancheck: Run, office: Write) -> None:
        office("sub/evil.py", "raise SystemExit('never')\n")
        office("sub/.plancheck.yaml", "plugins: [evil.py]\n")
        done = concise(plancheck, "sub")
        assert done.stdout == f"sub/bad.txt:{CONCISE}"
        assert "evil.py 没有加载：不在运行命令的文件夹里的配置，要用 --config 点名才加载插件" in done.stderr
        assert done.returncode == 2


class TestMistakes:
    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ("ignor: [plan]", "1:1: 没有名为“ignor”的键"),
            (
                "ignore: [plan/lead-unti]",
                "1:10: 没有名为“plan/lead-unti”的规则或规则包。您是不是想写“plan/lead-unit”？",
            ),
            ("select: [plann]", "1:10: 没有名为“plann”的规则或规则包。您是不是想写“plan”？"),
            ("packs: [plann]", "1:9: 没有名为“plann”的规则包"),
            ("severities: {plan/lead-unit: eror}", "1:30: 没有名为“eror”的值"),
            ("severities: {plan/led-unit: error}", "1:14: 没有名为“plan/led-unit”的规则或规则包"),
            ("severities: {plan: error}", "1:14: “plan”是规则包；这里要写规则，如 plan/…"),
            ("rules: {plan/lead-unit: {options: {inherti: true}}}", "1:36: 没有名为“inherti”的选项"),
            ("rules: {plan/lead-unit: {options: {inherit: 3}}}", "1:45: 类型不对"),
            ("rules: {plan/lead-unit: {message: '{titel}'}}", "没有名为“titel”的"),
            ("extends: [nowhere.yaml]", "1:11: 没有这个文件："),
            ("extends: [plann]", "1:11: 没有名为“plann”的规则包"),
            ("extends: [plan]", "1:11: 规则包“plan”没有带配置（.plancheck.yaml）"),
            ("extends: [.plancheck.yaml]", "1:11: 循环引用："),
            ("per_file: [{files: [], ignore: [plan]}]", "1:20: "),
            ("waivers: [{rule: plan/lead-unit, measure: 办好赛事}]", "reason"),
            ("waivers: [{rule: plan/lead-unit, measure: 办好赛事, reason: ''}]", "reason"),
            (
                "waivers: [{rule: plan/led-unit, measure: 办好赛事, reason: 因为}]",
                "1:18: 没有名为“plan/led-unit”的规则",
            ),
            ("waivers: [{rule: plan/lead-unit, reason: 因为}]", "没有写明在哪里"),
            (
                "waivers: [{rule: plan/lead-unit, section: 二.1, reason: 因为, until: 2026-02-30}]",
                "没有“2026-02-30”这一天",
            ),
            ("- plan", "类型不对"),
            ("ignore: [", "1:10: 括号没有闭合"),
        ],
    )
    def test_is_told_with_line_and_guess_and_nothing_of_it_is_used(
        self, plancheck: Run, office: Write, said: str, told: str
    ) -> None:
        path = office("sub/.plancheck.yaml", said + "\n")
        done = concise(plancheck, "sub")
        assert done.stdout == f"sub/bad.txt:{CONCISE}"
        first = done.stderr.splitlines()[0] + "".join(done.stderr.splitlines()[1:])
        assert first.startswith(f"plancheck: {path}")
        assert told in first
        assert done.stderr.count("plancheck: ") == 1
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)

    def test_a_circle(self, plancheck: Run, office: Write) -> None:
        office("a.yaml", "extends: [./b.yaml]\n")
        office("b.yaml", "extends: [./a.yaml]\n")
        done = concise(plancheck, "bad.txt", "--config", "a.yaml")
        assert "b.yaml:1:11: 循环引用：" in done.stderr
        assert done.returncode == 2

    def test_is_told_whatever_was_found_before_and_of_no_other_run(self, plancheck: Run, office: Write) -> None:
        assert concise(plancheck, "bad.txt").stderr == ""
        office(".plancheck.yaml", "rules: {plan/lead-unit: {options: {inherti: true}}}\n")
        for _ in range(2):
            done = concise(plancheck, "bad.txt")
            assert ("没有名为“inherti”的选项" in done.stderr, done.returncode) == (True, 2)
        assert concise(plancheck, "bad.txt", "--no-config").stderr == ""

    def test_is_told_each_time(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", "ignore: [plan/lead-unti]\n")
        first, second = (concise(plancheck, "bad.txt") for _ in range(2))
        assert first.stderr == second.stderr != ""
        office(".plancheck.yaml", "ignore: [plan/lead-unit]\n")
        assert concise(plancheck, "bad.txt").stderr == ""

    @pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a: &a [*a]\n", b"x" * 1_100_000])
    def test_a_hostile_file_is_no_fault_of_plancheck(
        self, plancheck: Run, office: Write, tmp_path: Path, content: bytes
    ) -> None:
        (tmp_path / ".plancheck.yaml").write_bytes(content)
        done = concise(plancheck, "bad.txt")
        assert done.stdout == f"bad.txt:{CONCISE}"
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)


class TestShown:
    def test_each_setting_with_where_it_is_from(self, plancheck: Run, office: Write) -> None:
        office("office.yaml", "ignore: [gongwen]\nrules: {plan/target-year: {severity: info}}\n")
        office(
            "sub/.plancheck.yaml",
            "extends: [../office.yaml]\n"
            "per_file:\n"
            "  - {files: ['b*'], ignore: [plan/stages]}\n"
            "waivers:\n"
            "  - {rule: plan/lead-unit, measure: 办好赛事, reason: 因为}\n",
        )
        done = plancheck("check", "sub", "--show-config", "--ignore", "plan/measures")
        name, _, _, *rows = done.stdout.splitlines()
        assert name == "sub/bad.txt"
        assert [re.split(r" {2,}", row.strip()) for row in rows if row] == [
            ["配置", "sub/.plancheck.yaml"],
            ["extends", "office.yaml"],
            ["select", "all", "默认"],
            ["ignore", "gongwen", "office.yaml:1"],
            ["ignore", "plan/stages", "sub/.plancheck.yaml:3"],
            ["ignore", "plan/measures", "--ignore"],
            ["plan/target-year severity", "info", "office.yaml:2"],
            ["waivers", "plan/lead-unit 办好赛事", "sub/.plancheck.yaml:5"],
        ]
        assert (done.stderr, done.returncode) == ("", 0)


class TestInit:
    def test_writes_a_configuration_that_changes_nothing(self, plancheck: Run, office: Write, tmp_path: Path) -> None:
        done = plancheck("init")
        assert (done.stdout, done.returncode) == ("已写好 .plancheck.yaml。去掉需要的行前面的“# ”。\n", 0)
        assert (tmp_path / ".plancheck.yaml").read_text(encoding="utf-8") == _CONFIGURATION
        done = concise(plancheck, "bad.txt")
        assert (done.stdout, done.stderr) == (f"bad.txt:{CONCISE}", "")

    def test_changes_none_that_is_there(self, plancheck: Run, office: Write, tmp_path: Path) -> None:
        office(".plancheck.yaml", "ignore: []\n")
        done = plancheck("init")
        assert (done.stderr, done.returncode) == (
            "plancheck: .plancheck.yaml: 已经有了，没有改动；要换一份新的，请先把它改名\n",
            2,
        )
        assert (tmp_path / ".plancheck.yaml").read_text(encoding="utf-8") == "ignore: []\n"

    def test_every_line_that_it_offers_is_right(self) -> None:
        offered = re.findall(r"^# ( *(?:- )?[a-z_]+[a-z_/-]*:(?: .*)?| +- .*)$", _CONFIGURATION, re.MULTILINE)
        data = yaml.safe_load("\n".join(offered))
        assert set(data) == set(schema_of("config", host().checks)["properties"]) - {"plugins"}
        data["waivers"][0]["until"] = str(data["waivers"][0]["until"])
        jsonschema.validate(data, schema_of("config", host().checks))


def test_the_schema_refuses_what_reading_refuses() -> None:
    schema = schema_of("config", host().checks)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"ignor": []}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"waivers": [{"rule": "plan/stages", "section": "一"}]}, schema)


def test_a_run_without_configuration_loads_nothing_of_it(plancheck: Run, office: Write) -> None:
    shutil.rmtree(office("x", "").parent / "sub")
    done = plancheck("check", "bad.txt", "--format", "concise", PYTHONPROFILEIMPORTTIME="1")
    assert "checker.configuration_reading" not in done.stderr
    assert "pathspec" not in done.stderr


class TestBaseline:
    def test_of_a_configuration_is_applied(self, plancheck: Run, office: Write) -> None:
        assert plancheck("baseline", "sub", "-o", "sub/known.json").returncode == 0
        office("sub/.plancheck.yaml", "baseline: known.json\n")
        done = plancheck("check", ".", "--format", "concise")
        assert (done.stdout, done.stderr) == (f"./bad.txt:8:1: {LEAD}", "")
        assert "另有 1 个在基线里" in plancheck("check", "sub").stdout

    def test_that_is_not_there_is_told_and_the_report_is_whole(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", "baseline: nowhere.json\n")
        done = plancheck("check", "bad.txt", "--format", "concise")
        assert done.stdout == f"bad.txt:{CONCISE}"
        assert "nowhere.json: 没有这个文件，请核对路径；基线用 plancheck baseline 写" in done.stderr
        assert done.returncode == 2

    def test_what_a_waiver_accepts_is_not_written_down(self, plancheck: Run, office: Write, tmp_path: Path) -> None:
        office(".plancheck.yaml", "waivers: [{rule: plan/lead-unit, measure: 办好赛事, reason: 由村里自办}]\n")
        assert "新增 0 个问题" in plancheck("baseline", "bad.txt").stdout

    def test_two_rounds_are_compared_by_the_configuration(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", "severities: {plan/lead-unit: info}\n")
        done = plancheck("compare", "clean.txt", "bad.txt", "--format", "json")
        (one,) = json.loads(done.stdout)["drafts"][0]["violations"]
        assert (one["state"], done.returncode) == ("new", 0)
        assert plancheck("compare", "clean.txt", "bad.txt", "--no-config").returncode == 1
