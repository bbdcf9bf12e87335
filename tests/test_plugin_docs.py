"""The pages on plugins, on stability and on security tell the truth: what they show is run, what they say is tried."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest
from drafts import BAD, CLEAN
from pages import DOCS, Page, named, rows

import checker.model
from checker import checks, hookspecs, patterns, violations
from checker.contributions import GRAMMARS
from checker.engine import Review, Selection, check_file, check_paths
from checker.grammar import Tree, bundled, tables_of
from checker.host import Host, Plugin
from checker.lines import from_lines
from checker.model import FileReport, Outcome, Paragraph, Report, Text
from checker.plain_text import from_string
from checker.reader import Reader
from checker.reporters import Reporter

Run = Callable[..., Any]
PLUGINS, STABILITY, SECURITY = Page("plugins.md"), Page("stability.md"), Page("security.md")
PAGES = {"plugins.md": PLUGINS, "stability.md": STABILITY, "security.md": SECURITY}
HOOKS = sorted(name for name in vars(hookspecs) if name.startswith("plancheck_"))


def signature(function: Callable[..., object]) -> str:
    """Return how a function is called, as a page shows it: types as they are written, without quotes."""
    parameters = inspect.signature(function)
    shown = [
        one.replace(annotation=_Written(one.annotation)) if one.annotation is not one.empty else one
        for one in parameters.parameters.values()
    ]
    returns = _Written(parameters.return_annotation)
    return f"def {function.__name__}{parameters.replace(parameters=shown, return_annotation=returns)}"


class _Written:
    """A type as it is written in a module with postponed annotations."""

    def __init__(self, words: object) -> None:
        self.words = words

    def __repr__(self) -> str:
        return str(self.words)


# ----------------------------------------------------------------- plugins.md: what it shows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all files of docs/plugins.md."""
    place = tmp_path_factory.mktemp("page")
    PLUGINS.write_files(place)
    return place


def test_every_command_shows_what_the_page_says(plancheck: Run, tmp_path: Path) -> None:
    site = tmp_path / "site"

    def pip(*arguments: str) -> subprocess.CompletedProcess[str]:
        assert arguments[:-1] == ("install", "--quiet")
        offline = ("--no-index", "--no-deps", "--no-build-isolation", "--target", str(site))
        command = [sys.executable, "-m", "pip", "install", "--quiet", *offline, arguments[-1]]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        done: subprocess.CompletedProcess[str] = plancheck(*arguments, PYTHONPATH=str(site))
        shown = done.stdout.replace(f"{site}{os.sep}", "…/").replace(f"{tmp_path}{os.sep}", "…/")
        return subprocess.CompletedProcess(done.args, done.returncode, shown, done.stderr)

    commands = 0
    for line, command, shows, page_shows in PLUGINS.follow(run, tmp_path, {"pip": pip}):
        commands += 1
        rest = page_shows.removeprefix("……\n")  # lines before are left out
        assert rest or not page_shows, f"line {line}: {command}"
        assert (shows if rest == page_shows else shows[-len(rest) :]) == rest, f"line {line}: {command}"
    assert commands >= 15


def test_commands_without_output_name_what_there_is() -> None:
    from checker.host import host

    lines = [line.split() for block in PLUGINS.blocks if block.kind == "sh" for line in block.content.splitlines()]
    used = {words[1] for words in lines if words[0] == "plancheck"}
    assert used
    assert used <= set(host().own_commands)
    assert {words[0] for words in lines} == {"plancheck", "python"}


def test_new_plugin_writes_what_the_page_lists(plancheck: Run, tmp_path: Path) -> None:
    part = PLUGINS.part("### 2. 加上代码")
    assert plancheck("new-plugin", "mytown").returncode == 0
    place = tmp_path / "plancheck-mytown"
    for cells in rows(part):
        for name in named(cells[0]):
            assert (place / name).exists(), name
    source = "".join(path.read_text(encoding="utf-8") for path in (place / "plancheck_mytown").rglob("*.py"))
    assert "@hookimpl" in source
    assert "plancheck_checks" in source
    (pack,) = (place / "plancheck_mytown").rglob("pack.yaml")
    assert len(list(pack.parent.glob("*.yaml"))) == 1 + 2, "the pack's file and two rules"
    assert any("checker.testing" in path.read_text(encoding="utf-8") for path in (place / "tests").glob("*.py"))


