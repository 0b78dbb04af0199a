"""A SLURM of one node on this machine: its own folder, key and free ports."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "scancel", "sinfo", "squeue")
START = 120  # seconds for a daemon to come up, on a machine with much else to do
LATEST = 300  # seconds for an answer
CONF = """
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
SlurmctldPort={controller}
SlurmdPort={node}
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
KillWait=2
MessageTimeout=90
TCPTimeout=60
SlurmdParameters=config_overrides
NodeName={host} NodeAddr=127.0.0.1 CPUs=4 RealMemory=4000 State=UNKNOWN
PartitionName=standard Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


class NoSlurmError(Exception):
    """SLURM cannot run on this machine, and why."""


class Slurm:
    """Commands of a SLURM that runs.

    Attributes
    ----------
    environ : dict of str to str
        Environment in which its commands find it.
    """

    def __init__(self, environ):
        self.environ = environ

    def ask(self, *words):
        """Give what a command prints."""
        done = subprocess.run(
            words, env=self.environ, capture_output=True, text=True, timeout=LATEST
        )
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return done.stdout.strip()

    def submit(self, *options, command, **environ):
        """Submit a command; give the number of the job."""
        words = ["sbatch", "--parsable", *options, "--wrap", f"exec {command}"]
        return Slurm({**self.environ, **environ}).ask(*words)

    def running(self):
        """Jobs of the queue that have not ended."""
        return set(self.ask("squeue", "--noheader", "--format=%i").split())


@contextmanager
def slurm():
    """Start SLURM and stop it at the end. Raises ``NoSlurmError``."""
    if os.geteuid() != 0:
        raise NoSlurmError("its daemons need root")
    if missing := [name for name in PROGRAMS if not shutil.which(name)]:
        raise NoSlurmError(f"{', '.join(missing)} not installed")
    with tempfile.TemporaryDirectory(prefix="slurm-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # munged refuses a socket that others cannot reach
        with daemons(folder, configured(folder)) as made:
            yield made


def configured(folder):
    """Write key and configuration; give the environment that points there."""
    host = socket.gethostname().partition(".")[0]
    for name in ("munge", "state", "spool"):
        (folder / name).mkdir(mode=0o755)
    key = folder / "munge.key"
    key.touch(mode=0o600)
    key.write_bytes(os.urandom(128))
    conf = folder / "slurm.conf"
    controller, node = free_ports(2)
    conf.write_text(
        CONF.format(host=host, folder=folder, controller=controller, node=node)
    )
    return Slurm({**os.environ, "SLURM_CONF": str(conf)})


@contextmanager
def daemons(folder, made):
    """Start the three daemons."""
    key, conf = folder / "munge.key", folder / "slurm.conf"
    munge = [f"--{x}={folder}/munge/{x}" for x in ("socket", "pid-file", "log-file")]
    # Stopped in the order slurmd, slurmctld, munged: each asks those before it.
    with ExitStack() as stack:

        def start(*words):
            process = stack.enter_context(daemon(made.environ, folder, *words))
            return lambda: process.poll() is None

        alive = start(
            *("munged", "--foreground", f"--key-file={key}", *munge),
            f"--seed-file={folder}/munge/seed",
        )
        come_up(folder, alive, (folder / "munge" / "socket").exists)
        control = start("slurmctld", "-D", "-f", str(conf))
        alive = start("slurmd", "-D", "-f", str(conf))
        come_up(folder, lambda: control() and alive(), lambda: is_idle(made))
        stack.callback(end_jobs, made)
        yield made


def end_jobs(made):
    """Cancel what is left of a test, as well as can be: jobs outlive the daemons."""
    end = time.monotonic() + LATEST
    with suppress(AssertionError, subprocess.TimeoutExpired):
        made.ask("scancel", "--user=root")
        while made.running() and time.monotonic() < end:
            time.sleep(0.1)


@contextmanager
def daemon(environ, folder, *words):
    """A process that is asked to stop, and killed if it does not."""
    with (folder / f"{words[0]}.out").open("wb") as out:
        process = subprocess.Popen(words, env=environ, stdout=out, stderr=out)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def come_up(folder, alive, ready):
    """Wait until a daemon is ready. Raises ``NoSlurmError`` with what it said last."""
    end = time.monotonic() + START
    while not ready():
        if not alive() or time.monotonic() > end:
            logs = [*folder.glob("*.out"), *folder.glob("*.log")]
            said = [x for log in logs for x in log.read_text().splitlines()[-3:]]
            raise NoSlurmError(
                "; ".join(said) or "a daemon does not come up, without a word"
            )
        time.sleep(0.1)


def is_idle(made):
    """Whether the node takes jobs."""
    asked = subprocess.run(
        ["sinfo", "--noheader", "--format=%t"],
        env=made.environ,
        capture_output=True,
        text=True,
    )
    return asked.stdout.strip() == "idle"


def free_ports(count):
    """Ports of this machine that nobody uses now."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
