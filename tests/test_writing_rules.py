"""docs/writing-rules.md tells the truth: its files, commands, tables and fragments are tried."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest
import yaml
from pages import Page, named, rows

from checker.conditions import OPERATORS
from checker.examples import tried_examples
from checker.host import host
from checker.kinds import KINDS
from checker.model import Severity
from checker.patterns import search
from checker.rule_files import PackFile, RuleChange, RuleFile
from checker.rule_reading import load
from checker.rulebook import Rulebook

PAGE = Page("writing-rules.md")
TEXT, BLOCKS, part = PAGE.text, PAGE.blocks, PAGE.part
Run = Callable[..., Any]
SHAPES = {
    "text": "文字",
    "number": "数",
    "date": "日期",
    "flag": "是非",
    "texts": "文字列表",
    "node": "节点",
    "nodes": "节点列表",
}


# ------------------------------------------------------------------------- the walk-through


def test_every_command_shows_what_the_page_says(plancheck: Run, tmp_path: Path) -> None:
    commands = 0
    for line, command, shows, page_shows in PAGE.follow(plancheck, tmp_path):
        commands += 1
        assert shows == page_shows, f"line {line}: {command}"
    assert commands >= 9


def test_the_page_shows_three_mistakes_that_end_with_status_2(plancheck: Run, tmp_path: Path) -> None:
    shown = [said for _, _, said, _ in PAGE.follow(plancheck, tmp_path)]
    mistakes = [said for said in shown if re.search(r"^plancheck: my-county/\w+\.yaml:\d+:\d+: ", said, re.MULTILINE)]
    assert len(mistakes) == 3
    assert len({said.split(": ")[-1] for said in mistakes}) == 3


def test_commands_without_output_name_what_there_is() -> None:
    from checker.host import host

    commands = [line.split() for block in BLOCKS if block.kind == "sh" for line in block.content.splitlines()]
    assert commands
    assert all(words[0] == "plancheck" and words[1] in host().own_commands for words in commands)


# ------------------------------------------------------------------------------- the pack


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return the folder of the complete pack, taken from the page."""
    for block in BLOCKS:
        if block.file and block.file.startswith("yunling-county/"):
            path = tmp_path / block.file
            path.parent.mkdir(exist_ok=True)
            path.write_text(block.content, encoding="utf-8")
    return tmp_path / "yunling-county"


def rulebook(*folders: Path) -> Rulebook:
    return load([*host().rule_places, *folders], host().checks)


def test_the_pack_has_a_pack_file_and_three_rules_of_different_check_types(pack: Path) -> None:
    read = rulebook(pack)
    assert read.problems == ()
    own = read.pack("yunling-county")
    assert len({rule.looks[0].check.name for rule in own.rules}) == len(own.rules) == 3
    assert own.builds_on == {"plan", "science-literacy"}
    given = [rule.definition for rule in own.rules]
    assert all(one.title_en and one.message_en and one.help_en for one in given), "each speaks English, too"


def test_the_pack_changes_options_severity_switch_and_message(pack: Path) -> None:
    read = rulebook(pack)
    changed = {rule.id: rule.definition for rule in read.pack("yunling-county").changed}
    assert changed["plan/stages-order"].severity == "warning"
    assert changed["plan/measure-title"].enabled is False
    assert changed["plan/lead-unit"].options == {"field": "leads", "sole_responsible": False}
    assert "只有一个责任单位的也要写明" in changed["plan/lead-unit"].message
    assert len(changed["science-literacy/required-projects"].options["items"]) == 2


def test_every_example_of_the_pack_is_validated_or_reported(pack: Path) -> None:
    read = rulebook(pack)
    tried = [one for rule in read.pack("yunling-county").rules for one in tried_examples(rule, read)]
    assert {rule.id for rule in read.pack("yunling-county").rules} == {one.rule.id for one in tried}
    assert {(one.kind, one.verdict) for one in tried} == {("good", "validated"), ("bad", "reported")}


