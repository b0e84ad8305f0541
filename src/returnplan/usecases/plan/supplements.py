"""``--add``: the files of the last plan together with supplementary lists (增补名单)."""

from dataclasses import replace
from pathlib import Path

from returnplan.model.errors import UsageError
from returnplan.model.plan import RunHeader
from returnplan.model.texts import Text
from returnplan.sheets.files import original_name
from returnplan.usecases.campaign import Inputs


def supplemented(inputs: Inputs, latest: RunHeader | None) -> Inputs:
    """Return the inputs with the files of the latest run, when only supplements are named.

    A supplement of the same name as a file of the latest run takes its place (a list sent again).

    Raises
    ------
    UsageError : there is no plan to supplement
    """
    if inputs.files or not inputs.added:
        return inputs
    if latest is None:
        raise UsageError(
            Text(
                "还没有方案可以增补；请先写出报名表：returnplan plan 报名表.xlsx --add 增补.xlsx",
                "there is no plan to supplement yet; name the lists: returnplan plan signups.xlsx --add more.xlsx",
            )
        )
    replaced = {original_name(path) for path in inputs.added}
    kept = tuple(path for f in latest.inputs if original_name(path := Path(f.path)) not in replaced)
    return replace(inputs, files=kept)
