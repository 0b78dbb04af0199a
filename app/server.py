"""``tokenmaxxing app``: serve the studio and open it in a browser.

Everything that decides who can reach the studio, and what leaves the machine, stands
here. It listens to this machine alone, unless asked otherwise, and reports to nobody.
"""

import atexit
import errno
import os
import shutil
import sys
import warnings
import webbrowser
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex
from socket import socket
from tempfile import mkdtemp
from threading import Thread
from typing import TYPE_CHECKING

from experiments.config import plain
from experiments.errors import UserError, missing

if TYPE_CHECKING:
    from starlette.responses import Response

HOST, PORT = "127.0.0.1", 8765
FREE, LAST = 1024, 65_535
"""The first port that needs no rights, and the last one."""
ABSENT = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
"""What a system says of an address that it does not have; without IPv6, the second."""
KEYS = ("host", "port", "open")
SWITCH = 0.0005
"""Seconds after which a thread must hand over the interpreter."""
SETTINGS = {
    "SOLARA_APP": "app.studio",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_VARIANT": "light",
    "SOLARA_THEME_TITLE": "tokenmaxxing studio",
    "SOLARA_THEME_SHOW_BANNER": "False",
    # A tab whose server was started anew loads itself: its address holds its state.
    "SOLARA_THEME_FORCE_REFRESH": "True",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    # A tab that is gone is forgotten soon, but a phone may sleep for a while.
    "SOLARA_KERNEL_CULL_TIMEOUT": "5m",
    "SOLARA_KERNEL_MAX_COUNT": "200",
}


def start(given: Sequence[str]) -> None:
    """Serve until interrupted; ``UserError`` for a wrong word, address or port."""
    values = _read(given)
    if find_spec("solara") is None:
        raise missing("the studio", "Solara", "app")
    host, port = values["host"], _port(values["port"])
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("SOLARA_SESSION_SECRET_KEY", token_hex(16))
    _check_free(host, port)
    _lend_home()
    _serve(host, port, opens=values["open"] == "true")


def _lend_home() -> None:
    """Lend a home to a user who has none, as in a container: Solara's libraries ask.

    It is removed last, after these libraries have put down what they will.
    """
    try:
        Path.home()
    except RuntimeError:
        folder = mkdtemp(prefix="tokenmaxxing-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["HOME"] = folder


def _serve(host: str, port: int, *, opens: bool) -> None:
    # Solara advises whoever embeds it, at the first visit; here nobody embeds it.
    warnings.filterwarnings("ignore", "Cookies with samesite=none require https")
    # Solara reads its settings when it is imported.
    import uvicorn
    from solara.server.starlette import app

    from app import warm

    # A run takes the interpreter's lock back after every week. With Python's 5 ms, two
    # years would wait half a second for a thread that draws a page.
    sys.setswitchinterval(SWITCH)
    print("Loading the model and its schemes ...", file=sys.stderr, flush=True)
    warm.up()
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    class Announced(uvicorn.Server):
        """A server that says where it is once it listens."""

        async def startup(self, sockets: list[socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                print(f"The studio is at {address} (Ctrl-C ends it)", flush=True)
            if self.started and opens:
                Thread(target=webbrowser.open, args=[address], daemon=True).start()

    app.add_exception_handler(404, _not_found)
    # Compression costs more than it saves in a local network, where classes sit.
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        ws_per_message_deflate=False,
    )
    Announced(config).run()


async def _not_found(request: object, error: Exception) -> "Response":
    """Answer with a page that leads back, instead of the words of a library."""
    from starlette.responses import HTMLResponse

    page = Path(__file__).with_name("not_found.html").read_text(encoding="utf-8")
    return HTMLResponse(page, status_code=404)


def _read(given: Sequence[str]) -> dict[str, str]:
    values = {"host": HOST, "port": str(PORT), "open": "true"}
    for word in given:
        key, sign, value = word.partition("=")
        if key not in KEYS or not sign:
            raise UserError(
                f"{word} is no option of the studio; write "
                f"host={HOST}, port={PORT} or open=false."
            )
        values[key] = value
    if not values["host"]:
        raise UserError(f"host is ''; write host={HOST} for this machine alone.")
    if values["open"] not in ("true", "false"):
        raise UserError(f"open is {values['open']!r}; choose true or false.")
    return values


def _port(text: str) -> int:
    port = plain.number(text)
    if not isinstance(port, int) or not 1 <= port <= LAST:
        raise UserError(f"port is {text!r}; a whole number from 1 to {LAST} is needed.")
    return port


def _check_free(host: str, port: int) -> None:
    """Raise ``UserError`` if this machine has no such address, or the port is taken."""
    import socket

    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _no_address(host, "no machine is called so") from None
    for family, *_, place in places:
        try:
            with socket.socket(family) as probe:
                if os.name == "posix":  # elsewhere it lets two listen at one port
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(place)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            if error.errno in ABSENT:
                raise _no_address(host, reason) from None
            other = port + 1 if FREE <= port < LAST else PORT
            raise UserError(
                f"cannot listen on {host}, port {port} ({reason}). Choose another one "
                f"with port={other}."
            ) from None


def _no_address(host: str, reason: str) -> UserError:
    return UserError(
        f"host is {host!r}, which is no address of this machine ({reason}).\n"
        f"Choose host={HOST} for this machine alone, or host=0.0.0.0 for its network."
    )
