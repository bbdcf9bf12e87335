"""One rule file, one pack file: what they may hold."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from checker.model import Alignment, Severity

Year = Annotated[int, Meta(ge=1900, le=2100)]
Text = Annotated[str, Meta(min_length=1)]


class ExamplePage(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How the pages of an example are set up; as the standard has it where nothing is said."""

    width: Annotated[float, Meta(description="纸宽，毫米 / width of the paper in millimetres")] = 210.0
    height: Annotated[float, Meta(description="纸高，毫米 / height of the paper in millimetres")] = 297.0
    top: Annotated[float, Meta(description="上边距，毫米 / upper margin")] = 37.0
    right: Annotated[float, Meta(description="右边距，毫米 / right margin")] = 26.0
    bottom: Annotated[float, Meta(description="下边距，毫米 / lower margin")] = 35.0
    left: Annotated[float, Meta(description="左边距，毫米 / left margin")] = 28.0
    lines: Annotated[float | None, Meta(description="每面行数 / lines of a page")] = 22.0
    characters: Annotated[float | None, Meta(description="每行字数 / characters of a line")] = 28.0
    page_number: Annotated[bool | None, Meta(description="有没有页码 / whether there are page numbers")] = True
    page_number_font: Annotated[str | None, Meta(description="页码的字体 / font of page numbers")] = "宋体"
    page_number_size: Annotated[float | None, Meta(description="页码的字号，磅 / size of page numbers")] = 14.0


