"""``docs/reports.md`` shows what is so: its commands are run, its pipelines write what they hand on."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from pages import DOCS, Page, named, rows

from checker.host import host

PAGE = Page("reports.md")
LEFT_OUT = "……\n"
WORKFLOW, GITLAB, JENKINS = ".github/workflows/plancheck.yml", ".gitlab-ci.yml", "Jenkinsfile"
Run = Callable[..., Any]


def is_excerpt(shown: str, whole: str) -> bool:
    """Say whether what a page shows are lines of the whole, in order, with all that is left out marked."""
    parts = [re.escape(part) for part in shown.split(LEFT_OUT)]
    return re.fullmatch(r"(?:[^\n]*\n)*".join(parts), whole) is not None


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        ("a\nb\nc\n", True),
        ("……\nb\nc\n", True),
        ("a\n……\nc\n", True),
        ("a\n……\n", True),
        ("a\nc\n", False),
        ("b\nc\n", False),
        ("a\n……\nb\nd\n", False),
    ],
)
def test_an_excerpt_leaves_out_nothing_unmarked(shown: str, right: bool) -> None:
    assert is_excerpt(shown, "a\nb\nc\n") == right


def test_every_command_shows_what_the_page_says(plancheck: Run, tmp_path: Path) -> None:
    commands = 0
    for line, command, shows, page_shows in PAGE.follow(plancheck, tmp_path):
        commands += 1
        assert is_excerpt(page_shows, shows), f"line {line}: {command}\n{shows}"
    assert commands == 6


def test_every_format_is_in_the_table() -> None:
    table = [named(cells[0])[0] for cells in rows(PAGE.part("## 一、选哪一种"))]
    assert set(host((), False).reporters) - set(table) == set()
    assert len(table) == len(set(table))


def files(folder: Path) -> dict[str, str]:
    PAGE.write_files(folder)
    return {name: (folder / name).read_text("utf-8") for name in (WORKFLOW, GITLAB, JENKINS)}


def run_in(plancheck: Run, command: str) -> None:
    """Run the command of a pipeline, which finds violations and writes nothing to standard error."""
    program, *arguments = shlex.split(command)
    assert program == "plancheck"
    done = plancheck(*arguments)
    assert (done.stderr, done.returncode) == ("", 1)


def test_the_workflow_of_github_hands_on_what_it_writes(plancheck: Run, tmp_path: Path) -> None:
    steps = yaml.safe_load(files(tmp_path)[WORKFLOW])["jobs"]["plancheck"]["steps"]
    (command,) = [step["run"] for step in steps if step.get("run", "").startswith("plancheck ")]
    run_in(plancheck, command)
    (uploaded,) = [step["with"]["sarif_file"] for step in steps if "upload-sarif" in step.get("uses", "")]
    assert json.loads((tmp_path / uploaded).read_text("utf-8"))["version"] == "2.1.0"
    (summary,) = [step["run"].split()[1] for step in steps if "GITHUB_STEP_SUMMARY" in step.get("run", "")]
    assert (tmp_path / summary).read_text("utf-8").startswith("# 审核意见表\n")
    later = steps[[step.get("run") for step in steps].index(command) + 1 :]
    assert [step["if"] for step in later] == ["${{ !cancelled() }}"] * 2, "a failed check still has its report"


def test_the_job_of_gitlab_hands_on_what_it_writes(plancheck: Run, tmp_path: Path) -> None:
    job = yaml.safe_load(files(tmp_path)[GITLAB])["plancheck"]
    run_in(plancheck, job["script"][-1])
    reports = job["artifacts"]["reports"]
    assert job["artifacts"]["when"] == "always", "a failed check still has its report"
    assert json.loads((tmp_path / reports["codequality"]).read_text("utf-8"))[0]["check_name"]
    assert ElementTree.parse(tmp_path / reports["junit"]).getroot().tag == "testsuites"


def test_the_pipeline_of_jenkins_hands_on_what_it_writes(plancheck: Run, tmp_path: Path) -> None:
    pipeline = files(tmp_path)[JENKINS]
    (command,) = re.findall(r"sh '(plancheck .*?) \|\| \[ \$\? -eq 1 \]'", pipeline)
    run_in(plancheck, command)
    (checkstyle,) = re.findall(r"checkStyle\(pattern: '(.*?)'\)", pipeline)
    (junit,) = re.findall(r"junit '(.*?)'", pipeline)
    assert ElementTree.parse(tmp_path / checkstyle).getroot().tag == "checkstyle"
    assert ElementTree.parse(tmp_path / junit).getroot().tag == "testsuites"
    assert pipeline.count("{") == pipeline.count("}")


def test_links_lead_somewhere() -> None:
    found = re.findall(r"\]\(([^):]*?)(?:#([^)]+))?\)", re.sub("```.*?```", "", PAGE.text, flags=re.DOTALL))
    assert len(found) > 10
    for target, anchor in found:
        assert (DOCS / (target or "reports.md")).exists(), target
        if anchor:
            assert anchor.lower() in Page(target or "reports.md").anchors(), (target, anchor)


def test_the_page_begins_with_a_short_summary_in_english() -> None:
    title, summary = PAGE.text.split("\n\n")[:2]
    assert title == "# 报告"
    assert summary.startswith("> **In English.** ")
    assert len(summary) < 1200