def test_the_pack_fits_the_schemas_that_the_command_prints(plancheck: Run, pack: Path) -> None:
    for path in pack.iterdir():
        what = "pack" if path.name == "pack.yaml" else "rule"
        schema = json.loads(plancheck("schema", what).stdout)
        jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_the_pack_checks_a_draft(plancheck: Run, pack: Path, tmp_path: Path) -> None:
    draft = """\
云岭县全民阅读实施方案（2024—2026年）

一、工作目标
到2026年，全县建成书屋100个。
二、主要任务
（一）校园行动
1.建好书角。尽快配备图书。（责任单位：县教育局）
三、保障措施
（一）加强领导。成立领导小组。
（二）落实经费。列入年度预算。
"""
    (tmp_path / "draft.txt").write_text(draft, encoding="utf-8")
    (tmp_path / "other.txt").write_text(draft.replace("云岭县", "白沙县"), encoding="utf-8")
    names = "yunling-county/vague-deadline,yunling-county/safeguard-items,plan/lead-unit"
    done = plancheck("check", "draft.txt", "other.txt", "--rules", str(pack), "--select", names, "--format", "concise")
    own = (
        "{0}:7:8: warning yunling-county/vague-deadline “尽快”不是时限，请写明何时完成\n"
        "{0}:8:1: warning yunling-county/safeguard-items 保障措施没有写到督查考核\n"
    )
    lead = "draft.txt:7:1: error plan/lead-unit 措施“建好书角”没有写明牵头单位，只有一个责任单位的也要写明\n"
    # The pack does not apply to the other county: its own rules run because they are named, its changes do not.
    assert done.stdout == lead + own.format("draft.txt") + own.format("other.txt")
    assert (done.stderr, done.returncode) == ("", 1)


# ------------------------------------------------------------------------------ the tables


def test_there_is_a_table_for_every_kind_of_node_and_for_no_other() -> None:
    assert re.findall(r"^### `(\w+)`", part("## 三、节点"), re.MULTILINE) == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_of_a_kind_has_every_attribute_with_its_shape_and_values(kind: str) -> None:
    listed = {named(cells[0])[0]: cells for cells in rows(part(f"### `{kind}`"))}
    assert list(listed) == list(KINDS[kind].attributes)
    for name, attribute in KINDS[kind].attributes.items():
        _, shape, about = listed[name]
        assert shape == SHAPES[attribute.shape], name
        assert about
        if attribute.values:
            assert named(about) == list(attribute.values), name
        if attribute.kind:
            assert attribute.kind in named(about) or name in ("parent",), name


def test_the_table_of_shapes_has_all() -> None:
    assert {cells[0] for cells in rows(part("## 三、节点").partition("###")[0])} == set(SHAPES.values())


def test_the_table_of_conditions_has_every_operator() -> None:
    written = [named(cells[0]) for cells in rows(part("## 四、条件"))]
    found = [match[1] for cells in written for one in cells if (match := re.match(r"\{(\w+):", one))]
    assert sorted(found) == sorted(OPERATORS)


def test_there_is_a_table_for_every_check_type_and_for_no_other() -> None:
    assert sorted(re.findall(r"^### `(\w+)`", part("## 五、检查类型"), re.MULTILINE)) == sorted(host().checks)


@pytest.mark.parametrize("name", sorted(host().checks))
def test_the_table_of_a_check_type_has_every_option_with_its_default(name: str) -> None:
    text = part(f"### `{name}`")
    listed = {named(cells[0])[0]: cells for cells in rows(text)}
    fields = {field.encode_name: field for field in msgspec.structs.fields(host().checks[name].options)}
    assert list(listed) == list(fields)
    for option, field in fields.items():
        default = listed[option][1]
        if field.required:
            assert default == "必写", option
        elif field.default is msgspec.UNSET:  # null means something else
            assert default == "不写", option
        else:
            assert yaml.safe_load(named(default)[0]) == json.loads(msgspec.json.encode(field.default)), option
        assert listed[option][2], option


@pytest.mark.parametrize("name", sorted(host().checks))
def test_a_check_type_names_its_message_fields_and_its_nodes(name: str) -> None:
    check, text = host().checks[name], part(f"### `{name}`")
    fields = re.search("^消息字段：(.*)$", text, re.MULTILINE)
    nodes = re.search("^可用于：(.*)$", text, re.MULTILINE)
    told = set(named(fields[1])) if fields else set()
    assert told - {"cover", "order", "within", "of: units"} == set(check.fields)
    assert (named(nodes[1]) if nodes else []) == list(check.nodes)
    assert ("消息里的属性是 `plan` 的" in text) is not check.gives_node


def test_the_page_counts_right() -> None:
    assert f"共 {len(KINDS)} 种，见[节点]" in TEXT
    assert f"共 {len(host().checks)} 种，见[检查类型]" in TEXT


def test_links_within_the_page_lead_somewhere() -> None:
    anchors = {re.sub(r"[^\w-]", "", heading.replace(" ", "-")) for heading in re.findall("^#+ (.*)$", TEXT, re.M)}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= anchors


def test_the_values_of_options_are_listed() -> None:
    for name, check in host().checks.items():
        for field in msgspec.inspect.type_info(check.options).fields:  # type: ignore[attr-defined]
            wanted = field.type
            while isinstance(wanted, msgspec.inspect.Metadata):
                wanted = wanted.type
            if isinstance(wanted, msgspec.inspect.LiteralType):
                row = next(cells for cells in rows(part(f"### `{name}`")) if named(cells[0]) == [field.encode_name])
                assert set(wanted.values) <= set(named(row[1]) + named(row[2])), (name, field.encode_name)


