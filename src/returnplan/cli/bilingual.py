"""click in both languages: help that is a :class:`~returnplan.model.texts.Text`, and the words of click itself.

click looks its messages up with gettext, whose catalogues are binary files that the environment chooses. Here the
language is chosen by :func:`returnplan.cli.language.language`, so :func:`speak` answers in place of gettext.
"""

import importlib
import re
from collections.abc import Callable
from typing import Any, TypeVar
from unicodedata import east_asian_width

import click

from returnplan.cli.language import language_of_help
from returnplan.model.texts import Lang, Text

F = TypeVar("F", bound=Callable[..., Any])

_EXAMPLE = Text("例：{example}", "Example: {example}")
_USAGE = Text("用法：", "Usage: ")
_SHOW_HELP = Text("显示本帮助。", "Show this message and exit.")
_OPTIONS = Text("[选项]", "[OPTIONS]")
_COMMAND = Text("命令 [参数]...", "COMMAND [ARGS]...")
_PIECE = re.compile(
    r"[⺀-\U0003ffff][，。；：、！？）”》]*|[^\s|⺀-\U0003ffff]+[|，。；：、！？）”》]*|\||\s+"
)
"""What stays on one line: a Chinese character, a word or a choice, with the marks that belong to it."""


def lang_of(context: click.Context | None) -> Lang:
    """Return the language of the call that a context belongs to."""
    lang: Lang | None = context.find_root().obj if context else None
    return lang or language_of_help()


class Formatter(click.HelpFormatter):
    """Breaks lines between Chinese characters too, which are two columns wide; click breaks at blanks only."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        start = f"{prefix}{prog} "
        lines = _lines(args, self.width - _width(start)) or [""]
        for number, line in enumerate(lines):
            self.write(f"{' ' * _width(start) if number else start}{line}".rstrip() + "\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, each broken into lines; single line ends inside one are blanks."""
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            lines = _lines(_joined(paragraph), self.width - self.current_indent)
            self.write(("\n" if number else "") + "".join(f"{indent}{line}\n" for line in lines))

    def write_heading(self, heading: str) -> None:
        """Write the title of a list."""
        self.write(f"{' ' * self.current_indent}{heading}{':' if heading.isascii() else '：'}\n")

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names and, beside them, what they mean."""
        rows = list(rows)
        first = min(max((_width(name) for name, _ in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for name, words in rows:
            left = indent + name
            gap = first + self.current_indent - _width(left)
            lines = _lines(words, self.width - self.current_indent - first) or [""]
            if gap < col_spacing:
                self.write(f"{left}\n")
                left, gap = "", first + self.current_indent
            self.write(f"{left}{' ' * gap}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{' ' * (first + self.current_indent)}{line}\n")


def _joined(paragraph: str) -> str:
    """Return one line of a paragraph that the source breaks; between Chinese characters no blank is left."""
    wide = r"[⺀-\U0003ffff]"
    return re.sub(r"\s*\n\s*", " ", re.sub(rf"(?<={wide})\n\s*(?={wide})", "", paragraph.strip()))


def _lines(text: str, width: int) -> list[str]:
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and _width(lines[-1] + piece.rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


class _Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    """A command with its help and an example of a call."""

    context_class = _Context

    def __init__(self, *arguments: Any, words: Text, example: str, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.words = words
        self.example = example
        self.options_metavar = None  # said in the language of the call

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help."""
        found = super().get_help_option(ctx)
        if found:
            found.help = _SHOW_HELP.say(lang_of(ctx))
        return found

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, _USAGE.say(lang_of(ctx)))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what follows the name in the usage line."""
        return [_OPTIONS.say(lang_of(ctx)), *super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.words.say(lang_of(ctx)))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_EXAMPLE.filled(lang_of(ctx), example=self.example))


class Group(Command, click.Group):
    """A command that is a group of commands."""

    def __init__(self, *arguments: Any, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.subcommand_metavar = ""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what follows the name of the program in the usage line."""
        return [_OPTIONS.say(lang_of(ctx)), _COMMAND.say(lang_of(ctx))]


class Option(click.Option):
    """An option whose help is in both languages."""

    def __init__(self, *arguments: Any, words: Text, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option as it is written, and its help."""
        self.help = self.words.say(lang_of(ctx))
        return super().get_help_record(ctx)


def command(name: str, words: Text, example: str, **attributes: Any) -> Callable[[Any], Command]:
    """Make a function a command; ``words`` are its help, of which the first line is its line in the list."""
    return click.command(name, cls=Command, words=words, example=example, **attributes)


def option(*names: str, words: Text, **attributes: Any) -> Callable[[F], F]:
    """Give a command an option."""
    return click.option(*names, cls=Option, words=words, **attributes)


class BadCall(click.UsageError):
    """A call whose words do not fit together; shown with the usage of the command (exit 2)."""

    def __init__(self, message: Text) -> None:
        context = click.get_current_context()
        super().__init__(message.say(lang_of(context)), context)


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


def speak(lang: Lang) -> None:
    """Let click speak the language from now on."""

    def one(message: str) -> str:
        return _ZH.get(message, message) if lang == "zh" else message

    def one_or_many(singular: str, plural: str, num: int) -> str:
        return one(singular if num == 1 else plural)

    for name in ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types"):
        module = importlib.import_module(f"click.{name}")
        for word, answer in (("_", one), ("ngettext", one_or_many)):
            if hasattr(module, word):
                setattr(module, word, answer)
