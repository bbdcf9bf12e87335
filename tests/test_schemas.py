"""The JSON Schemas: bundled files fit them, they are those that ship, and they refuse what the loader refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from checker import cli
from checker.commands.schema import encoded, schema_of
from checker.host import host
from checker.rule_reading import load
from checker.schemas import registers

REPOSITORY = Path(__file__).resolve().parent.parent
RULES = REPOSITORY / "rules"
PACK_FILES = sorted(RULES.glob("*/pack.yaml"))
RULE_FILES = sorted(path for pack in PACK_FILES for path in pack.parent.glob("*.yaml") if path.name != "pack.yaml")
REGISTERS = [f"lexicon/{name}" for name in registers()]
REGISTER_FILES = sorted((RULES / "lexicon").glob("*.yaml"))
RENEW = "renew it: plancheck schema {0} > rules/schema/{0}.json"
KINDS_OF_SCHEMA = ["rule", "pack", "config", "plan", "report", "tasks", "compare", "cover", *REGISTERS]


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def validator(what: str) -> Any:
    return Draft202012Validator(schema_of(what, host().checks))


def errors(what: str, data: Any) -> list[str]:
    """Return what a schema has against data that a YAML file may hold."""
    return [error.message for error in validator(what).iter_errors(data)]


# ---------------------------------------------------------------------- the schemas themselves


@pytest.mark.parametrize("what", KINDS_OF_SCHEMA)
def test_a_schema_is_a_schema(what: str) -> None:
    schema = schema_of(what, host().checks)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("what", KINDS_OF_SCHEMA)
def test_every_reference_leads_somewhere(what: str) -> None:
    schema = schema_of(what, host().checks)

    def references(part: Any) -> set[str]:
        if isinstance(part, list):
            return set().union(*map(references, part)) if part else set()
        if not isinstance(part, dict):
            return set()
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(references, part.values())) if part else own

    assert {found.removeprefix("#/$defs/") for found in references(schema)} <= set(schema.get("$defs", {}))


@pytest.mark.parametrize("what", ["rule", "pack", *REGISTERS])
def test_the_schema_that_ships_is_the_one_that_the_command_prints(what: str) -> None:
    shipped = (RULES / "schema" / f"{what}.json").read_text(encoding="utf-8")
    assert shipped == encoded(schema_of(what, host().checks)), RENEW.format(what)


def test_no_other_schema_ships() -> None:
    shipped = [path.relative_to(RULES / "schema").with_suffix("") for path in (RULES / "schema").rglob("*.json")]
    assert sorted(path.as_posix() for path in shipped) == sorted(["pack", "rule", *REGISTERS])


# ---------------------------------------------------------------------------- bundled files


@pytest.mark.parametrize("path", [*PACK_FILES, *RULE_FILES], ids=name)
def test_a_bundled_file_fits_its_schema(path: Path) -> None:
    what = "pack" if path.name == "pack.yaml" else "rule"
    assert errors(what, yaml.safe_load(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", [*PACK_FILES, *RULE_FILES], ids=name)
def test_a_bundled_file_tells_editors_its_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    what = "pack" if path.name == "pack.yaml" else "rule"
    assert first == f"# yaml-language-server: $schema=../schema/{what}.json"
    assert (path.parent / first.partition("=")[2]).resolve().is_file()


# ------------------------------------------------------------------------------ registers


def test_every_register_has_a_type() -> None:
    assert sorted(f"lexicon/{path.stem}" for path in REGISTER_FILES) == sorted(REGISTERS)


@pytest.mark.parametrize("path", REGISTER_FILES, ids=name)
def test_a_register_fits_its_schema_and_tells_editors_of_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert errors(f"lexicon/{path.stem}", yaml.safe_load(text)) == []
    assert text.splitlines()[0] == f"# yaml-language-server: $schema=../schema/lexicon/{path.stem}.json"


@pytest.mark.parametrize("what", REGISTERS)
def test_every_field_of_a_register_is_described_in_both_languages(what: str) -> None:
    schema = schema_of(what, host().checks)
    fields = {
        f"{part.get('title')}.{field}": found.get("description", "")
        for part in (schema, *schema["$defs"].values())
        for field, found in part["properties"].items()
    }
    missing = [field for field, description in fields.items() if " / " not in description]
    assert missing == [], "write 中文 / English in a docstring below the field in checker/lexicon.py"


REGISTER_MISTAKES: dict[str, tuple[str, Any]] = {
    "an unknown key": ("lexicon/counts", {"mesures": ["措施"]}),
    "a text for a list": ("lexicon/units", {"levels": "省"}),
    "an unknown role": ("lexicon/roles", {"tasks": ["行动"], "roles": [{"role": "akctions", "title": "行动"}]}),
    "an unknown key of a document": (
        "lexicon/register",
        {"documents": [{"title": "纲要", "numbr": "9号"}]},
    ),
    "a year that is a text": ("lexicon/register", {"documents": [{"title": "纲要", "since": "2021"}]}),
    "one year for a period": ("lexicon/documents", {"five_year_plans": {"十四五": [2021]}}),
}


@pytest.mark.parametrize(("what", "mistake"), REGISTER_MISTAKES.values(), ids=REGISTER_MISTAKES)
def test_a_mistake_in_a_register_is_refused_by_loader_and_schema(what: str, mistake: Any) -> None:
    path = RULES / f"{what}.yaml"
    changed_register = {**yaml.safe_load(path.read_text(encoding="utf-8")), **mistake}
    assert errors(what, changed_register)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(changed_register, registers()[path.stem])


# ------------------------------------------------------------------------------- mistakes

GOOD: dict[str, Any] = {
    "title": "每项目标都要有年份",
    "severity": "warning",
    "node": "target",
    "where": {"section.role": "objectives", "value": {"ge": 1}},
    "check": "required",
    "options": {"field": "year", "instead": ["per"]},
    "message": "目标“{quote}”没有年份",
    "examples": {"bad": [{"plan": "一、工作目标\n建成书屋100个。\n", "at": [2]}]},
}
GOOD_PACK: dict[str, Any] = {
    "title": "试验",
    "version": "0.1.0",
    "applies_when": {"title": {"matches": "阅读"}},
    "valid": [2021, 2025],
    "extends": ["plan"],
    "rules": {"plan/stages": {"severity": "info", "enabled": True, "options": {"year": "any"}}},
}


def loader_says(folder: Path, rule: Any = GOOD, pack: Any = None) -> list[str]:
    """Return what the loader has against a pack, or a rule in a pack, beside the bundled packs."""
    place = folder / "trial"
    place.mkdir(exist_ok=True)
    given = {"title": "试验", "version": "0.1.0"} if pack is None else pack
    (place / "pack.yaml").write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
    (place / "rule.yaml").write_text(yaml.safe_dump(rule, allow_unicode=True), encoding="utf-8")
    return [problem.en for problem in load([*host().rule_places, place], host().checks).problems]


def changed(given: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a file with other values; None takes a key away."""
    return {key: value for key, value in {**given, **changes}.items() if value is not None}


