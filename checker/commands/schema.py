"""``plancheck schema``: JSON Schemas of what goes in and comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
import msgspec

from checker.checks import CheckType
from checker.commands.options import host_of, lang_option, more_plugins
from checker.schemas import DIALECT, pack_schema, register_schema, registers, rule_schema

_LEXICON = "lexicon/"


@click.command("schema")
@click.argument(
    "what",
    type=click.Choice(["rule", "pack", "plan", "report", "cover", *(f"{_LEXICON}{name}" for name in registers())]),
    metavar=f"rule|pack|plan|report|cover|{_LEXICON}NAME",
)
@more_plugins
@lang_option
@click.pass_context
def command(context: click.Context, what: str) -> None:
    """打印 JSON Schema / print a JSON Schema.

    rule、pack 是规则文件和规则包文件的，lexicon/… 是 rules/lexicon 里各个词表的，供编辑器提示和校验；
    plan、report、cover 是 parse、check、cover 输出的。

    \b
    例 / example:
      plancheck schema rule > rule.schema.json
      plancheck schema lexicon/units
    """
    click.echo(encoded(schema_of(what, host_of(context).checks)), nl=False)


def schema_of(what: str, checks: Mapping[str, CheckType]) -> dict[str, Any]:
    """Return the schema of ``rule``, ``pack``, an output such as ``plan``, or a register such as ``lexicon/units``."""
    if what == "rule":
        return rule_schema(checks)
    if what == "pack":
        return pack_schema()
    if what.startswith(_LEXICON):
        return register_schema(what.removeprefix(_LEXICON))
    from checker.contract import PlanJson
    from checker.coverage.contract import CoverageJson
    from checker.reporters.json import ReportJson

    shapes: dict[str, type] = {"plan": PlanJson, "report": ReportJson, "cover": CoverageJson}
    return {"$schema": DIALECT, **msgspec.json.schema(shapes[what])}


def encoded(schema: dict[str, Any]) -> str:
    """Return a schema as text."""
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"
