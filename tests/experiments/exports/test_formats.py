"""Every format gives the truth that all of them were written from."""

from datetime import UTC, date

import numpy as np
import pytest

from experiments.errors import UserError
from experiments.exports.collect import collected, recognised
from experiments.exports.formats import read, shipped
from experiments.exports.panel import panel
from tests import exports
from tests.exports import World

LATER = date(2026, 6, 1)


@pytest.fixture(scope="module")
def world():
    return World()


def imported(path, measure="tokens", counted="all", keep=False, zone=UTC):
    files = recognised(str(path), measure)
    found = collected(files, measure, zone, keep, lambda size: None)
    return found, panel(found.sources, found.seats, measure, counted, LATER)


def by_name(found, made, world):
    """Amounts in the order of the people of the world, whatever their ids are."""
    order = []
    for person in world.people:
        [place] = [k for k, name in enumerate(found.ids.names) if person in name]
        order.append(list(made.people).index(place))
    return made.amounts[order]


def check(found, made, world, truth):
    """What is read is the truth; what is not there is 0 or unknown, and was 0."""
    amounts = by_name(found, made, world)
    assert amounts.shape == truth.shape
    known = np.isfinite(amounts)
    np.testing.assert_allclose(amounts[known], truth[known], rtol=1e-9)
    assert (truth[~known] == 0.0).all()
    used = truth > 0.0
    ever_before = np.logical_or.accumulate(used, axis=1)
    ever_after = np.logical_or.accumulate(used[:, ::-1], axis=1)[:, ::-1]
    np.testing.assert_array_equal(known, ever_before & ever_after)


TOKENS = {
    "cursor_events": exports.cursor_events,
    "cursor_api": exports.cursor_api,
    "litellm_logs": exports.litellm_logs,
    "langfuse": exports.langfuse,
    "langfuse, cached reads within": lambda w, f: exports.langfuse(w, f, within=True),
    "helicone": exports.helicone,
    "claude_code_otel": exports.claude_code_otel,
    "claude_code_analytics": exports.claude_code_analytics,
    "anthropic_usage": exports.anthropic_usage,
    "ccusage": exports.ccusage,
    "ccusage, v20": lambda w, f: exports.ccusage(w, f, name="period"),
    "ccusage_old": lambda w, f: exports.ccusage(w, f, old=True),
    "copilot_ai_usage": exports.copilot_ai_usage,
    "openai_usage": exports.openai_usage,
    "litellm_export": exports.litellm_export,
    "opencode": exports.opencode,
}
KEYS = {
    "openrouter": exports.openrouter,
    "anthropic_console": exports.anthropic_console,
    "litellm_activity": exports.litellm_activity,
}
OTHERS = {
    "cursor_daily": (exports.cursor_daily, "requests", lambda r: 1),
    "copilot_premium": (exports.copilot_premium, "requests", lambda r: 1),
    "chatgpt": (exports.chatgpt, "messages", lambda r: 1),
    "kiro": (exports.kiro, "credits", lambda r: 1),
    "amazon_q": (exports.amazon_q, "messages", lambda r: 1),
    "gemini": (exports.gemini, "requests", lambda r: 1),
}


@pytest.mark.parametrize("name", TOKENS)
def test_a_format_gives_the_truth(name, world, tmp_path):
    path = TOKENS[name](world, tmp_path)
    found, made = imported(path)
    assert [s.format.name for s in found.sources] == [name.split(",")[0]]
    check(found, made, world, world.matrix())
    assert made.monday == exports.START.date()
    assert found.dropped == [0]


@pytest.mark.parametrize("name", TOKENS)
@pytest.mark.parametrize(
    ("counted", "kinds"),
    [("fresh", ("input", "write", "written")), ("written", ("written",))],
)
def test_a_format_gives_the_tokens_that_count(name, counted, kinds, world, tmp_path):
    found, made = imported(TOKENS[name](world, tmp_path), counted=counted)
    truth = world.matrix(lambda r: sum(r.sizes[kind] for kind in kinds) / 1e6)
    check(found, made, world, truth)


@pytest.mark.parametrize("name", KEYS)
def test_a_format_that_names_keys_needs_aliases(name, world, tmp_path):
    path = KEYS[name](world, tmp_path)
    with pytest.raises(UserError, match="names keys and no people"):
        imported(path)
    rows = [(f"Key of {person} ", person) for person in world.people]
    exports.table(tmp_path / "aliases.csv", ("id", "person"), rows)
    found, made = imported(tmp_path)
    check(found, made, world, world.matrix())
    assert found.ids.without == 0
    # Or every key is a person.
    kept, also = imported(path, keep=True)
    check(kept, also, world, world.matrix())


@pytest.mark.parametrize("name", OTHERS)
def test_a_format_without_tokens_has_another_measure(name, world, tmp_path):
    write, measure, value = OTHERS[name]
    path = write(world, tmp_path)
    with pytest.raises(UserError, match="it has no tokens, only "):
        imported(path)
    found, made = imported(path, measure)
    assert [s.format.name for s in found.sources] == [name]
    truth = world.matrix(value)
    if name == "cursor_daily":  # has a row of everybody on every day
        np.testing.assert_array_equal(by_name(found, made, world), truth)
    else:
        check(found, made, world, truth)


@pytest.mark.parametrize("name", ["cursor_daily", "gemini", "kiro", "cursor_events"])
def test_days_with_use_are_a_measure(name, world, tmp_path):
    write = TOKENS.get(name) or OTHERS[name][0]
    found, made = imported(write(world, tmp_path), "active_days")
    amounts = by_name(found, made, world)
    days = {(r.person, r.at.date()) for r in world.requests}
    truth = np.zeros_like(amounts)
    for person, day in days:
        week = (day - exports.START.date()).days // 7
        truth[world.people.index(person), week] += 1
    known = np.isfinite(amounts)
    np.testing.assert_array_equal(amounts[known], truth[known])


