"""``returnplan notify``: the lists to phone from, and their results read back."""

from collections import Counter
from pathlib import Path

import click

from returnplan.cli.bilingual import command
from returnplan.cli.console import say_note, say_notes
from returnplan.cli.options import Setup, outgoing_options, shared_options
from returnplan.cli.render.faults import say_faults
from returnplan.model.texts import Text
from returnplan.usecases.choice import Choice

_WRITTEN = Text(
    "{people} 人需要电话通知，{files} 个电话通知表 → {folder}",
    "{people:person|people} to be called, {files:call list|call lists} -> {folder}",
)
_CORRECTED = Text(
    "给企业的更正通知 {files} 份，{people} 人有变动 → {folder}",
    "{files:correction|corrections} for employers about {people:person|people} -> {folder}",
)
_HELD = Text(
    "其中 {num} 人的车是草案，建议先不锁定，表上写着“草案，先别打”",
    "{num} of them are on drafts that the advice holds: 'draft, not yet' on the lists",
)
_READ = Text(
    "读回 {people} 人：已通知 {told}，未接通 {unreached}，取消 {cancelled}，改期 {postponed}",
    "{people:result|results}: {told} told, {unreached} not reached, {cancelled} cancel, {postponed} put off",
)
_OUTDATED = Text(
    "其中 {num} 人通知的内容已经变了，请重新打电话：编号 {persons}",
    "{num:was|were} told of a coach or hour that has changed; call again: {persons}",
)
_PLAN = Text(
    "取消和改期的座位在下次 returnplan plan 时空出；企业那边由 returnplan notify 写更正通知",
    "the next returnplan plan frees the seats of those who do not come; returnplan notify writes the corrections for "
    "their employers",
)

_HELP = Text(
    """写出电话通知表(每个乡镇一份)，或读回通知结果

第一次包括所有人，以后只有情况有变和没有打通的人。""",
    """Write the lists to phone from, one for each township, or read their results.

Everybody at first, later only those for whom something changed or whose call brought no result.""",
)


@command("notify", _HELP, "returnplan notify --until 2021-02-20 --out 通知")
@outgoing_options("calls", Text("电话通知表", "call lists"))
@shared_options
def run(setup: Setup, choice: Choice, out: Path, filled: tuple[Path, ...]) -> int:
    """Carry out ``returnplan notify``."""
    from returnplan.usecases.notify import notify

    if filled:
        return _read(setup, filled)
    outcome = notify(setup.campaign, choice, out, setup.lang)
    lang = setup.lang or outcome.header.lang
    counts = {"people": len(outcome.calls), "files": len(outcome.paths), "folder": out}
    click.echo(_WRITTEN.filled(lang, **counts))
    if num_held := sum(call.kind == "held" for call in outcome.calls):
        click.echo(_HELD.filled(lang, num=num_held))
    if outcome.corrections:
        counts = {"people": outcome.num_corrected, "files": len(outcome.corrections), "folder": out}
        click.echo(_CORRECTED.filled(lang, **counts))
    say_notes(outcome.notes, lang)
    return 0


def _read(setup: Setup, paths: tuple[Path, ...]) -> int:
    from returnplan.usecases.notify import read_calls

    outcome = read_calls(setup.campaign, paths)
    lang = setup.lang or outcome.header.lang
    results = Counter(result.outcome for result in outcome.results)
    click.echo(
        _READ.filled(
            lang,
            people=len(outcome.results),
            told=results["told"],
            unreached=results["unreached"],
            cancelled=results["cancelled"],
            postponed=results["postponed"],
        )
    )
    if outcome.outdated:
        persons = Text("、", ", ").say(lang).join(map(str, outcome.outdated))
        say_note(_OUTDATED.filled(lang, num=len(outcome.outdated), persons=persons))
    if results["cancelled"] or results["postponed"]:
        say_note(_PLAN.say(lang))
    say_faults(outcome.faults, lang)
    return 0