SENTENCE = changed(GOOD, node="sentence", where=None, message="x", examples=None)
MISTAKES = {
    "an unknown key": changed(GOOD, hlep="x"),
    "a missing key": changed(GOOD, message=None),
    "an empty title": changed(GOOD, title=""),
    "a title that is no text": changed(GOOD, title=2025),
    "an unknown severity": changed(GOOD, severity="fatal"),
    "an unknown kind of node": changed(GOOD, node="targt"),
    "an unknown check type": changed(GOOD, check="requird"),
    "an unknown option": changed(GOOD, options={"field": "year", "feild": "x"}),
    "an option of another check type": changed(GOOD, options={"field": "year", "pattern": "x"}),
    "an option that a check type with rules of its own does not have": changed(
        GOOD, check="present", options={"min": 1}, message="x"
    ),
    "no options where one is required": changed(GOOD, options=None),
    "a required option that is missing": changed(GOOD, options={"instead": ["per"]}),
    "an option of the wrong type": changed(GOOD, options={"field": ["year"]}),
    "a text for a list": changed(GOOD, options={"field": "year", "instead": "per"}),
    "a switch that is no switch": changed(GOOD, enabled="false"),
    "an attribute of another kind": changed(GOOD, where={"leads": "县教育局"}),
    "an unknown attribute": changed(GOOD, where={"yeer": 2025}),
    "an unknown attribute behind a path": changed(GOOD, where={"section.rol": "objectives"}),
    "an unknown value": changed(GOOD, where={"comparator": "=>"}),
    "an unknown value in a list": changed(GOOD, where={"comparator": ["=", "=>"]}),
    "an unknown operator": changed(GOOD, where={"value": {"lte": 5}}),
    "an operator for numbers on a text": changed(GOOD, where={"metric": {"ge": 5}}),
    "an operator for texts on a number": changed(GOOD, where={"year": {"matches": "2025"}}),
    "a text for a number": changed(GOOD, where={"year": "2025"}),
    "a number that is compared with a text": changed(GOOD, where={"year": {"ge": "2025"}}),
    "a value for a node": changed(GOOD, where={"section": "一"}),
    "an empty condition": changed(GOOD, where={"year": {}}),
    "an empty list of values": changed(GOOD, where={"year": []}),
    "missing without true or false": changed(GOOD, where={"year": {"missing": 1}}),
    "an unknown choice of an option": changed(
        SENTENCE, check="pattern", options={"pattern": "适时", "must": "not-mach"}
    ),
    "a check type that does not look at this kind": changed(SENTENCE, check="sequence", options=None),
    "an unknown role in an option": changed(GOOD, check="present", options={"report_at": ["objektives"]}),
    "an empty list of items": changed(GOOD, check="covers", options={"items": [], "field": "metric"}),
    "an unknown key of an item": changed(
        GOOD, check="covers", options={"items": [{"name": "甲", "words": ["乙"]}], "field": "metric"}
    ),
    "a share above a half": changed(GOOD, check="consistent", options={"of": "unit", "max_share": 0.6}),
    "a pair of three": changed(SENTENCE, check="balanced", options={"pairs": ["（，）"]}),
    "an unknown key of an example": changed(GOOD, examples={"bad": [{"paln": "x", "at": [1]}]}),
    "an example without a plan": changed(GOOD, examples={"good": [{"why": "x"}]}),
    "examples of another kind": changed(GOOD, examples={"ugly": []}),
    "a line that is no number": changed(GOOD, examples={"bad": [{"plan": "x", "at": ["1"]}]}),
    "a list for the file": [GOOD],
}


