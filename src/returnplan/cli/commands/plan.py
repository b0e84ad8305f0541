"""``returnplan plan``: the main job."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from returnplan.cli.bilingual import BadCall, command, option
from returnplan.cli.console import print_json, progress_bar, say_error, say_note, say_notes, table_console
from returnplan.cli.options import DAY, FILE, SECONDS, Setup, input_options, shared_options
from returnplan.cli.render.summary import summary_parts
from returnplan.contract import View, plan_json
from returnplan.model.errors import NobodyPlanned
from returnplan.model.texts import Lang, Text
from returnplan.papers.wording import in_beijing
from returnplan.usecases.campaign import Inputs

if TYPE_CHECKING:
    from returnplan.usecases.plan.make import PlanOutcome

_UNCHANGED = Text(
    "输入和规则没有变化，仍是方案 {id}({created})；没有改动任何文件",
    "nothing has changed since run {id} ({created}); nothing to do",
)
_REWRITTEN = Text(
    "输入和规则没有变化，仍是方案 {id}({created})；只重新写出了 {path}",
    "nothing has changed since run {id} ({created}); {path} alone was written again",
)
_HOPELESS = Text(
    "没有一个人能排上车，没有保存；原因见上",
    "not one person can be planned, nothing was saved; see the reasons above",
)

_HELP = Text(
    """读取、匹配、排车、核对、保存方案，写出 plan.xlsx

FILES 是报名、用工需求、车辆、地点的工作簿，或放着它们的文件夹；工作表属于哪一种看表头。""",
    """Read, match, plan, audit, save a run, write plan.xlsx.

FILES are workbooks of sign-ups, demand, fleet and places, or folders of them: the headers of a sheet tell its kind.""",
)


@command("plan", _HELP, "returnplan plan signups.xlsx --demand demand.xlsx --out plan.xlsx")
@input_options
@option(
    "--out",
    type=FILE,
    default=Path("plan.xlsx"),
    show_default=True,
    words=Text("方案表的文件名。", "The plan workbook."),
)
@option(
    "--as-of",
    type=DAY,
    words=Text(
        "今天的日期：通知天数以内不安排出发。", "Today: nobody travels before it and the days of notice."
    ),
)
@option(
    "--time-limit",
    type=SECONDS,
    words=Text("最多搜索这么多秒。", "Stop the search after so many seconds."),
)
@option(
    "--cluster",
    metavar="ADDRESS",
    words=Text(
        "在已有的 Dask 集群上读表、排车，如 tcp://10.0.0.5:8786；方案不变(见 docs/cluster.md)。",
        "Read and search on a Dask cluster, as tcp://10.0.0.5:8786; the plan is the same (docs/cluster.md).",
    ),
)
@option(
    "--allow-drop",
    is_flag=True,
    words=Text("允许比上一方案少文件或少人。", "Accept that files or people of the last plan are missing."),
)
@option(
    "--afresh",
    is_flag=True,
    words=Text(
        "不保留上一方案里没有锁定的车次。", "Forget the batches of the last plan that are not locked."
    ),
)
@option(
    "--nights",
    is_flag=True,
    words=Text(
        "每车建议今晚通知还是等明天的报名(不写 --as-of 时按北京时间的今天)；不会自动锁定。",
        "Advise to publish each draft tonight or to wait for tomorrow's sign-ups (today: --as-of, or the date in "
        "Asia/Shanghai); nothing is published by it.",
    ),
)
@option(
    "--dry-run", is_flag=True, words=Text("只排车，不保存，也不写文件。", "Plan, but save and write nothing.")
)
@option(
    "--json", "as_json", is_flag=True, words=Text("用 JSON 输出整个方案。", "Print the whole plan as JSON.")
)
@option(
    "--certificate",
    "certified",
    is_flag=True,
    words=Text(
        "JSON 里附上费用下界的证明，可用 python -m returnplan.certificate 核对。",
        "The proof of the lower bound in the JSON, for python -m returnplan.certificate to check.",
    ),
)
@option(
    "--unmask",
    is_flag=True,
    words=Text("JSON 里的姓名、身份证号码、电话不打星号。", "Names, ID numbers and phones in the JSON."),
)
@option(
    "--strict",
    is_flag=True,
    words=Text("有问题或有人没排上车时，退出码为 1。", "Exit 1 when there are faults or people unplanned."),
)
@shared_options
def run(
    setup: Setup,
    inputs: Inputs,
    out: Path,
    as_of: date | None,
    time_limit: float | None,
    cluster: str | None,
    allow_drop: bool,
    afresh: bool,
    nights: bool,
    dry_run: bool,
    as_json: bool,
    certified: bool,
    unmask: bool,
    strict: bool,
) -> int:
    """Carry out ``returnplan plan``."""
    from returnplan.papers.wording import today_in_china
    from returnplan.usecases.plan.make import PlanRequest, plan
    from returnplan.usecases.plan.solve import Search

    if certified and not as_json:
        raise BadCall(Text("--certificate 要和 --json 一起用", "--certificate needs --json"))
    request = PlanRequest(
        inputs,
        out,
        as_of or (today_in_china() if nights else None),
        dry_run,
        allow_drop,
        afresh,
        certified,
        nights,
        setup.lang,
        Search(time_limit_s=time_limit, cluster=cluster),
    )
    with progress_bar(quiet=setup.quiet or as_json, lang=setup.lang) as progress:
        outcome = plan(setup.campaign, request, progress)
    lang = setup.lang or outcome.header.lang
    if as_json:
        proof = {} if outcome.certificate is None else {"certificate": outcome.certificate}
        print_json(plan_json(outcome.header, outcome.plan, View(lang, unmask)) | proof)
    else:
        _print(outcome, lang)
    if not setup.quiet:
        say_notes([*outcome.notes, *outcome.due_tonight], lang)
        if not outcome.is_new:
            created = f"{in_beijing(outcome.header.created_at):%Y-%m-%d %H:%M}"
            words = _REWRITTEN if outcome.is_rewritten else _UNCHANGED
            say_note(words.filled(lang, id=outcome.header.id, created=created, path=outcome.workbook))
    return _exit_code(outcome, strict, lang)


def _print(outcome: "PlanOutcome", lang: Lang) -> None:
    console = table_console()
    for part in summary_parts(outcome, lang):
        console.print(part)


def _exit_code(outcome: "PlanOutcome", strict: bool, lang: Lang) -> int:
    if outcome.is_hopeless:
        say_error(_HOPELESS, lang)
        return NobodyPlanned.exit_code
    findings = bool(outcome.plan.faults) or bool(outcome.plan.summary["unplanned"])
    return int(strict and findings)
