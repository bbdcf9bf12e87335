"""What clumsy and hostile plugins return and raise: said in a sentence that names them, never a fault of plancheck."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from drafts import BAD

from .conftest import Distribute

Run = Callable[..., CompletedProcess[str]]
HALF = "\\ud800"
"""Half a character, which no UTF-8 has."""
WORDLESS = """
class Wordless(Exception):
    def __str__(self):
        raise ValueError

"""
CHECK = """
from msgspec import Struct
from checker.checks import CheckType
from checker.model import Found
from checker.nodes import span_of

class Options(Struct, frozen=True):
    {option}

def check(nodes, options, plan):
    for node in nodes:
        {body}

@hookimpl
def plancheck_checks():
    return [CheckType("trial", Options, check, Bilingual("试", "trial"){more})]
"""
FOUND = "yield Found(span_of(node), node=node)"
READER = """
from msgspec.structs import replace
from checker.plain_text import from_string
from checker.problems import Unreadable
from checker.reader import Reader

def read(data, suffix):
    text = from_string(data.decode())
    {body}

@hookimpl
def plancheck_readers():
    return [Reader("oa", (".oa",), read)]
"""


def check_type(body: str = FOUND, more: str = "", option: str = "pass") -> str:
    """Return the source of a plugin with a check type ``trial``."""
    return CHECK.format(body=body, more=more, option=option)


RULES = {
    "an exception that cannot say anything": (WORDLESS + check_type("raise Wordless"), "出错：Wordless"),
    "a fix that is no text": (
        check_type("yield Found(span_of(node), node=node, fix=object())"),
        "的 fix 是 object，应是 str 或 None",
    ),
    "a reason that is no sentence": (check_type(more=", waits_for=lambda options: 'later'"), "的 waits_for 返回了 str"),
    "half a character in an exception": (check_type(f"raise ValueError('{HALF}')"), "出错：ValueError: "),
    "mistakes that raise": (check_type(more=", mistakes=lambda options, kind: 1 / 0"), "出错：ZeroDivisionError"),
    "mistakes that are none": (check_type(more=", mistakes=lambda options, kind: [3]"), "出错：TypeError"),
    "fields for messages that are none": (check_type(more=", message_fields=lambda options: 3"), "出错：TypeError"),
    "options that raise when they are made": (
        check_type(option="\n    def __post_init__(self):\n        raise KeyError('made')"),
        "出错：KeyError: 'made'",
    ),
}


@pytest.mark.parametrize(("source", "said"), RULES.values(), ids=RULES)
def test_a_check_type_that_gives_rubbish_costs_its_rules(
    plancheck: Run,
    site: Path,
    tmp_path: Path,
    distribute: Distribute,
    pack: Callable[..., Path],
    source: str,
    said: str,
) -> None:
    distribute(source)
    folder = pack(check="trial", options="{}")
    arguments = ["check", "bad.txt", "--select", "ours,plan/lead-unit", "--rules", str(folder)]
    result = plancheck(*arguments, "--format", "json", PYTHONPATH=str(site))
    assert result.returncode == 2
    report = json.loads(result.stdout)
    told = [rule["reason"] or "" for rule in report["files"][0]["rules"]] + report["problems"]
    (mine,) = {line for line in told if said in line}
    assert "插件 trial（plancheck-trial 1.2）" in mine
    assert [one["rule"] for one in report["files"][0]["violations"]] == ["plan/lead-unit"]


FAULTS = {
    "fields that are no names": (check_type(more=", fields=3"), "fields 应是名称的元组"),
    "options of a type that no file can hold": (check_type(option="one: BaseException = None"), "options 的类型读不懂"),
    "a path of bytes": ("@hookimpl\ndef plancheck_lexicon():\n    return [b'/words']\n", "应是文件夹的路径"),
    "a path with a zero": ("@hookimpl\ndef plancheck_rule_packs():\n    return ['a\\0b']\n", "应是文件夹的路径"),
    "a path with half a character": (f"@hookimpl\ndef plancheck_lexicon():\n    return ['{HALF}']\n", "文件夹的路径"),
    "a wordless exception": (
        WORDLESS + "@hookimpl\ndef plancheck_checks():\n    raise Wordless\n",
        "未使用：出错：Wordless",
    ),
    "a Problem without a message": (
        "from checker.problems import Problem\nclass Mine(Problem):\n    def __init__(self):\n        pass\n"
        "@hookimpl\ndef plancheck_checks():\n    raise Mine\n",
        "未使用：出错：Mine",
    ),
    "a grammar that raises what cannot be said": (
        WORDLESS + "@hookimpl\ndef plancheck_grammar(name, grammar):\n    raise Wordless\n",
        "未使用：出错：Wordless",
    ),
    "a command by a way that is not for plugins": (
        "@hookimpl\ndef plancheck_commands(cli):\n    cli.add_later('greet', 'a:b', 'hello')\n",
        "AttributeError: 'Group' object has no attribute 'add_later'",
    ),
    "a version that is no number": ("PLANCHECK_API_VERSION = object()\n", "是为接口版本 object 写的"),
    "a version that is too large for JSON": ("PLANCHECK_API_VERSION = 10**30\n", "是为接口版本 int 写的"),
}


@pytest.mark.parametrize(("source", "said"), FAULTS.values(), ids=FAULTS)
def test_a_plugin_that_gives_rubbish_is_left_out_and_listed(
    plancheck: Run, site: Path, tmp_path: Path, distribute: Distribute, source: str, said: str
) -> None:
    distribute(source)
    env = {"PYTHONPATH": str(site)}
    result = plancheck("check", "bad.txt", "--select", "plan/lead-unit", "--format", "concise", **env)
    assert result.returncode == 2
    assert result.stdout.startswith("bad.txt:8:1: error plan/lead-unit")
    assert result.stderr.startswith("plancheck: 插件 trial（plancheck-trial 1.2）未使用：")
    assert said in result.stderr
    listed = plancheck("plugins", "--format", "json", **env)
    assert listed.returncode == 2
    assert json.loads(listed.stdout)[-1]["problems"]


def test_rules_that_are_asked_for_and_left_out_are_not_evaluated(
    plancheck: Run, site: Path, distribute: Distribute, pack: Callable[..., Path]
) -> None:
    folder = str(pack())
    distribute(
        f"@hookimpl\ndef plancheck_rule_packs():\n    return [{folder!r}]\n"
        "@hookimpl\ndef plancheck_checks():\n    return [3]\n"
    )
    for name in ("ours", "ours/lead"):
        result = plancheck("check", "bad.txt", "--select", name, "--format", "json", PYTHONPATH=str(site))
        assert result.returncode == 2
        (rule,) = json.loads(result.stdout)["files"][0]["rules"]
        assert (rule["rule"], rule["outcome"]) == ("ours/lead", "not-evaluated")
        assert "没有名为" not in result.stderr


READERS = {
    "a source that is none": ("return replace(text, source=None)", "交出的 source 是 NoneType，应是 str"),
    "a format that is no word": ("return replace(text, format=object())", "交出的 format 是 object，应是 str"),
    "paragraphs that are none": ("return replace(text, paragraphs=(3,))", "交出的 Text 不成样子（AttributeError"),
    "a message that is no sentence": ("raise Unreadable(Bilingual(3, None))", "出错：Unreadable"),
}


@pytest.mark.parametrize(("body", "said"), READERS.values(), ids=READERS)
def test_a_reader_that_gives_rubbish_costs_the_draft(
    plancheck: Run, site: Path, tmp_path: Path, distribute: Distribute, body: str, said: str
) -> None:
    distribute(READER.format(body=body))
    (tmp_path / "bad.oa").write_text(BAD, encoding="utf-8")
    arguments = ["check", "bad.oa", "bad.txt", "--select", "plan/lead-unit", "--format", "concise"]
    result = plancheck(*arguments, PYTHONPATH=str(site))
    assert result.returncode == 2
    assert "bad.txt:8:1: error plan/lead-unit" in result.stdout
    assert said in result.stdout + result.stderr


def test_what_plugins_print_is_in_no_output_of_other_commands(
    plancheck: Run, site: Path, tmp_path: Path, distribute: Distribute, pack: Callable[..., Path]
) -> None:
    noisy = "def noisy(options, kind):\n    print('noise')\n    return []\n"
    made = check_type("print('noise')", more=", mistakes=noisy")
    distribute(noisy + made + READER.format(body="print('noise'); return text"))
    (tmp_path / "bad.oa").write_text(BAD, encoding="utf-8")
    folder = pack(check="trial", options="{}")
    example = "examples: {bad: [{at: [2], plan: '一、任务\n\n  1.办好讲座。每月一次。（县教育局牵头）'}]}\n"
    with (folder / "lead.yaml").open("a", encoding="utf-8") as rule:
        rule.write(example)
    for arguments in (
        ["parse", "bad.oa", "--format", "json"],
        ["check", "bad.oa", "--rules", str(folder), "--format", "json", "--no-cache"],
        ["test", str(folder)],
    ):
        result = plancheck(*arguments, PYTHONPATH=str(site))
        assert "noise" in result.stderr
        assert "noise" not in result.stdout


def test_a_grammar_that_reads_nothing_costs_drafts_and_examples_alone(
    plancheck: Run, site: Path, tmp_path: Path, distribute: Distribute
) -> None:
    distribute(
        "@hookimpl\ndef plancheck_grammar(name, grammar):\n"
        "    return 'start: ROW*\\n%declare ROW\\n' if name == 'plan' else None\n"
    )
    for arguments in (["parse", "bad.txt"], ["test", "--select", "plan/lead-unit"]):
        result = plancheck(*arguments, PYTHONPATH=str(site))
        assert result.returncode == 2
        assert "插件 trial（plancheck-trial 1.2）改动的语法读不了它：" in result.stderr


def test_what_a_command_returns_is_no_exit_status(
    plancheck: Run, site: Path, tmp_path: Path, distribute: Distribute
) -> None:
    distribute(
        "import click\nclass Shy(click.Command):\n"
        "    def get_short_help_str(self, limit=80):\n        raise ValueError\n"
        "@hookimpl\ndef plancheck_commands(cli):\n    cli.add_command(Shy('shy', callback=lambda: 3))\n"
    )
    env = {"PYTHONPATH": str(site)}
    result = plancheck("shy", **env)
    assert (result.returncode, result.stderr) == (0, "")
    assert plancheck("--help", **env).returncode == 0


def test_numbers_and_ids_of_violations_have_bounds(
    plancheck: Run, site: Path, tmp_path: Path, distribute: Distribute
) -> None:
    for name, change in (("count", "count=10**30"), ("rule", "rule='a/' + 'b' * 1000")):
        distribute(
            "from msgspec.structs import replace\n@hookimpl\ndef plancheck_violations(violations):\n"
            f"    return [replace(one, {change}) for one in violations]\n",
            name=name,
        )
    result = plancheck("check", "bad.txt", "--format", "json", PYTHONPATH=str(site))
    assert result.returncode == 2
    assert len(json.loads(result.stdout)["files"][0]["problems"]) == 2
    assert len(result.stderr) < 2000


# ------------------------------------------------------------------ where plugins come from


def test_metadata_that_nobody_can_read_costs_nothing_but_its_plugin(
    plancheck: Run, site: Path, tmp_path: Path, distribute: Distribute
) -> None:
    distribute("@hookimpl\ndef plancheck_checks():\n    return []\n")
    for name, data in {"other": b"[console_scripts]\na = \xff\n", "ours": b"[plancheck]\na = \xff\n"}.items():
        metadata = site / f"{name}-1.dist-info"
        metadata.mkdir()
        (metadata / "entry_points.txt").write_bytes(data)
    (site / "ours-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: ours\nVersion: 1\n")
    result = plancheck("check", "clean.txt", "--format", "concise", PYTHONPATH=str(site))
    assert result.returncode == 2
    assert result.stderr == "plancheck: 插件 ours（ours 1）未使用：发行包的 entry_points.txt 读不懂\n"


def test_a_distribution_without_a_name_is_named_by_its_module(
    plancheck: Run, site: Path, tmp_path: Path, distribute: Distribute
) -> None:
    distribute("@hookimpl\ndef plancheck_checks():\n    return []\n")
    (site / "plancheck_trial-1.2.dist-info" / "METADATA").unlink()
    result = plancheck("plugins", PYTHONPATH=str(site))
    assert result.returncode == 0
    assert "trial  plancheck_trial  接口版本 1" in result.stdout


def test_entry_points_that_are_changed_in_place_are_found(
    plancheck: Run, site: Path, tmp_path: Path, distribute: Distribute
) -> None:
    distribute("@hookimpl\ndef plancheck_checks():\n    return []\n")
    env = {"PYTHONPATH": str(site)}
    assert "trial  plancheck-trial 1.2" in plancheck("plugins", **env).stdout
    points = site / "plancheck_trial-1.2.dist-info" / "entry_points.txt"
    points.write_text("[plancheck]\nrenamed = plancheck_trial\n")
    os.utime(points, (1, 1))  # whatever the resolution of the clock
    assert "renamed  plancheck-trial 1.2" in plancheck("plugins", **env).stdout


def test_a_plugin_in_an_archive_is_found_when_it_comes(
    plancheck: Run, site: Path, tmp_path: Path, distribute: Distribute
) -> None:
    distribute("@hookimpl\ndef plancheck_checks():\n    return []\n")
    assert "没有安装第三方插件" in plancheck("plugins").stdout
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
        for path in sorted(site.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(site))
    result = plancheck("plugins", PYTHONPATH=str(tmp_path / "site.zip"))
    assert "trial  plancheck-trial 1.2" in result.stdout


def test_two_plugins_of_one_name_are_both_in_the_report(
    plancheck: Run, site: Path, tmp_path: Path, distribute: Distribute
) -> None:
    for name in ("east", "west"):
        distribute("@hookimpl\ndef plancheck_checks():\n    return []\n", name=name)
        (site / f"plancheck_{name}-1.2.dist-info" / "entry_points.txt").write_text(
            f"[plancheck]\nsame = plancheck_{name}\n"
        )
    result = plancheck("check", "clean.txt", "--format", "json", PYTHONPATH=str(site))
    assert json.loads(result.stdout)["tool"]["plugins"] == {"same": "1.2", "same (plancheck-west)": "1.2"}


def test_a_file_in_a_folder_with_a_colon_is_loaded(plancheck: Run, tmp_path: Path) -> None:
    place = tmp_path / "a:b"
    try:
        place.mkdir()
    except OSError:  # Windows: there every absolute path has one
        place = tmp_path
    (place / "mine.py").write_text(
        "from checker.hookspecs import hookimpl\n@hookimpl\ndef plancheck_checks(): return []\n"
    )
    result = plancheck("plugins", "--plugin", str(place / "mine.py"))
    assert result.returncode == 0


def test_a_package_without_its_init_file_is_told_so(
    plancheck: Run, site: Path, tmp_path: Path, distribute: Distribute, pack: Callable[..., Path]
) -> None:
    distribute("", value="bare")
    (site / "bare").mkdir()
    pack().rename(site / "bare" / "ours")
    result = plancheck("plugins", PYTHONPATH=str(site))
    assert "有错：包里没有 __init__.py，空的也行" in result.stdout
