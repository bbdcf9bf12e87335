"""A plugin with a fault: named with its distribution and version, left out whole; the others go on; status 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from drafts import CONCISE, IDLE, RULES

from .conftest import Distribute

Run = Callable[..., object]
GOOD = '''
@hookimpl
def plancheck_commands(cli):
    @cli.command("greet")
    def greet():
        """say hello"""
        print("你好")
'''
CHECK = """
from msgspec import Struct
from checker.checks import CheckType
from checker.model import Found, Span

class Options(Struct, frozen=True):
    pass

def check(nodes, options, plan):
    {body}

@hookimpl
def plancheck_checks():
    return [CheckType("{name}", Options, check, Bilingual("试", "trial"))]
"""
PACKS = """
@hookimpl
def plancheck_rule_packs():
    return [{folder!r}]
"""
FAULTS = {
    "cannot be imported": (
        "import no_such_module\n",
        "无法导入（ModuleNotFoundError: No module named 'no_such_module'）",
    ),
    "is not Python": ("def (:\n", "无法导入（SyntaxError: invalid syntax"),
    "ends the process when imported": ("raise SystemExit(7)\n", "无法导入（SystemExit: 7）"),
    "was made for another API version": (
        "PLANCHECK_API_VERSION = 99\n" + GOOD,
        "是为接口版本 99 写的，这一版 plancheck 接受的是 1",
    ),
    "says no version": ("PLANCHECK_API_VERSION = 'one'\n" + GOOD, "是为接口版本 one 写的"),
    "has a misspelt hook": (
        "@hookimpl\ndef plancheck_check():\n    return []\n",
        "没有名为“plancheck_check”的钩子；可用的：plancheck_checks、",
    ),
    "takes an argument that the hook has not": (
        "@hookimpl\ndef plancheck_violations(plan, report):\n    return None\n",
        "钩子 plancheck_violations 没有名为“report”的参数；可用的：plan、violations、language",
    ),
    "changes the order of calls": (
        "@hookimpl(tryfirst=True)\ndef plancheck_checks():\n    return []\n",
        "plancheck_checks 用了 tryfirst：次序只由登记的先后定",
    ),
    "has no hook": ("def plancheck_checks():\n    return []\n", "没有用 @hookimpl 标出的钩子函数"),
    "raises when it is asked": (
        "@hookimpl\ndef plancheck_checks():\n    raise KeyError('x')\n",
        "出错：KeyError: 'x'",
    ),
    "ends the process when it is asked": (
        "@hookimpl\ndef plancheck_checks():\n    raise SystemExit\n",
        "出错：SystemExit",
    ),
    "returns no list": ("@hookimpl\ndef plancheck_checks():\n    return 3\n", "plancheck_checks 返回了 int 3"),
    "returns a text for a list": (
        "@hookimpl\ndef plancheck_rule_packs():\n    return 'packs'\n",
        "plancheck_rule_packs 返回了 str 'packs'，应是文件夹的列表",
    ),
    "returns a list of something else": (
        "@hookimpl\ndef plancheck_reporters():\n    return [print]\n",
        "plancheck_reporters 返回了 builtin_function_or_method",
    ),
    "claims a check type": (
        CHECK.format(name="required", body="return []"),
        "检查类型“required”已有了（plancheck 自带）",
    ),
    "has a check type with a bad name": (CHECK.format(name="Too Many", body="return []"), "的名称 'Too Many' 不能用"),
    "claims a report format": (
        "from checker.reporters import Reporter\n"
        "@hookimpl\ndef plancheck_reporters():\n    return [Reporter('json', str)]\n",
        "报告格式“json”已有了（plancheck 自带）",
    ),
    "claims a suffix": (
        "from checker.reader import Reader\n"
        "@hookimpl\ndef plancheck_readers():\n    return [Reader('mine', ('.txt',), print)]\n",
        "文件后缀“.txt”已有了（plancheck 自带）",
    ),
    "has a reader with a suffix that no file has": (
        "from checker.reader import Reader\n"
        "@hookimpl\ndef plancheck_readers():\n    return [Reader('mine', ('TXT',), print)]\n",
        "后缀 'TXT' 应写成 ('.abc',) 这样，小写",
    ),
    "claims a command": (GOOD.replace('"greet"', '"check"'), "命令“check”已有了（plancheck 自带）"),
    "has a grammar that is none": (
        "@hookimpl\ndef plancheck_grammar(name, grammar):\n    return grammar + '\\n%extend nothing: NAMES\\n'\n",
        "语法 plan 不能用：",
    ),
    "has an ambiguous grammar": (
        "@hookimpl\ndef plancheck_grammar(name, grammar):\n"
        "    return grammar + '\\n%extend item: NAMES -> again\\n' if name == 'clause' else None\n",
        "语法 clause 不能用：",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_named_and_the_others_go_on(plancheck: Run, distribute: Distribute, site: Path, fault: str) -> None:
    source, said = FAULTS[fault]
    distribute(source)
    distribute(GOOD, "well", "0.5")
    done = plancheck("check", "bad.txt", "--format", "concise", PYTHONPATH=str(site))
    assert done.stdout == f"bad.txt:{CONCISE}"  # the bundled rules have done their work
    assert "plancheck: 插件 trial（plancheck-trial 1.2）未使用：" in done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 2
    greeted = plancheck("greet", PYTHONPATH=str(site))
    assert (greeted.stdout, greeted.returncode) == ("你好\n", 0)


def test_it_is_named_in_english(plancheck: Run, distribute: Distribute, site: Path) -> None:
    distribute(FAULTS["has a misspelt hook"][0])
    done = plancheck("--lang", "en", "check", "clean.txt", PYTHONPATH=str(site))
    assert done.stderr.startswith(
        "plancheck: plugin trial (plancheck-trial 1.2) is not used: no hook named 'plancheck_check'; there are: "
    )
    assert done.stderr.endswith("Did you mean 'plancheck_checks'?\n")
    assert done.returncode == 2


def test_its_rules_end_as_not_evaluated(
    plancheck: Run, distribute: Distribute, site: Path, pack: Callable[..., Path]
) -> None:
    distribute(PACKS.format(folder=str(pack())) + CHECK.format(name="required", body="return []"))
    done = plancheck("check", "bad.txt", "--format", "json", PYTHONPATH=str(site))
    report = json.loads(done.stdout)
    outcomes = {one["rule"]: one for one in report["files"][0]["rules"]}
    assert outcomes["ours/lead"]["outcome"] == "not-evaluated"
    assert outcomes["ours/lead"]["reason"] == "插件 trial（plancheck-trial 1.2）未使用"
    assert outcomes["plan/lead-unit"]["outcome"] == "failed"
    assert len(outcomes) == RULES + 1
    assert len(report["problems"]) == 1
    assert report["tool"]["plugins"] == {}
    assert done.returncode == 2


def test_only_those_that_were_chosen_do(
    plancheck: Run, distribute: Distribute, site: Path, pack: Callable[..., Path]
) -> None:
    distribute(PACKS.format(folder=str(pack())) + CHECK.format(name="required", body="return []"))
    for chosen in (("--select", "plan"), ("--ignore", "ours")):
        done = plancheck("check", "clean.txt", "--format", "json", *chosen, PYTHONPATH=str(site))
        assert "ours/lead" not in {one["rule"] for one in json.loads(done.stdout)["files"][0]["rules"]}
        assert done.returncode == 2


@pytest.mark.parametrize("call", ["explain ours/lead", "test --select ours", "rules --select ours/lead"])
def test_they_are_known_to_other_commands_too(
    plancheck: Run, distribute: Distribute, site: Path, pack: Callable[..., Path], call: str
) -> None:
    distribute(PACKS.format(folder=str(pack())) + CHECK.format(name="required", body="return []"))
    done = plancheck(*call.split(), PYTHONPATH=str(site))
    assert "插件 trial（plancheck-trial 1.2）未使用：" in done.stderr
    assert "没有名为“ours" not in done.stderr
    assert done.returncode == 2


def test_a_pack_that_builds_on_one_of_them_says_whose_that_is(
    plancheck: Run, distribute: Distribute, site: Path, pack: Callable[..., Path]
) -> None:
    distribute(PACKS.format(folder=str(pack())) + CHECK.format(name="required", body="return []"))
    other = pack("theirs")
    (other / "pack.yaml").write_text("title: 别家\nversion: 1.0.0\nextends: [ours]\n", encoding="utf-8")
    distribute(PACKS.format(folder=str(other)), "other", "0.1")
    done = plancheck("check", "clean.txt", PYTHONPATH=str(site))
    assert "规则包“ours”属于插件 trial（plancheck-trial 1.2），该插件未使用" in done.stderr
    assert done.returncode == 2


def test_an_exception_of_any_kind_is_not_taken_for_violations(
    plancheck: Run, distribute: Distribute, site: Path, pack: Callable[..., Path]
) -> None:
    source = PACKS.format(folder=str(pack("ours", "trial", "{}")))
    distribute(source + CHECK.format(name="trial", body="raise GeneratorExit('odd')"))
    assert plancheck("check", "clean.txt", PYTHONPATH=str(site)).returncode == 3


def test_a_wrong_rule_file_costs_that_rule_alone(
    plancheck: Run, distribute: Distribute, site: Path, pack: Callable[..., Path]
) -> None:
    folder = pack()
    (folder / "wrong.yaml").write_text((folder / "lead.yaml").read_text().replace("leads", "laeds"))
    distribute(PACKS.format(folder=str(folder)))
    done = plancheck("check", "bad.txt", "--format", "json", PYTHONPATH=str(site))
    outcomes = {one["rule"]: one for one in json.loads(done.stdout)["files"][0]["rules"]}
    assert outcomes["ours/lead"]["outcome"] == "failed"
    assert (outcomes["ours/wrong"]["outcome"], outcomes["ours/wrong"]["reason"]) == ("not-evaluated", "规则文件有错")
    assert f"{folder}/wrong.yaml:5:18: 插件 trial（plancheck-trial 1.2）：没有名为“laeds”的属性" in done.stderr
    assert done.returncode == 2


def test_a_pack_whose_name_another_has_is_left_out(
    plancheck: Run, distribute: Distribute, site: Path, pack: Callable[..., Path]
) -> None:
    distribute(PACKS.format(folder=str(pack("gongwen"))))
    done = plancheck("check", "clean.txt", PYTHONPATH=str(site))
    assert "插件 trial（plancheck-trial 1.2）：规则包“gongwen”已有了" in done.stderr
    assert f"通过 {RULES - IDLE}，未通过 0" in done.stdout  # the bundled pack of that name works
    assert done.returncode == 2


def test_two_plugins_that_claim_one_name_the_first_keeps_it(plancheck: Run, distribute: Distribute, site: Path) -> None:
    distribute(GOOD.replace("你好", "甲"), "first", "1")
    distribute(GOOD.replace("你好", "乙"), "second", "2")
    done = plancheck("greet", PYTHONPATH=str(site))
    assert (done.stdout, done.returncode) == ("甲\n", 0)
    done = plancheck("plugins", PYTHONPATH=str(site))
    assert "命令“greet”已有了（插件 first（plancheck-first 1））" in done.stdout
    assert done.returncode == 2


@pytest.mark.parametrize("how", ["--no-plugins", "PLANCHECK_DISABLE_PLUGINS"])
def test_third_parties_turned_off_are_not_even_imported(
    plancheck: Run, distribute: Distribute, site: Path, how: str
) -> None:
    distribute("raise RuntimeError\n")
    environment = {"PYTHONPATH": str(site)} | ({how: "1"} if how.startswith("PLAN") else {})
    options = [how] if how.startswith("--") else []
    done = plancheck("check", "clean.txt", *options, **environment)
    assert (done.stderr, done.returncode) == ("", 0)
    done = plancheck(*options, "plugins", **environment)
    assert done.stdout.endswith("第三方插件已关闭。\n")
    done = plancheck("check", "clean.txt", "--plugin", "plancheck_trial", *options, **environment)
    assert done.stderr == f"plancheck: --plugin plancheck_trial 与 {how} 矛盾：后者关闭一切第三方插件，请去掉一个\n"
    assert done.returncode == 2


class TestDuringARun:
    """What goes wrong only while drafts are checked."""

    @pytest.fixture
    def run(
        self, plancheck: Run, distribute: Distribute, site: Path, pack: Callable[..., Path]
    ) -> Callable[..., object]:
        def with_check(body: str, *options: str) -> object:
            distribute(PACKS.format(folder=str(pack("ours", "trial", "{}"))) + CHECK.format(name="trial", body=body))
            return plancheck("check", "bad.txt", "--format", "json", *options, PYTHONPATH=str(site))

        return with_check

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("raise ValueError('no such thing')", "出错：ValueError: no such thing"),
            ("raise SystemExit(0)", "出错：SystemExit: 0"),
            ("return None", "出错：TypeError: 'NoneType' object is not iterable"),
            ("yield 7", "返回了 int，应是 Found"),
            ("yield Found(Span(0, 10_000_000))", "报告的位置 Span(start=0, end=10000000) 不在方案里"),
            ("yield Found(Span(-3, 2))", "报告的位置 Span(start=-3, end=2) 不在方案里"),
            ("yield Found(Span(5, 2))", "报告的位置 Span(start=5, end=2) 不在方案里"),
            (
                "yield Found(Span(0, 1), others=(Span(3, 10**9),))",
                "报告的位置 Span(start=3, end=1000000000) 不在方案里",
            ),
            ("yield Found('ab')", "报告的位置 'ab' 不在方案里"),
        ],
    )
    def test_a_check_costs_its_rule_alone(self, run: Callable[..., object], body: str, said: str) -> None:
        done = run(body)
        outcomes = {one["rule"]: one for one in json.loads(done.stdout)["files"][0]["rules"]}
        assert outcomes["ours/lead"]["outcome"] == "not-evaluated"
        assert outcomes["ours/lead"]["reason"] == f"插件 trial（plancheck-trial 1.2）的检查类型“trial”{said}"
        assert outcomes["plan/lead-unit"]["outcome"] == "failed"
        assert done.returncode == 2

    def test_what_it_prints_is_no_part_of_the_report(self, run: Callable[..., object]) -> None:
        done = run("print('noise'); return iter(())")
        assert json.loads(done.stdout)["files"][0]["error"] is None
        assert "noise" in done.stderr
        assert done.returncode == 1

    VIOLATIONS = "from checker.model import Span\nfrom checker.violations import violation_at\n@hookimpl\n"

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("raise ValueError('oh')", "出错：ValueError: oh"),
            ("return 'no'", "返回了 str，应是问题（Violation）的列表或 None"),
            ("return [1]", "返回的列表里有 int，应是 Violation"),
            ("return [replace(violations[0], line=99)]", "返回的问题不在方案里：99:1 至 8:7"),
            ("return [replace(violations[0], column=0)]", "返回的问题不在方案里：8:0 至 8:7"),
            ("return [replace(violations[0], end_column=9999)]", "返回的问题不在方案里：8:1 至 8:9999"),
            ("return [replace(violations[0], lines=(400,))]", "返回的问题不在方案里（lines）"),
            ("return [replace(violations[0], severity='fatal')]", "返回的问题有错：Invalid enum value 'fatal'"),
            ("return [replace(violations[0], message=7)]", "返回的问题有错：Expected `str`, got `int`"),
            ("return [replace(violations[0], rule='<b>')]", "返回的问题有错：规则编号 '<b>' 应写成“规则包/规则”"),
        ],
    )
    def test_a_say_on_violations_that_cannot_be_used_changes_none(
        self, plancheck: Run, distribute: Distribute, site: Path, body: str, said: str
    ) -> None:
        distribute(
            f"from msgspec.structs import replace\n@hookimpl\ndef plancheck_violations(plan, violations):\n    {body}\n"
        )
        done = plancheck("check", "bad.txt", "--format", "json", PYTHONPATH=str(site))
        (file,) = json.loads(done.stdout)["files"]
        assert [one["rule"] for one in file["violations"]] == ["plan/lead-unit"]
        (problem,) = file["problems"]
        assert problem.startswith(f"插件 trial（plancheck-trial 1.2）{said}")
        assert f"plancheck: {problem}\n" in done.stderr
        assert done.returncode == 2

    def test_a_person_is_told_in_the_report_too(self, plancheck: Run, distribute: Distribute, site: Path) -> None:
        distribute("@hookimpl\ndef plancheck_violations(plan, violations):\n    return 1\n")
        done = plancheck("check", "clean.txt", PYTHONPATH=str(site))
        assert "  clean.txt  插件 trial（plancheck-trial 1.2）返回了 int" in done.stdout
        assert done.returncode == 2

    READER = (
        "from checker.reader import Reader\n"
        "from checker.model import Paragraph, Span, Text\n"
        "def read(data, suffix):\n    {body}\n"
        "@hookimpl\ndef plancheck_readers():\n    return [Reader('mine', ('.mine',), read)]\n"
    )

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("raise ValueError('bad bytes')", "出错：ValueError: bad bytes"),
            ("return data.decode()", "的读取器“mine”：返回了 str，应是 Text"),
            ("return Text('甲', (), (1,))", "的读取器“mine”：line_starts 应从 0 开始，依次增大"),
            (
                "return Text('甲乙', (Paragraph(Span(0, 1), '甲', '甲', ((0, 0),)),), (0,))",
                "的读取器“mine”：各段没有覆盖到全文末尾",
            ),
            (
                "return Text('甲', (Paragraph(Span(0, 1), '甲乙', '甲乙', ((0, 0),)),), (0,))",
                "的读取器“mine”：第 1 段的 runs 超出该段",
            ),
        ],
    )
    def test_a_reader_costs_its_draft_alone(
        self, plancheck: Run, distribute: Distribute, site: Path, tmp_path: Path, body: str, said: str
    ) -> None:
        distribute(self.READER.format(body=body))
        (tmp_path / "draft.mine").write_text("甲")
        done = plancheck("check", "draft.mine", "bad.txt", "--format", "json", PYTHONPATH=str(site))
        mine, bad = json.loads(done.stdout)["files"]
        assert mine["error"] == f"插件 trial（plancheck-trial 1.2）{said}"
        assert len(bad["violations"]) == 1
        assert done.returncode == 2

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("raise OSError('disk')", "出错：OSError: disk"),
            ("return 5", "的报告格式“mine”返回了 int，应是 str 或 bytes"),
        ],
    )
    def test_a_reporter_is_named(
        self, plancheck: Run, distribute: Distribute, site: Path, body: str, said: str
    ) -> None:
        distribute(
            "from checker.reporters import Reporter\n"
            f"def render(report):\n    {body}\n"
            "@hookimpl\ndef plancheck_reporters():\n    return [Reporter('mine', render)]\n"
        )
        done = plancheck("check", "clean.txt", "--format", "mine", PYTHONPATH=str(site))
        assert (done.stdout, done.stderr) == ("", f"plancheck: 插件 trial（plancheck-trial 1.2）{said}\n")
        assert done.returncode == 2

    def test_a_command_is_named(self, plancheck: Run, distribute: Distribute, site: Path) -> None:
        distribute(GOOD.replace('print("你好")', 'raise RuntimeError("no luck")'))
        done = plancheck("greet", PYTHONPATH=str(site))
        assert done.stderr == "plancheck: 插件 trial（plancheck-trial 1.2）出错：RuntimeError: no luck\n"
        assert done.returncode == 2

    def test_a_grammar_that_refuses_a_draft_costs_the_draft(
        self, plancheck: Run, distribute: Distribute, site: Path
    ) -> None:
        distribute(
            "@hookimpl\ndef plancheck_grammar(name, grammar):\n"
            "    return grammar.replace('section1: LEVEL1', 'section1: LEVEL1 LEVEL1') if name == 'plan' else None\n"
        )
        done = plancheck("check", "bad.txt", "--format", "json", PYTHONPATH=str(site))
        (file,) = json.loads(done.stdout)["files"]
        assert file["error"].startswith("插件 trial（plancheck-trial 1.2）改动的语法读不了它：Unexpected: ")
        assert done.returncode == 2
