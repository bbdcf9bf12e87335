"""What a plugin says commands no terminal, and stays data in every report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Distribute

Run = Callable[..., Any]
EVIL = "\x1b[2J\x07\x9b31m\u202e<script>alert(1)</script>=cmd|' /C calc'!A0\n第二行"
FIELDS = ("message", "basis", "excerpt", "section", "section_label", "node", "fingerprint", "fix", "source_line")


@pytest.fixture
def evil(distribute: Distribute) -> None:
    """Install a plugin that puts what is no words into every field of a violation, and into all else that it says."""
    fields = ", ".join(f"{field}=EVIL" for field in FIELDS)
    distribute(
        f"EVIL = {EVIL!r}\n"
        "from msgspec.structs import replace\n"
        "import click\n"
        "@hookimpl\n"
        "def plancheck_violations(plan, violations):\n"
        f"    return [replace(one, {fields}) for one in violations]\n"
        "@hookimpl\n"
        "def plancheck_commands(cli):\n"
        "    @cli.command(help=EVIL)\n"
        "    def evil():\n"
        "        raise ValueError(EVIL)\n"
    )


def commands_a_terminal(text: str) -> bool:
    return any(char in text for char in "\x1b\x07\x9b\u202e")


@pytest.mark.parametrize("format_", ["text", "concise", "json"])
def test_no_report_has_characters_that_command_a_terminal(plancheck: Run, evil: None, site: Path, format_: str) -> None:
    done = plancheck("check", "bad.txt", "--format", format_, "-v", PYTHONPATH=str(site))
    assert not commands_a_terminal(done.stdout + done.stderr)
    assert "alert(1)" in done.stdout  # it is there, as words
    assert done.returncode == 1


def test_a_message_is_one_line(plancheck: Run, evil: None, site: Path) -> None:
    done = plancheck("check", "bad.txt", "--format", "concise", PYTHONPATH=str(site))
    assert len(done.stdout.splitlines()) == 1


def test_the_line_that_is_shown_is_the_draft_s(plancheck: Run, evil: None, site: Path) -> None:
    done = plancheck("check", "bad.txt", PYTHONPATH=str(site))
    assert "    │ 2.办好赛事。每年办赛10场。\n" in done.stdout


def test_json_holds_it_as_text(plancheck: Run, evil: None, site: Path) -> None:
    done = plancheck("check", "bad.txt", "--format", "json", PYTHONPATH=str(site))
    (one,) = json.loads(done.stdout)["files"][0]["violations"]
    shown = (
        EVIL.replace("\x1b", "\ufffd").replace("\x07", "\ufffd").replace("\x9b", "\ufffd").replace("\u202e", "\ufffd")
    )
    assert one["message"] == shown.replace("\n", "\ufffd")
    assert one["fix"] == shown  # what is to stand in the draft may have lines


@pytest.mark.parametrize("call", ["evil", "--help", "plugins"])
def test_nor_has_what_is_said_beside_reports(plancheck: Run, evil: None, site: Path, call: str) -> None:
    done = plancheck(call, PYTHONPATH=str(site))
    assert not commands_a_terminal(done.stdout + done.stderr)
    assert "Traceback" not in done.stderr


def test_nor_has_the_reason_of_a_check_that_raises(
    plancheck: Run, distribute: Distribute, site: Path, pack: Callable[..., Path]
) -> None:
    folder = pack("ours", "trial", "{}")
    distribute(
        "from msgspec import Struct\n"
        "from checker.checks import CheckType\n"
        "class Options(Struct):\n    pass\n"
        f"def check(nodes, options, plan):\n    raise ValueError({EVIL!r})\n"
        "@hookimpl\n"
        "def plancheck_checks():\n    return [CheckType('trial', Options, check, Bilingual('试', 'trial'))]\n"
        f"@hookimpl\ndef plancheck_rule_packs():\n    return [{str(folder)!r}]\n"
    )
    done = plancheck("check", "bad.txt", "-v", PYTHONPATH=str(site))
    assert not commands_a_terminal(done.stdout + done.stderr)
    assert "ours/lead" in done.stdout
    assert done.returncode == 2
