"""The objects of SARIF 2.1.0 that plancheck writes, with the names of the standard; see ``sarif``.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Level = Literal["error", "warning", "note"]


class SarifObject(Struct, frozen=True, rename="camel", omit_defaults=True):
    """What all of them have in common: what is not said is left out."""


class Message(SarifObject, frozen=True):
    """A text for people: see ``sarif.message`` for what has a meaning of its own in it."""

    text: str


class ArtifactLocation(SarifObject, frozen=True):
    """A file: its address, from ``uri_base_id`` if it is a relative one, and its number among the artifacts."""

    uri: str | None = None
    uri_base_id: str | None = None
    index: int | None = None
    description: Message | None = None


class Artifact(SarifObject, frozen=True):
    """A file that was looked at."""

    location: ArtifactLocation
    roles: tuple[str, ...]
    encoding: str | None = None
    """As IANA names it."""


class ArtifactContent(SarifObject, frozen=True):
    """Characters of a file."""

    text: str


class Region(SarifObject, frozen=True):
    """A stretch of a file, counted from 1; ``end_column`` is the column after the last."""

    start_line: int
    start_column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    snippet: ArtifactContent | None = None


class PhysicalLocation(SarifObject, frozen=True):
    """Where in which file."""

    artifact_location: ArtifactLocation
    region: Region | None = None


class LogicalLocation(SarifObject, frozen=True):
    """Where in the structure of a plan: its section, its measure."""

    name: str
    fully_qualified_name: str
    kind: str


class Location(SarifObject, frozen=True):
    """A place."""

    physical_location: PhysicalLocation
    id: int | None = None
    logical_locations: tuple[LogicalLocation, ...] = ()
    message: Message | None = None


class ReportingConfiguration(SarifObject, frozen=True):
    """How grave what a rule finds is, unless the result says otherwise."""

    level: Level | None = None


class ReportingDescriptor(SarifObject, frozen=True):
    """A rule."""

    id: str
    short_description: Message
    full_description: Message
    help: Message
    default_configuration: ReportingConfiguration | None = None


class ReportingDescriptorReference(SarifObject, frozen=True):
    """A rule among ``Driver.rules``."""

    id: str
    index: int


class Replacement(SarifObject, frozen=True):
    """What is taken away, and what stands there then."""

    deleted_region: Region
    inserted_content: ArtifactContent | None = None


class ArtifactChange(SarifObject, frozen=True):
    """What changes in one file."""

    artifact_location: ArtifactLocation
    replacements: tuple[Replacement, ...]


class Fix(SarifObject, frozen=True):
    """What mends a result."""

    description: Message
    artifact_changes: tuple[ArtifactChange, ...]


class Suppression(SarifObject, frozen=True):
    """Who has accepted a result: what stands in the file itself, or something outside of it."""

    kind: Literal["inSource", "external"]
    justification: str | None = None


class Result(SarifObject, frozen=True):
    """A violation."""

    rule_id: str
    rule_index: int
    level: Level | None
    message: Message
    locations: tuple[Location, ...]
    related_locations: tuple[Location, ...] = ()
    partial_fingerprints: dict[str, str] = {}
    fixes: tuple[Fix, ...] = ()
    suppressions: tuple[Suppression, ...] | None = None
    """Of a run that shows accepted violations each result has them, empty for one that nobody has accepted."""


class Notification(SarifObject, frozen=True):
    """Something that went wrong in the run itself."""

    message: Message
    level: Level | None = None
    locations: tuple[Location, ...] = ()
    associated_rule: ReportingDescriptorReference | None = None


class Invocation(SarifObject, frozen=True):
    """The run of the tool."""

    execution_successful: bool
    tool_execution_notifications: tuple[Notification, ...] = ()
    tool_configuration_notifications: tuple[Notification, ...] = ()


class Extension(SarifObject, frozen=True):
    """A plugin."""

    name: str
    version: str


class Driver(SarifObject, frozen=True):
    """plancheck itself."""

    name: str
    version: str
    language: str
    rules: tuple[ReportingDescriptor, ...]
    properties: dict[str, dict[str, str]] = {}


class Tool(SarifObject, frozen=True):
    """What was run."""

    driver: Driver
    extensions: tuple[Extension, ...] = ()


class Run(SarifObject, frozen=True):
    """One run."""

    tool: Tool
    language: str
    column_kind: str
    newline_sequences: tuple[str, ...]
    original_uri_base_ids: dict[str, ArtifactLocation]
    artifacts: tuple[Artifact, ...]
    invocations: tuple[Invocation, ...]
    results: tuple[Result, ...]


class SarifLog(SarifObject, frozen=True):
    """All of a file."""

    schema: str = field(name="$schema")
    version: str
    runs: tuple[Run, ...]
