"""The message of a command that ended after it had saved something: files may be missing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from returnplan.model.errors import Crashed, Interrupted, ReturnplanError, StoreError
from returnplan.model.plan import RunHeader
from returnplan.model.texts import Text
from returnplan.store import Store
from returnplan.usecases.campaign import Campaign

AGAIN = Text("再运行一次同样的命令就会写出", "the same command again writes them")


@contextmanager
def once_saved(what: Text, mend: Text = AGAIN, is_saved: Callable[[], bool] = lambda: True) -> Iterator[None]:
    """Let an early end of the block say what is saved by then, and how to get the files that the block writes.

    Parameters
    ----------
    is_saved : asked at an early end, where the block itself saves

    Raises
    ------
    StoreError : a file could not be written
    Interrupted : the block was interrupted
    Crashed : an error of the block was not foreseen
    """
    try:
        yield
    except StoreError as refusal:
        if not is_saved():
            raise
        words = refusal.message
        raise StoreError(
            Text(f"{words.zh}；但{what.zh}，{mend.zh}", f"{words.en}; but {what.en}: {mend.en}")
        ) from refusal
    except (ReturnplanError, BrokenPipeError):
        raise
    except (KeyboardInterrupt, Exception) as end:
        if not is_saved():
            raise
        raise _told(end, what, mend) from end


def told_if_saved(campaign: Campaign, header: RunHeader) -> AbstractContextManager[None]:
    """Let an early end of a block in which a run is saved say that it is, if it is by then; see ``once_saved``."""
    what = Text(f"方案 {header.id} 已保存", f"run {header.id} is saved")
    return once_saved(what, is_saved=lambda: _is_saved(campaign, header))


def _is_saved(campaign: Campaign, header: RunHeader) -> bool:
    """Ask the store: Ctrl-C during a slow commit is only noticed once that is done."""
    if not campaign.store_path.exists():
        return False
    with Store.open(campaign.store_path) as store:
        latest = store.latest_run()
    return latest is not None and latest.id == header.id


def _told(end: BaseException, what: Text, mend: Text) -> Interrupted | Crashed:
    files = Text(
        f"{what.zh}；之后要写的文件可能缺少或还是旧的，{mend.zh}",
        f"{what.en}; files that come after it may be missing or old: {mend.en}",
    )
    if isinstance(end, KeyboardInterrupt):
        return Interrupted(Text(f"已中断，但{files.zh}", f"interrupted, but {files.en}"))
    # its words may quote a person's row: they are shown only when asked for
    name = type(end).__name__
    return Crashed(
        Text(
            f"程序错误 ({name})，但{files.zh}；加 --debug 看详情",
            f"a bug in returnplan ({name}), but {files.en}; --debug tells more",
        )
    )
