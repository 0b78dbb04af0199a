"""What strangers may send: it is refused with a message, and the studio goes on."""

import http.client
import re
import socket
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from experiments.designs.pair import Pair, as_yaml

DONE = re.compile(r"^\d+ replicates of each side")
SMALL = "organisation.employees=60&weeks=26&replicates=2"
STUDIO = ("-m", "experiments", "app", "port=PORT", "open=false")


def refusal(page):
    """What the page refuses."""
    page.locator(".v-alert").first.wait_for()
    return page.locator(".v-alert").first.inner_text()


def give(page, content):
    """Choose a file of this content."""
    page.get_by_text("Keep and open files").first.click()
    chooser = page.get_by_label("Open a pair.yaml")
    file = {"name": "pair.yaml", "mimeType": "text/yaml", "buffer": content}
    chooser.set_input_files(file)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("second=nonsense", "not a shipped scheme"),
        ("second=../../../etc/passwd", "not a shipped scheme"),
        ("second=monthly_minimum&second.quota.amount=nan", "quota.amount"),
        ("people.rule=__import__('os').system('ls')", "people.rule"),
        ("x=" + 25_000 * "x", "longer than 20,000 characters"),
        ("organisation.employees=1000000", "one visitor may ask for 3,000,000"),
        ("replicates=100001", "from 1 to 100000"),
    ],
)
def test_a_wrong_link_is_refused_and_the_page_still_works(visit, query, said):
    page = visit(f"/compare?{query}")
    assert said in refusal(page)
    page.goto(f"/compare?{SMALL}")
    page.get_by_text(DONE).wait_for()


@pytest.mark.parametrize("path", ["/compare", "/live", "/person"])
def test_what_was_wrong_is_told_as_it_was_given(visit, path):
    page = visit(f"{path}?second={quote('a&b<c>')}")
    assert "second.scheme is 'a&b<c>'" in refusal(page)


@pytest.mark.parametrize(
    "query",
    [
        "second={}",
        "{}=1",
        "second=monthly_minimum&second.quota.amount={}",
        "people.rule={}",
        "model={}",
    ],
)
def test_a_script_in_a_link_does_not_run(visit, query):
    script = "<img src=x onerror=window.hit=1><script>window.hit=1</script>"
    page = visit("/compare?" + query.format(quote(script)))
    assert refusal(page)
    page.get_by_text(DONE).wait_for()
    assert page.evaluate("window.hit") is None
    assert page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"first: !!python/object/apply:os.system [ls]", "tags are not read"),
        (b"\xff\xfe\x00\x01", "not a text file"),
        (b"a: &a [x]\nb: [*a]", "aliases are not read"),
        (b"first: " + 3000 * b"[", "cannot be used"),
        (b"second: {scheme: nonsense}", "not a shipped scheme"),
        (20_001 * b"x", "more than 20,000 bytes"),
    ],
)
def test_a_wrong_file_is_refused(visit, content, said):
    page = visit(f"/compare?{SMALL}")
    page.get_by_text(DONE).wait_for()
    give(page, content)
    assert said in refusal(page)


def test_a_kept_file_is_opened(visit):
    page = visit(f"/compare?{SMALL}")
    page.get_by_text(DONE).wait_for()
    pair = Pair(shared=(("organisation.employees", 70),), weeks=30, replicates=2)
    give(page, as_yaml(pair).encode())
    page.get_by_text("70 people, 30 weeks").wait_for()
    assert page.locator(".v-alert").count() == 0


@pytest.mark.parametrize("prefix", ["/static/", "/static/public/", "/static/assets/"])
@pytest.mark.parametrize("up", ["../", "..%2f", "%2e%2e/"])
def test_nothing_of_a_request_is_a_path_out_of_the_studio(server, prefix, up):
    parts = urlsplit(server)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    connection.request("GET", prefix + 12 * up + "etc/hostname")
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    assert answer.status in (400, 403, 404) or b"<html" in content.lower()
    assert Path("/etc/hostname").read_bytes() not in content


def test_only_this_machine_reaches_the_studio(server):
    port = urlsplit(server).port
    with socket.socket() as probe, pytest.raises(OSError, match="refused"):
        # Another address of this machine, as a network's would be.
        probe.connect(("127.0.0.2", port))


def test_closing_the_tab_in_mid_run_frees_its_work(serve, visit):
    # A budget that takes many minutes, which this server alone allows.
    studio = serve(*STUDIO, TOKENMAXXING_BUDGET="2000000000")
    page = visit("/compare?replicates=8000", at=studio.address)
    page.get_by_text(re.compile(r"Preview. \d+ of 16000 runs")).wait_for()
    # Others may want the processors too: it only has to be seen at work once.
    deadline = time.monotonic() + 60.0
    while busy(studio.pid) < 0.2:
        assert time.monotonic() < deadline
    page.close()
    deadline = time.monotonic() + 60.0
    while busy(studio.pid) > 0.1:
        assert time.monotonic() < deadline
    other = visit(f"/compare?{SMALL}", at=studio.address)
    other.get_by_text(DONE).wait_for()


def busy(pid):
    """Processors that a process keeps busy, over a second."""

    def ticks():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    before = ticks()
    time.sleep(1.0)
    return (ticks() - before) / 100.0
