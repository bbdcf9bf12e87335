"""``from checker import check, parse``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from drafts import BAD

import checker
from checker import check, parse
from checker.model import Plan, Report
from checker.problems import Problem, Unreadable


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(BAD, encoding="utf-8")
    return path


def test_check_gives_the_report_of_a_draft(draft: Path) -> None:
    report = check(str(draft))
    assert isinstance(report, Report)
    assert report.version == checker.__version__
    assert [file.path for file in report.files] == [str(draft)]
    assert [(one.rule, one.line, one.message) for one in report.files[0].violations] == [
        ("plan/lead-unit", 8, "措施“办好赛事”没有写明牵头单位")
    ]


def test_check_takes_paths_of_any_kind_and_several(draft: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "other.md").write_text(BAD, encoding="utf-8")
    report = check(draft, str(tmp_path / "more"))
    assert [Path(file.path).name for file in report.files] == ["draft.txt", "other.md"]


def test_check_runs_chosen_rules(draft: Path) -> None:
    assert [one.rule for one in check(draft, select=["plan/stages"]).files[0].rules] == ["plan/stages"]
    ignored = check(draft, ignore=["plan"]).files[0]
    assert all(outcome.rule.startswith(("gongwen/", "science-literacy/")) for outcome in ignored.rules)
    assert ignored.violations == ()


def test_check_speaks_english(draft: Path) -> None:
    (violation,) = check(draft, language="en").files[0].violations
    assert violation.message == "Measure “办好赛事” names no lead unit"


def test_check_reports_a_draft_that_cannot_be_read(draft: Path, tmp_path: Path) -> None:
    missing, fine = check(tmp_path / "missing.txt", draft).files
    assert missing.error == "没有这个文件或文件夹，请核对路径"
    assert fine.error is None


def test_check_refuses_an_unknown_rule(draft: Path) -> None:
    with pytest.raises(Problem, match="Did you mean 'plan/lead-unit'"):
        check(draft, select=["plan/lead-unt"])


def test_parse_gives_the_plan_of_a_draft(draft: Path) -> None:
    plan = parse(draft)
    assert isinstance(plan, Plan)
    assert plan.metadata.period == (2021, 2025)
    assert [(measure.title, measure.leads) for measure in plan.measures] == [
        ("建好场地", ("县体育局",)),
        ("办好赛事", ()),
    ]
    assert parse(str(draft)) == plan


def test_parse_refuses_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        parse(tmp_path / "missing.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(Unreadable):
        parse(tmp_path / "empty.txt")


def test_python_asks_for_no_cache(draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCHECK_CACHE_DIR", str(tmp_path / "cache"))
    check(draft)
    assert not (tmp_path / "cache" / "results").exists()


def test_importing_it_loads_nothing_heavy() -> None:
    program = "import sys, checker; print(sorted({'lark', 'yaml', 'click', 'pluggy', 'regex'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


HEAVY = [
    "checker.baseline",
    "checker.comparing",
    "checker.kinds",
    "checker.nodes",
    "checker.parser",
    "checker.rulebook",
    "checker.view",
    "concurrent.futures",
    "dataclasses",
    "importlib.metadata",
    "importlib.resources",
    "lark",
    "multiprocessing",
    "opencc",
    "platformdirs",
    "regex",
    "tempfile",
    "yaml",
]


def test_an_unchanged_draft_is_checked_with_next_to_nothing_loaded(draft: Path, tmp_path: Path) -> None:
    assert loaded(draft, tmp_path)[1] == [], "DESIGN, Speed: nothing is parsed, lark is not imported"


def test_another_draft_is_checked_without_lark(draft: Path, tmp_path: Path) -> None:
    first = loaded(draft, tmp_path)[0]
    assert "lark" in first, "with an empty cache lark makes the tables"
    draft.write_text(draft.read_text(encoding="utf-8") + "各单位要加强领导。\n", encoding="utf-8")
    again = loaded(draft, tmp_path)[0]
    assert "checker.parser" in again
    assert not {"lark", "regex", "platformdirs", "importlib.metadata", "importlib.resources", "multiprocessing"} & {
        *again
    }
    assert not {"checker.baseline", "checker.comparing"} & {*first, *again}, "only what --baseline asks for needs it"


def loaded(draft: Path, tmp_path: Path) -> list[list[str]]:
    """Return which heavy modules two runs on a draft load, one after the other."""
    program = (
        "import sys\nfrom checker.cli import main\n"
        "try:\n    main(['check', sys.argv[1]])\n"
        "except SystemExit:\n    print(*sorted({*sys.argv[2:]} & {*sys.modules}))\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PLANCHECK_CACHE_DIR"}
    environment |= {"XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONUTF8": "1"}
    return [
        subprocess.run(
            [sys.executable, "-c", program, str(draft), *HEAVY],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            env=environment,
        )
        .stdout.splitlines()[-1]
        .split()
        for _ in range(2)
    ]


def test_check_takes_rule_packs_of_ones_own(draft: Path, tmp_path: Path) -> None:
    pack = tmp_path / "county"
    pack.mkdir()
    (pack / "pack.yaml").write_text("title: 县\nversion: 0.1.0\n", encoding="utf-8")
    rule = "title: 一\nseverity: info\nnode: section\nwhere: {level: 1}\n"
    rule += "check: count\noptions: {max: 0}\nmessage: 共{number}个\n"
    (pack / "few.yaml").write_text(rule, encoding="utf-8")
    for rules in (pack, str(tmp_path), [pack]):
        (file,) = check(draft, select="county", rules=rules).files
        assert [(v.rule, v.message) for v in file.violations] == [("county/few", "共4个")]