@pytest.mark.parametrize("rule", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_refused_by_loader_and_schema(rule: Any, tmp_path: Path) -> None:
    assert loader_says(tmp_path, rule)
    assert errors("rule", rule)


PACK_MISTAKES = {
    "an unknown key": changed(GOOD_PACK, extend=["plan"]),
    "no version": changed(GOOD_PACK, version=None),
    "a version that is a number": changed(GOOD_PACK, version=1.0),
    "an unknown attribute": changed(GOOD_PACK, applies_when={"titel": "x"}),
    "an attribute of another kind": changed(GOOD_PACK, applies_when={"quote": "x"}),
    "an unknown operator": changed(GOOD_PACK, applies_when={"title": {"match": "x"}}),
    "one year": changed(GOOD_PACK, valid=[2021]),
    "three years": changed(GOOD_PACK, valid=[2021, 2022, 2025]),
    "years that are texts": changed(GOOD_PACK, valid=["2021", "2025"]),
    "a text for a list": changed(GOOD_PACK, extends="plan"),
    "a change of what cannot be changed": changed(GOOD_PACK, rules={"plan/stages": {"node": "target"}}),
    "an unknown severity in a change": changed(GOOD_PACK, rules={"plan/stages": {"severity": "fatal"}}),
}


@pytest.mark.parametrize("pack", PACK_MISTAKES.values(), ids=PACK_MISTAKES)
def test_a_mistake_in_a_pack_is_refused_by_loader_and_schema(pack: Any, tmp_path: Path) -> None:
    assert loader_says(tmp_path, pack=pack)
    assert errors("pack", pack)


# A schema cannot try patterns, fill in messages, follow a path from node to node or count lines.
ONLY_THE_LOADER = {
    "a bad pattern": changed(SENTENCE, check="pattern", options={"pattern": "(适时"}),
    "a pattern that matches everything": changed(SENTENCE, check="pattern", options={"pattern": "适时|"}),
    "a field that the message cannot have": changed(GOOD, message="{qoute}"),
    "a brace that is not closed": changed(GOOD, message="{quote"),
    "an option that names no attribute": changed(GOOD, options={"field": "yeer"}),
    "an option that names an attribute of the wrong shape": changed(
        GOOD, check="count", options={"field": "metric", "min": 1}
    ),
    "options that contradict one another": changed(GOOD, check="count", options={"field": "year", "min": 3, "max": 1}),
    "an option that needs another": changed(GOOD, check="compare", options={"field": "year", "relation": "ge"}),
    "a path through a node that has no such attribute": changed(GOOD, where={"section.measures.title": "x"}),
    "a path that begins with no node": changed(GOOD, where={"year.title": "x"}),
    "a value of the wrong type behind a path": changed(GOOD, where={"section.level": "一"}),
    "a day that is none": changed(
        GOOD, node="plan", where={"signed_date": "2025-2-30"}, options={"field": "title"}, message="x"
    ),
    "a value that a pattern cannot have": changed(GOOD, where={"comparator": {"matches": "!"}}),
    "a bad example without a line": changed(GOOD, examples={"bad": [{"plan": "x"}]}),
    "a line that the example does not have": changed(GOOD, examples={"bad": [{"plan": "x", "at": [2]}]}),
    "a good example with a line": changed(GOOD, examples={"good": [{"plan": "x", "at": [1]}]}),
    "an unknown rule in unless": changed(GOOD, unless=["plan/stage"]),
    "a rule that gives way to itself": changed(GOOD, unless=["trial/rule"]),
}


@pytest.mark.parametrize("rule", ONLY_THE_LOADER.values(), ids=ONLY_THE_LOADER)
def test_what_a_schema_cannot_say_the_loader_says(rule: Any, tmp_path: Path) -> None:
    assert loader_says(tmp_path, rule)
    assert errors("rule", rule) == [], "the schema sees it now: move it to MISTAKES"


ONLY_THE_LOADER_OF_PACKS = {
    "the last year before the first": changed(GOOD_PACK, valid=[2025, 2021]),
    "a pack that is not there": changed(GOOD_PACK, extends=["plan", "plam"]),
    "a rule that is not there": changed(GOOD_PACK, rules={"plan/stags": {"severity": "info"}}),
    "a rule of a pack that is not extended": changed(
        GOOD_PACK, rules={"science-literacy/literacy-target": {"severity": "info"}}
    ),
    "an option that the rule does not have": changed(GOOD_PACK, rules={"plan/stages": {"options": {"min": 1}}}),
    "a message that cannot be filled in": changed(GOOD_PACK, rules={"plan/target-year": {"message": "{label}"}}),
}


@pytest.mark.parametrize("pack", ONLY_THE_LOADER_OF_PACKS.values(), ids=ONLY_THE_LOADER_OF_PACKS)
def test_what_a_schema_cannot_say_of_a_pack_the_loader_says(pack: Any, tmp_path: Path) -> None:
    assert loader_says(tmp_path, pack=pack)
    assert errors("pack", pack) == [], "the schema sees it now: move it to PACK_MISTAKES"


def test_a_value_that_yaml_bends_in_an_option_is_a_mistake_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial" / "pack.yaml").write_text("title: 试验\nversion: 0.1.0\n", encoding="utf-8")
    rule = "title: 试验\nseverity: info\nnode: measure\ncheck: count\noptions: {field: leads, min: no}\nmessage: x\n"
    (tmp_path / "trial" / "rule.yaml").write_text(rule, encoding="utf-8")
    (problem,) = load([tmp_path / "trial"], host().checks).problems
    assert problem.en.startswith(f"{tmp_path / 'trial' / 'rule.yaml'}:5:30: YAML reads 'no' as a bool")


RIGHT = {
    "all keys": changed(
        GOOD,
        title_en="x",
        message_en="x",
        unless=["plan/target"],
        enabled=False,
        basis="x",
        help="x",
        help_en="x",
    ),
    "nothing in keys that may be empty": {
        **GOOD,
        **dict.fromkeys(("title_en", "message_en", "basis", "help", "help_en")),
    },
    "a path through two nodes": changed(GOOD, where={"section.parent.role": ["actions", "projects"]}),
    "an attribute that is a key word of Python": changed(
        GOOD, node="stage", where={"from": {"ge": 2021}, "to": {"lt": 2030}}, options={"field": "from"}, message="x"
    ),
    "conditions on a node": changed(GOOD, where={"section": {"missing": False}}),
    "two operators": changed(GOOD, where={"year": {"ge": 2021, "le": 2025}}),
    "a number with a fraction": changed(GOOD, where={"value": 14.5}),
    "a text in one of several texts": changed(
        GOOD, node="measure", where={"leads": ["县教育局"]}, options={"field": "leads"}, message="x"
    ),
    "a day": changed(
        GOOD,
        node="plan",
        where={"signed_date": {"ge": "2021-01-01"}},
        options={"field": "doc_number"},
        message="x",
    ),
    "true or false": changed(GOOD, node="clause", where={"readable": True}, options={"field": "leads"}, message="x"),
    "no options where none is required": changed(SENTENCE, check="absent", options=None),
    "a list instead of a name": changed(
        SENTENCE, node="unit", check="member", options={"in": ["县教育局", "县科协"]}, message="x"
    ),
}


@pytest.mark.parametrize("rule", RIGHT.values(), ids=RIGHT)
def test_what_the_loader_takes_the_schema_takes(rule: Any, tmp_path: Path) -> None:
    assert loader_says(tmp_path, rule) == []
    assert errors("rule", rule) == []


def test_a_good_pack_is_taken_by_loader_and_schema(tmp_path: Path) -> None:
    assert loader_says(tmp_path, pack=GOOD_PACK) == []
    assert errors("pack", GOOD_PACK) == []


# ----------------------------------------------------------------------------------- outputs

DRAFTS = sorted((REPOSITORY / "samples" / "drafts").glob("*.[tm][xd]*"))


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Return a function that runs a command here and gives back the JSON that it prints."""

    def run(*arguments: str) -> Any:
        with pytest.raises(SystemExit):
            cli.main(list(arguments))
        return json.loads(capsys.readouterr().out)

    return run


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda path: path.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_plan_as_json_fits_its_schema(draft: Path, language: str, printed: Callable[..., Any]) -> None:
    plan = printed("parse", str(draft), "--format", "json", "--lang", language)
    assert plan["sections"]
    assert errors("plan", plan) == []


def test_a_report_as_json_fits_its_schema(tmp_path: Path, printed: Callable[..., Any]) -> None:
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)
    missing = str(tmp_path / "missing.txt")
    arguments = [*map(str, DRAFTS), str(tmp_path / "binary.txt"), missing]
    report = printed("check", *arguments, "--format", "json", "--statistics")
    assert report["summary"]["unreadable"] == 2
    assert report["summary"]["error"] > 0
    assert errors("report", report) == []


def test_the_schemas_of_outputs_are_no_empty_promise(printed: Callable[..., Any]) -> None:
    plan = printed("parse", str(DRAFTS[0]), "--format", "json")
    report = printed("check", str(DRAFTS[0]), "--format", "json")
    assert errors("plan", {**plan, "sections": [{**plan["sections"][0], "role": "chapter"}]})
    assert errors("plan", {key: value for key, value in plan.items() if key != "measures"})
    assert errors("report", {**report, "files": [{**report["files"][0], "violations": [{}]}]})
