"""Rework: what others' use of AI costs output, by four laws that nobody can tell apart.

By three of them mates mend what a person leaves. By the fourth the seniors of a team
review whatever AI had a part in, and the rest of it waits. Whatever the law, a gate of
the scheme may have seniors sign AI output off.
"""

from typing import NamedTuple

from model.compiled import rule
from model.network import team_bounds
from model.peers import Law, Peers
from model.scenario import Scenario
from model.workforce import Employee, Staff

BELOW_BREAK_EVEN, BY_SIZE = int(Law.BELOW_BREAK_EVEN), int(Law.BY_SIZE)
ANY_USE, QUEUE = int(Law.ANY_USE), int(Law.QUEUE)


@rule
def left_to_mend(e: Employee, law: int) -> float:
    """What a person's week leaves to mates [half-days per half-day]; 0 in a queue."""
    if law == BELOW_BREAK_EVEN:
        return e.botched / 10.0
    if law == BY_SIZE:
        return -e.misused / 10.0
    if law == ANY_USE:
        return to_review(e) / 10.0
    return 0.0


@rule
def to_review(e: Employee) -> float:
    """Worth of a person's week in which AI had a part [half-days]."""
    return e.ai_work


@rule
def price_of_mending(peers: Peers) -> float:
    """Output that mates lose per half-day that is left to them [half-days]."""
    if peers.rework_law == BELOW_BREAK_EVEN:
        return peers.rework_misuse
    if peers.rework_law == BY_SIZE:
        return peers.rework_size
    if peers.rework_law == ANY_USE:
        return peers.rework_use
    return 0.0


class Team(NamedTuple):
    """What a member sees of the own team."""

    use: float  # worth of the week's work in which AI had a part [half-days]
    seniors: int
    is_senior: bool  # whether they are one of them


@rule
def team_of(i: int, staff: Staff, s: Scenario) -> Team:
    """The team of employee i; its seniors are the most skilled, one at least."""
    e = staff[i]
    first, after = team_bounds(i, s.organisation.team_size, s.organisation.employees)
    use, more_skilled = 0.0, 0
    for j in range(first, after):
        use += to_review(staff[j])
        ahead = staff[j].skill > e.skill or (staff[j].skill == e.skill and j < i)
        more_skilled += 1 if ahead else 0
    seniors = max(1, int(s.peers.senior_share * (after - first)))
    return Team(use, seniors, more_skilled < seniors)


@rule
def sign_off(i: int, staff: Staff, s: Scenario) -> float:
    """Share of next week's output that the gate takes from employee i."""
    team = team_of(i, staff, s)
    hours = s.gate.share * s.gate.time * team.use / team.seniors
    return hours / 10.0 if team.is_senior else 0.0


@rule
def review(i: int, staff: Staff, s: Scenario) -> float:
    """Share of next week's output that review costs employee i; moves their queue.

    Seniors review what is due, as far as their hours go. What waits holds up those who
    used AI, in proportion to their use; it is at most what seniors do in a week. What
    lies beyond is passed unread and mended later, half by its authors and half by
    seniors. Summed over the team, what is lost is ``rework_queue`` times what was due.

    All members of a team reckon the same queue, so that each writes only their own row.
    """
    e, peers, team = staff[i], s.peers, team_of(i, staff, s)
    capacity = peers.review_capacity * team.seniors
    due = e.queue + peers.review_load * team.use
    done = min(due, capacity)
    waits = min(due - done, capacity)
    beyond = due - done - waits
    e.queue = waits

    lost = 0.0
    if team.use > 0.0:
        lost += (waits + 0.5 * beyond) * (to_review(e) / team.use)
    if team.is_senior:
        lost += (done + 0.5 * beyond) / team.seniors
    return peers.rework_queue * lost / 10.0