class ExampleSetting(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a line of an example, or words of it, are set."""

    line: Annotated[int, Meta(description="第几行，从 1 数起 / which line, from 1", ge=1)]
    words: Annotated[str | None, Meta(description="其中哪些字；默认整行 / which words of it; all by default")] = None
    font: Annotated[str | None, Meta(description="字体 / font")] = None
    size: Annotated[float | None, Meta(description="字号，磅 / size in points")] = None
    alignment: Annotated[Alignment | None, Meta(description="对齐方式 / alignment")] = None
    indent: Annotated[float | None, Meta(description="段首空几个字 / indent in characters")] = None


class ExampleLayout(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The layout that an example is tried with, as a Word file would have it."""

    page: Annotated[ExamplePage, Meta(description="页面；不写的按国家标准 / pages; as in the standard by default")] = (
        ExamplePage()
    )
    settings: Annotated[tuple[ExampleSetting, ...], Meta(description="各行的字体字号 / how lines are set")] = ()


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of a plan on which a rule shows what it does."""

    plan: Annotated[Text, Meta(description="一段方案 / a piece of a plan")]
    why: Annotated[str | None, Meta(description="为什么报，或为什么不报 / why it is reported, or is not")] = None
    at: Annotated[
        tuple[int, ...],
        Meta(description="坏例子在第几行报告，从 1 数起 / the lines at which a bad example is reported, from 1"),
    ] = ()
    options: Annotated[
        dict[str, Any],
        Meta(description="试这个例子时另给的选项 / options of the rule with which this example is tried"),
    ] = {}
    layout: Annotated[
        ExampleLayout | None,
        Meta(description="这个例子的版面；不写就没有版面 / its layout, as a Word file has one; none by default"),
    ] = None


class Examples(Struct, frozen=True, forbid_unknown_fields=True):
    """Good examples stay silent, bad ones are reported at exactly their lines."""

    good: Annotated[tuple[Example, ...], Meta(description="不应报告的 / what must stay silent")] = ()
    bad: Annotated[tuple[Example, ...], Meta(description="应当报告的 / what must be reported")] = ()


class LookFile(Struct, frozen=True, forbid_unknown_fields=True):
    """One more way in which a rule looks at a plan, beside the one that the rule itself has."""

    node: Annotated[str, Meta(description="检查哪种节点 / the kind of node that it looks at")]
    check: Annotated[str, Meta(description="检查类型 / the check type")]
    message: Annotated[
        Text | None, Meta(description="报告的话；不写就用规则的 / what is reported; the rule's own by default")
    ] = None
    message_en: str | None = None
    where: Annotated[
        dict[str, Any], Meta(description="只看符合这些条件的节点 / only nodes that fit all of these conditions")
    ] = {}
    options: Annotated[dict[str, Any], Meta(description="检查类型的选项 / the options of the check type")] = {}


class RuleFile(Struct, frozen=True, forbid_unknown_fields=True):
    """``rules/<pack>/<rule>.yaml``."""

    title: Annotated[Text, Meta(description="规则要求什么，一句话 / what the rule wants, in a sentence")]
    severity: Annotated[Severity, Meta(description="error 错误、warning 警告、info 提示")]
    node: Annotated[str, Meta(description="检查哪种节点 / the kind of node that it looks at")]
    check: Annotated[str, Meta(description="检查类型 / the check type")]
    message: Annotated[Text, Meta(description="报告的话，{…} 处填入节点的属性 / what is reported; {…} is filled in")]
    title_en: str | None = None
    message_en: str | None = None
    where: Annotated[
        dict[str, Any], Meta(description="只看符合这些条件的节点 / only nodes that fit all of these conditions")
    ] = {}
    options: Annotated[dict[str, Any], Meta(description="检查类型的选项 / the options of the check type")] = {}
    also: Annotated[
        tuple[LookFile, ...],
        Meta(description="同一条规则还要看的别处 / more places where the same rule looks, each with its own check"),
    ] = ()
    applies_when: Annotated[
        dict[str, Any],
        Meta(description="方案符合这些条件才适用；不写则总是适用 / conditions on the plan; always, without them"),
    ] = {}
    unless: Annotated[
        tuple[str, ...],
        Meta(description="这些规则已指出问题时不再报告 / rules where one has spoken, this one is silent"),
    ] = ()
    enabled: Annotated[
        bool, Meta(description="false：只有按编号点名才执行 / false: runs only when its own id is selected")
    ] = True
    basis: Annotated[str | None, Meta(description="依据的条款 / the clause that it rests on")] = None
    help: Annotated[str | None, Meta(description="给起草人的说明：怎么改 / what to do about it")] = None
    help_en: Annotated[
        str | None, Meta(description="英文的说明；不写就用中文的 / the same in English; the Chinese one by default")
    ] = None
    examples: Annotated[Examples, Meta(description="例子，也是规则的测试 / examples, which are the rule's tests")] = (
        Examples()
    )


class RuleChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What a pack changes of a rule of a pack that it extends."""

    options: Annotated[dict[str, Any], Meta(description="改写的选项，其余照旧 / options that are replaced")] = {}
    severity: Severity | None = None
    enabled: bool | None = None
    message: Text | None = None
    message_en: Text | None = None


class PackFile(Struct, frozen=True, forbid_unknown_fields=True):
    """``rules/<pack>/pack.yaml``."""

    title: Annotated[Text, Meta(description="规则包的名称 / what the pack is for")]
    version: Annotated[Text, Meta(description="版本，如 0.1.0 / its version")]
    title_en: str | None = None
    description: str | None = None
    applies_when: Annotated[
        dict[str, Any],
        Meta(description="方案符合这些条件才适用；不写则总是适用 / conditions on the plan; always, without them"),
    ] = {}
    valid: Annotated[
        tuple[Year, Year] | None,
        Meta(
            description="适用于哪些年份的方案，如 [2021, 2025] / the years of plans that it is for",
            examples=[[2021, 2025]],
        ),
    ] = None
    extends: Annotated[
        tuple[str, ...], Meta(description="以哪些规则包为基础 / the packs that it builds on and may change")
    ] = ()
    rules: Annotated[
        dict[str, RuleChange],
        Meta(description="对基础规则包里规则的改动 / changes to rules of the packs that it extends"),
    ] = {}
