"""``returnplan headers``: how each header was understood, and what the others mean."""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.console import say_note, say_notes, table_console
from returnplan.cli.language import DEFAULT_CONFIG
from returnplan.cli.options import FILE, Setup, shared_options
from returnplan.cli.render.listing import Column, Listing, draw
from returnplan.model.masking import mask_name, mask_text
from returnplan.model.texts import Lang, Text

if TYPE_CHECKING:
    from returnplan.reading.learning import HeaderMeaning
    from returnplan.usecases.headers import Learned

_TITLE = Text("表头", "headers")
_COLUMNS = (
    Column(Text("文件", "file")),
    Column(Text("工作表", "sheet")),
    Column(Text("列", "column"), is_whole=True),
    Column(Text("表头", "header")),
    Column(Text("当作", "means")),
    Column(Text("例", "samples")),
)
_UNKNOWN = Text("不认识", "not known")
_KNOWN = Text("已知，不采用", "known, not used")
_TWICE = Text("{name}（重复，未采用）", "{name} (twice, not used)")
_MAYBE = Text("{unknown}；可能是：{names}", "{unknown}; may be {names}")
_LEARN = Text(
    "有不认识的表头；要逐个确认并记住，在窗口里运行：returnplan headers --learn 文件",
    "some headers are not known; to go through them, run in a terminal: returnplan headers --learn FILE",
)
_NO_TERMINAL = Text(
    "没有人可以回答（不是终端），没有写入任何内容",
    "there is nobody to answer (no terminal); nothing was written",
)
_ALL_KNOWN = Text("没有不认识的表头", "every header is known")
_SAMPLES = Text(
    "{file}“{sheet}”{letters} 列“{label}”，例：{samples}",
    "{file}, sheet {sheet}, column {letters} '{label}', such as {samples}",
)
_LIKELY = Text("可能是：{names}", "may mean: {names}")
_ASK_LIKELY = Text(
    "是“{name}”吗？y 是，n 不用这一列，或写出它的名称",
    "is it '{name}'? y yes, n leave it, or the name of another field",
)
_FIELDS = Text("可以回答的名称：{names}", "the fields to answer with: {names}")
_ASK = Text("是哪一项？写出它的名称，n 不用这一列", "which field is it? its name, or n to leave it")
_NO_FIELD = Text("没有“{answer}”这一项；可写：{names}", "there is no field '{answer}'; the fields: {names}")
_TAKEN = Text("“{name}”已有一列", "another column is already '{name}'")
_WRITTEN = Text("已写入 {path} 的 [headers]：{names}", "written into [headers] of {path}: {names}")
_NOTHING = Text("没有写入任何内容", "nothing was written")

_LONGEST_SAMPLE = 40  # characters
_ADDRESS = re.compile(
    r"(?<![\d.])(\d{1,3})(?:\.\d{1,3}){3}(?![\d.])"  # IPv4
    r"|(?<![\w:])([0-9a-f]{1,4})(?::[0-9a-f]{0,4}){3,7}(?![\w:])",  # IPv6
    re.IGNORECASE,
)
"""Where an answer was sent from, as a form service exports it: 113.12.1.9(广西-贵港)."""
_LETTERS = re.compile(r"[^\W\d_]+")


_HELP = Text(
    """查看每个表头怎样理解，并记住不认识的

FILES 是工作簿或文件夹。加 --learn 时逐个列出不认识的表头、几个例子和最可能的意思；没有回答“是”的，一个也不采用。""",
    """Show how each header was understood; learn what the others mean.

FILES are workbooks or folders of them. With --learn each header that matches nothing is shown with samples of its
values and the likeliest meaning; nothing is taken without a yes.""",
)


@command("headers", _HELP, "returnplan headers --learn 报名表.xlsx")
@click.argument("files", nargs=-1, required=True, type=FILE)
@option(
    "--learn",
    is_flag=True,
    words=Text(
        "逐个询问不认识的表头，写入 returnplan.toml 的 [headers]。",
        "Ask what the others mean; write [headers] into returnplan.toml.",
    ),
)
@option("--unmask", is_flag=True, words=Text("例子不打星号。", "Show samples in full."))
@shared_options
def run(setup: Setup, files: tuple[Path, ...], learn: bool, unmask: bool) -> int:
    """Carry out ``returnplan headers``."""
    from returnplan.usecases.headers import headers, learn_headers

    meanings = headers(setup.campaign, files)
    lang = setup.lang or "zh"
    unknown = [meaning for meaning in meanings if meaning.field is None]
    if not learn or not unknown or not is_answered():
        rows = [
            (one.file, one.sheet, one.letters, one.label, _said(one, lang), _samples(one, unmask))
            for one in meanings
        ]
        table_console().print(draw(Listing(_TITLE, _COLUMNS, rows), lang))
        note = _ALL_KNOWN if not unknown else _NO_TERMINAL if learn else _LEARN
        if not setup.quiet:
            say_note(note.say(lang))
        return 0
    learned = list(_answers(meanings, lang, unmask))
    if not learned:
        say_note(_NOTHING.say(lang))
        return 0
    path = learn_headers(setup.config_path or DEFAULT_CONFIG, learned, lambda note: say_notes((note,), lang))
    names = "、".join(f"{one.label} → {_learned_name(one, meanings, lang)}" for one in learned)
    click.echo(_WRITTEN.filled(lang, path=path, names=names))
    return 0


