"""The bundled commands, in the order of ``plancheck --help``; each is imported only when it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.hookspecs import hookimpl

if TYPE_CHECKING:
    from checker.commands.group import Commands


@hookimpl
def plancheck_commands(cli: Commands) -> None:
    """Add the commands of ``checker.commands``."""
    cli.add_later("check", "checker.commands.check:command", "检查方案，报告问题 / check drafts and report violations")
    cli.add_later(
        "baseline",
        "checker.commands.baseline:command",
        "记下现有的问题，以后只算新的 / write down what is there already",
    )
    cli.add_later("compare", "checker.commands.compare:command", "比较两轮送审稿 / compare two rounds of review")
    cli.add_later("parse", "checker.commands.parse:command", "显示读出的结构 / show the structure that was understood")
    cli.add_later("tasks", "checker.commands.tasks:command", "列出任务分工 / list the tasks and who is responsible")
    cli.add_later("cover", "checker.commands.cover:command", "对照上级方案 / hold a draft against its superior's plan")
    cli.add_later("rules", "checker.commands.rules:rules_command", "列出全部规则 / list the rules")
    cli.add_later("explain", "checker.commands.rules:explain_command", "说明一条规则 / explain a rule")
    cli.add_later("test", "checker.commands.test:command", "试一试规则的例子 / try the examples of rules")
    cli.add_later("new-rule", "checker.commands.new_rule:command", "新建一条规则 / write a new rule")
    cli.add_later("new-plugin", "checker.commands.new_plugin:command", "新建一个插件 / write a new plugin")
    cli.add_later("plugins", "checker.commands.plugins:command", "列出插件和它们带来的内容 / list the plugins")
    cli.add_later("init", "checker.commands.init:command", "写出一份配置 / write a configuration")
    cli.add_later("schema", "checker.commands.schema:command", "打印 JSON Schema / print a JSON Schema")
    cli.add_later(
        "completion", "checker.commands.completion:command", "让 shell 补全命令 / completion for bash, zsh and fish"
    )
