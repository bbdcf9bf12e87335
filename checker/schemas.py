"""JSON Schemas of what people write: rule files, pack files and registers of words, for editors and for validation.

They are made of the same types, kinds and check types that these files are held against when they
are read, so that an editor offers what plancheck takes.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct

import checker.lexicon
from checker.checks import CheckType
from checker.conditions import RELATIONS
from checker.configuration import ConfigurationFile
from checker.kinds import KINDS, Attribute
from checker.lexicon import Lexicon
from checker.rule_files import PackFile, RuleFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def rule_schema(checks: Mapping[str, CheckType]) -> dict[str, Any]:
    """Return the schema of a rule file: the options go with the check type, conditions with the node."""
    schema, definitions = _components(RuleFile)
    cases, more = _cases(checks)
    definitions |= more | _shapes()
    for look in (schema, definitions["LookFile"]):
        look["properties"]["node"] |= {"enum": list(KINDS)}
        look["properties"]["check"] |= {"enum": sorted(checks)}
        look["allOf"] = [{"$ref": "#/$defs/look"}]
    described = {"description": schema["properties"]["applies_when"].get("description", "")}
    schema["properties"]["applies_when"] = {**_conditions("plan"), **described}
    definitions["look"] = {"allOf": cases}
    return {"$schema": DIALECT, "title": "plancheck rule", **schema, "$defs": definitions}


def _cases(checks: Mapping[str, CheckType]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return what check type and node ask of options and conditions, and the definitions that it names."""
    definitions: dict[str, Any] = {}
    cases: list[dict[str, Any]] = []
    for name, check in sorted(checks.items()):
        shape, more = _components(check.options)
        definitions |= more
        wanted: dict[str, Any] = {"options": shape}
        if check.nodes:
            wanted["node"] = {"enum": list(check.nodes)}
        required = ["options"] if shape.get("required") else []
        cases.append(_case("check", name, wanted, required))
    for name in KINDS:
        cases.append(_case("node", name, {"where": _conditions(name)}))
    return cases, definitions


def pack_schema() -> dict[str, Any]:
    """Return the schema of a pack.yaml."""
    schema, definitions = _components(PackFile)
    described = {"description": schema["properties"]["applies_when"].get("description", "")}
    schema["properties"]["applies_when"] = {**_conditions("plan"), **described}
    definitions |= _shapes()
    return {"$schema": DIALECT, "title": "plancheck pack", **schema, "$defs": definitions}


def config_schema() -> dict[str, Any]:
    """Return the schema of a .plancheck.yaml."""
    schema, definitions = _components(ConfigurationFile)
    return {"$schema": DIALECT, "title": "plancheck configuration", **schema, "$defs": definitions}


def registers() -> dict[str, type[Struct]]:
    """Return the types of the files in ``rules/lexicon``, by the names of the files."""
    found = {
        name: get_type_hints(attribute.func)["return"]
        for name, attribute in vars(Lexicon).items()
        if isinstance(attribute, cached_property)
    }
    return {name: shape for name, shape in found.items() if isinstance(shape, type) and issubclass(shape, Struct)}


def register_schema(name: str) -> dict[str, Any]:
    """Return the schema of a file in ``rules/lexicon``; what is written under a field is its description."""
    shape = registers()[name]
    schema, definitions = _components(shape)
    for part, described in {shape.__name__: schema, **definitions}.items():
        for field, description in descriptions(getattr(checker.lexicon, part)).items():
            described["properties"][field]["description"] = description
    schema["description"] = inspect.getdoc(vars(Lexicon)[name])
    return {"$schema": DIALECT, "title": f"plancheck lexicon/{name}", **schema, "$defs": definitions}


def descriptions(shape: type[Struct]) -> dict[str, str]:
    """Return the docstrings of a type's fields, by the names that the fields have in YAML.

    They are read from the source: descriptions as annotations would be evaluated in every run.
    """
    names = {field.name: field.encode_name for field in msgspec.structs.fields(shape)}
    (definition,) = ast.parse(inspect.getsource(shape)).body
    assert isinstance(definition, ast.ClassDef)
    found = {}
    for field, below in pairwise(definition.body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        ):
            found[names[field.target.id]] = inspect.cleandoc(below.value.value)
    return found


def _components(shape: type) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the schema of a type, and those of the types that it names."""
    (made,), definitions = msgspec.json.schema_components([shape], ref_template="#/$defs/{name}")
    name = made["$ref"].rpartition("/")[2]
    own = dict(definitions.pop(name))
    own.pop("title", None)
    return own, definitions


def _case(key: str, value: str, wanted: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    then: dict[str, Any] = {"properties": wanted}
    if required:
        then["required"] = required
    return {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": then}


def _conditions(kind: str) -> dict[str, Any]:
    """Return the schema of ``where`` for a kind: attribute paths, each with a value, a list, or operators."""
    properties = {name: _condition(found) for name, found in KINDS[kind].attributes.items()}
    # Through any node an attribute of a section, a measure or a clause: section.role, clause.measure.title.
    inner = {name for found in KINDS[kind].attributes.values() if found.shape == "node" for name in _inner(found.kind)}
    patterns: dict[str, Any] = {rf"^[a-z_]+(\.[a-z_]+)*\.({'|'.join(sorted(inner))})$": {}} if inner else {}
    return {
        "type": "object",
        "properties": properties,
        "patternProperties": patterns,
        "additionalProperties": False,
    }


def _inner(kind: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """Return the attributes of a kind and of the kinds that its nodes lead to."""
    found = set(KINDS[kind].attributes)
    for attribute in KINDS[kind].attributes.values():
        if attribute.shape == "node" and attribute.kind not in seen:
            found |= _inner(attribute.kind, seen | {kind, attribute.kind})
    return found


def _condition(found: Attribute) -> dict[str, Any]:
    if found.values:
        value = {"enum": list(found.values)}
        return {"anyOf": [value, {"type": "array", "items": value, "minItems": 1}, _operators("text")]}
    return {"$ref": f"#/$defs/{found.shape}-condition"}


def _shapes() -> dict[str, Any]:
    """Return the schemas of conditions on each shape of attribute, by name."""
    values = {
        "text": {"type": "string"},
        "texts": {"type": "string"},
        "date": {"type": "string", "format": "date"},
        "number": {"type": "number"},
        "flag": {"type": "boolean"},
    }
    found = {
        f"{shape}-condition": {
            "anyOf": [value, {"type": "array", "items": value, "minItems": 1}, _operators(shape)],
        }
        for shape, value in values.items()
    }
    return {**found, "node-condition": _operators("node"), "nodes-condition": _operators("nodes")}


def _operators(shape: str) -> dict[str, Any]:
    """Return the schema of a condition that is written with operators."""
    operators: dict[str, Any] = {"missing": {"type": "boolean"}}
    if shape in ("text", "texts"):
        operators |= {name: {"type": "string", "format": "regex"} for name in ("matches", "lacks")}
    if shape in ("number", "date"):
        operand = {"type": "number"} if shape == "number" else {"type": "string", "format": "date"}
        operators |= dict.fromkeys(RELATIONS, operand)
    return {"type": "object", "properties": operators, "additionalProperties": False, "minProperties": 1}
