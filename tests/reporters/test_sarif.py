"""``sarif``: valid by the schema of the standard, and with all that code scanning asks for."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator  # type: ignore[import-untyped]
from reports import report, violation

from checker.model import FileReport, Outcome, PlacedEdit, Report, Waived
from checker.reporters.sarif import render

from .reviewed import DRAFT, EVIL, SCAN, alone, reviewed

ADDRESS = "drafts/%E6%A3%A0%E5%9F%8E%E5%8E%BF%20%E6%96%B9%E6%A1%88.txt"
FILE = {"uri": ADDRESS, "uriBaseId": "%SRCROOT%", "index": 0}


@cache
def validator() -> Draft4Validator:
    """Return the schema of SARIF 2.1.0 with errata 01, as OASIS publishes it."""
    return Draft4Validator(json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text("utf-8")))


def run_of(given: Report) -> dict[str, Any]:
    """Return the run of a report's log, which has to be valid, and to use what it may name by numbers rightly."""
    log = json.loads(render(given))
    assert [f"{error.json_path}: {error.message}" for error in validator().iter_errors(log)] == []
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run: dict[str, Any] = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][location["index"]]["location"] == location
    return run


def result_of(given: Report) -> dict[str, Any]:
    (result,) = run_of(given)["results"]
    assert isinstance(result, dict)
    return result


def region(line: int, column: int, end_line: int, end_column: int, **more: Any) -> dict[str, Any]:
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column, **more}


def texts(found: Any) -> list[str]:
    """Return all messages of a log."""
    if isinstance(found, dict):
        own = [found["text"]] if isinstance(found.get("text"), str) else []
        return [*own, *(text for one in found.values() for text in texts(one))]
    return [text for one in found for text in texts(one)] if isinstance(found, list) else []


class TestTheLog:
    @pytest.mark.parametrize("language", ["zh", "en"])
    @pytest.mark.parametrize("shows_waived", [False, True])
    def test_is_valid(self, language: str, shows_waived: bool) -> None:
        run = run_of(reviewed(language, shows_waived=shows_waived))
        assert run["columnKind"] == "unicodeCodePoints"
        assert run["language"] == run["tool"]["driver"]["language"] == {"zh": "zh-CN", "en": "en-US"}[language]

    def test_names_its_schema_first(self) -> None:
        log = json.loads(render(report()))
        assert next(iter(log)) == "$schema"
        assert log["$schema"].endswith("/sarif-schema-2.1.0.json")

    def test_of_nothing_is_valid_and_has_results_all_the_same(self) -> None:
        run = run_of(report())
        assert (run["results"], run["artifacts"]) == ([], [])
        assert run["invocations"] == [{"executionSuccessful": True}]

    def test_says_what_took_part(self) -> None:
        run = run_of(Report("1.2", {"plan": "0.1.0"}, (), plugins={"lanhai": "3.0"}))
        driver = run["tool"]["driver"]
        assert (driver["name"], driver["version"]) == ("plancheck", "1.2")
        assert driver["properties"] == {"packs": {"plan": "0.1.0"}}
        assert run["tool"]["extensions"] == [{"name": "lanhai", "version": "3.0"}]


class TestRules:
    def test_have_all_that_code_scanning_wants_to_show(self) -> None:
        rules = run_of(reviewed())["tool"]["driver"]["rules"]
        assert rules[0] == {
            "id": "gongwen/punctuation-width",
            "shortDescription": {"text": "中文里的标点用全角"},
            "fullDescription": {"text": "中文里的标点用全角。依据：GB/T 15834"},
            "help": {"text": "改成全角。"},
            "defaultConfiguration": {"level": "warning"},
        }
        assert [rule["defaultConfiguration"]["level"] for rule in rules] == [
            *("warning", "error", "error", "note", "warning", "warning", "warning")
        ]
        assert all(rule[key]["text"] for rule in rules for key in ("shortDescription", "fullDescription", "help"))

    def test_are_there_for_what_only_a_plugin_or_a_waiver_knows_of(self) -> None:
        run = run_of(alone(violation("f0", "waivers/unused")))
        assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["waivers/unused"]


