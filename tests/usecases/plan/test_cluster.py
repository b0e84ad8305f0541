"""A plan made on a Dask cluster, of real schedulers and workers on this machine, is the plan made here, or none."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from threading import Thread
from unittest.mock import MagicMock

import pytest

from returnplan import __version__
from returnplan.model.errors import ClusterError, UsageError
from returnplan.planning import Effort, solve
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from returnplan.usecases.campaign import Campaign, Inputs
from returnplan.usecases.plan.cluster import connected
from returnplan.usecases.plan.make import PlanRequest, plan
from returnplan.usecases.plan.solve import Search
from tests.planning.problems import tiny
from tests.usecases.conftest import listed

START_S = 60.0
MUCH = Effort(base_work=8_000_000, most_base_per_person=10**9, replicas=2)
"""Some seconds of search: time enough to end a process in its middle."""
LITTLE = Effort(base_work=3_000, work_per_group=0)


class Running:
    """A scheduler and its workers."""

    def __init__(self, stack: ExitStack, folder: Path, num_workers: int) -> None:
        self._stack = stack
        contact = folder / "scheduler.json"
        self.scheduler = self._start_scheduler("0", "--scheduler-file", str(contact))
        _wait_for(lambda: contact.is_file() and contact.read_text().endswith("}"))
        self.address: str = json.loads(contact.read_text())["address"]
        options = ("--no-nanny", "--no-dashboard", "--nthreads", "1", "--local-directory", str(folder))
        self.workers = [self._start("worker", self.address, *options) for _ in range(num_workers)]
        if num_workers:
            _wait_for(lambda: self.num_workers() == num_workers)

    def start_again(self) -> None:
        """Start a scheduler and a worker at the address of the scheduler as soon as that one is gone."""
        self.scheduler.wait()
        self._start_scheduler(self.address.rpartition(":")[2])
        self._start("worker", self.address, "--no-nanny", "--no-dashboard")

    def _start_scheduler(self, port: str, *options: str) -> "subprocess.Popen[bytes]":
        return self._start(
            "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard", "--no-show", *options
        )

    def num_workers(self) -> int:
        """Ask the scheduler."""
        try:
            with connected(self.address) as cluster:
                return cluster.num_cores if cluster else 0
        except ClusterError:
            return 0

    def kill_when_at_work(self, process: "subprocess.Popen[bytes]") -> Thread:
        """End a process as soon as one of the workers has used the processor for a while."""
        before = [_cpu_s(worker) for worker in self.workers]

        def watch() -> None:
            _wait_for(
                lambda: any(_cpu_s(w) > used + 0.3 for w, used in zip(self.workers, before, strict=True))
            )
            process.kill()

        thread = Thread(target=watch)
        thread.start()
        return thread

    def _start(self, *words: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process


def _wait_for(is_so: Callable[[], bool]) -> None:
    end_s = time.monotonic() + START_S
    while not is_so():
        assert time.monotonic() < end_s, "nothing came of it"
        time.sleep(0.05)


def _cpu_s(process: "subprocess.Popen[bytes]") -> float:
    user, system = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def request_on(address: str, folder: Path, effort: Effort) -> PlanRequest:
    file = listed(folder / "报名.xlsx", *range(1, 41))
    search = Search(effort, cluster=address)
    return PlanRequest(Inputs((file,)), folder / "plan.xlsx", search=search)


needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@needs_proc
def test_the_plan_is_the_same_though_a_worker_dies(stack: ExitStack, tmp_path: Path) -> None:
    running = Running(stack, tmp_path, num_workers=2)
    problem = tiny(3, num_groups=60)
    killing = running.kill_when_at_work(running.workers[0])
    with connected(running.address) as cluster:
        assert cluster
        there = solve(problem, MUCH, processes=cluster.num_cores, cluster=cluster.workers)
    killing.join()
    assert running.workers[0].wait() == -signal.SIGKILL
    assert there == solve(problem, MUCH)


@needs_proc
def test_the_files_say_the_same_though_a_worker_dies_over_them(stack: ExitStack, tmp_path: Path) -> None:
    files = [listed(tmp_path / f"{town}.xlsx", *range(40 * town, 40 * town + 40)) for town in range(1, 9)]
    running = Running(stack, tmp_path, num_workers=2)
    killing = running.kill_when_at_work(running.workers[0])
    with connected(running.address) as cluster:
        assert cluster
        there = read_files(files, ReadingSettings(), readers=cluster.readers)
    killing.join()
    assert running.workers[0].wait() == -signal.SIGKILL
    assert there.signups.equals(read_files(files, ReadingSettings()).signups)


@pytest.mark.parametrize(
    ("scheduler", "worker", "is_private"),
    [
        ("tcp://127.0.0.1:8786", "tcp://127.0.0.1:4001", True),
        ("tls://10.0.0.5:8786", "tls://10.0.0.6:4001", True),
        ("tcp://10.0.0.5:8786", "tcp://10.0.0.6:4001", False),
        ("tcp://127.0.0.1:8786", "tcp://10.0.0.6:4001", False),
    ],
)
def test_names_travel_only_where_nobody_can_read_along(
    monkeypatch: pytest.MonkeyPatch, scheduler: str, worker: str, *, is_private: bool
) -> None:
    client = MagicMock()
    client.__enter__.return_value = client
    client.scheduler.address = scheduler
    client.nthreads.return_value = {worker: 1}
    client.run.return_value = {worker: __version__}
    monkeypatch.setattr("distributed.Client", lambda *_, **__: client)
    with connected(scheduler) as cluster:
        assert cluster
        assert (cluster.readers is not None) == is_private


@needs_proc
def test_nothing_is_saved_when_the_scheduler_is_lost(
    stack: ExitStack, tmp_path: Path, campaign: Campaign
) -> None:
    running = Running(stack, tmp_path, num_workers=1)
    killing = running.kill_when_at_work(running.scheduler)
    with pytest.raises(ClusterError, match=r"is lost, nothing was saved"):
        plan(campaign, request_on(running.address, tmp_path, MUCH))
    killing.join()
    assert not campaign.store_path.exists()
    assert not (tmp_path / "plan.xlsx").exists()


@needs_proc
def test_nothing_is_saved_when_the_scheduler_starts_again(
    stack: ExitStack, tmp_path: Path, campaign: Campaign
) -> None:
    """The new scheduler knows nothing of the markets that the old one was given."""
    running = Running(stack, tmp_path, num_workers=1)
    killing = running.kill_when_at_work(running.scheduler)
    starting = Thread(target=running.start_again)
    starting.start()
    with pytest.raises(ClusterError, match=r"is lost, nothing was saved"):
        plan(campaign, request_on(running.address, tmp_path, MUCH))
    killing.join()
    starting.join()
    assert not campaign.store_path.exists()


def test_whole_command(stack: ExitStack, tmp_path: Path, campaign: Campaign) -> None:
    running = Running(stack, tmp_path, num_workers=1)
    request = request_on(running.address, tmp_path, LITTLE)
    there = plan(campaign, replace(request, dry_run=True))
    here = plan(campaign, replace(request, dry_run=True, search=replace(request.search, cluster=None)))
    assert there.plan.batches == here.plan.batches
    assert there.plan.riders.equals(here.plan.riders)
    assert there.plan.summary == here.plan.summary


def test_a_time_limit_holds_there_too(stack: ExitStack, tmp_path: Path) -> None:
    running = Running(stack, tmp_path, num_workers=1)
    endless = Effort(base_work=10**12, most_base_per_person=10**12)
    with connected(running.address) as cluster:
        assert cluster
        drafts = solve(
            tiny(3), endless, processes=cluster.num_cores, cluster=cluster.workers, time_limit_s=0.5
        )
    assert drafts


def test_a_market_that_no_worker_survives(
    stack: ExitStack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    address = Running(stack, tmp_path, num_workers=1).address

    def end_the_worker() -> None:
        with connected(address) as cluster:
            assert cluster
            cluster.workers.submit(os._exit, 1).result()

    with pytest.raises(ClusterError, match="--memory-limit"):
        end_the_worker()


def test_a_cluster_without_workers(stack: ExitStack, tmp_path: Path) -> None:
    address = Running(stack, tmp_path, num_workers=0).address
    with pytest.raises(ClusterError, match="has no workers"), connected(address):
        pass


def test_workers_of_another_version(
    stack: ExitStack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = Running(stack, tmp_path, num_workers=1).address
    monkeypatch.setattr("returnplan.usecases.plan.cluster.__version__", "0.0.1")
    with pytest.raises(ClusterError, match=r"here it is 0\.0\.1"), connected(address):
        pass


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:1", "nowhere", "tcp://"])
def test_an_address_where_nobody_answers(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("returnplan.usecases.plan.cluster.CONNECT_S", 0.5)
    with pytest.raises(ClusterError, match="does not answer"), connected(address):
        pass


def test_without_dask_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"returnplan\[cluster\]"), connected("tcp://127.0.0.1:8786"):
        pass


def test_without_an_address_dask_is_not_loaded() -> None:
    code = (
        "import sys; from returnplan.usecases.plan.cluster import connected; import returnplan.api\n"
        "with connected(None) as cluster: print(cluster, 'distributed' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["None", "False"]