def test_the_tests_that_the_page_shows_pass(folder: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ".", "test_county.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 passed" in done.stdout


# ------------------------------------------------------------------------------- the hooks


def test_there_is_a_section_for_every_hook_and_for_no_other() -> None:
    assert sorted(re.findall(r"^### `(\w+)`", PLUGINS.part("## 三、钩子"), re.MULTILINE)) == HOOKS
    listed = [named(cells[0])[0] for cells in rows(PLUGINS.part("## 三、钩子").partition("\n### ")[0])]
    assert sorted(listed) == HOOKS


@pytest.mark.parametrize("hook", HOOKS)
def test_the_section_of_a_hook_begins_with_its_signature(hook: str) -> None:
    first = re.search("```python\n(.*?)```", PLUGINS.part(f"### `{hook}`"), re.DOTALL)
    assert first
    assert first[1] == signature(getattr(hookspecs, hook)) + "\n"


@pytest.mark.parametrize("hook", HOOKS)
def test_the_section_of_a_hook_says_when_it_is_called_what_it_returns_and_what_goes_wrong(hook: str) -> None:
    told = [cells[0] for cells in rows(PLUGINS.part(f"### `{hook}`"))]
    assert told[0] == "何时调用"
    assert ("参数" in told) is bool(inspect.signature(getattr(hookspecs, hook)).parameters)
    assert [word for word in told if word != "参数"] in (
        ["何时调用", "返回", word, "出错"] for word in ("同名", "冲突")
    )


def examples() -> Iterator[tuple[str, str]]:
    """Yield the hooks, each with the file of the example in its section."""
    for hook in HOOKS:
        (name,) = re.findall(r"^\*\*`([^`]+\.py)`\*\*$", PLUGINS.part(f"### `{hook}`"), re.MULTILINE)
        yield hook, name


def loaded(path: Path) -> Plugin:
    """Return the plugin in a file, as a host takes it in."""
    host = Host((str(path),))
    (plugin,) = [one for one in host.third_parties if one.origin == str(path)]
    return plugin


ADDS: dict[str, Callable[[Any], object]] = {
    "plancheck_rule_packs": lambda given: [Path(pack).name for pack in given.packs],
    "plancheck_checks": lambda given: [check.name for check in given.checks],
    "plancheck_lexicon": lambda given: [Path(words).name for words in given.words],
    "plancheck_grammar": lambda given: list(given.grammars),
    "plancheck_readers": lambda given: [reader.suffixes for reader in given.readers],
    "plancheck_reporters": lambda given: [reporter.name for reporter in given.reporters],
    "plancheck_violations": lambda given: given.judges,
    "plancheck_commands": lambda given: list(given.commands),
}
WANTED: dict[str, object] = {
    "plancheck_rule_packs": ["packs"],
    "plancheck_checks": ["max-length"],
    "plancheck_lexicon": ["words"],
    "plancheck_grammar": ["clause"],
    "plancheck_readers": [(".oa",)],
    "plancheck_reporters": ["opinion"],
    "plancheck_violations": True,
    "plancheck_commands": ["leads"],
}


@pytest.mark.parametrize(("hook", "name"), list(examples()))
def test_the_example_of_a_hook_adds_what_the_page_says_and_nothing_else(folder: Path, hook: str, name: str) -> None:
    plugin = loaded(folder / name)
    assert plugin.fault is None
    for other, added in ADDS.items():
        found = added(plugin.given)
        assert found == WANTED[other] if other == hook else not found, other


def test_every_python_file_of_the_page_is_a_plugin_or_a_test(folder: Path) -> None:
    files = {block.file for block in PLUGINS.blocks if block.kind == "python" and block.file and "/" not in block.file}
    faults = {name: loaded(folder / name).fault for name in files - {"test_county.py"}}
    assert {name for name, fault in faults.items() if fault} == {"misspelt.py"}
    assert len(faults) == len(HOOKS) + 3


def test_every_other_piece_of_python_is_a_signature_or_a_line_of_it() -> None:
    pieces = [block.content for block in PLUGINS.blocks if block.kind == "python" and block.file is None]
    shown = {signature(function) + "\n" for function in (violations.violation_at, from_string, from_lines)}
    shown |= {signature(getattr(hookspecs, hook)) + "\n" for hook in HOOKS}
    assert set(pieces) - shown == {f"PLANCHECK_API_VERSION = {hookspecs.API_VERSION}\n"}
    assert shown <= set(pieces)


def test_words_of_the_example_make_two_names_one_unit(plancheck: Run, tmp_path: Path) -> None:
    PLUGINS.write_files(tmp_path)
    (tmp_path / "units.txt").write_text(
        "云岭县招商工作方案（2024—2026年）\n\n一、主要任务\n"
        "1.办好推介会。每年两次。（县经济促进局牵头，县科协配合）\n"
        "2.办好展览。每年一次。（县经济促进局牵头，县科协配合）\n"
        "3.编印手册。免费发放。（县经促局牵头，县科协配合）\n",
        encoding="utf-8",
    )
    arguments = ("check", "units.txt", "--select", "plan/unit-name", "--format", "concise")
    assert plancheck(*arguments).stdout == ""
    assert "县经促局" in plancheck(*arguments, "--plugin", "county_words.py").stdout


def test_the_tick_of_the_example_is_no_part_of_a_title(plancheck: Run, tmp_path: Path) -> None:
    PLUGINS.write_files(tmp_path)
    (tmp_path / "ticks.txt").write_text(
        "云岭县试验方案（2024—2026年）\n\n一、主要任务\n"
        "√建好书角。配备图书。（县教育局牵头）\n√办好讲座。每月一次。（县科协牵头）\n",
        encoding="utf-8",
    )

    def titles(*arguments: str) -> list[str]:
        done = plancheck("parse", "ticks.txt", "--format", "json", *arguments)
        return [measure["title"] for measure in json.loads(done.stdout)["measures"]]

    assert titles() == ["√建好书角", "√办好讲座"]
    assert titles("--plugin", "tick_grammar.py") == ["建好书角", "办好讲座"]


def test_a_hook_gets_only_the_arguments_that_it_names(tmp_path: Path) -> None:
    path = plugin_file(tmp_path, "@hookimpl\ndef plancheck_violations(violations):\n    return violations[:0]\n")
    assert checked(tmp_path, path).violations == ()


def test_results_depend_on_the_files_that_the_page_names(tmp_path: Path) -> None:
    (told,) = [line for line in PLUGINS.part("## 八、缓存").splitlines() if "文件的大小和修改时间" in line]
    assert "它所在的最上层的包里所有文件" in told
    suffixes = (".py", ".yaml", ".csv", "")
    plugin = Plugin("trial", "plancheck_trial")
    plugin.code = str(tmp_path)
    stamps = {plugin.stamp}
    for suffix in suffixes:
        (tmp_path / f"file{suffix}").write_text("", encoding="utf-8")
        stamps.add(plugin.stamp)
    assert len(stamps) == 1 + len(suffixes)


@pytest.mark.parametrize("order", ["tryfirst", "trylast", "wrapper", "hookwrapper"])
def test_no_other_order_is_accepted(tmp_path: Path, order: str) -> None:
    body = "    yield\n" if "wrapper" in order else "    return None\n"
    path = plugin_file(tmp_path, f"@hookimpl({order}=True)\ndef plancheck_violations(plan, violations):\n{body}")
    fault = loaded(path).fault
    assert fault is not None
    assert order in fault.zh


# ------------------------------------------------------------------- the types and grammars

TYPES = (checks.CheckType, checker.model.Found, checker.model.Violation, Reader, Text, Paragraph, Reporter, Report)


@pytest.mark.parametrize("shape", [*TYPES, FileReport], ids=lambda shape: shape.__name__)
def test_the_table_of_a_type_has_every_field_in_order(shape: type[msgspec.Struct]) -> None:
    table = PLUGINS.part(f"### `{shape.__name__}`").partition("\n\n节点的属性")[0]
    listed = [(named(cells[0])[0], cells[1]) for cells in rows(table)]
    assert [name for name, _ in listed] == [field.name for field in msgspec.structs.fields(shape)]
    assert all(about for _, about in listed)


def test_outcomes_have_the_fields_that_the_page_names() -> None:
    (about,) = [cells[1] for cells in rows(PLUGINS.part("### `FileReport`")) if named(cells[0]) == ["rules"]]
    kinds = set(checker.model.OutcomeKind.__args__)  # type: ignore[attr-defined]
    assert set(named(about)) == {field.name for field in msgspec.structs.fields(Outcome)} | kinds


def test_the_functions_of_nodes_are_called_as_the_page_says() -> None:
    from checker import nodes

    listed = [named(cells[0])[0] for cells in rows(PLUGINS.part("### `Found`")) if "(" in cells[0]]
    assert listed
    for call in listed:
        name, _, given = call.rstrip(")").partition("(")
        assert list(inspect.signature(getattr(nodes, name)).parameters) == given.split(", "), call


def test_there_is_a_section_for_every_grammar() -> None:
    assert tuple(re.findall(r"^### `(\w+)`", PLUGINS.part("## 五、语法"), re.MULTILINE)) == GRAMMARS


@pytest.mark.parametrize("name", GRAMMARS)
def test_the_table_of_a_grammar_has_every_token(name: str) -> None:
    source = bundled(name)
    told = {token for cells in rows(PLUGINS.part(f"### `{name}`")) for token in named(cells[0])}
    declared = {word for line in re.findall("^%declare (.*)$", source, re.MULTILINE) for word in line.split()}
    assert told == declared | {terminal.name for terminal in tables_of(source).terminals}


def test_the_grammar_of_plans_reads_its_tokens_in_any_order() -> None:
    from itertools import product

    from checker.grammar import parsed, valued_token

    kinds = ["TEXT", "CLAUSE", "BULLET", "ROW", *(f"LEVEL{level}" for level in range(1, 7))]
    for body in product(kinds, repeat=3):
        tokens = [valued_token(kind, None) for kind in ("FRONT", *body, "CLOSING")]
        assert isinstance(parsed("plan", tokens), Tree)


def test_the_grammar_of_targets_reads_its_tokens_in_any_order() -> None:
    from itertools import product

    from checker.grammar import Unexpected, parsed, valued_token

    kinds = [token for cells in rows(PLUGINS.part("### `target`")) for token in named(cells[0])]
    for tokens in product(kinds, repeat=3):
        given = [valued_token(kind, None) for kind in tokens]
        if all(before == "QUANTITY" for before, kind in zip(["", *tokens], tokens, strict=False) if kind == "BOUND"):
            assert isinstance(parsed("target", given), Tree)
        else:
            with pytest.raises(Unexpected):
                parsed("target", given)


# ------------------------------------------------------------------------------- stability


def public_names() -> Iterator[tuple[str, list[str]]]:
    """Yield the modules of docs/stability.md, each with the names that it lists."""
    for module, names in rows(STABILITY.part("### Python")):
        yield named(module)[0], named(names)


@pytest.mark.parametrize(("module", "names"), list(public_names()))
def test_public_names_are_there(module: str, names: list[str]) -> None:
    assert names
    assert [name for name in names if not hasattr(import_module(module), name)] == []


def test_all_types_of_the_model_are_public() -> None:
    listed = dict(public_names())["checker.model"]
    own = [
        name
        for name, one in vars(checker.model).items()
        if isinstance(one, type) and one.__module__ == "checker.model" and not name.startswith("_")
    ]
    assert set(own) <= set(listed)


def test_the_whole_kit_is_public_and_all_hooks_are() -> None:
    listed = dict(public_names())
    assert sorted(listed["checker.testing"]) == sorted(import_module("checker.testing").__all__)
    assert sorted(name for name in listed["checker.hookspecs"] if name.startswith("plancheck_")) == HOOKS
    assert sorted(listed["checker"]) == sorted(checker.__all__)


def test_what_is_public_of_a_host_is_there() -> None:
    (told,) = re.findall("`Host`，只有 (.*?) 四个属性公开", STABILITY.text)
    assert [name for name in named(told) if not getattr(Host(), name)] == []
    assert len(named(told)) == 4


def test_what_examples_import_is_public() -> None:
    public = dict(public_names())
    for block in PLUGINS.blocks:
        if block.kind == "python" and block.file:
            for module, names in re.findall(r"^from (checker[\w.]*) import (.*)$", block.content, re.MULTILINE):
                assert set(names.split(", ")) <= set(public[module]), (block.file, module)


def test_the_api_version_is_the_one_of_the_code() -> None:
    told = STABILITY.part("## 接口版本")
    assert f"现在的接口版本是 `{hookspecs.API_VERSION}`" in told
    assert f"仍接受的最旧版本是 `{hookspecs.OLDEST_API_VERSION}`" in told
    assert f"现在的版本是 {hookspecs.API_VERSION}，最旧的也是 {hookspecs.OLDEST_API_VERSION}。" in PLUGINS.text


@pytest.mark.parametrize(
    ("version", "accepted"), [("1", False), ("2", True), ("3", True), ("4", False), ("'2'", False), (None, False)]
)
def test_versions_from_the_oldest_to_the_newest_are_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str | None, accepted: bool
) -> None:
    monkeypatch.setattr(hookspecs, "OLDEST_API_VERSION", 2)
    monkeypatch.setattr(hookspecs, "API_VERSION", 3)
    says = "" if version is None else f"PLANCHECK_API_VERSION = {version}\n"
    fault = loaded(plugin_file(tmp_path, f"{says}@hookimpl\ndef plancheck_checks():\n    return []\n")).fault
    assert (fault is None) is accepted
    if fault is not None:
        assert f"接口版本 {(version or '1').strip(chr(39))} 写的" in fault.zh
        assert "接受的是 2—3" in fault.zh