class TestResults:
    def test_have_level_message_place_and_fingerprint(self) -> None:
        marks, lead, stages = run_of(reviewed())["results"]
        assert [one["level"] for one in (marks, lead, stages)] == ["warning", "error", "note"]
        assert lead["message"] == {"text": "措施“办好赛事”没有写明牵头单位"}
        assert lead["partialFingerprints"] == {"plancheckFingerprint/v1": "a0" * 8}
        assert lead["locations"][0]["physicalLocation"] == {
            "artifactLocation": FILE,
            "region": region(8, 3, 8, 7, snippet={"text": "办好赛事"}),
        }
        assert stages["locations"][0]["physicalLocation"]["region"] == region(11, 1, 13, 1)

    def test_of_a_measure_name_section_and_measure(self) -> None:
        _, lead, stages = run_of(reviewed())["results"]
        assert lead["locations"][0]["logicalLocations"] == [
            {"name": "二（一）场地行动", "fullyQualifiedName": "二.1", "kind": "section"},
            {"name": "办好赛事", "fullyQualifiedName": "二.1/办好赛事", "kind": "measure"},
        ]
        assert "logicalLocations" not in stages["locations"][0]

    def test_with_several_places_name_the_other_lines(self) -> None:
        marks, lead, _ = run_of(reviewed())["results"]
        assert marks["message"] == {"text": "半角标点“,”（共 3 处，见第 4、9 行）"}
        (other,) = marks["relatedLocations"]
        assert other["physicalLocation"] == {"artifactLocation": FILE, "region": {"startLine": 9}}
        assert (other["id"], other["message"]["text"]) == (1, "这一行也有")
        assert "relatedLocations" not in lead

    def test_that_can_be_mended_say_how(self) -> None:
        marks, lead, _ = run_of(reviewed())["results"]
        (fix,) = marks["fixes"]
        (change,) = fix["artifactChanges"]
        assert change["artifactLocation"] == FILE
        assert change["replacements"] == [
            {
                "deletedRegion": region(4, 8, 4, 9),
                "insertedContent": {"text": "，"},
            },
            {
                "deletedRegion": region(4, 13, 4, 14),
                "insertedContent": {"text": "。"},
            },
            {"deletedRegion": region(9, 2, 9, 3)},
        ]
        assert "fixes" not in lead

    def test_an_insertion_takes_nothing_away(self) -> None:
        result = result_of(alone(violation("f0", edits=(PlacedEdit(1, 2, 1, 2, "）"),))))
        (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
        assert replacement["deletedRegion"] == region(1, 2, 1, 2)

    def test_a_long_place_has_no_snippet(self) -> None:
        long = "办" * 201
        region = result_of(alone(violation("f0", source_line=long, end_column=202)))["locations"][0]
        assert "snippet" not in region["physicalLocation"]["region"]


class TestAccepted:
    @pytest.mark.parametrize(
        ("how", "kind", "said"),
        [
            (Waived("comment", "本级没有农村"), "inSource", "已豁免：本级没有农村"),
            (Waived("configuration", "不设", "张三"), "external", "已豁免：不设；张三"),
            (Waived("baseline"), "external", "在基线里"),
        ],
    )
    def test_ones_are_suppressed_with_the_reason(self, how: Waived, kind: str, said: str) -> None:
        result = result_of(alone(violation("f0", waived=how), shows_waived=True))
        assert result["suppressions"] == [{"kind": kind, "justification": said}]

    def test_ones_are_left_out_where_nobody_wants_to_see_them(self) -> None:
        assert run_of(alone(violation("f0", waived=Waived("baseline"))))["results"] == []
        assert [one["ruleId"] for one in run_of(reviewed())["results"]].count("plan/target-year") == 0


class TestFiles:
    def test_are_named_by_addresses_with_their_encoding(self) -> None:
        run = run_of(reviewed())
        assert run["artifacts"][0] == {"location": FILE, "roles": ["analysisTarget"], "encoding": "GB18030"}
        assert [unquote(one["location"]["uri"]) for one in run["artifacts"]] == [DRAFT, SCAN]
        assert "encoding" not in run["artifacts"][1]
        assert "uri" not in run["originalUriBaseIds"]["%SRCROOT%"], "the machine's folders are nobody's business"

    @pytest.mark.parametrize(
        ("path", "uri"),
        [
            ("./a/../drafts/a.txt", "drafts/a.txt"),
            ("50% #1?.txt", "50%25%20%231%3F.txt"),
            ("c:d.txt", "c%3Ad.txt"),
            ("-", "-"),
        ],
    )
    def test_have_relative_addresses(self, path: str, uri: str) -> None:
        (artifact,) = run_of(alone(violation("f0"), path))["artifacts"]
        assert artifact["location"] == {"uri": uri, "uriBaseId": "%SRCROOT%", "index": 0}

    def test_elsewhere_have_whole_addresses(self) -> None:
        (artifact,) = run_of(alone(violation("f0"), "/elsewhere/甲 a.txt"))["artifacts"]
        assert artifact["location"] == {"uri": "file:///elsewhere/%E7%94%B2%20a.txt", "index": 0}

    def test_are_named_from_the_root_of_the_repository(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "plans").mkdir()
        monkeypatch.chdir(tmp_path / "plans")
        monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
        paths = ("a.txt", str(tmp_path / "b.txt"), "../c.txt")
        run = run_of(report(*(FileReport(path, "txt", "utf-8") for path in paths)))
        assert [one["location"]["uri"] for one in run["artifacts"]] == ["plans/a.txt", "b.txt", "c.txt"]


class TestWhatCouldNotBeDone:
    def test_is_told_of_the_run(self) -> None:
        (invocation,) = run_of(reviewed())["invocations"]
        assert invocation["executionSuccessful"] is False
        rule, draft = invocation["toolExecutionNotifications"]
        assert rule["message"] == {"text": "规则 plan/unit-name 未能执行：超时"}
        assert rule["associatedRule"] == {"id": "plan/unit-name", "index": 6}
        assert rule["locations"][0]["physicalLocation"]["artifactLocation"] == FILE
        assert (draft["message"], draft["level"]) == ({"text": "无法检查：文件是空的"}, "error")
        assert "associatedRule" not in draft

    def test_is_told_in_english(self) -> None:
        (invocation,) = run_of(reviewed("en"))["invocations"]
        said = [one["message"]["text"] for one in invocation["toolExecutionNotifications"]]
        assert said == ["rule plan/unit-name was not evaluated: it took too long", "not checked: the file is empty"]

    def test_a_rule_whose_file_has_a_mistake_is_described_too(self) -> None:
        undone = Outcome("lanhai/broken", "not-evaluated", 0, "规则文件有错")
        given = report(FileReport("a.txt", "txt", rules=(undone,)))
        run = run_of(given)
        (notification,) = run["invocations"][0]["toolExecutionNotifications"]
        assert notification["associatedRule"] == {"id": "lanhai/broken", "index": 0}
        assert run["tool"]["driver"]["rules"][0]["id"] == "lanhai/broken"

    def test_what_is_wrong_with_plugins_and_rules_is_told_too(self) -> None:
        draft = FileReport("a.txt", "txt", problems=("插件 lanhai 出错",))
        (invocation,) = run_of(Report("0", {}, (draft,), problems=("rules/a.yaml:1:1: 有错\n  ^",)))["invocations"]
        assert invocation["executionSuccessful"] is False
        assert texts(invocation["toolExecutionNotifications"]) == ["插件 lanhai 出错"]
        assert texts(invocation["toolConfigurationNotifications"]) == ["rules/a.yaml:1:1: 有错\n  ^"]


class TestHostileWords:
    def test_make_no_links_no_placeholders_and_command_nothing(self) -> None:
        given = violation(
            "f0", message=EVIL, section=EVIL, section_label=EVIL, measure=EVIL, waived=Waived("comment", EVIL)
        )
        log = run_of(alone(given, EVIL, shows_waived=True, problems=(EVIL,), plugins={EVIL: EVIL}))
        words = [text for text in texts(log["results"]) + texts(log["invocations"]) if "forged" in text]
        assert len(words) == 2
        for text in words:
            assert r"\]\](1)" in text, "no link of SARIF"
            assert "{{0}}" in text, "no placeholder"
        assert not any(char in json.dumps(log, ensure_ascii=False) for char in "\x1b\x07\u202e\ufffe")

    def test_brackets_that_make_no_link_stay_as_they_are(self) -> None:
        result = result_of(alone(violation("f0", message=r"文号应写作〔2024〕5号，不写[2024]5号\（）")))
        assert result["message"] == {"text": r"文号应写作〔2024〕5号，不写[2024]5号\（）"}
