"""``plancheck new-plugin``: a plugin that works and is tested, to be made into another."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click

from checker import __version__
from checker.commands.new_rule import PACK, RULE, refuse_taken
from checker.commands.options import host_of, lang_option, language_of, more_plugins
from checker.commands.output import cannot_write
from checker.hookspecs import API_VERSION
from checker.model import Bilingual
from checker.problems import Problem
from checker.rule_validation import name_problem

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PREFIX = "plancheck-"

_SETUP = """\
[metadata]
name = plancheck-{name}
version = 0.1.0
description = A plugin of plancheck: {name}
long_description = file: README.md
long_description_content_type = text/markdown

[options]
python_requires = >=3.10
packages = {package}
install_requires =
    plancheck>={version}

[options.package_data]
{package} =
    {name}/*.yaml

[options.extras_require]
test =
    pytest>=8

[options.entry_points]
plancheck =
    {name} = {package}
"""

_PYPROJECT = """\
[build-system]
requires = ["setuptools>=70.1"]
build-backend = "setuptools.build_meta"
"""

_README = """\
# plancheck-{name}

plancheck 的插件：规则包 `{name}`，检查类型 `{name}-length`（文字的长短）。

安装、测试、使用：

```sh
pip install -e ".[test]"
python -m pytest
plancheck plugins
plancheck check 方案.txt --select {name}
```

- `{package}/{name}/` 是规则包，一条规则一个文件；怎么写见 plancheck 的 docs/writing-rules.md，
  `plancheck test {package}/{name}` 试它们的例子。
- `{package}/__init__.py` 是代码：标有 `@hookimpl` 的是钩子，还有哪些钩子见 docs/plugins.md。
- `tests/` 是测试，用的是 `checker.testing`。

A plugin of plancheck: the rule pack `{name}` and the check type `{name}-length`.
"""

_CODE = '''\
"""plancheck 的插件：规则包 {name} 和它的检查类型 / a plugin of plancheck: a pack and its check type."""

# 不用 from __future__ import annotations：选项的类型要直接读到，每次运行都快一些。
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from checker.checks import CheckType
from checker.hookspecs import hookimpl
from checker.model import Bilingual, Found, Plan
from checker.nodes import plain, span_of
from msgspec import Meta, Struct

PLANCHECK_API_VERSION = {api}


class Length(Struct, frozen=True, forbid_unknown_fields=True):
    """规则文件里 options 可以写的 / what a rule file may say in its options."""

    max: Annotated[int, Meta(ge=1, description="最多几个字 / at most so many characters")]
    field: Annotated[str, Meta(description="看哪个属性 / the attribute that is looked at")] = "text"


def check_length(nodes: Sequence[Any], options: Length, plan: Plan) -> Iterator[Found]:
    """报告文字太长的节点 / yield each node whose text is too long."""
    for node in nodes:
        text = plain(node, options.field, plan)
        if text is not None and len(text) > options.max:
            yield Found(span_of(node), {{"length": len(text), "max": options.max}}, node=node)


LENGTH = CheckType(
    "{name}-length",
    Length,
    check_length,
    Bilingual("文字不超过规定的长度", "the text is no longer than it may be"),
    fields=("length", "max"),
    attributes={{"field": ("text",)}},
)


@hookimpl
def plancheck_rule_packs() -> list[Path]:
    """规则包所在的文件夹 / the folder of the pack."""
    return [Path(__file__).parent / "{name}"]


@hookimpl
def plancheck_checks() -> list[CheckType]:
    """规则可以用的检查类型 / the check types that rules may name."""
    return [LENGTH]
'''

_OWN_RULE = """\
# 这条规则用的是插件自己的检查类型，见 __init__.py。
title: 措施的标题不要太长
severity: info
node: measure
where: {{title: {{missing: false}}}}
check: {name}-length
options: {{field: title, max: 20}}
message: 措施的标题有 {{length}} 个字，最多 {{max}} 个
help: 标题只说做什么，怎么做写在后面。
examples:
  good:
    - why: 标题简短
      plan: |
        一、主要任务
        1.建好书屋。在每个村新建书屋1个。
  bad:
    - why: 标题里写了怎么做
      at: [2]
      plan: |
        一、主要任务
        1.采取多种方式在全县每个村和每个社区都新建一个书屋。今年完成。
"""

_TESTS = '''\
"""插件的测试 / the tests of the plugin: ``python -m pytest``."""

from checker.testing import assert_examples, check_text, findings

import {package}

PLAN = "一、工作目标\\n全县建成书屋100个。\\n"


def test_the_rules_do_what_their_examples_promise() -> None:
    assert_examples({package}, plugins={package})


def test_the_check_type_reports_what_is_too_long() -> None:
    (found,) = findings({package}.LENGTH, "sentence", PLAN, {{"max": 10}})
    assert (found.lines, found.words, found.fields["length"]) == ([2], "全县建成书屋100个。", "11")
    assert findings({package}.LENGTH, "sentence", PLAN, {{"max": 11}}) == []


def test_a_plan_is_checked_with_the_rules() -> None:
    report = check_text(PLAN, select="{name}", plugins={package})
    assert [(one.rule, one.line) for one in report.violations] == [("{name}/target-year", 2)]
'''


@click.command("new-plugin")
@click.argument("name", metavar="NAME")
@click.option(
    "--dir", "folder", default=".", type=click.Path(), metavar="DIR", help="插件放在哪里 / where the plugin is put [.]"
)
@more_plugins
@lang_option
@click.pass_context
def command(context: click.Context, name: str, folder: str) -> None:
    """新建一个插件 / write a new plugin.

    写出一个能安装、有测试的插件 plancheck-NAME：一个规则包、两条规则、一个检查类型，照着改成自己的。
    绝不覆盖已有的文件。

    plancheck-NAME can be installed and has tests: a pack, two rules and a check type, to be changed
    into your own. No file is ever overwritten.

    \b
    例 / example:
      plancheck new-plugin my-county
      pip install -e plancheck-my-county
      python -m pytest plancheck-my-county
    """
    if wrong := _misnamed(name):
        raise Problem(wrong)
    refuse_taken(name, host_of(context))
    place = Path(folder) / f"{_PREFIX}{name}"
    _write(place, _files(name))
    click.echo(
        Bilingual(
            f"已写好插件 {place}。改成您要的，然后运行：\n"
            f"  pip install -e {place}\n  python -m pytest {place}\n  plancheck check 方案.txt --select {name}",
            f"Wrote the plugin {place}. Make it what you want, then run:\n"
            f"  pip install -e {place}\n  python -m pytest {place}\n  plancheck check draft.txt --select {name}",
        ).in_language(language_of(context))
    )


def _files(name: str) -> dict[str, str]:
    """Return what is written, by the paths in the plugin's folder."""
    package = f"{_PREFIX}{name}".replace("-", "_")
    words = {"name": name, "package": package, "version": __version__, "api": API_VERSION}
    return {
        "setup.cfg": _SETUP.format(**words),
        "pyproject.toml": _PYPROJECT,
        "README.md": _README.format(**words),
        f"{package}/__init__.py": _CODE.format(**words),
        f"{package}/{name}/pack.yaml": PACK.format(pack=name),
        f"{package}/{name}/target-year.yaml": RULE.format(folder=f"{package}/{name}"),
        f"{package}/{name}/title-length.yaml": _OWN_RULE.format(**words),
        "tests/test_plugin.py": _TESTS.format(**words),
    }


def _misnamed(name: str) -> Bilingual | None:
    """Return what is wrong with the name of a plugin, with a guess; None if it is one."""
    if _NAME.fullmatch(name) and not name.startswith(_PREFIX) and name_problem(name) is None:
        return None
    zh = f"名称“{name}”不能用：用小写字母开头，后面还可用数字，词之间用一个 -，也不能是 all"
    en = f"{name!r} is no name: small letters and digits, a letter first, single hyphens between words, and not 'all'"
    if name.startswith(_PREFIX):
        zh, en = f"名称“{name}”不必带 {_PREFIX}，会自动加上", f"{name!r} needs no {_PREFIX!r}, which is put in front"
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    guess = re.sub(rf"^(?:{_PREFIX})+", "", words)
    if _NAME.fullmatch(guess) and name_problem(guess) is None:
        zh, en = f"{zh}。您是不是想写“{guess}”？", f"{en}. Did you mean {guess!r}?"
    return Bilingual(zh, en)


def _write(place: Path, files: dict[str, str]) -> None:
    """Write a new folder, whole or not at all; raises Problem if there is something of its name, or it cannot be."""
    if place.exists() or place.is_symlink():
        zh = f"{place}: 已经有了，没有改动；请另取一个名称"
        raise Problem(Bilingual(zh, f"{place}: is there already, nothing was changed; choose another name"))
    first = next((folder for folder in reversed(place.parents) if not folder.exists()), place)
    made = False
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.mkdir()  # refuses what somebody else has made meanwhile
        made = True
        for name, text in files.items():
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except BaseException as error:
        if made:
            shutil.rmtree(first, ignore_errors=True)
        if not isinstance(error, OSError):
            raise
        raise cannot_write(str(place), error) from error
