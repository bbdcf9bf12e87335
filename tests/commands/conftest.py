"""What the tests of the commands share: packs of rules to be listed, explained, tried and run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

TRIAL = """\
title: 试验
title_en: A trial
version: 1.2.3
description: 只用来试。
applies_when: {title: {matches: 阅读}}
valid: [2021, 2030]
extends: [plan]
rules:
  plan/target-year: {severity: error, message: '目标“{quote}”要写年份'}
  plan/stages: {enabled: false}
"""
VAGUE = """\
title: 不用“适时”
title_en: No “in due course”
severity: warning
node: sentence
where: {section.role: [actions, action]}
check: pattern
options: {pattern: 适时, must: not-match}
message: “{match}”不是时限
message_en: “{match}” is no deadline
basis: 试验办法第一条
help: |
  写明月份。
  例如“6月底前”。
help_en: |
  Give the month,
  such as “6月底前”.
unless: [plan/target]
examples:
  good:
    - why: 写明了月份
      plan: |
        一、主要任务
        1.建好书屋。6月底前建成。
  bad:
    - plan: |
        一、主要任务
        1.建好书屋。适时建成。
      at: [2]
"""
QUIET = """\
title: 措施要有配合单位
severity: info
node: measure
check: required
options: {field: supporters}
message: 措施“{name}”没有配合单位
enabled: false
"""
READING = "某县全民阅读实施方案（2024—2026年）\n\n一、主要任务\n1.建好书屋。适时建成100个。\n"
SPORT = READING.replace("阅读", "健身")
ESCAPES = "\x1b\x07\x9b\u202e"
"""Characters that command a terminal, or turn its direction."""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a file below ``tmp_path``, in which the command runs."""

    def write_file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


@pytest.fixture
def packs(write: Write) -> None:
    """Put the packs ``trial`` and ``other`` into ``packs``, and two drafts beside it."""
    write("packs/trial/pack.yaml", TRIAL)
    write("packs/trial/vague.yaml", VAGUE)
    write("packs/trial/quiet.yaml", QUIET)
    write("packs/other/pack.yaml", "title: 另一个\nversion: 0.0.1\n")
    write("packs/other/vague.yaml", QUIET)
    write("reading.txt", READING)
    write("sport.txt", SPORT)


@pytest.fixture
def broken(packs: None, write: Write) -> str:
    """Add a rule with a mistake; return what is said of it in Chinese."""
    write("packs/trial/wrong.yaml", QUIET.replace("supporters", "suporters"))
    return (
        "plancheck: packs/trial/wrong.yaml:5:18: 没有名为“suporters”的属性；可用的：label、leads、name、plan、"
        "responsibility、responsible、section、supporters、text、title。您是不是想写“supporters”？\n"
        "    options: {field: suporters}\n"
        "                     ^~~~~~~~~\n"
    )


@pytest.fixture
def hostile(write: Write) -> None:
    """Put a pack into ``hostile`` in which every text commands the terminal."""
    evil = r'"\e[31m\a\x9b\u202e'
    write(
        "hostile/pack.yaml",
        f'title: {evil}包"\ntitle_en: {evil}P"\nversion: {evil}1"\ndescription: {evil}说明"\n'
        f'applies_when: {{title: {{matches: "阅读|甲\\u202e"}}}}\n',
    )
    write(
        "hostile/rule.yaml",
        f'title: {evil}题"\ntitle_en: {evil}T"\nseverity: warning\nnode: sentence\ncheck: pattern\n'
        f'where: {{text: {{matches: "建成|甲\\u202e"}}}}\n'
        f'options: {{pattern: "适时|甲\\u202e", must: not-match, fix: {evil}"}}\n'
        f'message: {evil}消息"\nmessage_en: {evil}M"\nbasis: {evil}依据"\nhelp: {evil}说明"\n'
        f'examples:\n  good:\n    - why: {evil}因为"\n      plan: "一、任务\\n适时建成\\e[2J。\\n"\n',
    )
    write("hostile/wrong.yaml", f'title: x\nseverity: {evil}"\nnode: {evil}y"\ncheck: "requird\u202e"\nmessage: x\n')
    write("reading.txt", READING)


def harmless(*outputs: str) -> bool:
    """Say whether none of the outputs holds a character that commands a terminal."""
    return not any(char in output for output in outputs for char in ESCAPES)
