"""``plancheck schema``: JSON Schemas of what goes in and comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
import msgspec

from checker.checks import CheckType
from checker.commands.options import host_of, lang_option, more_plugins
from checker.schemas import DIALECT, config_schema, pack_schema, register_schema, registers, rule_schema
from checker.written_json import written

_LEXICON = "lexicon/"
_SHAPES = ("rule", "pack", "config", "plan", "report", "tasks", "compare", "cover")


@click.command("schema")
@click.argument(
    "what",
    type=click.Choice([*_SHAPES, *(f"{_LEXICON}{name}" for name in registers())]),
    metavar="NAME",
)
@more_plugins
@lang_option
@click.pass_context
def command(context: click.Context, what: str) -> None:
    """打印 JSON Schema / print a JSON Schema.

    rule、pack、config 是规则文件、规则包文件和 .plancheck.yaml 的，lexicon/… 是各个词表的，供编辑器提示和校验；
    plan、report、tasks、compare、cover 是 parse、check、tasks、compare、cover 输出的。

    rule, pack and config are those of the files of rules and packs and of .plancheck.yaml,
    lexicon/NAME those of words, for editors; the others are those of the JSON that commands print.

    \b
    例 / example:
      plancheck schema rule > rule.schema.json
      plancheck schema lexicon/units
    """
    click.echo(encoded(schema_of(what, host_of(context).checks)), nl=False)


def schema_of(what: str, checks: Mapping[str, CheckType]) -> dict[str, Any]:
    """Return the schema of a kind of file, of a result, or of a register such as ``lexicon/units``."""
    if what == "rule":
        return rule_schema(checks)
    if what == "pack":
        return pack_schema()
    if what == "config":
        return config_schema()
    if what.startswith(_LEXICON):
        return register_schema(what.removeprefix(_LEXICON))
    from checker.contract import PlanJson
    from checker.coverage.contract import CoverageJson
    from checker.matrix.json import TasksJson
    from checker.reporters.comparison_json import ComparisonJson
    from checker.reporters.json import ReportJson

    shapes: dict[str, type] = {
        "plan": PlanJson,
        "report": ReportJson,
        "tasks": TasksJson,
        "compare": ComparisonJson,
        "cover": CoverageJson,
    }
    return {"$schema": DIALECT, **msgspec.json.schema(shapes[what])}


def encoded(schema: dict[str, Any]) -> str:
    """Return a schema as text."""
    return written(schema)
