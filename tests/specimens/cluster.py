"""A Dask cluster of real schedulers and workers on this machine."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import dask.config
import distributed  # noqa: F401  # its own defaults stand below what is set here
import trustme

from returnplan.model.errors import ClusterError
from returnplan.usecases.plan.cluster import connected

START_S = 60.0


def encrypted(folder: Path) -> dict[str, str]:
    """Return Dask's variables by which all encrypt, with a certificate of an authority made for this in the folder."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(folder / "one.pem")
    roles = {f"{role}__CERT": str(folder / "one.pem") for role in ("CLIENT", "SCHEDULER", "WORKER")}
    settings = {"CA_FILE": str(folder / "authority.pem")} | roles
    return {f"DASK_DISTRIBUTED__COMM__TLS__{name}": value for name, value in settings.items()} | {
        "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True"
    }


class Running:
    """A scheduler and its workers; Dask's own variables (``encrypted``) say how they talk."""

    def __init__(self, stack: ExitStack, folder: Path, num_workers: int, **environment: str) -> None:
        self._stack = stack
        self._environment = environment
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
            "scheduler",
            *("--host", "127.0.0.1", "--port", port, "--no-dashboard", "--no-show"),
            *("--protocol", "tls" if self._environment else "tcp"),
            *options,
        )

    def num_workers(self) -> int:
        """Ask the scheduler."""
        settings = dask.config.merge(dask.config.config, dask.config.collect_env(self._environment))
        try:
            with dask.config.set(settings), connected(self.address) as cluster:
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
            env=os.environ | self._environment,
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
