"""A group of commands that imports a command only when it is run, so that ``--help`` starts fast."""

from importlib import import_module

import click

SUMMARIES = {
    "init": "Write template workbooks and a commented returnplan.toml (模板).",
    "check": "Read and validate only; list every fault (检查).",
    "plan": "Read, match, plan, audit, save a run, write plan.xlsx (排车).",
    "manifest": "Write the papers of the stored plan (出名单).",
    "show": "Show the stored plan as tables, JSON or CSV (查看).",
    "diff": "Say who is new, moved or off between two runs (对比).",
    "publish": "Lock batches whose riders have been told (锁定已通知).",
    "recall": "Unlock published batches, so that the next plan may change them (解除锁定).",
    "change": "Change one batch by hand; nobody else is moved (改车).",
    "verify": "Audit a plan workbook that was edited by hand; every broken rule with its cell (核对).",
    "adopt": "Take the edits of a plan workbook into the store; refused when they break a rule (采用).",
    "notify": "Write the lists to phone from, one a township, or read their results (电话通知).",
    "dispatch": "Write one order sheet a carrier, or read plates and drivers (派车单).",
    "board": "Read marked manifests and receipts: who boarded, was absent, arrived (上车登记).",
    "nightly": "Plan the inbox unattended and write what the day needs (夜间运行).",
    "explain": "Say why a person is on this batch, or on none (说明).",
    "headers": "Show how each header was understood; learn what the others mean (表头).",
    "purge": "Remove the personal data of a finished campaign from the store (清除个人信息).",
    "doctor": "Check store, lock, permissions and fonts, and say how to mend them (体检).",
}
"""Every command and its line in ``--help``; a test holds the lines against the commands' own help."""


class LazyGroup(click.Group):
    """The commands of :data:`SUMMARIES`, each the attribute ``command`` of a module of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a person meets them."""
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of the command."""
        if cmd_name not in SUMMARIES:
            return None
        command: click.Command = import_module(f"returnplan.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest commands when there is none of that name."""
        if args[0] not in SUMMARIES and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], SUMMARIES, n=2)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)