def keys(shape: type) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(shape)}


def test_the_keys_of_rules_and_packs_are_listed() -> None:
    introduction, packs = part("### 2. 改成自己的规则"), part("## 二、规则包")
    told = {key for cells in rows(introduction) + rows(packs) for key in named(cells[0])}
    assert keys(RuleFile) <= told
    assert keys(PackFile) <= told
    changes = re.search("^可以改 (.*)，别的不能改。", part("### 改动别人的规则"), re.MULTILINE)
    assert changes
    assert set(named(changes[1])) == keys(RuleChange)
    assert [word for word in Severity.__args__ if f"`{word}`" not in introduction] == []  # type: ignore[attr-defined]


# --------------------------------------------------------------------------- the fragments

FRAGMENTS = [block for block in BLOCKS if block.kind == "yaml" and block.file is None]


@pytest.mark.parametrize("name", sorted(host().checks))
def test_the_example_of_a_check_type_is_a_rule(name: str, tmp_path: Path) -> None:
    (fragment,) = re.findall("^```yaml\n(.*?)^```$", part(f"### `{name}`"), re.MULTILINE | re.DOTALL)
    assert yaml.safe_load(fragment)["check"] == name
    assert problems(tmp_path, rule=f"title: 试验\nseverity: info\n{fragment}") == []


def test_the_other_fragments_are_parts_of_rules_and_packs(tmp_path: Path) -> None:
    whole = {
        "applies_when": "pack",
        "extends": "pack",
        "also": "rule",
        "examples": "rule",
        "unless": "rule",
        "where": "rule",
        "node": None,  # tried above
    }
    seen = set()
    for block in FRAGMENTS:
        data = yaml.safe_load(block.content)
        first = next(iter(data)) if data else None
        seen.add(first)
        if first is None:
            assert block.content == "# yaml-language-server: $schema=.schema/rule.json\n"
        elif whole[first] == "pack":
            assert problems(tmp_path, pack=f"title: 试验\nversion: 1.0.0\n{block.content}") == [], block.line
        elif whole[first] == "rule":
            rule = "title: 试验\nseverity: info\nnode: measure\ncheck: absent\nmessage: 试验\n"
            assert problems(tmp_path, rule=rule + block.content) == [], block.line
    assert seen == {*whole, None}


def problems(folder: Path, rule: str = "", pack: str = "title: 试验\nversion: 1.0.0\n") -> list[str]:
    """Return what is wrong with a pack with one rule beside the bundled ones."""
    place = folder / "trial"
    place.mkdir(exist_ok=True)
    (place / "pack.yaml").write_text(pack, encoding="utf-8")
    if rule:
        (place / "rule.yaml").write_text(rule, encoding="utf-8")
    return [problem.zh for problem in rulebook(place).problems]


PATTERNS = [(named(cells[0])[0], *cells[1:]) for cells in rows(part("## 六、常用的正则表达式"))]


@pytest.mark.parametrize(("pattern", "fits", "fits_not"), PATTERNS, ids=[one[0] for one in PATTERNS])
def test_the_common_patterns_match_what_they_say(pattern: str, fits: str, fits_not: str) -> None:
    quoted = "“([^”]+)”"
    assert re.findall(quoted, fits)
    assert all(search(pattern, text) for text in re.findall(quoted, fits))
    assert re.findall(quoted, fits_not)
    assert not any(search(pattern, text) for text in re.findall(quoted, fits_not))


PITFALLS = [(named(wrong)[0], said, named(right)[0]) for wrong, said, right in rows(part("## 七、容易出错的地方"))]


@pytest.mark.parametrize(("wrong", "said", "right"), PITFALLS, ids=[one[0] for one in PITFALLS])
def test_what_goes_wrong_goes_wrong_and_the_other_way_is_right(
    wrong: str, said: str, right: str, tmp_path: Path
) -> None:
    assert bool(problems(tmp_path, rule=with_line(wrong))) is said.startswith("报错")
    assert problems(tmp_path, rule=with_line(right)) == []


def with_line(line: str) -> str:
    """Return a rule with a line in place of its own of that key."""
    lines = {
        "title": "title: 试验",
        "severity": "severity: info",
        "node": "node: plan" if "signed_date" in line or "title: " in line else "node: target",
        "check": "check: pattern",
        "options": "options: {pattern: 年}",
        "message": "message: 试验",
    }
    key = line.partition(":")[0]
    lines["node" if key == "on" else key] = line
    return "\n".join(lines.values()) + "\n"