def test_an_old_plugin_that_is_accepted_is_not_warned_of(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    recwarn: pytest.WarningsRecorder,
) -> None:
    monkeypatch.setattr(hookspecs, "API_VERSION", 2)
    path = plugin_file(tmp_path, "PLANCHECK_API_VERSION = 1\n@hookimpl\ndef plancheck_checks():\n    return []\n")
    assert loaded(path).api_version == 1
    assert (*capsys.readouterr(), list(recwarn)) == ("", "", [])


def test_exit_statuses_and_schemas_are_as_they_are_listed(plancheck: Run, tmp_path: Path) -> None:
    assert [named(cells[0]) or cells[0] for cells in rows(STABILITY.part("### 命令行"))] == ["0", "1", "2", "3", "130"]
    (tmp_path / "bad.txt").write_text(BAD, encoding="utf-8")
    (tmp_path / "clean.txt").write_text(CLEAN, encoding="utf-8")
    assert [plancheck("check", name).returncode for name in ("clean.txt", "bad.txt", "none.txt")] == [0, 1, 2]
    assert json.loads(plancheck("check", "bad.txt", "--format", "json").stdout)["schema"] == 1
    assert json.loads(plancheck("parse", "bad.txt", "--format", "json").stdout)["schema"] == 1
    for words in re.findall("`plancheck schema ([^`]+)`", STABILITY.text):
        assert plancheck("schema", words).returncode == 0, words