def test_copilots_users_have_the_tokens_of_the_command_line_alone(world, tmp_path):
    found, made = imported(exports.copilot_users(world, tmp_path))
    days = world.by(exports.day_of, exports.person_of)
    truth = sum(exports.whole(s) for s in days.values() if s["n"] > 1) / 1e6
    np.testing.assert_allclose(np.nansum(made.amounts), truth, rtol=1e-9)
    assert "command line alone" in found.sources[0].format.blind
    with pytest.raises(UserError, match="does not tell cached reads"):
        imported(tmp_path, counted="fresh")


def test_cost_is_in_dollars_where_it_is_known(world, tmp_path):
    found, made = imported(exports.claude_code_analytics(world, tmp_path), "cost")
    check(found, made, world, world.matrix(lambda r: r.cost))


def test_running_totals_of_a_counter_are_refused(world, tmp_path):
    exports.claude_code_otel(world, tmp_path, temporality=2)
    with pytest.raises(UserError, match="running totals"):
        imported(tmp_path)


OWN = (
    "ours: {is: our own proxy, proof: [at, staff, prompt, answer], who: staff, "
    "when: at, input: prompt, read: cached, written: answer, once: [nr]}\n"
)


def of_our_own(world, folder):
    rows = [
        (
            r.number,
            stamp,
            r.person,
            exports.inside(r.sizes),
            r.sizes["read"],
            r.sizes["written"],
        )
        for r in world.requests
        for stamp in [exports.stamp(r.at)]
    ]
    header = ("nr", "at", "staff", "prompt", "cached", "answer")
    return exports.table(folder / "proxy.csv", header, rows)


def test_a_line_of_a_mapping_adds_a_format(world, tmp_path):
    path = of_our_own(world, tmp_path)
    with pytest.raises(UserError, match="no export that is known") as refused:
        imported(path)
    assert "docs/import.md" in str(refused.value)
    (tmp_path / "ours.yaml").write_text(OWN)
    found, made = imported(tmp_path)
    check(found, made, world, world.matrix())
    assert found.sources[0].meaning == "within"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "formats are needed"),
        ("ours: 3\n", "keys are needed"),
        ("ours: {is: x, proof: [a], whi: b, when: c}\n", "there is no whi"),
        ("ours: {is: x, proof: [a], when: c}\n", "who is missing"),
        ("ours: {is: x, proof: [a], who: b}\n", "when is missing"),
        ("ours: {is: x, proof: a, who: b, when: c}\n", "a list of columns"),
        ("ours: {is: x, proof: [a], who: b, when: c, grain: year}\n", "request, day"),
        ("ours: {is: x, proof: [a], who: b, when: c, settles: 99}\n", "0 to 31"),
        ("ours: {is: x, proof: [a], who: b, when: c, input: t * ten}\n", "stands"),
        ("ours: {is: x, proof: [a], who: b, when: c, inside: ja}\n", "yes, no or test"),
        ("ours: {is: [\n", "line"),
    ],
)
def test_a_mapping_with_a_mistake_is_refused(text, said):
    with pytest.raises(UserError) as refused:
        read(text, "ours.yaml")
    assert "ours.yaml" in str(refused.value)
    assert said in str(refused.value)
    assert str(refused.value).count("\n") < 3


def test_every_format_says_what_it_is_and_what_it_cannot_see():
    for form in shipped().values():
        assert form.is_, form.name
        assert form.refuse or form.is_list or form.blind, form.name


def test_every_format_that_is_of_use_is_tested():
    tested = {name.split(",")[0] for name in (*TOKENS, *KEYS, *OTHERS)}
    tested |= {"copilot_users", "panel", "copilot_premium_days"}
    useful = {f.name for f in shipped().values() if not f.refuse and not f.is_list}
    assert tested == useful


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"weekly": [{"inputTokens": 1, "outputTokens": 1}]}, "begin on Sundays"),
        ({"monthly": [{"inputTokens": 1, "outputTokens": 1}]}, "ccusage daily"),
        ({"sessions": [{"inputTokens": 1, "outputTokens": 1}]}, "ccusage daily"),
        (
            [{"date": "x", "total_active_users": 1, "total_engaged_users": 1}],
            "names nobody",
        ),
        (
            {
                "data": [
                    {"starting_at": "x", "results": [{"amount": 1, "currency": "$"}]}
                ]
            },
            "names nobody",
        ),
    ],
)
def test_what_is_known_and_of_no_use_is_refused(content, said, tmp_path):
    exports.dump(tmp_path / "x.json", content)
    with pytest.raises(UserError, match=said):
        imported(tmp_path)


def test_premium_requests_by_day(world, tmp_path):
    header = ("date", "username", "model", "quantity", "exceeds_quota", "gross_amount")
    rows = [
        (day, person, "m", s["n"], "False", 0)
        for (day, person), s in world.by(exports.day_of, exports.person_of).items()
    ]
    exports.table(tmp_path / "premium.csv", header, rows)
    found, made = imported(tmp_path, "requests")
    assert found.sources[0].format.name == "copilot_premium_days"
    check(found, made, world, world.matrix(lambda r: 1))


def test_a_file_of_one_person_alone_is_refused(world, tmp_path):
    path = exports.cursor_events(world, tmp_path)
    text = path.read_text().replace("Date,User,", "Date,Someone,", 1)
    path.write_text(text)
    with pytest.raises(UserError, match="does not say whose use it is"):
        imported(tmp_path)
