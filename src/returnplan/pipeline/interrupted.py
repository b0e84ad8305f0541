"""What a person is told who presses Ctrl-C when something is in the store already, and its files are not all there."""

from collections.abc import Iterator
from contextlib import contextmanager

from returnplan.errors import Interrupted
from returnplan.pipeline.campaign import Campaign
from returnplan.plan import RunHeader
from returnplan.store import Store
from returnplan.texts import Text

AGAIN = Text("再运行一次同样的命令就会写出", "the same command again writes them")


@contextmanager
def once_saved(what: Text, mend: Text = AGAIN) -> Iterator[None]:
    """Let an interruption of the block say what is saved before it, and how to get the files that the block writes.

    Raises
    ------
    Interrupted : the block was interrupted
    """
    try:
        yield
    except KeyboardInterrupt as pressed:
        raise Interrupted(_told(what, mend)) from pressed


@contextmanager
def told_if_saved(campaign: Campaign, header: RunHeader) -> Iterator[None]:
    """Let an interruption of a block in which a run is saved say that it is, if it is by then.

    Raises
    ------
    Interrupted : the block was interrupted after the run was saved
    """
    try:
        yield
    except KeyboardInterrupt as pressed:
        if not _is_saved(campaign, header):
            raise
        what = Text(f"方案 {header.id} 已保存", f"run {header.id} is saved")
        raise Interrupted(_told(what, AGAIN)) from pressed


def _is_saved(campaign: Campaign, header: RunHeader) -> bool:
    """Ask the store: Ctrl-C during a slow commit is only noticed once that is done."""
    if not campaign.store_path.exists():
        return False
    with Store.open(campaign.store_path) as store:
        latest = store.latest_run()
    return latest is not None and latest.id == header.id


def _told(what: Text, mend: Text) -> Text:
    return Text(
        f"已中断,但{what.zh};之后要写的文件可能缺少或还是旧的,{mend.zh}",
        f"interrupted, but {what.en}; files that come after it may be missing or old: {mend.en}",
    )