# -------------------------------------------------------------------------------- security

HEAD = """\
from msgspec import Struct
from msgspec.structs import replace
from checker.checks import CheckType
from checker.hookspecs import hookimpl
from checker.model import Bilingual, Found, Span
from checker.plain_text import from_string
from checker.reader import Reader
from checker.reporters import Reporter


class Options(Struct):
    pass


"""
CHECK = """\
def check(nodes, options, plan):
{body}


@hookimpl
def plancheck_checks():
    return [CheckType("own", Options, check, Bilingual("自己的", "own"))]


@hookimpl
def plancheck_rule_packs():
    return [__file__.replace("plugin.py", "own-pack")]
"""
RULE = "title: 试验\nseverity: error\nnode: plan\ncheck: own\nmessage: 试验\n"
EVIL = "坏\x1b[31m\x07\x9b\u202e话"
COMMANDS_A_TERMINAL = set("\x1b\x07\x9b\u202e")


def plugin_file(folder: Path, source: str) -> Path:
    """Return a file with a plugin; it has what it needs imported."""
    path = folder / "plugin.py"
    path.write_text(HEAD + source, encoding="utf-8")
    return path


def checking_plugin(folder: Path, body: str, rule: str = RULE) -> Path:
    """Return a file with a plugin that has a check type and a rule of it."""
    pack = folder / "own-pack"
    pack.mkdir(exist_ok=True)
    (pack / "pack.yaml").write_text("title: 试验\nversion: 0.1.0\n", encoding="utf-8")
    (pack / "rule.yaml").write_text(rule, encoding="utf-8")
    return plugin_file(folder, CHECK.format(body=body))


