"""The tables of ``docs/gaming.md``: where gaming goes, from what ``gaming`` stored."""

from tools.gaming import AS_DECLARED, BOARDS, GAMING, LEFT, NOISY, Gaming
from tools.markdown import table
from tools.results import stored


def gaming(group: str, *world: str) -> str:
    """What people did in all arms of a group, in a world."""
    heads = (
        *("", "manual", "genuine", "misuse", "trivial", "padding"),
        *("gestures", "hollow", "channel of chores", "tokens", "output"),
    )
    lines = []
    for row in _arms(group, " ".join(world)).values():
        acts = (row.manual, row.genuine, row.misuse, row.trivial, row.padding)
        shares = (*acts, row.gestures or 0.0, row.hollow or 0.0)
        lines.append(
            (
                row.arm,
                *(f"{share:.1f}" for share in shares),
                f"{row.chores or 0.0:+.3f}",
                f"{row.tokens:+.1f} ± {row.tokens_within:.1f}",
                f"{row.output:+.2f} ± {row.output_within:.2f}",
            )
        )
    return table(heads, lines)


def voluntary_use() -> str:
    """Voluntary use by world: how much of it was not the best act to the person."""
    heads = (
        *("", "genuine", "misuse", "trivial", "padding", "all use"),
        *("of it, not the best", "by hand"),
    )
    lines = []
    for row in stored(GAMING):
        if row.group == "voluntary":
            acts = (row.genuine, row.misuse, row.trivial, row.padding)
            beside = (
                _arms(group, row.world).get(row.arm)
                for group in ("not the best", "by hand")
            )
            sums = ("" if x is None else f"{_use(x):.1f}" for x in beside)
            shares = (f"{share:.1f}" for share in (*acts, _use(row)))
            lines.append((row.world, *shares, *sums))
    return table(heads, lines)


def not_best() -> str:
    """Acts under schemes that were not the best to the person, and all of them."""
    found = _arms("schemes") | _arms("voluntary")
    acts = ("manual", "genuine", "misuse", "trivial", "padding")
    return table(
        ("", *(f"{act}, of all" for act in acts)),
        [
            (
                name,
                *(
                    f"{getattr(row, a):.1f} of {getattr(found[name], a):.1f}"
                    for a in acts
                ),
            )
            for name, row in _arms("not the best").items()
        ],
    )


def by_noise() -> str:
    """Output under schemes by choice noise; in brackets the channel of chores."""
    worlds = [_arms("schemes", world) for world in NOISY]
    return table(
        ("", *NOISY),
        [
            (
                name,
                *(
                    f"{world[name].output:+.2f} ± {world[name].output_within:.2f} "
                    f"({world[name].chores:+.3f})"
                    for world in worlds
                ),
            )
            for name in worlds[0]
        ],
    )


def padding_gone(*world: str) -> str:
    """Where the half-days go that are no longer padded."""
    arms = _arms("watched", " ".join(world))
    heads = ("", "padding that goes", "manual", "genuine", "misuse", "trivial")
    free, *watched = arms.values()
    lines = []
    for row in watched:
        gone = free.padding - row.padding
        to = (
            100.0 * (getattr(row, act) - getattr(free, act)) / gone
            for act in ("manual", "genuine", "misuse", "trivial")
        )
        lines.append((row.arm, f"{gone:.1f}", *(f"{part:.0f} %" for part in to)))
    return table(heads, lines)


def boards() -> str:
    """What stays of tokens and output half a year after a board is taken down."""
    lines = []
    for world in LEFT:
        arms = [_arms("boards", world)[name] for name in BOARDS]
        linked, alone = arms[0], arms[3]
        line = [world]
        for row in arms:
            line.append(f"{row.tokens:+.1f} ({row.output:+.2f})")
            rise = (alone if row in arms[3:] else linked).tokens
            if row not in (linked, alone) and row.tokens and rise:
                line[-1] += f", {100.0 * row.tokens / rise:.0f} % stay"
        lines.append(line)
    return table(("", *BOARDS), lines)


def seen_outside() -> str:
    """What somebody outside would have seen of a board that was taken down."""
    lines = []
    for name, row in _arms("before").items():
        before, after = row.used or 0.0, _arms("after")[name].used or 0.0
        change = 100.0 * (after / before - 1.0)
        lines.append((name, f"{before:.1f}", f"{after:.1f}", f"{change:+.1f} %"))
    return table(("", "8 weeks before", "9 to 16 weeks later", "change"), lines)


def _arms(group: str, world: str = "") -> dict[str, Gaming]:
    """Arms of a group in a world, by name."""
    rows = stored(GAMING)
    wanted = group, world or AS_DECLARED
    return {row.arm: row for row in rows if (row.group, row.world) == wanted}


def _use(row: Gaming) -> float:
    return row.genuine + row.misuse + row.trivial + row.padding
