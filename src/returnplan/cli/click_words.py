"""What click itself says (errors, its part of help), in Chinese.

click looks its messages up with gettext, whose catalogues are binary files that the environment chooses. Here the
language is chosen by :func:`returnplan.cli.language.language`, so this module answers in place of gettext.
"""

import importlib

from returnplan.model.texts import Lang

_ZH = {
    "Options": "选项",
    "Commands": "命令",
    "Arguments": "参数",
    "Positional arguments": "参数",
    "default: {default}": "默认：{default}",
    "required": "必填",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "运行 {command} {option} 查看用法。",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing command.": "没有写命令。",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "No such option {name!r}.": "没有选项 {name}。",
    "No such option: {name}": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令 {name}。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中之一：{possibilities}？）",
    "(Possible options: {possibilities})": "（是不是其中之一：{possibilities}？）",
    "Got unexpected extra argument ({args})": "多了一个参数：{args}",
    "Got unexpected extra arguments ({args})": "多了几个参数：{args}",
    "Option {name!r} does not take a value.": "选项 {name} 后面不带值。",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要写 {nargs} 个值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 要写 {nargs} 个值。",
    "{value!r} is not {choice}.": "“{value}”不对，只能是 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不对，可选：{choices}。",
    "{value!r} does not match the format {format}.": "“{value}”不合写法 {format}。",
    "{value!r} does not match the formats {formats}.": "“{value}”不合写法 {formats}。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是数字。",
    "{value} is not in the range {range}.": "{value} 超出范围 {range}。",
    "Repeat for confirmation": "再输入一次",
    "Error: The two entered values do not match.": "错误：两次输入的不一样。",
    "Error: invalid input": "错误：输入不对",
}
"""click's messages, of all its versions that we know, and ours for them."""

_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


def speak(lang: Lang) -> None:
    """Let click speak the language from now on."""

    def one(message: str) -> str:
        return _ZH.get(message, message) if lang == "zh" else message

    def one_or_many(singular: str, plural: str, num: int) -> str:
        return one(singular if num == 1 else plural)

    for name in _MODULES:
        module = importlib.import_module(f"click.{name}")
        for word, answer in (("_", one), ("ngettext", one_or_many)):
            if hasattr(module, word):
                setattr(module, word, answer)
