"""What a week changes in people, from what everybody did in that week."""

from model.compiled import rule
from model.draws import Purpose, uniforms
from model.exhaustion import exhausted
from model.incentives import gate, guidance
from model.network import team_bounds
from model.order import Rows
from model.people import Rule
from model.published import Published
from model.rework import QUEUE, left_to_mend, price_of_mending, review, sign_off
from model.scenario import Scenario
from model.workforce import Staff

WATCHED, IMITATION = int(Purpose.IMITATION), int(Rule.IMITATION)
MAX_BACKLOG = 3.0
"""Weeks; work that waits longer is given up."""
MAX_LOSS = 0.5
"""Rework and exhaustion together take at most half of the output."""


@rule
def adapt(
    i: int,
    week: int,
    staff: Staff,
    outside: Rows,
    published: Published,
    s: Scenario,
    seed: int,
    replicate: int,
) -> None:
    """Change employee i; reads of the others only what they did, writes only row i."""
    e, p, peers = staff[i], s.people, s.peers
    first, after = team_bounds(i, s.organisation.team_size, s.organisation.employees)
    mates = after - first - 1
    padding = burden = dressing = on_show = others_output = advantage = 0.0
    practice = use_by_mates = 0.0
    for j in range(first, after):
        if j != i:
            padding += staff[j].padding / 10.0
            burden += left_to_mend(staff[j], peers.rework_law)
            dressing += staff[j].dressing / 10.0
            on_show += staff[j].on_show
            practice += staff[j].practice
            use_by_mates += staff[j].genuine / 10.0
            advantage += staff[j].advantage
            others_output += staff[j].output / (staff[j].tasks * staff[j].productivity)
    if mates > 0:
        padding /= mates
        burden /= mates
        dressing /= mates
        on_show /= mates
        others_output /= mates

    seen, seen_on_show = padding, on_show
    if peers.outside > 0 and outside[i, 0] >= 0:
        outside_padding = outside_on_show = 0.0
        for n in range(peers.outside):
            j = outside[i, n]
            outside_padding += staff[j].padding / 10.0
            outside_on_show += staff[j].on_show
        own_team = peers.team_weight if mates > 0 else 0.0
        seen = own_team * padding + (1.0 - own_team) * outside_padding / peers.outside
        seen_on_show = (
            own_team * on_show + (1.0 - own_team) * outside_on_show / peers.outside
        )

    use = (e.genuine + s.technology.trivial_teaching * e.trivial) / 10.0
    a = e.proficiency
    a += p.learning * use * (e.ceiling - a) - p.forgetting * (1.0 - use) * a
    by_mates = practice / use_by_mates if use_by_mates > 0.0 else 0.0
    a += peers.teaching * to_be_taught(a, e.ceiling, by_mates)
    a += peers.forum_practice * to_be_taught(a, e.ceiling, published.practice)
    e.proficiency = a + guidance.trained(s.guidance, a, e.ceiling)
    e.belief += p.belief_rate * use * (p.lasting_belief - e.belief)

    savvy = e.savvy
    learnt = p.savvy_own * e.padding / 10.0 + p.savvy_contact * seen_on_show
    e.savvy = min(savvy + learnt * (1.0 - savvy) - p.savvy_decay * savvy, 1.0)
    e.savvy += peers.forum_tricks * to_be_taught(e.savvy, 1.0, published.tricks)
    e.norm += peers.norm_memory * (seen - e.norm)

    done = e.output / (e.tasks * e.productivity)
    backlog = e.backlog
    demand = s.organisation.demand * s.workforce.demand[e.role]
    backlog += demand - done - s.organisation.backlog_leak * backlog
    e.backlog = min(max(backlog, 0.0), MAX_BACKLOG)
    e.exhaustion = exhausted(e, p)
    strain = p.exhaustion_loss * e.exhaustion

    rework = price_of_mending(peers) * burden + peers.rework_dressing * dressing
    rework *= gate.passed(s.gate)
    rework += peers.rework_padding * padding
    if s.gate.share > 0.0 and mates > 0:
        rework += sign_off(i, staff, s)
    if peers.rework_law == QUEUE and mates > 0:
        rework += review(i, staff, s)
    lost = rework + strain
    scaled = MAX_LOSS / lost if lost > MAX_LOSS else 1.0
    e.rework = rework * scaled
    e.strain = strain * scaled
    if mates > 0:
        e.spill = peers.productivity * (others_output - 1.0)

    # The first weeks are a plain mean, so that a pace does not start from nothing.
    e.tenure += 1
    memory = max(p.pace_memory, 1.0 / e.tenure)
    active = 1.0 if e.days > 0 else 0.0
    tokens = e.genuine_tokens + e.trivial_tokens
    e.pace_genuine += memory * (tokens / 10.0 - e.pace_genuine)
    e.pace_padded += memory * (e.padded_tokens / 10.0 - e.pace_padded)
    e.pace_active += memory * (active / 10.0 - e.pace_active)
    e.pace_saved += memory * (e.reported_saved / 10.0 - e.pace_saved)
    e.pace_defects += memory * (e.defects / 10.0 - e.pace_defects)
    e.pace_backlog += memory * (e.backlog / 10.0 - e.pace_backlog)
    e.pace_automated += memory * (e.trivial / 10.0 - e.pace_automated)
    e.pace_days += memory * (e.days / 10.0 - e.pace_days)
    e.pace_output += memory * (e.observed / 10.0 - e.pace_output)
    in_team = (advantage + e.advantage) / (mates + 1)
    e.aspiration += memory * (in_team - e.aspiration)
    j = watched(i, week, outside, s, seed, replicate) if p.rule == IMITATION else i
    model = staff[j] if staff[j].advantage > e.advantage else e
    e.habit_genuine += memory * (model.genuine / 10.0 - e.habit_genuine)
    e.habit_trivial += memory * (model.trivial / 10.0 - e.habit_trivial)
    e.habit_padding += memory * (model.padding / 10.0 - e.habit_padding)


@rule
def to_be_taught(own: float, ceiling: float, shown: float) -> float:
    """How far what others show lies above the own level, up to the ceiling."""
    return max(min(shown, ceiling) - own, 0.0)


@rule
def watched(
    i: int, week: int, outside: Rows, s: Scenario, seed: int, replicate: int
) -> int:
    """Row of the peer whom employee i watches in a week; their own if they have none.

    A mate with the weight of the own team, else one of the peers outside.
    """
    first, after = team_bounds(i, s.organisation.team_size, s.organisation.employees)
    mates = after - first - 1
    others = s.peers.outside if s.peers.outside > 0 and outside[i, 0] >= 0 else 0
    within, which, _, _ = uniforms(seed, replicate, i, week, 0, WATCHED)
    if mates > 0 and (within < s.peers.team_weight or others == 0):
        row = first + int(which * mates)
        return row if row < i else row + 1
    return outside[i, int(which * others)] if others > 0 else i
