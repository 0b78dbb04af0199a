"""The connection to a cluster that is there, or to one that is started here."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from experiments.config.settings import Engine
from experiments.errors import UserError, missing
from experiments.runs.environment import check_same, environment
from model.cores import cores

PATIENCE = 10  # seconds to wait for an answer of the scheduler
CERTIFICATES = ("ca-file", "client.cert", "client.key")
"""Keys of Dask's configuration that a client needs for TLS."""
DEAF = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
"""Code for local workers: they ignore Ctrl-C; the command stops them."""


@contextmanager
def connected(engine: Engine) -> Iterator[tuple[Any, str]]:
    """Give a client and the address of its scheduler.

    Raises ``UserError`` if Dask is not installed, no scheduler can be reached, or it
    cannot read what is sent to it.
    """
    try:
        import distributed
    except ImportError:
        raise missing("engine=dask", "Dask", "cluster") from None
    with (
        _address(distributed, engine) as address,
        _client(distributed, address) as client,
    ):
        _check_scheduler(client, address)
        yield client, address


@contextmanager
def _address(distributed: Any, engine: Engine) -> Iterator[str]:
    """Give the scheduler's address; stop a cluster started here at the end."""
    if engine.address is not None:
        _check_address(engine.address)
        _check_certificates(distributed, engine.address)
        yield engine.address
        return
    here = cores()
    workers = engine.workers or here
    with distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=engine.threads or max(1, here // workers),
        dashboard_address="127.0.0.1:0",
        memory_limit=0,
        silence_logs=logging.CRITICAL,
        preload=[DEAF],
    ) as cluster:
        yield cluster.scheduler_address


def _check_address(address: str) -> None:
    parsed = urlsplit(address)
    try:
        place = parsed.hostname and parsed.port
        whole = parsed.scheme in ("tcp", "tls") and bool(place)
    except ValueError:
        whole = False
    if not whole:
        raise UserError(
            f"engine.address is {address!r}; it must name a scheduler, such as "
            "tcp://10.0.0.5:8786."
        )


def _check_certificates(distributed: Any, address: str) -> None:
    """Refuse TLS without certificates, or with some that cannot be read."""
    if not address.startswith("tls:"):
        return
    from dask import config

    named = {key: config.get(f"distributed.comm.tls.{key}") for key in CERTIFICATES}
    try:
        arguments = distributed.Security().get_connection_args("client")
    except (OSError, ValueError) as error:
        files = ", ".join(f"{key} is {value}" for key, value in named.items())
        raise UserError(
            f"the certificates for {address} cannot be used ({first_line(error)}).\n"
            f"In Dask's configuration (distributed.comm.tls) {files}."
        ) from None
    if arguments["ssl_context"] is None:
        raise UserError(
            f"{address} needs certificates, which Dask's configuration does not name.\n"
            f"Set {', '.join(map(_variable, CERTIFICATES))} to files in PEM format."
        )


def _variable(key: str) -> str:
    """Name the variable of the environment that sets a key of TLS."""
    inner = key.replace(".", "__").replace("-", "_").upper()
    return f"DASK_DISTRIBUTED__COMM__TLS__{inner}"


@contextmanager
def _client(distributed: Any, address: str) -> Iterator[Any]:
    # What its log would say, of a scheduler that is lost, is said by us in a sentence.
    log = logging.getLogger("distributed.client")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with _opened(distributed, address) as client:
            yield client
    finally:
        log.setLevel(level)


def _opened(distributed: Any, address: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # versions are compared by what matters to us
        try:
            return distributed.Client(address, timeout=PATIENCE, set_as_default=False)
        # By Dask's configuration a connection may be refused with other errors, too.
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise UserError(
                f"no Dask scheduler answers at {address} ({first_line(error)}). Start "
                "one with dask scheduler, or leave engine.address out: then a cluster "
                "is started on this machine."
            ) from None


def _check_scheduler(client: Any, address: str) -> None:
    """Refuse a scheduler that cannot read batches: it unpacks what it passes on."""
    who = f"the scheduler at {address}"
    try:
        theirs = client.run_on_scheduler(environment)
    except OSError as error:
        raise UserError(f"{who} was lost ({first_line(error)}).") from None
    except Exception as error:
        raise UserError(
            f"{who} cannot load the laboratory ({first_line(error)}).\n"
            "Start it with the laboratory's own Python, in the same version as here."
        ) from None
    check_same(who, theirs, environment())


def first_line(error: BaseException) -> str:
    """Shorten the text of an error to its first line."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
