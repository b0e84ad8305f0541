"""A group of commands that imports a command only when it is run, so that ``--help`` starts fast."""

from importlib import import_module

import click

from returnplan.cli.bilingual import BadCall, Group, lang_of
from returnplan.model.texts import Text

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
        "Write the lists to phone from, one a township, or read their results.",
    ),
    "dispatch": Text(
        "写出派车单(每家承运单位一份)，或读回车牌和驾驶员",
        "Write one order sheet a carrier, or read plates and drivers.",
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
        "汇总各地报送的报告：来源市、目的城市、汽车、专列、人数，以及新闻稿的一句话",
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
    """The commands of :data:`SUMMARIES`, each the attribute ``run`` of a module of this package."""

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
            raise BadCall(_no_command(args[0]))
        return super().resolve_command(ctx, args)


def _no_command(name: str) -> Text:
    import difflib

    near = difflib.get_close_matches(name, SUMMARIES, n=2)
    hints = [_NEAR.say(lang).format(near=_OR.say(lang).join(near)) if near else "" for lang in ("zh", "en")]
    return Text(_NONE.zh.format(name=f"“{name}”") + hints[0], _NONE.en.format(name=repr(name)) + hints[1])