def reviewed(folder: Path, path: Path, *select: str, draft: str = BAD, suffix: str = ".txt") -> Report:
    """Return the report of a draft, checked with a plugin."""
    place = folder / f"draft{suffix}"
    place.write_text(draft, encoding="utf-8")
    return check_paths([str(place)], Review(Selection(select or ("all",)), plugins=Host((str(path),))))


def checked(folder: Path, path: Path, *select: str, draft: str = BAD, suffix: str = ".txt") -> FileReport:
    (file,) = reviewed(folder, path, *select, draft=draft, suffix=suffix).files
    return file


def test_every_guarantee_names_a_test_that_is_here() -> None:
    promises = rows(SECURITY.part("## plancheck 仍然保证的"))
    names = [named(cells[1])[0] for cells in promises]
    assert len(names) >= 12
    assert [name for name in names if not callable(globals().get(name))] == []


@pytest.mark.parametrize("how", ["--no-plugins", "PLANCHECK_DISABLE_PLUGINS"])
def test_turned_off_no_line_of_a_plugin_runs(plancheck: Run, tmp_path: Path, how: str) -> None:
    (tmp_path / "bad.txt").write_text(BAD, encoding="utf-8")
    site = tmp_path / "site"
    metadata = site / "plancheck_trial-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: plancheck-trial\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[plancheck]\ntrial = plancheck_trial\n")
    (site / "plancheck_trial.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n")
    arguments, environment = ((how,), {}) if how.startswith("-") else ((), {how: "1"})
    for command in (("check", "bad.txt"), ("plugins",), ("rules",), ("explain", "plan/lead-unit"), ("--help",)):
        assert plancheck(*arguments, *command, PYTHONPATH=str(site), **environment).returncode in (0, 1)
    assert not (tmp_path / "ran").exists()
    plancheck("plugins", PYTHONPATH=str(site))
    assert (tmp_path / "ran").exists(), "turned on it does run"


