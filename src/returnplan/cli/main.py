"""The entry point: streams made safe, one command run, errors turned into a message and an exit code.

A command is imported only when it is run, so that ``--help`` starts fast.
"""

import gc
import sys
from importlib import import_module
from typing import NoReturn

import click

from returnplan import __version__
from returnplan.cli.bilingual import BadCall, Group, Option, lang_of, option, speak
from returnplan.cli.console import make_streams_safe, say_error
from returnplan.cli.language import LANGUAGE, language, language_of_help
from returnplan.model.errors import Interrupted, ReturnplanError
from returnplan.model.texts import Lang, Text

BUG = 70

NEW_OBJECTS = 1_000_000
"""Python looks for cycles after so many; after 700, as it would, a tenth of a command's time goes into looking.

After 100,000 a twentieth of a short command's would; there are few cycles, so that no more memory is taken.
"""

_HELP = Text(
    "为返岗务工人员安排专车(返岗专车排车)。",
    "Plan charter coaches for migrant workers going back to work.",
)
_INTERRUPTED = Text("已中断，没有改动", "interrupted; nothing was changed")
_BUG = Text(
    "程序错误({name})，没有改动；加 --debug 看详情",
    "a bug in returnplan ({name}), nothing was changed; --debug tells more",
)


SUMMARIES = {
    "init": Text(
        "写出空白表格和带注释的 returnplan.toml", "Write template workbooks and a commented returnplan.toml."
    ),
    "check": Text("只读取和检查，列出每一处问题", "Read and validate only; list every fault."),
    "plan": Text(
        "读取、匹配、排车、核对、保存方案，写出 plan.xlsx",
        "Read, match, plan, audit, save a run, write plan.xlsx.",
    ),
    "manifest": Text("写出已存方案的名单", "Write the papers of the stored plan."),
    "show": Text("用表格、JSON 或 CSV 查看已存的方案", "Show the stored plan as tables, JSON or CSV."),
    "diff": Text("对比两个方案：谁是新增、改动、不走", "Say who is new, moved or off between two runs."),
    "publish": Text("锁定已通知乘客的车次", "Lock batches whose riders have been told."),
    "recall": Text(
        "解除锁定，让下一个方案可以改动这些车次",
        "Unlock published batches, so that the next plan may change them.",
    ),
    "change": Text("手工改动一趟车，其他人不动", "Change one batch by hand; nobody else is moved."),
    "verify": Text(
        "核对手工改过的方案表，指出每一处违反规则的单元格",
        "Audit a plan workbook that was edited by hand; every broken rule with its cell.",
    ),
    "adopt": Text(
        "采用方案表里的手工改动；违反规则则拒绝",
        "Take the edits of a plan workbook into the store; refused when they break a rule.",
    ),
    "notify": Text(
        "写出电话通知表(每个乡镇一份)，或读回通知结果",
        "Write the lists to phone from, one for each township, or read their results.",
    ),
    "dispatch": Text(
        "写出派车单和列车名单，或读回车牌、驾驶员和席位",
        "Write order sheets and train name lists, or read plates, drivers and seats.",
    ),
    "board": Text(
        "读回勾过的名单和签收单：谁上车、谁未到、谁到岗",
        "Read marked manifests and receipts: who boarded, was absent, arrived.",
    ),
    "report": Text(
        "写出一页报告：流向图、每天车次、费用、未排人员",
        "Write the plan on one page: map, days, cost, people left.",
    ),
    "rollup": Text(
        "汇总各地报送的报告：来源市、目的城市、汽车、列车、人数，以及新闻稿的一句话",
        "Add up the reports of several offices: home cities, cities of arrival, coaches, trains, people, a press note.",
    ),
    "nightly": Text(
        "夜间无人值守：给收件箱排车，写出当天要用的东西",
        "Plan the inbox unattended and write what the day needs.",
    ),
    "explain": Text(
        "说明一个人为什么在这趟车上，或没有排上车", "Say why a person is on this batch, or on none."
    ),
    "headers": Text(
        "查看每个表头怎样理解，并记住不认识的",
        "Show how each header was understood; learn what the others mean.",
    ),
    "purge": Text(
        "活动结束后，清除数据文件里的个人信息",
        "Remove the personal data of a finished campaign from the store.",
    ),
    "doctor": Text(
        "检查数据文件、运行锁、权限和字体，说明怎样处理",
        "Check store, lock, permissions and fonts, and say how to mend them.",
    ),
}
"""Every command and its line in ``--help``; a test holds the lines against the commands' own help."""

_NONE = Text("没有命令{name}。", "There is no command {name}.")
_NEAR = Text("是不是 {near}？", " Did you mean {near}?")
_OR = Text(" 或 ", " or ")
_COMMANDS = Text("命令", "Commands")


class LazyGroup(Group):
    """The commands of :data:`SUMMARIES`, each the attribute ``run`` of a module of ``commands``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a person meets them."""
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of the command."""
        if cmd_name not in SUMMARIES:
            return None
        command: click.Command = import_module(f"returnplan.cli.commands.{cmd_name}").run
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        lang = lang_of(ctx)
        with formatter.section(_COMMANDS.say(lang)):
            formatter.write_dl([(name, words.say(lang)) for name, words in SUMMARIES.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest commands when there is none of that name."""
        if args[0] not in SUMMARIES and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], SUMMARIES, n=2)
            hints = (_NEAR.filled(lang, near=_OR.say(lang).join(near)) for lang in ("zh", "en"))
            zh, en = hints if near else ("", "")
            raise BadCall(
                Text(_NONE.zh.format(name=f"“{args[0]}”") + zh, _NONE.en.format(name=repr(args[0])) + en)
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    words=_HELP,
    example="returnplan plan signups.xlsx && returnplan manifest --city Dongguan",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__,
    prog_name="returnplan",
    message="%(prog)s %(version)s",
    cls=Option,
    words=Text("显示版本号。", "Show the version and exit."),
)
@option("--lang", type=click.Choice(["zh", "en"]), words=LANGUAGE)
def cli(lang: Lang | None) -> None:
    """Run one of the commands; the language is looked up where it is needed."""


def main() -> NoReturn:
    """Run the command line and leave the process with its exit code (docs/contract.md#exit-codes)."""
    gc.set_threshold(NEW_OBJECTS)
    make_streams_safe()
    code = _run()
    gc.freeze()  # what lives now ends with the process: to look for cycles in it takes a tenth of a short command
    sys.exit(code)


def _run() -> int:
    lang = language_of_help()
    speak(lang)
    try:
        code = cli.main(prog_name="returnplan", standalone_mode=False, obj=lang)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say_error(_INTERRUPTED, language())
        return Interrupted.exit_code
    except ReturnplanError as error:
        say_error(error.message, language(error.lang))
        _show_traceback_if_asked()
        return error.exit_code
    except BrokenPipeError:  # the reader of our output (head, less) has gone
        return 0
    except Exception as error:
        # the words of an unforeseen error may quote a person's row: they are shown only when asked for
        name = type(error).__name__
        say_error(_BUG.with_values(name=name), language())
        _show_traceback_if_asked()
        return BUG
    return code if isinstance(code, int) else 0


def _show_traceback_if_asked() -> None:
    if "--debug" in sys.argv:
        import traceback

        traceback.print_exc()
