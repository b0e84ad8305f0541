"""What a person is told who presses Ctrl-C when the run is in the store already, and its files are not all there."""

from collections.abc import Iterator
from contextlib import contextmanager

from returnplan.errors import Interrupted
from returnplan.pipeline.campaign import Campaign
from returnplan.plan import RunHeader
from returnplan.store import Store
from returnplan.texts import Text


@contextmanager
def told_if_saved(campaign: Campaign, header: RunHeader) -> Iterator[None]:
    """Let an interruption of the block say that the run is saved, if it is by then.

    Raises
    ------
    Interrupted : the block was interrupted after the run was saved
    """
    try:
        yield
    except KeyboardInterrupt as pressed:
        if not _is_saved(campaign, header):
            raise
        raise Interrupted(_saved(header)) from pressed


def _is_saved(campaign: Campaign, header: RunHeader) -> bool:
    """Ask the store: Ctrl-C during a slow commit is only noticed once that is done."""
    if not campaign.store_path.exists():
        return False
    with Store.open(campaign.store_path) as store:
        latest = store.latest_run()
    return latest is not None and latest.id == header.id


def _saved(header: RunHeader) -> Text:
    return Text(
        f"已中断,但方案 {header.id} 已保存;之后要写的文件(plan.xlsx 等)可能缺少或还是旧的,"
        "再运行一次同样的命令就会写出",
        f"interrupted, but run {header.id} is saved; files that come after it (such as plan.xlsx) may be missing "
        "or old: the same command again writes them",
    )