@pytest.mark.parametrize(
    "hostile",
    [
        "title: !!python/object/apply:os.mkdir [{ran}]\n",
        "".join(
            f"{b}: &{b} [{', '.join([f'*{a}'] * 9) if a else 'x'}]\n"
            for a, b in zip(["", *"abcdefg"], "abcdefgh", strict=True)
        ),
        "title: " + "[" * 100_000,
    ],
    ids=["an object of Python", "aliases of aliases", "brackets without end"],
)
def test_rule_files_of_a_plugin_are_data(tmp_path: Path, hostile: str) -> None:
    path = checking_plugin(tmp_path, "    yield Found(Span(0, 1))")
    words = tmp_path / "own-pack" / "lexicon"
    words.mkdir()
    for file in (tmp_path / "own-pack" / "wrong.yaml", words / "organs.yaml"):
        file.write_text(hostile.replace("{ran}", str(tmp_path / "ran")), encoding="utf-8")
    report = reviewed(tmp_path, path, "own-pack")
    assert not (tmp_path / "ran").exists()
    assert all(any(name in problem for problem in report.problems) for name in ("wrong.yaml:", "organs.yaml:"))
    assert [one.rule for one in report.files[0].violations] == ["own-pack/rule"], "the others go on"


def test_a_slow_pattern_of_a_plugin_s_rule_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "PATTERN_SECONDS", 0.1)
    rule = RULE.replace("node: plan", "node: section\nwhere: {text: {matches: '(县|县县)+$'}}")
    path = checking_plugin(tmp_path, "    yield from ()", rule)
    (outcome,) = checked(tmp_path, path, "own-pack", draft="一、工作目标\n" + "县" * 60 + "。\n").rules
    assert (outcome.outcome, outcome.reason) == ("not-evaluated", "超时：规则里的正则表达式太慢")


