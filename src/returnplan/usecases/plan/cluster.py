"""The reading of files and the planning of markets on a Dask cluster that runs already (``--cluster``).

Files, with the names of people, travel only where nobody else can read along. A market travels in integers. What a
worker had when it died is done again by another one. Nothing is saved before all is planned, so whatever else breaks
leaves all as it was.
"""

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from returnplan import __version__
from returnplan.model.errors import ClusterError, UsageError
from returnplan.model.texts import Text
from returnplan.reading.elsewhere import Readers

if TYPE_CHECKING:
    from distributed import Client

CONNECT_S = 10
_LOOK_S, _LOOKS = 0.5, 4
_LOGGING = ("distributed", "tornado")
_THIS_MACHINE = ("127.", "[::1]", "localhost:")
NOT_INSTALLED = Text(
    "--cluster 需要 Dask，请安装：pip install 'returnplan[cluster]'",
    "--cluster needs Dask: pip install 'returnplan[cluster]'",
)
NO_ANSWER = Text(
    "集群 {address} 没有回应：{reason}。请检查地址，并确认 dask scheduler 正在运行",
    "the cluster {address} does not answer: {reason}. Check the address, and that dask scheduler runs there",
)
NO_WORKERS = Text(
    "集群 {address} 没有工作进程，请启动 dask worker {address}",
    "the cluster {address} has no workers: start dask worker {address}",
)
OTHER_VERSION = Text(
    "集群的工作进程 {worker} 装的 returnplan 是 {theirs}，这里是 {ours}；请装成同一版本，否则方案会不一样",
    "worker {worker} of the cluster has returnplan {theirs}, and here it is {ours}: install the same version, or plans "
    "would differ",
)
LOST = Text(
    "与集群 {address} 的连接断了，没有保存任何内容。请确认 dask scheduler 正在运行，然后重新执行同一命令",
    "the connection to the cluster {address} is lost, nothing was saved. See that dask scheduler runs, then give the "
    "same command again",
)
WORKERS_DIED = Text(
    "集群 {address} 的工作进程在做同一部分时接连退出(多半是内存不够)，没有保存任何内容。"
    "请给 dask worker 更多内存(--memory-limit)，或不用 --cluster",
    "workers of the cluster {address} died one after the other over the same part of the work, most likely for lack of "
    "memory; nothing was saved. Give dask worker more memory (--memory-limit), or leave out --cluster",
)


class ClusterWorkers(Executor):
    """Submits to a client of Dask; what is open when the client has closed, its scheduler gone, is cancelled.

    Dask cancels what it had when it lost the scheduler, and forgets what comes while it tries to reach it again.
    """

    def __init__(self, client: "Client") -> None:
        self._client, self._executor = client, client.get_executor(pure=False)
        self._open: set[Future[Any]] = set()
        self._is_over = Event()
        Thread(target=self._watch, daemon=True).start()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Let a worker call a function; return what will come of it."""
        future: Future[Any] = self._executor.submit(fn, *args, **kwargs)
        self._open.add(future)
        future.add_done_callback(self._open.discard)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Watch no longer; the client ends what still runs."""
        self._is_over.set()

    def _watch(self) -> None:
        num_looks = 0
        while not self._is_over.wait(_LOOK_S):
            num_looks = num_looks + 1 if self._client.status == "closed" else 0
            if num_looks >= _LOOKS:  # by now Dask has cancelled what it still knew
                for future in tuple(self._open):
                    with suppress(InvalidStateError):  # done at this very moment
                        future.set_exception(CancelledError())


class Cluster(NamedTuple):
    """Works on other machines, on so many cores; ``is_private`` tells whether nobody can read along."""

    workers: Executor
    num_cores: int
    is_private: bool

    @property
    def readers(self) -> Readers | None:
        """Who may read files, in which people stand with their names; None: only this process."""
        return Readers(self.workers, self.num_cores) if self.is_private else None


@contextmanager
def connected(address: str | None) -> Iterator[Cluster | None]:
    """Yield the cluster at an address, None without one.

    Raises
    ------
    UsageError : Dask is not installed
    ClusterError : the cluster does not answer, has no workers or those of another version, or was lost on the way
    """
    if address is None:
        yield None
        return
    try:
        from distributed import KilledWorker
        from distributed.comm import CommClosedError
    except ImportError as error:
        raise UsageError(NOT_INSTALLED) from error
    _silence_dask()
    with _client(address) as client, ClusterWorkers(client) as workers:
        try:
            num_cores, is_private = _num_cores(client, address), _is_private(client)
            yield Cluster(workers, num_cores, is_private)
        except KilledWorker as error:
            raise ClusterError(_about(WORKERS_DIED, address)) from error
        except (CancelledError, CommClosedError) as error:
            raise ClusterError(_about(LOST, address)) from error


def _silence_dask() -> None:
    """Turn its logs and those of its network off, each with a level of its own: our errors say what they say."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in _LOGGING:
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _client(address: str) -> "Client":
    from distributed import Client

    try:
        return Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, AssertionError) as error:  # Dask asserts that its own thread starts in time
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise ClusterError(_about(NO_ANSWER, address, reason=reason)) from error


def _num_cores(client: "Client", address: str) -> int:
    """Return how many searches run at a time.

    Raises
    ------
    ClusterError : none, or by another version than ours
    """
    cores: dict[str, int] = client.nthreads()
    if not cores:
        raise ClusterError(_about(NO_WORKERS, address))
    for worker, theirs in client.run(version_here, on_error="return").items():
        if theirs != __version__:
            theirs = theirs if isinstance(theirs, str) else "?"
            raise ClusterError(_about(OTHER_VERSION, address, worker=worker, theirs=theirs, ours=__version__))
    return sum(cores.values())


def _is_private(client: "Client") -> bool:
    """Return whether all that travels is encrypted, or stays on this machine."""
    return all(map(_is_safe, (client.scheduler.address, *client.nthreads())))


def _is_safe(address: str) -> bool:
    protocol, _, where = address.partition("://")
    return protocol == "tls" or where.startswith(_THIS_MACHINE)


def version_here() -> str:
    """Return the version of this program where it is called."""
    return __version__


def _about(words: Text, address: str, **more: str) -> Text:
    return words.with_values(address=address, **more)
