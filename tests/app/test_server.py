import asyncio
import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app import server
from app.server import HOST, SETTINGS, start
from experiments.__main__ import main
from experiments.errors import UserError

ROOT = Path(__file__).parents[2]


def test_it_listens_on_this_machine_alone_unless_told_otherwise():
    assert server._read([])["host"] == HOST == "127.0.0.1"
    assert server._read(["host=0.0.0.0"])["host"] == "0.0.0.0"


def test_it_reports_nothing_to_anybody():
    assert SETTINGS["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "False"


def test_it_serves_without_what_helps_only_developers():
    assert SETTINGS["SOLARA_MODE"] == "production"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "nonsense is no option of the studio"),
        (["ports=1"], "ports=1 is no option of the studio"),
        (["--port", "1"], "--port is no option of the studio"),
        (["port=0"], "from 1 to 65535"),
        (["port=65536"], "from 1 to 65535"),
        (["port=-1"], "from 1 to 65535"),
        (["port=eight"], "from 1 to 65535"),
        (["port="], "from 1 to 65535"),
        (["open=maybe"], "choose true or false"),
        (["host="], "host is ''; write host=127.0.0.1"),
        (["host=999.1.1.1"], "host is '999.1.1.1', which is no address of this"),
        (["host=no.such.host.invalid"], "no address of this machine (no machine is"),
        (["host=a..b"], "host is 'a..b', which is no address of this machine"),
        (["host=203.0.113.7"], "host is '203.0.113.7', which is no address of this"),
        (["host=2001:db8::7"], "host is '2001:db8::7', which is no address of this"),
        (["study=compare"], "study=compare is no option of the studio"),
    ],
)
def test_wrong_words_end_with_two_and_a_reason(words, said, capsys):
    with pytest.raises(SystemExit) as end:
        main(["app", *words])
    assert end.value.code == 2
    assert said in capsys.readouterr().err


def test_a_port_in_use_is_named_with_another_one():
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=f"port {port} .*in use.* port={port + 1}"):
            start([f"port={port}"])


@pytest.mark.parametrize("port", [80, 65_535])
def test_the_port_that_is_offered_can_be_taken(port, monkeypatch):
    def refuse(self, place):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(UserError, match=f"port={server.PORT}"):
        start([f"port={port}"])


def test_an_address_of_a_kind_that_the_system_lacks_is_named(monkeypatch):
    class Lacking:
        def __init__(self, family):
            raise OSError(errno.EAFNOSUPPORT, os.strerror(errno.EAFNOSUPPORT))

    monkeypatch.setattr(socket, "socket", Lacking)
    with pytest.raises(UserError, match="no address of this machine"):
        start(["host=::1"])


VISIT = """
import asyncio, sys, types, uvicorn
from app import server

async def first_visit(app):
    scope = {
        "type": "http", "method": "GET", "scheme": "http", "path": "/",
        "root_path": "", "query_string": b"", "headers": [(b"host", b"127.0.0.1")],
        "server": ("127.0.0.1", 80),
    }
    answers = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        answers.append(message)

    await app(scope, receive, send)
    print(answers[0]["status"])

async def listen(self, sockets=None):
    self.started = True

async def visited(self):
    await self.startup()
    print(self.config.host, self.config.port)
    await first_visit(self.config.app)

uvicorn.Server.startup = listen
uvicorn.Server.run = lambda self: asyncio.run(visited(self))
sys.modules["app.warm"] = types.SimpleNamespace(up=lambda: None)
server.start(sys.argv[1:])
"""
"""The studio answers one request over plain HTTP, instead of serving."""


NO_HOME = """
import os, pwd

def nobody(number):
    raise KeyError(number)

os.environ.pop("HOME", None)
pwd.getpwuid = nobody
"""
"""The process of a user who has neither a home nor an account."""


@pytest.mark.parametrize(
    ("host", "before"),
    [("127.0.0.1", ""), ("::1", ""), ("127.0.0.1", NO_HOME)],
    ids=["IPv4", "IPv6", "no home"],
)
def test_a_first_visit_says_nothing_on_the_console(host, before, tmp_path):
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.bind((host, 0))
            port = probe.getsockname()[1]
    except OSError:
        pytest.skip(f"this machine has no {host}")
    words = [f"host={host}", f"port={port}", "open=false"]
    done = subprocess.run(
        [sys.executable, "-c", before + VISIT, *words],
        env=os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "Loading the model and its schemes ...\n"
    address, asked, status = done.stdout.splitlines()
    assert f"http://{'[::1]' if host == '::1' else host}:{port} " in address
    assert (asked, status) == (f"{host} {port}", "200")
    assert not [*tmp_path.iterdir()]


def test_the_experiments_do_without_the_studio():
    code = (
        "import sys, experiments.__main__, experiments.studies.compare; "
        "print(sorted(m for m in sys.modules if m.partition('.')[0] in "
        "('app', 'solara', 'uvicorn')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_an_address_that_is_no_page_leads_back():
    answer = asyncio.run(server._not_found(None, Exception()))
    assert answer.status_code == 404
    assert b'href="/"' in answer.body
    assert b"http" not in answer.body
