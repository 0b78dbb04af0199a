import socket
import subprocess
import sys

import pytest

from app import server
from app.server import HOST, SETTINGS, start
from experiments.__main__ import main
from experiments.errors import UserError


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
        (["host=999.1.1.1", "port=8999"], "cannot listen on 999.1.1.1"),
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
