"""Invented exports in the shapes that tools write, all of one truth.

``World`` has requests of people over whole weeks; each function writes them as one tool
would, and returns the path. Where a format holds less, its test says so.
"""

import csv
import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import numpy as np

START = datetime(2026, 2, 2, tzinfo=UTC)
"""A Monday."""
CENTS = {"input": 0.0004, "read": 0.00003, "write": 0.0005, "written": 0.002}
KINDS = tuple(CENTS)
MODELS = ("fast-3", "deep-3")


class Request:
    """One request: who, when, which model, and tokens by kind."""

    def __init__(self, number, person, at, model, sizes):
        self.number, self.person, self.at, self.model = number, person, at, model
        self.sizes = dict(zip(KINDS, sizes, strict=True))

    @property
    def total(self):
        return sum(self.sizes.values())

    @property
    def cost(self):
        return sum(CENTS[kind] * size for kind, size in self.sizes.items()) / 100.0


class World:
    """Requests of ``people`` over ``weeks``, some of them idle, one who joins late."""

    def __init__(self, people=31, weeks=9, seed=3):
        self.people = [f"staff{k:03d}" for k in range(people)]
        self.weeks = weeks
        random = np.random.default_rng(seed)
        self.requests = []
        for place, person in enumerate(self.people):
            scale = np.exp(random.normal(9.0, 1.0))
            for week in range(weeks):
                idle = random.random() < 0.12 or (place == 4 and week < 3)
                # Somebody works on every day, so that no week seems unfinished.
                days = [place % 7] if place < 14 else []
                if not idle:
                    days += random.integers(0, 7, random.integers(1, 5)).tolist()
                for day in days:
                    second = int(random.integers(0, 86_400))
                    at = START + timedelta(days=7 * week + day, seconds=second)
                    size = scale * random.gamma(2.0, 40.0)
                    shares = random.dirichlet((3.0, 40.0, 6.0, 2.0))
                    sizes = (int(x) + 1 for x in size * shares)
                    # Caches are larger than the input, as they are in agents.
                    a, b, c, d = sizes
                    sizes = (min(a, b), max(a, b), c, d)
                    model = MODELS[int(random.integers(2))]
                    number = len(self.requests)
                    self.requests.append(Request(number, person, at, model, sizes))
        self.requests.sort(key=lambda request: request.at)

    def matrix(self, value=lambda request: request.total / 1e6):
        """Sums of each person and week, shape (N, T)."""
        found = np.zeros((len(self.people), self.weeks))
        for request in self.requests:
            place = self.people.index(request.person)
            found[place, (request.at - START).days // 7] += value(request)
        return found

    def by(self, *keys):
        """Sums of tokens by kind, cost and number of requests by keys, in order."""
        sums = defaultdict(lambda: dict.fromkeys((*KINDS, "cost", "n"), 0))
        for request in self.requests:
            group = sums[tuple(key(request) for key in keys)]
            for kind, size in request.sizes.items():
                group[kind] += size
            group["cost"] += request.cost
            group["n"] += 1
        return dict(sorted(sums.items()))


def day_of(request):
    return request.at.date().isoformat()


def person_of(request):
    return request.person


def model_of(request):
    return request.model


def mail(person):
    return f"{person}@firm.example"


def inside(sums):
    return sums["input"] + sums["read"] + sums["write"]


def whole(sums):
    return inside(sums) + sums["written"]


def table(path, header, rows, **how):
    with path.open("w", newline="", encoding=how.pop("encoding", "utf-8")) as file:
        writer = csv.writer(file, **how)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def dump(path, value, **how):
    path.write_text(json.dumps(value, **how))
    return path


def lines(path, values):
    path.write_text("".join(json.dumps(value) + "\n" for value in values))
    return path


def stamp(at):
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


# Requests


def cursor_events(world, folder):
    header = [
        "Date",
        "User",
        "Kind",
        "Model",
        "Max Mode",
        "Input (w/ Cache Write)",
        "Input (w/o Cache Write)",
        "Cache Read",
        "Output Tokens",
        "Total Tokens",
        "Cost",
    ]
    rows = [
        (
            stamp(r.at),
            mail(r.person),
            "Included",
            r.model,
            "No",
            r.sizes["write"],
            r.sizes["input"],
            r.sizes["read"],
            r.sizes["written"],
            r.total,
            "Included" if r.number % 2 else f"{r.cost:.4f}",
        )
        for r in reversed(world.requests)
    ]
    return table(folder / "cursor.csv", header, rows)


def cursor_api(world, folder):
    events = [
        {
            "timestamp": str(int(r.at.timestamp() * 1000)),
            "userEmail": mail(r.person),
            "tokenUsage": {
                "inputTokens": r.sizes["input"],
                "outputTokens": r.sizes["written"],
                "cacheWriteTokens": r.sizes["write"],
                "cacheReadTokens": r.sizes["read"],
                "totalCents": 100 * r.cost,
            },
        }
        for r in world.requests
    ]
    return dump(folder / "events.json", {"usageEvents": events, "n": 1}, indent=2)


def litellm_logs(world, folder):
    header = [
        "request_id",
        "call_type",
        "spend",
        "total_tokens",
        "prompt_tokens",
        "completion_tokens",
        "startTime",
        "user",
        "metadata",
        "end_user",
    ]
    rows = []
    for r in world.requests:
        usage = {
            "cache_read_input_tokens": r.sizes["read"],
            "cache_creation_input_tokens": r.sizes["write"],
        }
        rows.append(
            (
                f"chat-{r.number}",
                "acompletion",
                r.cost,
                r.total,
                inside(r.sizes),
                r.sizes["written"],
                f"{r.at:%Y-%m-%d %H:%M:%S}",
                r.person,
                json.dumps({"usage_object": usage}),
                "",
            )
        )
    return table(folder / "spend.csv", header, rows)


def langfuse(world, folder, within=False):
    def usage(r):
        return {
            "input": inside(r.sizes) if within else r.sizes["input"],
            "output": r.sizes["written"],
            "cache_read_input_tokens": r.sizes["read"],
            "cache_creation_input_tokens": r.sizes["write"],
            "total": r.total,
        }

    rows = [
        {
            "id": f"o{r.number}",
            "start_time": f"{r.at:%Y-%m-%d %H:%M:%S.%f}",
            "user_id": r.person,
            "usage_details": usage(r),
            "cost_details": {"total": r.cost},
        }
        for r in world.requests
    ]
    return lines(folder / "langfuse.jsonl", rows)


def helicone(world, folder):
    rows = [
        {
            "request_id": f"h{r.number}",
            "request_created_at": stamp(r.at),
            "request_user_id": r.person,
            "prompt_tokens": r.sizes["input"],
            "completion_tokens": r.sizes["written"],
            "prompt_cache_read_tokens": r.sizes["read"],
            "prompt_cache_write_tokens": r.sizes["write"],
            "cost_usd": r.cost,
        }
        for r in world.requests
    ]
    return dump(folder / "helicone.json", rows)


def openrouter(world, folder):
    header = [
        "generation_id",
        "created_at",
        "cost_total",
        "tokens_prompt",
        "tokens_completion",
        "tokens_cached",
        "api_key_name",
    ]
    rows = [
        (
            f"gen-{r.number}",
            f"{r.at:%Y-%m-%d %H:%M:%S}.000",
            r.cost,
            inside(r.sizes),
            r.sizes["written"],
            r.sizes["read"],
            f"key of {r.person}",
        )
        for r in world.requests
    ]
    return table(folder / "openrouter.csv", header, rows)


def claude_code_otel(world, folder, temporality=1):
    types = {"input": "input", "read": "cacheRead"}
    types |= {"write": "cacheCreation", "written": "output"}

    def point(r, kind):
        said = {"user.email": mail(r.person), "type": types[kind], "model": r.model}
        attributes = [
            {"key": key, "value": {"stringValue": text}} for key, text in said.items()
        ]
        return {
            "timeUnixNano": str(int(r.at.timestamp()) * 10**9),
            "asInt": str(r.sizes[kind]),
            "attributes": attributes,
        }

    def metric(name, points):
        total = {"aggregationTemporality": temporality, "dataPoints": points}
        return {"name": name, "sum": total}

    found = []
    for r in world.requests:
        tokens = metric("claude_code.token.usage", [point(r, k) for k in KINDS])
        other = metric("claude_code.session.count", [point(r, "input")])
        scope = {"scopeMetrics": [{"metrics": [other, tokens]}]}
        found.append({"resourceMetrics": [scope]})
    return lines(folder / "otel.jsonl", found)


# Sums over days


def claude_code_analytics(world, folder):
    pages = defaultdict(list)
    for (day, person), _ in world.by(day_of, person_of).items():
        pages[day].append({"date": f"{day}T00:00:00Z", "person": person})
    sums = world.by(day_of, person_of, model_of)
    for day, records in pages.items():
        for record in records:
            person = record.pop("person")
            record["actor"] = {"type": "user_actor", "email_address": mail(person)}
            record["terminal_type"] = "vscode"
            record["model_breakdown"] = [
                {
                    "model": model,
                    "tokens": {
                        "input": s["input"],
                        "output": s["written"],
                        "cache_read": s["read"],
                        "cache_creation": s["write"],
                    },
                    "estimated_cost": {"currency": "USD", "amount": 100 * s["cost"]},
                }
                for (d, p, model), s in sums.items()
                if (d, p) == (day, person)
            ]
    found = [{"data": page, "has_more": True} for page in pages.values()]
    path = folder / "analytics.json"
    path.write_text("\n".join(json.dumps(page, indent=1) for page in found))
    return path


def anthropic_usage(world, folder):
    buckets = defaultdict(list)
    for (day, person, model), s in world.by(day_of, person_of, model_of).items():
        buckets[day].append(
            {
                "account_id": f"user_{person}",
                "api_key_id": None,
                "model": model,
                "uncached_input_tokens": s["input"],
                "cache_creation": {
                    "ephemeral_5m_input_tokens": s["write"] // 2,
                    "ephemeral_1h_input_tokens": s["write"] - s["write"] // 2,
                },
                "cache_read_input_tokens": s["read"],
                "output_tokens": s["written"],
            }
        )
    data = [
        {"starting_at": f"{day}T00:00:00Z", "results": rows}
        for day, rows in buckets.items()
    ]
    data.insert(0, {"starting_at": "2026-02-01T00:00:00Z", "results": []})
    return dump(folder / "usage.json", {"data": data, "has_more": False})


def anthropic_console(world, folder):
    header = [
        "usage_date_utc",
        "model_version",
        "api_key",
        "usage_input_tokens_no_cache",
        "usage_input_tokens_cache_write_5m",
        "usage_input_tokens_cache_write_1h",
        "usage_input_tokens_cache_read",
        "usage_output_tokens",
    ]
    rows = [
        (
            day,
            model,
            f"key of {person}",
            s["input"],
            0,
            s["write"],
            s["read"],
            s["written"],
        )
        for (day, person, model), s in world.by(day_of, person_of, model_of).items()
    ]
    return table(folder / "console.csv", header, rows)


def ccusage(world, folder, name="date", old=False):
    place = folder / f"ccusage_{name}_{old}"
    place.mkdir()
    days = defaultdict(list)
    for (person, day), s in world.by(person_of, day_of).items():
        days[person].append(
            {
                name: day,
                "inputTokens": s["input"],
                "outputTokens": s["written"],
                "cacheCreationTokens": s["write"],
                "cacheReadTokens": s["read"],
                "totalTokens": whole(s),
                "costUSD" if old else "totalCost": s["cost"],
                "modelBreakdowns": [{"modelName": MODELS[0], "cost": 1.0}],
            }
        )
    for person, rows in days.items():
        content = {"type": "daily", "data": rows} if old else {"daily": rows}
        dump(place / f"{person}.json", content | {"totals": {}}, indent=2)
    return place


def copilot_ai_usage(world, folder):
    header = [
        "date",
        "username",
        "product",
        "sku",
        "model",
        "quantity",
        "gross_amount",
        "aic_quantity",
        "input",
        "output",
        "cache_read",
        "cache_write",
    ]
    rows = [
        (
            day,
            f"{person}_firm",
            "copilot",
            "ai_unit",
            model,
            1,
            s["cost"],
            1,
            s["input"],
            s["written"],
            s["read"],
            s["write"],
        )
        for (day, person, model), s in world.by(day_of, person_of, model_of).items()
    ]
    return table(folder / "ai_usage.csv", header, rows)


def copilot_users(world, folder):
    rows = [
        {
            "day": day,
            "user_login": f"{person}_firm",
            "user_initiated_interaction_count": s["n"],
            "totals_by_ide": [{"ide": "vscode"}],
            "totals_by_cli": {
                "token_usage": {
                    "prompt_tokens_sum": inside(s),
                    "output_tokens_sum": s["written"],
                }
            }
            if s["n"] > 1
            else None,
        }
        for (day, person), s in world.by(day_of, person_of).items()
    ]
    return lines(folder / "users.ndjson", rows)


def openai_usage(world, folder):
    buckets = defaultdict(list)
    for (day, person), s in world.by(day_of, person_of).items():
        buckets[day].append(
            {
                "input_tokens": inside(s),
                "input_cached_tokens": s["read"],
                "output_tokens": s["written"],
                "num_model_requests": s["n"],
                "user_id": f"user-{person}",
                "api_key_id": None,
            }
        )
    data = [
        {
            "object": "bucket",
            "start_time": int(datetime.fromisoformat(f"{day}T00:00Z").timestamp()),
            "results": rows,
        }
        for day, rows in buckets.items()
    ]
    half = len(data) // 2
    path = folder / "openai.json"
    pages = [{"object": "page", "data": part} for part in (data[:half], data[half:])]
    path.write_text(json.dumps(pages))
    return path


def litellm_export(world, folder):
    header = [
        "Date",
        "User",
        "User ID",
        "Spend",
        "Requests",
        "Total Tokens",
        "Prompt Tokens",
        "Completion Tokens",
        "Cache Read Tokens",
        "Cache Creation Tokens",
    ]
    rows = [
        (
            day,
            mail(person),
            f"id{person}",
            f"{s['cost']:.6f}",
            s["n"],
            whole(s),
            inside(s),
            s["written"],
            s["read"],
            s["write"],
        )
        for (day, person), s in world.by(day_of, person_of).items()
    ]
    return table(folder / "litellm.csv", header, rows)


def litellm_activity(world, folder):
    keys = defaultdict(dict)
    for (day, person), s in world.by(day_of, person_of).items():
        metrics = {
            "spend": s["cost"],
            "prompt_tokens": inside(s),
            "completion_tokens": s["written"],
            "cache_read_input_tokens": s["read"],
            "cache_creation_input_tokens": s["write"],
            "total_tokens": whole(s),
            "api_requests": s["n"],
        }
        known = {"key_alias": f"key of {person}"}
        keys[day][f"sk-{person}"] = {"metrics": metrics, "metadata": known}
    results = [
        {"date": day, "breakdown": {"models": {}, "api_keys": found}}
        for day, found in reversed(keys.items())
    ]
    return dump(folder / "activity.json", {"results": results, "metadata": {}})


def opencode(world, folder):
    header = [
        "day",
        "user_type",
        "user_id",
        "provider",
        "model",
        "requests",
        "input_tokens",
        "output_tokens",
        "cache_read_tokens",
        "cache_write_5m_tokens",
        "cache_write_1h_tokens",
        "cost_usd",
    ]
    rows = [
        (
            day,
            "member",
            f"user_{person}",
            "x",
            model,
            s["n"],
            s["input"],
            s["written"],
            s["read"],
            s["write"],
            0,
            s["cost"],
        )
        for (day, person, model), s in world.by(day_of, person_of, model_of).items()
    ]
    return table(folder / "opencode.csv", header, rows)


# Without tokens


def cursor_daily(world, folder):
    used = world.by(person_of, day_of)
    data = []
    for number in range(7 * world.weeks):
        at = START + timedelta(days=number)
        for person in world.people:
            s = used.get((person, at.date().isoformat()), {"n": 0})
            data.append(
                {
                    "date": int(at.timestamp() * 1000),
                    "email": mail(person),
                    "isActive": s["n"] > 0,
                    "composerRequests": s["n"],
                    "chatRequests": 0,
                }
            )
    return dump(folder / "daily.json", {"data": data})


def copilot_premium(world, folder):
    rows = [(stamp(r.at), r.person, r.model, "1") for r in world.requests]
    header = ("Timestamp", "User", "Model", "Requests Used")
    return table(folder / "premium.csv", header, rows, quoting=csv.QUOTE_ALL)


def week_of(request):
    return (request.at - START).days // 7


def chatgpt(world, folder):
    rows = []
    for (person, week), s in world.by(person_of, week_of).items():
        monday = (START + timedelta(weeks=week)).date()
        sunday = monday + timedelta(days=6)
        rows.append((monday, sunday, mail(person), "true", s["n"], 3 * s["n"]))
    header = ("period_start", "period_end", "email", "is_active", "messages")
    return table(folder / "chatgpt.csv", (*header, "credits_used"), rows)


def kiro(world, folder):
    rows = [
        (day, f"d-1.{person}", client, s["n"] / 2, s["n"], mail(person))
        for (day, person), s in world.by(day_of, person_of).items()
        for client in ("KIRO_IDE", "KIRO_CLI")
    ]
    header = ("Date", "UserId", "Client_Type", "Credits_Used", "Total_Messages")
    return table(folder / "kiro.csv", (*header, "User_Email"), rows)


def amazon_q(world, folder):
    rows = [
        (f"d-1.{person}", f"{day[5:7]}-{day[8:]}-{day[:4]}", s["n"])
        for (day, person), s in world.by(day_of, person_of).items()
    ]
    return table(folder / "q.csv", ("UserId", "Date", "Chat_MessagesSent"), rows)


def gemini(world, folder):
    rows = [(day_of(r), mail(r.person)) for r in world.requests]
    return table(folder / "gemini.csv", ("timestamp", "labels.user_id"), rows)