def test_a_slow_pattern_among_words_is_refused(tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.mkdir()
    (words / "roles.yaml").write_text("roles:\n  - {role: other, title: '(.*)*兜底'}\n", encoding="utf-8")
    path = plugin_file(tmp_path, f"@hookimpl\ndef plancheck_lexicon():\n    return [{str(words)!r}]\n")
    (problem,) = reviewed(tmp_path, path, "plan/lead-unit").problems
    assert "roles.yaml:2" in problem
    assert "要简单" in problem


@pytest.mark.parametrize("found", ["Found(Span(0, 10**9))", "Found(Span(-1, 2))", "Found(Span(5, 2))", "'第三行'"])
def test_findings_outside_of_the_draft_are_refused(tmp_path: Path, found: str) -> None:
    file = checked(tmp_path, checking_plugin(tmp_path, f"    yield {found}"), "own-pack")
    assert file.violations == ()
    assert [one.outcome for one in file.rules] == ["not-evaluated"]


@pytest.mark.parametrize(
    "given",
    [
        "[replace(violations[0], line=10**6)]",
        "[replace(violations[0], column=0)]",
        "[replace(violations[0], end_line=1)]",
        "[replace(violations[0], lines=(0,))]",
        "[replace(violations[0], rule='no id')]",
        "[replace(violations[0], severity='worst')]",
        "['问题']",
        "'问题'",
        "1",
    ],
)
def test_violations_outside_of_the_draft_are_refused(tmp_path: Path, given: str) -> None:
    source = f"@hookimpl\ndef plancheck_violations(plan, violations):\n    return {given}\n"
    file = checked(tmp_path, plugin_file(tmp_path, source), "plan/lead-unit")
    assert [(one.rule, one.line) for one in file.violations] == [("plan/lead-unit", 8)], "as they were before"
    (problem,) = file.problems
    assert problem.startswith("插件 plugin（")


@pytest.mark.parametrize(
    "edit",
    [
        "PlacedEdit(8, 1, 9, 1, '')",
        "PlacedEdit(8, 3, 8, 1, '')",
        "PlacedEdit(8, 1, 8, 10**6, '')",
        "PlacedEdit(0, 1, 0, 2, '')",
        "PlacedEdit(8, 1, 8, 2, '一\\n二')",
        "PlacedEdit(8, 1, 8, 2, 3)",
        "'edit'",
    ],
)
def test_edits_of_a_plugin_stay_within_a_line(tmp_path: Path, edit: str) -> None:
    source = (
        "from checker.model import PlacedEdit\n\n@hookimpl\ndef plancheck_violations(plan, violations):\n"
        f"    return [replace(violations[0], edits=({edit},))]\n"
    )
    file = checked(tmp_path, plugin_file(tmp_path, source), "plan/lead-unit")
    assert [one.edits for one in file.violations] == [()], "as they were before"
    (problem,) = file.problems
    assert problem.startswith("插件 plugin（")


@pytest.mark.parametrize(
    "text",
    [
        "replace(text, line_starts=(1, 2))",
        "replace(text, line_starts=(0, 10**6))",
        "replace(text, paragraphs=text.paragraphs[1:])",
        "replace(text, paragraphs=(replace(text.paragraphs[0], folded=''),))",
        "replace(text, paragraphs=(replace(text.paragraphs[0], runs=((0, 10**6),)),))",
        "text.source",
    ],
)
def test_an_unsound_text_is_refused(tmp_path: Path, text: str) -> None:
    source = (
        f"def read(data, suffix):\n    text = from_string(data.decode())\n    return {text}\n\n\n"
        "@hookimpl\ndef plancheck_readers():\n    return [Reader('own', ('.own',), read)]\n"
    )
    file = checked(tmp_path, plugin_file(tmp_path, source), suffix=".own")
    assert file.error is not None
    assert file.error.startswith("插件 plugin（")
    assert "的读取器“own”" in file.error


def test_what_plugins_say_commands_no_terminal(plancheck: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text(BAD, encoding="utf-8")
    rule = RULE.replace("message: 试验", "message: '说{said}'")
    path = checking_plugin(tmp_path, f"    yield Found(Span(0, 1), {{'said': {EVIL!r}}})", rule)
    source = path.read_text(encoding="utf-8").replace(
        'Bilingual("自己的", "own"))', f'Bilingual({EVIL!r}, "own"), fields=("said",))'
    )
    source += (
        "\n\n@hookimpl\ndef plancheck_violations(plan, violations):\n"
        f"    return [*violations, replace(violations[0], rule='own-pack/more', message={EVIL!r})]\n"
    )
    path.write_text(source, encoding="utf-8")
    for given in ("text", "concise", "json"):
        done = plancheck("check", "bad.txt", "--plugin", "plugin.py", "--format", given, "-v")
        assert done.stdout.count("坏") == 2, "of a rule, and of what a plugin has added"
        if given != "json":
            assert not COMMANDS_A_TERMINAL & set(done.stdout + done.stderr)
        else:
            assert not {"\x1b", "\x07"} & set(done.stdout)
            assert {"own-pack/more", "own-pack/rule"} < {
                one["rule"] for one in json.loads(done.stdout)["files"][0]["violations"]
            }
    for raising in (f"raise ValueError({EVIL!r})", f"__version__ = {EVIL!r}\nraise SystemExit({EVIL!r})"):
        path.write_text(raising, encoding="utf-8")
        done = plancheck("check", "bad.txt", "--plugin", "plugin.py")
        assert "坏" in done.stderr
        assert not COMMANDS_A_TERMINAL & set(done.stdout + done.stderr)


def test_what_plugins_print_is_in_no_report(plancheck: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text(BAD, encoding="utf-8")
    path = checking_plugin(tmp_path, "    print('喧哗：检查')\n    yield from ()")
    more = (
        "\n\nprint('喧哗：加载')\n\n\ndef render(report):\n    print('喧哗：报告')\n    return '报告\\n'\n\n\n"
        "@hookimpl\ndef plancheck_reporters():\n    print('喧哗：登记')\n    return [Reporter('own', render)]\n\n\n"
        "@hookimpl\ndef plancheck_violations(plan, violations):\n    print('喧哗：问题')\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    done = plancheck("check", "bad.txt", "--plugin", "plugin.py", "--format", "own")
    assert done.stdout == "报告\n"
    assert {line for line in done.stderr.splitlines() if line.startswith("喧哗")} == {
        f"喧哗：{when}" for when in ("检查", "加载", "报告", "登记", "问题")
    }


RAISING = ("raise ValueError('糟了')", "raise SystemExit(0)", "[].x", "raise RecursionError", "1 / 0")
PARTS = {
    "while it is loaded": "{raises}\n",
    "a hook": "@hookimpl\ndef plancheck_checks():\n    {raises}\n",
    "a say on violations": "@hookimpl\ndef plancheck_violations(plan, violations):\n    {raises}\n",
    "a command that is added": "@hookimpl\ndef plancheck_commands(cli):\n    {raises}\n",
    "a grammar": "@hookimpl\ndef plancheck_grammar(name, grammar):\n    {raises}\n",
}


@pytest.mark.parametrize("raises", RAISING)
@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_exceptions_of_plugins_end_their_own_part(tmp_path: Path, part: str, raises: str) -> None:
    report = reviewed(tmp_path, plugin_file(tmp_path, part.format(raises=raises)))
    (file,) = report.files
    assert [(one.rule, one.line) for one in file.violations] == [("plan/lead-unit", 8)]
    (problem,) = (*report.problems, *file.problems)
    assert problem.startswith("插件 plugin（")


@pytest.mark.parametrize("raises", RAISING)
def test_exceptions_of_checks_end_their_rules_and_those_of_readers_their_drafts(tmp_path: Path, raises: str) -> None:
    file = checked(tmp_path, checking_plugin(tmp_path, f"    {raises}"), "own-pack", "plan/lead-unit")
    assert {one.rule: one.outcome for one in file.rules} == {
        "own-pack/rule": "not-evaluated",
        "plan/lead-unit": "failed",
    }
    source = (
        f"def read(data, suffix):\n    {raises}\n\n\n"
        "@hookimpl\ndef plancheck_readers():\n    return [Reader('own', ('.own',), read)]\n"
    )
    path = plugin_file(tmp_path, source)
    assert (checked(tmp_path, path, suffix=".own").error or "").startswith("插件 plugin（")
    assert checked(tmp_path, path).error is None


@pytest.mark.parametrize(
    "claim",
    [
        "checks():\n    return [CheckType('required', Options, print, Bilingual('', ''))]",
        "readers():\n    return [Reader('own', ('.txt',), print)]",
        "reporters():\n    return [Reporter('json', print)]",
        "commands(cli):\n    cli.command('check')(print)",
    ],
    ids=["a check type", "a suffix", "a report format", "a command"],
)
def test_no_plugin_takes_a_name_that_is_there(tmp_path: Path, claim: str) -> None:
    report = reviewed(tmp_path, plugin_file(tmp_path, f"@hookimpl\ndef plancheck_{claim}\n"))
    (problem,) = report.problems
    assert "已有了（plancheck 自带）" in problem
    assert [one.rule for one in report.files[0].violations] == ["plan/lead-unit"], "what was there does its work"


def test_plancheck_itself_uses_no_network(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text(BAD, encoding="utf-8")
    program = (
        "import sys\n"
        "def watch(event, arguments):\n"
        "    if event.startswith(('socket.', 'urllib.', 'http.')):\n"
        "        raise SystemExit(f'network: {event}')\n"
        "sys.addaudithook(watch)\n"
        "from checker.cli import main\n"
        "main(sys.argv[1:])\n"
    )
    for command in (("check", "bad.txt"), ("parse", "bad.txt"), ("plugins",), ("rules",), ("schema", "rule")):
        done = subprocess.run(
            [sys.executable, "-c", program, *command],
            cwd=tmp_path,
            env={**os.environ, "PLANCHECK_CACHE_DIR": str(tmp_path / ".cache")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr
    opened = subprocess.run(
        [sys.executable, "-c", program.replace("from checker.cli import main", "import socket; socket.socket()")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "network: socket" in opened.stderr, "a plugin that opens a socket would be seen"


def test_the_cache_holds_data_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.cache import recall

    monkeypatch.setenv("PLANCHECK_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "draft.txt").write_text(BAD, encoding="utf-8")
    review = Review(Selection(("plan/lead-unit",)), cached=True)
    check_paths([str(tmp_path / "draft.txt")], review)
    entries = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert {path.suffix for path in entries} == {".msgpack"}
    for path in entries:
        msgspec.msgpack.decode(path.read_bytes()[4:])  # behind its checksum it is msgpack, which knows no code
        path.write_bytes(b"damaged" + path.read_bytes())
        assert recall(path.parts[-3], path.parts[-2] + path.stem, object) is None  # type: ignore[arg-type]
    assert check_file(str(tmp_path / "draft.txt"), review).violations


# ----------------------------------------------------------------------------------- links


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    found = re.findall(r"\]\(([^):]*?)(?:#([^)]+))?\)", re.sub("```.*?```", "", PAGES[name].text, flags=re.DOTALL))
    assert found
    for target, anchor in found:
        path = DOCS / target if target else DOCS / name
        assert path.exists(), target
        if anchor:
            assert anchor.lower() in Page(path.name).anchors(), (target, anchor)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_begins_with_a_short_summary_in_english(name: str) -> None:
    title, summary = PAGES[name].text.split("\n\n")[:2]
    assert title.startswith("# ")
    assert summary.startswith("> **In English.** ")
    assert len(summary) < 1200


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_readmes_name_the_pages(readme: str) -> None:
    text = (DOCS.parent / readme).read_text(encoding="utf-8")
    assert [name for name in PAGES if f"](docs/{name})" not in text] == []
    assert "`plancheck plugins`" in text or "plancheck plugins" in text
    assert "--no-plugins" in text
