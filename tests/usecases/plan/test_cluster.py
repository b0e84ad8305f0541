"""A plan made on a Dask cluster, of real schedulers and workers on this machine, is the plan made here, or none."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any
from unittest.mock import MagicMock

import pytest

from returnplan import __version__
from returnplan.model.errors import ClusterError, UsageError
from returnplan.planning import Effort, solve
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from returnplan.usecases.campaign import Campaign, Inputs
from returnplan.usecases.plan.cluster import ClusterWorkers, connected
from returnplan.usecases.plan.make import PlanRequest, plan
from returnplan.usecases.plan.solve import Search
from tests.planning.problems import tiny
from tests.specimens.cluster import Running
from tests.usecases.conftest import listed

MUCH = Effort(base_work=8_000_000, most_base_per_person=10**9, replicas=2)
"""Some seconds of search: time enough to end a process in its middle."""
LITTLE = Effort(base_work=3_000, work_per_group=0)


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


class _Closed:
    """A client whose scheduler has gone; what is submitted to it is never done."""

    status = "closed"

    def get_executor(self, **_: object) -> "_Closed":
        return self

    def submit(self, *_: object) -> "Future[None]":
        return Future()


def test_what_is_submitted_to_a_lost_scheduler_is_cancelled() -> None:
    client: Any = _Closed()
    with ClusterWorkers(client) as workers, pytest.raises(CancelledError):
        workers.submit(print).result(timeout=30)


@pytest.mark.parametrize("name", ["tornado.application", "distributed.client"])
def test_what_the_network_logs_of_an_error_is_not_said_beside_ours(
    stack: ExitStack, tmp_path: Path, name: str
) -> None:
    running = Running(stack, tmp_path, num_workers=1)
    with connected(running.address):
        assert not logging.getLogger(name).isEnabledFor(logging.ERROR)