def is_answered() -> bool:
    """Return whether somebody sits before a terminal and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _said(one: "HeaderMeaning", lang: Lang) -> str:
    if one.field is None:
        names = "、".join(_name(one, field, lang) for field in one.likely)
        unknown = _UNKNOWN.say(lang)
        return _MAYBE.filled(lang, unknown=unknown, names=names) if names else unknown
    if one.field.startswith("_"):
        return _KNOWN.say(lang)
    name = _name(one, one.field, lang)
    return _TWICE.filled(lang, name=name) if one.is_twice else name


def _name(one: "HeaderMeaning", field: str, lang: Lang) -> str:
    from returnplan.reading.learning import field_names

    return Text(*field_names(one.kind)[field]).say(lang)


def _learned_name(learned: "Learned", meanings: "Sequence[HeaderMeaning]", lang: Lang) -> str:
    """Return what a learnt header is called on a sheet of the kind that has the field."""
    from returnplan.reading.learning import field_names

    labelled = (one for one in meanings if one.label == learned.label)
    return next(_name(one, learned.field, lang) for one in labelled if learned.field in field_names(one.kind))


def _samples(one: "HeaderMeaning", unmask: bool) -> str:
    return "、".join(sample if unmask else _masked(sample) for sample in one.samples)


def _masked(sample: str) -> str:
    """Return a value of a column whose meaning is not known: any word may be a name, a number or an address."""
    masked = " ".join(_masked_word(word) for word in sample.split())
    return masked if len(masked) <= _LONGEST_SAMPLE else masked[:_LONGEST_SAMPLE] + "…"


def _masked_word(word: str) -> str:
    """Return a word masked; of one with a digit every run of letters, so that 2月20日 can still be read."""
    if not re.search(r"\d", word):
        return mask_name(word)
    address_masked = _ADDRESS.sub(lambda match: f"{match[1] or match[2]}***", word)
    return _LETTERS.sub(lambda match: mask_name(match.group()), mask_text(address_masked))


def _answers(meanings: "Sequence[HeaderMeaning]", lang: Lang, unmask: bool) -> "Iterator[Learned]":
    """Yield what somebody said the unknown headers mean; a header that stands in several sheets is asked once."""
    from returnplan.usecases.headers import Learned

    asked: set[tuple[str, str]] = set()
    taken = {(one.file, one.sheet, one.field) for one in meanings}
    for one in meanings:
        if one.field is not None or (one.kind, one.label) in asked:
            continue
        if one.kind not in {kind for kind, _ in asked}:
            click.echo(_FIELDS.filled(lang, names=_all_names(one, lang)))
        asked.add((one.kind, one.label))
        words = _SAMPLES.say(lang)
        click.echo(
            words.format(
                file=one.file,
                sheet=one.sheet,
                letters=one.letters,
                label=one.label,
                samples=_samples(one, unmask),
            )
        )
        if one.likely:
            names = "、".join(_name(one, field, lang) for field in one.likely)
            click.echo("  " + _LIKELY.filled(lang, names=names))
        field = _answer(
            one, lang, {field for file, sheet, field in taken if (file, sheet) == (one.file, one.sheet)}
        )
        if field is not None:
            taken.add((one.file, one.sheet, field))
            yield Learned(one.label, field)


def _all_names(one: "HeaderMeaning", lang: Lang) -> str:
    from returnplan.reading.learning import field_names

    return ("、" if lang == "zh" else ", ").join(_name(one, field, lang) for field in field_names(one.kind))


def _answer(one: "HeaderMeaning", lang: Lang, taken: set[str | None]) -> str | None:
    """Return the field that somebody names, None for none; ask until the answer is one."""
    from returnplan.reading.learning import field_of

    likely = next((field for field in one.likely if field not in taken), None)
    question = _ASK_LIKELY.filled(lang, name=_name(one, likely, lang)) if likely else _ASK.say(lang)
    while True:
        answer = str(click.prompt("  " + question, default="n")).strip()
        if answer.casefold() in ("n", "no", "否", "不"):
            return None
        field = likely if answer.casefold() in ("y", "yes", "是") else field_of(one.kind, answer)
        if field is None:
            click.echo("  " + _NO_FIELD.filled(lang, answer=answer, names=_all_names(one, lang)))
        elif field in taken:
            click.echo("  " + _TAKEN.filled(lang, name=_name(one, field, lang)))
        else:
            return field
