"""The oracle: the whole model once more, as a textbook would tell it.

An organisation of ``Employee`` objects who live half-day by half-day. Nothing here is
compiled, no rule is shared with ``model/``: only the declared parameters are read, from
a ``Scenario``. The tests hold the engine to it: the same activities, always, and the
same states and outcomes to 1e-12. Independent programs seldom share a bug.

Read it from top to bottom: a run, the organisation's week, an employee's life, the
rules by which people choose, what a scheme makes a score worth, how scores and
standings are kept, what is measured, the dice, and the functions of mathematics.

Numbers are IEEE doubles. Every machine rounds sums, products, quotients and roots
alike, but libraries of functions differ in the last bit. ``exp``, ``log`` and
``quantile`` therefore stand at the end, with the operations in the order of the
engine's. Of the library only ``erf`` and ``exp`` are asked, for the table of the normal
distribution, and ``log``, for a statistic. There is no ``**``, and floats are added by
``total``, in order, because ``sum`` rounds differently since Python 3.12. What enters a
state is written in the same order as in the engine. A payoff may differ from the
engine's in its last bit; that moves a choice once in some 10^15 half-days.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from model.scenario import Scenario, Scheme

WARM_UP = 12  # weeks
MANUAL, GENUINE, TRIVIAL, PADDING = ACTIVITIES = range(4)
REFERENCE_TOKENS = 32.0  # M tokens a week
REFERENCE_OUTPUT = 10.0  # half-days a week
REFERENCE_DAYS = 5.0  # active days a week
REFERENCE_SAVED = 1.0  # half-days saved a week, as reported
REFERENCE_DEFECTS = 0.5  # half-days of spoilt work found a week
REFERENCE_BACKLOG = 1.0  # weeks of work that waits, every week
REFERENCE_AUTOMATED = 1.0  # half-days of chores given to AI a week
DEEPEST = 3.0  # reference weeks below 0 that a standing tells apart
MINUTES = 240.0  # of a half-day
NODES = 256  # cells of the grid of standings
CUTS = 4  # settled windows from which a cut is averaged
FORGOTTEN = 0.01  # suspicion below which nobody thinks of it any more
MAX_BACKLOG = 3.0  # weeks
MAX_LOSS = 0.5  # of output, by rework and strain together
GENERATIONS_APART = 65536  # in the week's place of a draw
HALF_DAYS_A_YEAR = 520.0

SCORES = (
    *("bonus", "review", "leaderboard", "top_board", "quota"),
    *("participation", "audit", "budget", "dismissal", "review_output"),
)
"""What keeps a score: the incentives, and the review once more for observed output."""


# A run ------------------------------------------------------------------------------


@dataclass
class Result:
    """A run: outcomes by week, activities [week][employee][half-day], final people."""

    weeks: dict[str, list[float]]
    activities: list[list[list[int]]]
    employees: list["Employee"]


def simulate(scenario: Scenario, seed: int = 1, replicate: int = 0) -> Result:
    """Hire, warm up for twelve weeks under voluntary use, then run the scenario."""
    company = Organisation(scenario, Luck(seed, replicate))
    for _ in range(WARM_UP):
        company.live_a_week()
    company.divide()
    for employee in company.employees:
        employee.usual_use = employee.pace_genuine
        employee.output_sum = employee.reward_sum = employee.welfare_sum = 0.0

    weeks: list[dict[str, float]] = []
    activities = []
    for week in range(scenario.weeks):
        company.use_technology_of(week)
        for office in company.offices:
            if week in office.later:
                office.adopt(office.later[week])
        company.live_a_week()
        weeks.append(outcomes(company))
        company.replace()  # the books are closed
        activities.append([employee.activities for employee in company.employees])
    by_name = {name: [week[name] for week in weeks] for name in weeks[0]}
    return Result(by_name, activities, company.employees)


# The organisation -------------------------------------------------------------------


class Organisation:
    """Everybody, in offices: the people under one scheme each."""

    def __init__(self, scenario: Scenario, luck: "Luck") -> None:
        self.world = scenario
        self.luck = luck
        self.week = 0  # since hiring
        size, team = scenario.organisation.employees, scenario.organisation.team_size
        roles = roles_of_teams(scenario.workforce.roles, math.ceil(size / team))
        self.employees = [
            Employee(i, scenario, luck, roles[i // team]) for i in range(size)
        ]
        self.teams = [self.employees[i : i + team] for i in range(0, size, team)]
        for employee in self.employees:
            employee.meet(self)
        self.name_seniors()
        self.forum_tricks = self.forum_practice = 0.0
        self.offices: list[Office] = []
        self.use_technology_of(0)  # and so in all of the warm-up
        warm_up = Office(self, self.employees, {0: Scheme()})
        warm_up.adopt(Scheme(), anew=True)
        self.offices = [warm_up]

    def divide(self) -> None:
        """Put everybody under the schemes of their group; one office a set of schemes.

        Groups whose schemes are the same at any time are the people under one scheme.
        """
        [warm_up] = self.offices
        groups = self.world.groups
        of_teams = groups_of_teams(self.world, self.luck)
        under = [
            *(schemes_by_week(group.scheme, group.timeline) for group in groups),
            schemes_by_week(self.world, self.world.timeline),
        ]
        for employee in self.employees:
            employee.group = of_teams[employee.team]
        self.offices = []
        for k, schemes in enumerate(under):
            same = {n for n, others in enumerate(under) if others == schemes}
            people = [e for e in self.employees if e.group in same]
            if people and k == min(same):
                office = Office(self, people, schemes)
                office.suspicion = warm_up.suspicion
                office.adopt(schemes[0], anew=True)
                self.offices.append(office)

    def name_seniors(self) -> None:
        """The most skilled of each team are its seniors, one at least."""
        for team in self.teams:
            by_skill = sorted(team, key=lambda e: (-e.skill, e.number))
            share = self.world.peers.senior_share
            seniors = by_skill[: max(1, math.floor(share * len(team)))]
            for employee in team:
                employee.fellow_seniors = len(seniors) if employee in seniors else 0

    def use_technology_of(self, week: int) -> None:
        """Let technology progress to a week of the run.

        Quantities drift at yearly log rates, from where the latest release set them.
        """
        tech = self.world.technology
        self.better = self.over_start("gain", tech.gain_drift, week)
        self.dearer = self.over_start("price", tech.price_drift, week)
        self.more_tokens = exp(tech.token_drift * week / 52.0)
        # What tasks lack to be fully suitable shrinks.
        self.still_lacking = exp(-tech.suitability_drift * week / 52.0)
        self.loss = self.latest("loss", week)[0]
        for office in self.offices:
            for score in office.scores.values():
                score.see_price(self.dearer)

    def over_start(self, name: str, rate: float, week: int) -> float:
        """How much a quantity is of its value in week 0."""
        value, since = self.latest(name, week)
        start = getattr(self.world.technology, name)
        released = value / start if start > 0.0 else 1.0
        return released * exp(rate * (week - since) / 52.0)

    def latest(self, name: str, week: int) -> tuple[float, int]:
        """The latest value that technology was given, and the week of it."""
        value, since = getattr(self.world.technology, name), 0
        for phase in self.world.timeline:
            new = getattr(phase.technology, name)
            if phase.week <= week and new is not None:
                value, since = new, phase.week
        return value, since

    def live_a_week(self) -> None:
        """Everybody lives, then everybody changes, then the week is closed.

        At last it is settled who leaves; ``replace`` fills their slots.
        """
        for employee in self.employees:
            employee.live(employee.office)
        for employee in self.employees:
            employee.change(employee.office)
        for office in self.offices:
            office.close()
        self.publish_forum()
        for employee in self.employees:
            employee.look_back()
            employee.vacant = employee.leaves(self.week)
        self.leavers = [e for e in self.employees if e.vacant]
        self.dismissed = [e for office in self.offices for e in office.dismiss()]
        self.week += 1

    def replace(self) -> None:
        """The next person of the slot comes in the place of everybody who leaves."""
        for employee in self.leavers + self.dismissed:
            employee.arrive(employee.generation + 1)
        self.name_seniors()

    def publish_forum(self) -> None:
        """A forum shows how savvy those are who pad, how proficient who use AI.

        It is everybody's, whatever their scheme.
        """
        staff = [employee for office in self.offices for employee in office.employees]
        padding = total(e.padding / 10.0 for e in staff)
        tricks = total(e.on_show for e in staff)
        self.forum_tricks = tricks / padding if padding > 0.0 else 0.0
        self.forum_practice = practice_of(staff)


class Office:
    """The people under one scheme, and what is published to them."""

    def __init__(
        self, organisation: Organisation, people: list["Employee"], schemes: Any
    ) -> None:
        self.organisation, self.world = organisation, organisation.world
        self.employees = people
        for employee in people:
            employee.office = self
        # Whose share of active people is told: that of each team, and of all
        self.told = {e.team: organisation.teams[e.team] for e in people} | {-1: people}
        self.later = {week: scheme for week, scheme in schemes.items() if week > 0}
        self.suspicion = 0.0  # 1 while managers see the numbers, then it fades
        self.scheme: Any = Scheme()
        self.scores: dict[str, Score] = {}

    def dismiss(self) -> list["Employee"]:
        """Whoever has the lowest scores of a window that was settled has to go.

        Draws decide among equals. Who leaves by themselves is gone anyway.
        """
        company, score = self.organisation, self.scores.get("dismissal")
        if score is None or score.elapsed > 0:
            return []

        def worst_first(e: Employee) -> tuple[float, float]:
            luck = company.luck.block(e.number, company.week, 0, "leaving")[1]
            return e.rate["dismissal"], luck

        lowest = sorted(self.employees, key=worst_first)[: score.places(self)]
        gone = [e for e in lowest if not e.vacant]
        for employee in gone:
            employee.vacant = True
            cost = employee.ambition * score.part.loss / 10.0
            for name in ("reward", "welfare", "reward_sum", "welfare_sum"):
                setattr(employee, name, getattr(employee, name) - cost)
        return gone

    def adopt(self, scheme: Any, anew: bool = False) -> None:
        """Put a scheme in force: windows of parts that changed open this week.

        Equal parts go on as if nothing had happened. A part without weight keeps no
        score and does nothing.
        """
        before, self.scheme = self.scheme, scheme
        if scheme.review.visible:
            self.suspicion = 1.0
        in_force = with_weight(scheme, self.suspicion)
        starting = {name for name in in_force if anew or changed(name, before, scheme)}
        if "review" in starting:  # a review settles both of its scores together
            starting.add("review_output")
        kept, self.scores = self.scores, {}
        for name in in_force:
            part = part_of(scheme, name)
            self.scores[name] = (
                Score(name, part, self) if name in starting else kept[name]
            )
        self.headline = Score("headline", None, self)

    def close(self) -> None:
        """Count the week, settle the windows that end with it, and publish."""
        for employee in self.employees:
            for name, score in self.scores.items():
                employee.so_far[name] += score.count(employee.did)
            employee.score = min(self.headline.count(employee.did), self.headline.cap)
        for name, score in self.scores.items():
            score.elapsed += 1
            if name == "participation":
                self.publish_participation(score)
            if score.elapsed == score.weeks:
                score.settle(self)
        for employee in self.employees:
            employee.output_sum += employee.output
            employee.reward_sum += employee.reward
            employee.welfare_sum += employee.welfare
        if not self.scheme.review.visible:
            self.suspicion *= 1.0 - self.world.people.suspicion_fading
            if self.suspicion < FORGOTTEN:
                self.suspicion = 0.0

    def publish_participation(self, score: "Score") -> None:
        """Smooth the share of active people, by team and over all; raise the target."""
        part = self.scheme.participation
        for whose, people in self.told.items():
            share = total(employee.did.active for employee in people) / len(people)
            score.shares[whose] += part.smoothing * (share - score.shares[whose])
        reached = score.shares[-1]
        score.target = self.ratchet(score.target, reached, part.target, highest=1.0)

    def ratchet(
        self, target: float, reached: float, first: float, highest: float
    ) -> float:
        """Raise a target by a part of its overshoot: a step at most, to a ceiling."""
        principal = self.world.principal
        if principal.ratchet == 0.0 or target <= 0.0 or reached <= target:
            return target
        rise = min(principal.ratchet * (reached / target - 1.0), principal.step)
        return min(target * (1.0 + rise), first * principal.ceiling, highest)


def schemes_by_week(first: Any, timeline: Any) -> dict[int, Any]:
    """The schemes that follow each other, by the week from which they are in force."""
    parts = {name: getattr(first, name) for name in Scheme.model_fields}
    later = {phase.week: phase.scheme for phase in timeline if phase.scheme}
    return {0: Scheme(**parts), **later}


def groups_of_teams(world: Scenario, luck: "Luck") -> list[int]:
    """The group of each team, by its place in the list; after the last, no group.

    First groups take the teams of their roles. Then each group in turn takes its share
    of all teams, by lot, of those that are left.
    """
    size, groups = world.organisation, world.groups
    count = math.ceil(size.employees / size.team_size)
    names = [role.name for role in world.workforce.roles]
    of_teams = []
    for role in roles_of_teams(world.workforce.roles, count):
        mine = [k for k, group in enumerate(groups) if names[role] in group.roles]
        of_teams.append(mine[0] if mine else len(groups))
    for k, group in enumerate(groups):
        before = math.fsum(other.share for other in groups[:k])
        first = math.floor(before * count + 0.5 + 1e-9)
        after = math.floor(math.fsum([before, group.share]) * count + 0.5 + 1e-9)
        left = [team for team in range(count) if of_teams[team] == len(groups)]
        lots = {team: luck.block(team, 0, 0, "group")[k] for team in left}
        for team in sorted(left, key=lambda team: lots[team])[: after - first]:
            of_teams[team] = k
    return of_teams


def roles_of_teams(roles: Any, teams: int) -> list[int]:
    """The role of each team: that of which there are fewest for its share.

    A team counts as half there while it is being placed.
    """
    placed = [0 for _ in roles]
    rows = []
    for _ in range(teams):
        row = min(range(len(roles)), key=lambda k: (placed[k] + 0.5) / roles[k].share)
        placed[row] += 1
        rows.append(row)
    return rows


# An employee ------------------------------------------------------------------------


class Counts(NamedTuple):
    """What is counted: M tokens by origin, active weeks, observed output, active days.

    Trivial use passes for genuine use.
    """

    genuine: float = 0.0
    padded: float = 0.0
    active: float = 0.0
    output: float = 0.0
    days: float = 0.0
    saved: float = 0.0  # time, as reported [half-days]
    defects: float = 0.0  # spoilt work that is found [half-days]
    backlog: float = 0.0  # [weeks]
    automated: float = 0.0  # chores given to AI [half-days]


class Employee:
    """One slot: what is its own, and the person who fills it, with the week they live.

    Tasks, luck, the work that waits, mates and open windows belong to the slot.
    """

    def __init__(self, number: int, world: Scenario, luck: "Luck", role: int) -> None:
        self.number, self.world, self.luck = number, world, luck
        self.role = role
        self.job = world.workforce.roles[role]  # what their tasks are like
        self.team = number // world.organisation.team_size  # neighbours work together
        self.backlog = self.rework = self.spill = 0.0
        self.queue = 0.0  # review that waits in the own team, in half-days
        self.fellow_seniors = 0  # seniors of the team, if they are one of them
        self.group = 0  # place in the list of groups; after the last, in none
        self.office: Office  # the people under the same scheme
        # By the name of what keeps score
        self.so_far: dict[str, float] = {}  # score of the open window
        self.rate: dict[str, float] = {}  # score per half-day in the last settled one
        self.place: dict[str, float] = {}  # of that rate on the grid of standings
        # Of the latest week
        self.advantage = 0.0  # of its choices over manual work
        self.spoilt = 0.0  # work that others had to do again
        self.arrive(generation=0)

    def arrive(self, generation: int) -> None:
        """A person comes, rested and without habits; the n-th of a slot is the same."""
        self.generation, self.vacant = generation, False
        self.draw_traits()
        self.tenure = 0  # weeks in the job
        self.norm = self.exhaustion = self.strain = 0.0
        # Shares of half-days that are habit, and what is usual to gain in the team
        self.habit_genuine = self.habit_trivial = self.habit_padding = 0.0
        self.aspiration = 0.0
        # Of the reported weeks, and use of AI before them
        self.output_sum = self.reward_sum = self.welfare_sum = self.usual_use = 0.0
        # Welfare of late, and what they are used to
        self.welfare_late = self.welfare_usual = 0.0
        # Own pace, a slow average per half-day
        self.pace_genuine = self.pace_padded = self.pace_active = self.pace_output = 0.0
        self.pace_days = self.pace_saved = self.pace_defects = 0.0
        self.pace_backlog = self.pace_automated = 0.0
        margins = self.world.technology.dressing_most > 0.0
        if margins or self.world.people.effort > 0.0:
            self.pace_output = self.productivity  # a review is felt from the start

    def draw_traits(self) -> None:
        """Draw who they are. Row n is the same person in every scheme."""
        people, tech = self.world.people, self.world.technology
        luck = self.luck.of_generation(self.generation)
        i, sd = self.number, people.skill_sd
        z = quantile(luck.block(i, 0, 0, "skill")[0])
        self.skill = z
        self.productivity = exp(sd * z - 0.5 * sd * sd)
        shape = 1.0 / (people.ambition_cv * people.ambition_cv)
        self.ambition = luck.gamma(shape, i, "ambition") / shape
        shape = 1.0 / (people.status_cv * people.status_cv)
        self.status = luck.gamma(shape, i, "status") / shape
        self.conscience = people.conscience_floor + people.conscience_scale * (
            luck.gamma(people.conscience_shape, i, "conscience")
        )
        never, suspects, taste, error = luck.block(i, 0, 0, "character")
        self.never_gamer = never < people.never_gamers
        self.suspicious = suspects < people.suspicious
        self.reluctance = people.reluctance_mean + people.reluctance_sd * quantile(
            taste
        )
        self.belief = people.belief_mean + people.belief_sd * quantile(error)
        self.ceiling = luck.beta(people.ceiling_a, people.ceiling_b, i, "ceiling")
        at_hire = luck.beta(people.start_a, people.start_b, i, "start")
        self.proficiency = self.ceiling * at_hire
        self.savvy = luck.beta(people.savvy_a, people.savvy_b, i, "savvy")

        def lognormal(u: float, correlation: float, sd: float) -> float:
            """Median 1; the log correlates with skill."""
            rest = math.sqrt(1.0 - correlation * correlation)
            return exp(sd * (correlation * z + rest * quantile(u)))

        genuine, padding, _, _ = luck.block(i, 0, 0, "intensity")
        usual = people.intensity * self.job.intensity
        self.intensity = usual * lognormal(
            genuine, people.intensity_skill, people.intensity_sd
        )
        # Who uses many tokens, for their role, may get more out of AI.
        times_median = self.intensity / usual
        self.gain = tech.gain * self.job.gain * exp(-tech.skill_gradient * z)
        self.gain *= exp(tech.token_yield * log(times_median))
        usual = people.padding_intensity * self.job.intensity
        self.padding_intensity = usual * lognormal(
            padding, people.padding_skill, people.padding_sd
        )

    def meet(self, organisation: Organisation) -> None:
        """Meet the own team, and a few peers drawn from all other people."""
        own = organisation.teams[self.team]
        self.mates = [other for other in own if other is not self]
        others = [other for other in organisation.employees if other.team != self.team]
        self.peers = []
        if others:
            for n in range(self.world.peers.outside):
                u = self.luck.block(self.number, 0, n, "peers")[0]
                self.peers.append(others[int(u * len(others))])

    # What a half-day yields

    def gain_from_ai(self, suitability: float, office: Office) -> float:
        """g(x) = a gamma x - l (1 - x): below zero, better done by hand.

        ``suitability`` is that to the technology of week 0. Since then gamma has grown,
        and what x lacks to 1 has shrunk.
        """
        x = suitability
        if office.organisation.still_lacking != 1.0:
            x = 1.0 - (1.0 - x) * office.organisation.still_lacking
        lost = office.organisation.loss * (1.0 - x)
        return self.proficiency * self.gain * office.organisation.better * x - lost

    def live(self, office: Office) -> None:
        """Live ten half-days. Of others, only what was known last week is seen."""
        tech = self.world.technology
        self.theta = self.productivity * (1.0 + self.spill)
        self.keep = 1.0 - self.rework - self.strain
        time_saved = tech.automation * self.savvy
        self.padding_loss = tech.padding_time * (1.0 - time_saved)
        self.kappa = self.intensity * office.organisation.more_tokens
        self.kappa_pad = self.padding_intensity * (1.0 + tech.scripting * self.savvy)
        self.kappa_pad *= office.organisation.more_tokens
        self.kappa_trivial = tech.trivial_intensity * self.kappa
        # Of the next chore that is given to AI, and of each one over the one before
        self.chore = tech.chore_worth * self.job.chore_worth
        self.chore_decay = tech.chore_decay
        if self.job.chores != 1.0 and tech.chore_decay > 0.0:
            self.chore_decay = exp(log(tech.chore_decay) / self.job.chores)
        suits = tech.chore_suitability + self.job.chore_suitability
        self.chore_gain = self.gain_from_ai(min(max(suits, 0.0), 1.0), office)

        self.activities: list[int] = []
        self.manual = self.genuine = self.trivial = self.padding = self.misuse = 0
        self.genuine_tokens = self.trivial_tokens = self.padded_tokens = 0.0
        self.gained = self.misused = self.by_chores = self.padded = 0.0
        self.botched = self.cases = self.hits = self.false_hits = 0.0
        self.worked = 0.0  # real output of the week so far
        self.tasks = 0.0  # worth of the core tasks so far
        self.saved = self.ai_work = 0.0  # time that AI saved, of the work that it did
        self.sooner = 0.0  # backlog against ten half-days by hand [weeks]
        self.days = self.gestures = 0  # days with AI, and those of a mere gesture
        self.active_today = False
        self.set_margins(office)
        gains = [self.live_half_day(half_day, office) for half_day in range(10)]
        self.advantage = total(gains) / 10.0  # until here it was last week's

        self.by_hand = self.tasks * self.theta
        minutes = self.gestures * tech.gesture_minutes
        self.wasted = -(10.0 * self.time_for_show + minutes / MINUTES * self.theta)
        produced = self.by_hand + self.gained + self.misused + self.padded
        self.produced = produced + self.by_chores + self.wasted
        self.output = self.produced * self.keep
        self.lost_to_rework, self.lost_to_strain = self.rework, self.strain
        u = self.luck.block(self.number, office.organisation.week, 0, "observation")[0]
        noise = lognormal_noise(u, tech.observation_noise)
        self.observed = self.output * noise + self.dressing
        self.on_show = self.savvy * self.padding / 10.0
        felt = self.saved + self.world.people.perception_bias * self.ai_work
        self.reported_saved = felt + self.overstating
        self.spoilt = self.botched + self.dressing
        u = self.luck.block(self.number, office.organisation.week, 3, "week")[3]
        luck = lognormal_noise(u, tech.defect_noise) if tech.defect_noise > 0.0 else 1.0
        self.defects = max(self.spoilt * luck - self.hiding, 0.0)
        self.practice = self.proficiency * self.genuine / 10.0
        self.did = Counts(
            self.genuine_tokens + self.trivial_tokens,
            self.padded_tokens,
            self.is_active(),
            self.observed,
            float(self.days + self.gestures),
            self.reported_saved,
            self.defects,
            automated=float(self.trivial),
        )
        self.reward = self.brought_by_the_week(office) / 10.0
        self.welfare = self.worth_of_work(office) / 10.0 + self.reward

    def worth_of_work(self, office: Office) -> float:
        """The output at its value when nothing waits, less what AI and gaming cost."""
        account = self.world.people.own_value * self.output
        account -= self.reluctance * (self.genuine + self.trivial)
        account -= self.cost_of_padding(office.scheme.guidance) * self.padding
        return account - self.cost_of_margins()

    def brought_by_the_week(self, office: Office) -> float:
        """What incentives paid in the week, less what they took [half-days].

        What a window brings comes when it is settled. Rank is left out: what one gains
        by it others lose.
        """
        scheme, world = office.scheme, self.world
        account = 0.0
        if "participation" in office.scores and not self.is_active():
            short = pressure(self, scheme.participation, office)
            account -= self.ambition * scheme.participation.penalty * 10.0 * short
        findings = self.hits + self.false_hits
        account -= findings * scheme.audit.sanction * self.ambition
        tokens = self.genuine_tokens + self.trivial_tokens + self.padded_tokens
        dollars = tokens * (world.technology.price * office.organisation.dearer)
        felt = scheme.budget.chargeback * dollars
        return account - felt / world.organisation.half_day_value

    def cost_of_margins(self) -> float:
        """What effort, dressing up, overstating, hiding and gestures cost in a week.

        Effort costs m-bar theta q^(1 + 1/eta) / (1 + 1/eta) a half-day, so that q is
        the best answer to what output is worth; gaming costs s d + c d^2 / 2. The time
        that they take is in the output.
        """
        people, tech, h = self.world.people, self.world.technology, self.conscience
        cost = people.gesture_scruple * h * self.gestures
        if people.effort > 0.0:
            power = 1.0 + 1.0 / people.effort
            theta = self.theta / self.effort
            pains = people.effort_reference * theta / power
            cost += 10.0 * (pains * exp(power * log(self.effort)))
        d = self.dressed
        hard = 0.5 * tech.dressing_hardness * (d * d)
        cost += 10.0 * (people.dressing_scruple * h * d + hard)
        d = 10.0 * self.overstated / REFERENCE_SAVED
        hard = 0.5 * tech.overstating_hardness * (d * d)
        cost += people.overstating_scruple * h * d + hard
        d = 10.0 * self.hidden / REFERENCE_DEFECTS
        hard = 0.5 * tech.hiding_hardness * (d * d)
        return cost + (people.hiding_scruple * h * d + hard)

    def set_margins(self, office: Office) -> None:
        """On Monday: how hard to work, and by how much to let things look better.

        m is the worth of one more half-day that is really done: in itself, in view, and
        off the backlog. What is looked at can be gamed: output dressed up, time saved
        overstated, spoilt work hidden. All margins hold for the week.
        """
        people, tech = self.world.people, self.world.technology
        self.effort = 1.0
        self.dressed = self.overstated = self.hidden = 0.0  # each half-day
        margins = people.effort > 0.0 or tech.dressing_most > 0.0
        soft = any(
            score.is_soft() for score in [*office.scores.values(), office.headline]
        )
        if margins or soft or tech.gesture_minutes > 0.0:
            seen = quick = telling = found = 0.0
            for score in office.scores.values():
                if score.per_output > 0.0 or score.is_soft():
                    slope = score.slope(self, office)
                    seen += slope * score.per_output
                    # A half-day more in each would clear a week, if that much waits.
                    waits = min(10.0 * self.pace_backlog, 1.0)
                    quick -= slope * (score.per_backlog / 10.0) * waits
                    telling += slope * (score.per_saved * REFERENCE_SAVED)
                    found -= slope * (score.per_defect * REFERENCE_DEFECTS)
            m = self.value_of_output() + seen + quick
            if people.effort > 0.0:
                q = exp(people.effort * log(max(m, 1e-9) / people.effort_reference))
                self.effort = min(max(q, 0.5), 1.5)
                self.theta *= self.effort
            if not self.never_gamer:
                h = self.conscience
                # What is dressed up may be found, as spoilt work.
                self.dressed = gamed(
                    seen - found / REFERENCE_DEFECTS,
                    tech.dressing_time * m,
                    people.dressing_scruple * h,
                    tech.dressing_hardness,
                    tech.dressing_most,
                )
                overstated = gamed(
                    telling,
                    0.0,
                    people.overstating_scruple * h,
                    tech.overstating_hardness,
                    tech.overstating_most,
                )
                self.overstated = overstated * (REFERENCE_SAVED / 10.0)
                hidden = gamed(
                    found,
                    tech.hiding_time * REFERENCE_DEFECTS * m,
                    people.hiding_scruple * h,
                    tech.hiding_hardness,
                    self.spoilt / REFERENCE_DEFECTS,
                )
                self.hidden = hidden * (REFERENCE_DEFECTS / 10.0)
            minutes = tech.gesture_minutes / MINUTES
            self.cost_of_gesture = minutes * (m * self.theta)
            self.cost_of_gesture += people.gesture_scruple * self.conscience
        self.time_for_show = tech.dressing_time * self.dressed  # of each half-day
        self.time_for_show += tech.hiding_time * self.hidden
        self.dressing = 10.0 * self.dressed
        self.overstating, self.hiding = 10.0 * self.overstated, 10.0 * self.hidden

    def is_active(self) -> float:
        """1 from the first use or gesture in a week on."""
        return 1.0 if self.days + self.gestures > 0 else 0.0

    def live_half_day(self, half_day: int, office: Office) -> float:
        """A task arrives, beside it a chore; judge, weigh the activities, choose, do.

        Returns how much more the choice was worth to them than manual work.
        """
        if half_day % 2 == 0:
            self.active_today = False
        place, judgement, luck_with_tokens, choice = self.luck.block(
            self.number, office.organisation.week, half_day, "decision"
        )
        suitability = task_at(place, self.job)
        noise = self.world.people.judgement_noise
        noise *= 1.0 - office.scheme.guidance.judgement
        judged = suitability + noise * quantile(judgement)
        task = self.worth_of_task(half_day, office.organisation.week)
        self.tasks += task
        beside = min(self.chore, task)  # a chore is never better than the task put off
        hopes = Hopes(
            task,
            beside,
            self.gain_from_ai(judged, office) + self.belief,
            self.chore_gain + self.belief,
        )
        terms, selected = self.weigh(half_day, hopes, office)
        feasible = self.feasible(office)
        rank = share_of_tasks_below(judged, noise, self.job)
        activity = pick(chances(self, terms, feasible, rank), choice)

        self.activities.append(activity)
        luck = lognormal_noise(luck_with_tokens, self.world.technology.token_noise)
        if activity == MANUAL:
            self.work_by_hand(task)
        elif activity == GENUINE:
            self.use_ai(task, self.gain_from_ai(suitability, office), luck)
        elif activity == TRIVIAL:
            self.hand_over_chore(task, beside, luck)
        else:
            self.pad(task, luck)
        self.worked -= self.keep * self.time_for_show
        if activity != MANUAL and not self.active_today:
            self.days, self.active_today = self.days + 1, True
        if "audit" in office.scores and activity != MANUAL:
            u = self.luck.block(
                self.number, office.organisation.week, half_day, "audit"
            )[0]
            self.cases += u < selected[activity]
            found = u < selected[activity] * found_out(office.scheme.audit, activity)
            self.hits += found and activity == PADDING
            self.false_hits += found and activity in (GENUINE, TRIVIAL)
        if half_day % 2 == 1 and self.world.technology.gesture_minutes > 0.0:
            self.perhaps_make_gesture(half_day, office)
        payoffs = sum_of_terms(terms)
        return payoffs[activity] - payoffs[MANUAL]

    def perhaps_make_gesture(self, half_day: int, office: Office) -> None:
        """At the end of a day: one prompt, if it pays to count as active.

        Days count every evening, weeks on Friday; a logit of its own decides.
        """
        if self.active_today:
            return
        pays = 0.0
        for name, score in office.scores.items():
            friday = score.per_active > 0.0 and half_day == 9
            if score.per_day > 0.0 or friday:
                pays += self.worth_of_gesture(name, score, half_day, office)
        if pays > 0.0:
            people, tech = self.world.people, self.world.technology
            ahead = (pays - self.cost_of_gesture) / people.gesture_noise
            word = 10 + half_day // 2
            words = self.luck.block(
                self.number, office.organisation.week, word // 4, "week"
            )
            if words[word % 4] < 1.0 / (1.0 + exp(-ahead)):
                self.gestures, self.active_today = self.gestures + 1, True
                lost = tech.gesture_minutes / MINUTES * self.theta
                self.worked -= self.keep * lost

    def worth_of_gesture(
        self, name: str, score: "Score", half_day: int, office: Office
    ) -> float:
        """How much more a part is worth to them if they count as active after all."""
        so_far = self.so_far_this_week(half_day)
        nothing = Option(
            half_day, MANUAL, so_far, Counts(), -math.inf, self.active_today
        )
        gesture = self.with_gesture(nothing)
        return worth(name, score.expect(self, gesture), gesture, self, office) - worth(
            name, score.expect(self, nothing), nothing, self, office
        )

    def with_gesture(self, option: "Option") -> "Option":
        """The option, and a gesture at the last moment that makes them active."""
        first = 0.0 if option.so_far.active > 0.0 else 1.0
        first_today = 0.0 if option.today else 1.0
        expected = option.expected._replace(
            active=option.expected.active + first,
            days=option.expected.days + first_today,
        )
        return option._replace(activity=GENUINE, expected=expected)

    def worth_of_task(self, half_day: int, week: int) -> float:
        """Worth y of the core task: lognormal with mean 1, words 0 to 9 of the week."""
        sd = self.world.technology.task_sd
        if sd == 0.0:
            return 1.0
        words = self.luck.block(self.number, week, half_day // 4, "week")
        return lognormal_noise(words[half_day % 4], sd)

    def work_by_hand(self, task: float) -> None:
        """A manual half-day yields theta y."""
        self.manual += 1
        self.worked += self.keep * self.theta * task

    def use_ai(self, task: float, gain: float, luck: float) -> None:
        """Genuine use yields theta y (1 + g); with g below zero it is misuse."""
        self.genuine += 1
        self.genuine_tokens += self.kappa * luck
        self.worked += self.keep * self.theta * (task * (1.0 + gain))
        self.saved += task * gain
        self.ai_work += task
        self.sooner -= (task * (1.0 + gain) - task) / 10.0
        self.gained += self.theta * (task * max(gain, 0.0))
        self.misused += self.theta * (task * min(gain, 0.0))
        self.misuse += gain < 0.0
        self.botched += task if gain < 0.0 else 0.0

    def hand_over_chore(self, task: float, beside: float, luck: float) -> None:
        """Trivial use does the next chore with AI; the core task is put off.

        The chores that are left are worth less.
        """
        self.trivial += 1
        self.trivial_tokens += self.kappa_trivial * luck
        done = beside * (1.0 + self.chore_gain)
        self.worked += self.keep * self.theta * done
        self.saved += done - beside
        self.ai_work += beside
        self.sooner -= (done - task) / 10.0
        self.by_chores += self.theta * (done - task)
        self.chore *= self.chore_decay

    def pad(self, task: float, luck: float) -> None:
        """Padding yields theta y (1 - pi), and tokens."""
        self.padding += 1
        self.padded_tokens += self.kappa_pad * luck
        self.worked += self.keep * self.theta * (task * (1.0 - self.padding_loss))
        self.sooner -= (task * (1.0 - self.padding_loss) - task) / 10.0
        self.padded -= self.theta * (task * self.padding_loss)

    # What they make of it

    def weigh(
        self, half_day: int, hopes: "Hopes", office: Office
    ) -> tuple[list[list[float]], list[float]]:
        """Payoff terms by activity, and the probability that each is audited."""
        expected = self.expected_counts(hopes)
        so_far = self.so_far_this_week(half_day)
        terms = self.own_terms(hopes, office.scheme.guidance)
        selected = [0.0 for _ in ACTIVITIES]
        for name, score in office.scores.items():
            best = -math.inf
            if name in ("quota", "top_board", "dismissal"):  # a threshold is at stake
                best = self.best_increment(score, expected, office)
            term = [0.0 for _ in ACTIVITIES]
            for activity in ACTIVITIES:
                counts, today = expected[activity], self.active_today
                option = Option(half_day, activity, so_far, counts, best, today)
                outlook = score.expect(self, option)
                term[activity] = worth(name, outlook, option, self, office)
                if activity == MANUAL and score.counts_activity():
                    term[MANUAL] += self.hope_of_gesture(
                        name, term[MANUAL], option, office
                    )
                if name == "audit":
                    selected[activity] = selection(score, outlook)
            terms.append(term)
        return terms, selected

    def so_far_this_week(self, half_day: int) -> Counts:
        """What counts of the week before a half-day."""
        tokens = self.genuine_tokens + self.trivial_tokens, self.padded_tokens
        in_view = self.worked + half_day * self.dressed
        days = float(self.days + self.gestures)
        felt = self.saved + self.world.people.perception_bias * self.ai_work
        return Counts(
            *tokens,
            self.is_active(),
            in_view,
            days,
            felt + half_day * self.overstated,
            self.botched + half_day * (self.dressed - self.hidden),
            self.due() - (10.0 - half_day) * self.pace_backlog,
            float(self.trivial),
        )

    def hope_of_gesture(
        self, name: str, own: float, option: "Option", office: Office
    ) -> float:
        """What manual work is worth beyond itself, as a gesture may come at the end.

        Unless they become active anyhow, with the chance P, they will choose between a
        gesture and none: (1 - P) tau ln(1 + exp((D - k) / tau)), at most all there is.
        """
        people, score = self.world.people, office.scores[name]
        if self.world.technology.gesture_minutes == 0.0:
            return 0.0
        chance = active_by_friday(option, self)
        if score.per_day > 0.0:
            chance = active_by_night(option, self)
        gesture = self.with_gesture(option)
        active = worth(name, score.expect(self, gesture), gesture, self, office)
        most, idle, tau = max(active - own, 0.0), 1.0 - chance, people.gesture_noise
        ahead = most / (idle if idle > 0.0 else 1.0) - self.cost_of_gesture
        return min(idle * tau * softplus(ahead / tau), most)

    def expected_counts(self, hopes: "Hopes") -> tuple[Counts, ...]:
        """What each activity is expected to add to the counters."""
        first_use = 1.0 - self.is_active()
        today = 0.0 if self.active_today else 1.0
        able = self.keep * self.theta
        by_hand, chore = able * hopes.task, able * hopes.chore
        dressed = self.dressed - self.keep * self.time_for_show
        by_ai = by_hand * (1.0 + hopes.gain) + dressed
        chore_done = chore * (1.0 + hopes.chore_gain) + dressed
        padded = by_hand * (1.0 - self.padding_loss) + dressed
        # Time saved as they feel it, spoilt work as they fear it, and what waits.
        bias, told, task = (
            self.world.people.perception_bias,
            self.overstated,
            hopes.task,
        )
        spoilt, waits = self.dressed - self.hidden, self.pace_backlog
        saved = told + task * (hopes.gain + bias)
        chore_saved = told + hopes.chore * (hopes.chore_gain + bias)
        feared = spoilt + (task if hopes.gain < 0.0 else 0.0)
        put_off = task - hopes.chore * (1.0 + hopes.chore_gain)
        ai = Counts(self.kappa, 0.0, first_use, by_ai, today, saved, feared)
        triv = Counts(
            self.kappa_trivial, 0.0, first_use, chore_done, today, chore_saved, spoilt
        )
        pads = Counts(0.0, self.kappa_pad, first_use, padded, today, told, spoilt)
        return (
            Counts(output=by_hand + dressed, saved=told, defects=spoilt, backlog=waits),
            ai._replace(backlog=waits - min(task * hopes.gain / 10.0, self.due())),
            triv._replace(
                backlog=waits + max(put_off / 10.0, -self.due()), automated=1.0
            ),
            pads._replace(backlog=waits + task * self.padding_loss / 10.0),
        )

    def own_terms(self, hopes: "Hopes", guidance: Any) -> list[list[float]]:
        """Terms without any scheme: v x expected output, taste and conscience."""
        usual = self.value_of_output() * self.keep * self.theta
        by_hand, chore = usual * hopes.task, usual * hopes.chore
        return [
            [
                by_hand,
                by_hand * (1.0 + hopes.gain),
                chore * (1.0 + hopes.chore_gain),
                by_hand * (1.0 - self.padding_loss),
            ],
            [0.0, -self.reluctance, -self.reluctance, 0.0],
            [0.0, 0.0, 0.0, -self.cost_of_padding(guidance)],
        ]

    def due(self) -> float:
        """Weeks of work that would wait at the week's end; one cannot do more than all.

        As much as usual, and what this week went slower or faster than by hand.
        """
        return max(self.sooner + 10.0 * self.pace_backlog, 0.0)

    def value_of_output(self) -> float:
        """Value v of a half-day of own output: more, the more work waits."""
        people = self.world.people
        return people.own_value * (1.0 + people.urgency * self.backlog)

    def cost_of_padding(self, guidance: Any) -> float:
        """What a padded half-day costs their conscience; less where others pad."""
        peers = self.world.peers
        scruple = self.conscience + guidance.conscience
        cost = scruple * (1.0 - peers.norm_relief * self.norm)
        return cost - peers.norm_pull * self.norm

    def feasible(self, office: Office) -> list[bool]:
        """Never-gamers never pad; nobody uses tokens once a hard cap is reached.

        Trivial use needs chores.
        """
        tokens_left = True
        cap = office.scheme.budget.cap
        if "budget" in office.scores and cap > 0.0:
            used = self.so_far["budget"] * REFERENCE_TOKENS
            tokens = self.genuine_tokens + self.trivial_tokens + self.padded_tokens
            # What was spent, in tokens that it would have bought in week 0.
            used += tokens * office.organisation.dearer
            tokens_left = used * self.world.technology.price < cap
        chores = self.world.technology.chore_worth * self.job.chore_worth > 0.0
        return [
            True,
            tokens_left,
            tokens_left and chores,
            tokens_left and not self.never_gamer,
        ]

    def best_increment(
        self, score: "Score", expected: Iterable[Counts], office: Office
    ) -> float:
        """The best increment among the activities this person would ever do.

        Tokens and output can be crammed; active weeks and days come no faster than
        usual, or than gestures can make them.
        """
        active, days = self.pace_active, self.pace_days
        if self.world.technology.gesture_minutes > 0.0:
            active, days = 1.0 / 10.0, REFERENCE_DAYS / 10.0
        return max(
            score.count(counts._replace(active=active, days=days))
            for counts, possible in zip(expected, self.feasible(office), strict=True)
            if possible
        )

    def suspected_weight(self, office: Office) -> float:
        """Weight that they suspect usage to have in their review."""
        if not self.suspicious:
            return 0.0
        return self.world.people.suspected_weight * office.suspicion

    # Whether they stay

    def look_back(self) -> None:
        """Welfare of late is a slow average; usual is that of the first weeks."""
        part = 1.0 / self.tenure
        memory = max(self.world.people.pace_memory, part)
        self.welfare_late += memory * (self.welfare - self.welfare_late)
        if self.tenure <= WARM_UP:
            self.welfare_usual += part * (self.welfare - self.welfare_usual)

    def leaves(self, week: int) -> bool:
        """Whether they leave at the end of a week (since hiring); in no warm-up.

        More likely the lower welfare of late is than usual, by skill and by exhaustion.
        """
        people = self.world.people
        raised = people.quit_sensitivity * (self.welfare_usual - self.welfare_late)
        raised += log(people.quit_skill) * self.skill
        raised += log(people.quit_exhaustion) * self.exhaustion
        hazard = people.quit_hazard * exp(raised)
        luck = self.luck.block(self.number, week, 0, "leaving")[0]
        return week >= WARM_UP and luck < hazard

    # What a week changes

    def change(self, office: Office) -> None:
        """Change by the own week and by what was seen of others, all at once."""
        self.learn(office)
        self.feel_peers(office)
        self.fall_behind(office.scheme)
        self.tenure += 1
        self.keep_pace(self.tenure)
        self.form_habits(office)

    def learn(self, office: Office) -> None:
        """Proficiency grows by use, by mates, by a forum and by training.

        Belief is corrected by use. Trivial use teaches a part of what genuine use does.
        """
        people, part = self.world.people, self.world.technology.trivial_teaching
        use = (self.genuine + part * self.trivial) / 10.0
        peers, guidance = self.world.peers, office.scheme.guidance
        a = self.proficiency
        a += (
            people.learning * use * (self.ceiling - a)
            - people.forgetting * (1.0 - use) * a
        )
        # Whoever uses AI better than oneself can show how, up to the own ceiling.
        for rate, shown in (
            (peers.teaching, practice_of(self.mates)),
            (peers.forum_practice, office.organisation.forum_practice),
        ):
            within_reach = min(shown, self.ceiling)
            if within_reach > a:
                a += rate * (within_reach - a)
        self.proficiency = a + guidance.training * (self.ceiling - a)
        self.belief += people.belief_rate * use * (people.lasting_belief - self.belief)

    def feel_peers(self, office: Office) -> None:
        """Savvy by own padding, peers and a forum; the norm follows padding seen."""
        people, peers = self.world.people, self.world.peers
        padding = mean(mate.padding / 10.0 for mate in self.mates)
        on_show = mean(mate.on_show for mate in self.mates)
        if self.peers:
            own = peers.team_weight if self.mates else 0.0
            outside = mean(peer.padding / 10.0 for peer in self.peers)
            padding = own * padding + (1.0 - own) * outside
            outside = mean(peer.on_show for peer in self.peers)
            on_show = own * on_show + (1.0 - own) * outside
        s = self.savvy
        learnt = people.savvy_own * self.padding / 10.0 + people.savvy_contact * on_show
        self.savvy = min(s + learnt * (1.0 - s) - people.savvy_decay * s, 1.0)
        if office.organisation.forum_tricks > self.savvy:
            self.savvy += peers.forum_tricks * (
                office.organisation.forum_tricks - self.savvy
            )
        self.norm += peers.norm_memory * (padding - self.norm)

    def fall_behind(self, scheme: Any) -> None:
        """Backlog from demand against output; then exhaustion, rework, spill.

        Backlog and effort above the usual exhaust, but not all the way in a week.
        """
        people, peers = self.world.people, self.world.peers
        work, mates = self.world.organisation, self.mates
        done = self.output / (self.tasks * self.productivity)
        backlog = self.backlog
        demand = work.demand * self.job.demand
        backlog += demand - done - work.backlog_leak * backlog
        self.backlog = min(max(backlog, 0.0), MAX_BACKLOG)

        load = people.exhaustion_backlog * self.backlog
        load += people.exhaustion_effort * max(self.effort - 1.0, 0.0)
        rested = (1.0 - people.recovery) * self.exhaustion
        self.exhaustion = rested + people.recovery * min(load, 1.0)
        strain = people.exhaustion_loss * self.exhaustion
        rework = self.burden_of_ai() + peers.rework_dressing * mean(
            mate.dressing / 10.0 for mate in mates
        )
        rework *= 1.0 - scheme.gate.share * scheme.gate.found
        rework += peers.rework_padding * mean(mate.padding / 10.0 for mate in mates)
        if scheme.gate.share > 0.0 and mates:
            rework += self.sign_off(scheme.gate) / 10.0
        if peers.rework_law.name == "QUEUE" and mates:
            rework += peers.rework_queue * self.take_part_in_review() / 10.0
        lost = rework + strain
        scaled = MAX_LOSS / lost if lost > MAX_LOSS else 1.0
        self.rework, self.strain = rework * scaled, strain * scaled

        if mates:
            others = mean(m.output / (m.tasks * m.productivity) for m in mates)
            self.spill = peers.productivity * (others - 1.0)

    def burden_of_ai(self) -> float:
        """What the mates' genuine use leaves to be mended, by the law of rework."""
        peers, mates = self.world.peers, self.mates
        match peers.rework_law.name:
            case "BELOW_BREAK_EVEN":  # every half-day below break-even alike
                return peers.rework_misuse * mean(m.botched / 10.0 for m in mates)
            case "BY_SIZE":  # what misuse lost, once more
                return peers.rework_size * mean(-m.misused / 10.0 for m in mates)
            case "ANY_USE":  # every half-day with AI alike
                return peers.rework_use * mean(m.to_review() / 10.0 for m in mates)
            case "QUEUE":  # nobody mends; seniors review
                return 0.0
        raise KeyError(peers.rework_law)

    def to_review(self) -> float:
        """Worth of the work of the week in which AI had a part."""
        return self.ai_work

    def sign_off(self, gate: Any) -> float:
        """Half-days that a senior reads what the team's AI had a part in."""
        if self.fellow_seniors == 0:
            return 0.0
        team = sorted([*self.mates, self], key=lambda e: e.number)
        use = total(member.to_review() for member in team)
        return gate.share * gate.time * use / self.fellow_seniors

    def take_part_in_review(self) -> float:
        """Half-days that review takes from this person; the team's queue moves on.

        The queue comes first, then the week. Seniors read what they can. What they can
        not read waits, at most as much as they read in a week, and its authors wait
        with it; the rest goes out unread, and authors and seniors share the damage.
        """
        peers = self.world.peers
        team = sorted([*self.mates, self], key=lambda e: e.number)
        use = total(member.to_review() for member in team)
        seniors = sum(member.fellow_seniors > 0 for member in team)
        can_read = peers.review_capacity * seniors

        due = self.queue + peers.review_load * use
        read = min(due, can_read)
        waits = min(due - read, can_read)
        unread = due - read - waits
        self.queue = waits
        lost = 0.0
        if use > 0.0:
            lost += (waits + 0.5 * unread) * (self.to_review() / use)
        if self.fellow_seniors > 0:
            lost += (read + 0.5 * unread) / seniors
        return lost

    def keep_pace(self, weeks_employed: int) -> None:
        """Move the own paces; a plain mean in the first weeks, a slow one later."""
        memory = self.memory(weeks_employed)
        self.pace_genuine += memory * (self.did.genuine / 10.0 - self.pace_genuine)
        self.pace_padded += memory * (self.did.padded / 10.0 - self.pace_padded)
        active = 1.0 if self.days > 0 else 0.0  # a gesture is no habit
        self.pace_active += memory * (active / 10.0 - self.pace_active)
        self.pace_days += memory * (self.days / 10.0 - self.pace_days)
        self.did = self.did._replace(backlog=self.backlog)  # it is known by now
        self.pace_saved += memory * (self.did.saved / 10.0 - self.pace_saved)
        self.pace_defects += memory * (self.did.defects / 10.0 - self.pace_defects)
        self.pace_backlog += memory * (self.did.backlog / 10.0 - self.pace_backlog)
        self.pace_automated += memory * (self.trivial / 10.0 - self.pace_automated)
        self.pace_output += memory * (self.did.output / 10.0 - self.pace_output)

    def pace(self) -> Counts:
        """Own pace per half-day."""
        return Counts(
            self.pace_genuine,
            self.pace_padded,
            self.pace_active,
            self.pace_output,
            self.pace_days,
            self.pace_saved,
            self.pace_defects,
            self.pace_backlog,
            self.pace_automated,
        )

    def memory(self, weeks_employed: int) -> float:
        """Weight of the latest week in what becomes usual."""
        return max(self.world.people.pace_memory, 1.0 / weeks_employed)

    def form_habits(self, office: Office) -> None:
        """Get used to one's own week, or to a better one; expect what the team had."""
        memory = self.memory(self.tenure)
        had = total(other.advantage for other in [*self.mates, self])
        self.aspiration += memory * (had / (len(self.mates) + 1) - self.aspiration)
        model = self
        if self.world.people.rule.name == "IMITATION":
            watched = self.watched_peer(office.organisation.week)
            if watched is not None and watched.advantage > self.advantage:
                model = watched
        self.habit_genuine += memory * (model.genuine / 10.0 - self.habit_genuine)
        self.habit_trivial += memory * (model.trivial / 10.0 - self.habit_trivial)
        self.habit_padding += memory * (model.padding / 10.0 - self.habit_padding)

    def watched_peer(self, week: int) -> "Employee | None":
        """Whom an imitator watches this week: a mate, or a peer outside the team.

        A mate with the weight of the own team, or if there is nobody outside.
        """
        team_or_not, which, _, _ = self.luck.block(self.number, week, 0, "imitation")
        inside = team_or_not < self.world.peers.team_weight or not self.peers
        group = self.mates if self.mates and inside else self.peers
        return group[int(which * len(group))] if group else None


def practice_of(group: Iterable[Employee]) -> float:
    """Mean proficiency of a group, weighted by the half-days that they used AI."""
    group = list(group)
    use = total(person.genuine / 10.0 for person in group)
    return total(person.practice for person in group) / use if use > 0.0 else 0.0


def gamed(
    worth: float, time: float, scruple: float, hardness: float, most: float
) -> float:
    """How far a counter is gamed: its worth less time and scruple, over how hard it is.

    In reference units of the counter, at most so many.
    """
    return min(max((worth - time - scruple) / hardness, 0.0), most)


# The five rules of choice -----------------------------------------------------------


def chances(
    person: Employee,
    terms: list[list[float]],
    feasible: list[bool],
    rank: float,
) -> list[float]:
    """Probabilities of the activities by the rule in force, up to a common factor.

    ``rank`` is the share of tasks that look less suitable for AI than this one.
    """
    people, payoffs = person.world.people, sum_of_terms(terms)
    match people.rule.name:
        case "LOGIT":
            return by_logit(payoffs, feasible, people.choice_noise)
        case "BEST_RESPONSE":
            return by_best_response(payoffs, feasible)
        case "SATISFICING":
            # Nobody has a habit in their first week: they look for the best.
            if person.tenure == 0 or person.advantage < person.aspiration:
                return by_best_response(payoffs, feasible)
            return by_habit(person, feasible, rank)
        case "IMITATION":
            tried = by_logit(payoffs, feasible, people.choice_noise)
            everything = total(tried)
            usual = by_habit(person, feasible, rank)
            # All of the first week is an experiment, half of the second, and so on.
            trying = max(people.experimenting, 1.0 / (person.tenure + 1))
            return [
                trying * chance / everything + (1.0 - trying) * habit
                for chance, habit in zip(tried, usual, strict=True)
            ]
        case "PROSPECT":
            felt = [feel(term, person, people) for term in terms]
            return by_logit(sum_of_terms(felt), feasible, people.choice_noise)
    raise KeyError(people.rule)


def by_logit(payoffs: list[float], feasible: list[bool], tau: float) -> list[float]:
    """P(activity) ~ exp(payoff / tau)."""
    best = max(payoffs[a] for a in ACTIVITIES if feasible[a])
    return [
        exp((payoffs[a] - best) * (1.0 / tau)) if feasible[a] else 0.0
        for a in ACTIVITIES
    ]


def by_best_response(payoffs: list[float], feasible: list[bool]) -> list[float]:
    """The activity with the highest payoff; of equals the first."""
    best = max((a for a in ACTIVITIES if feasible[a]), key=lambda a: payoffs[a])
    return [float(a == best) for a in ACTIVITIES]


def by_habit(person: Employee, feasible: list[bool], rank: float) -> list[float]:
    """Pad and give chores to AI as often as usual; else AI gets what suits it best.

    Somebody who does a third of their tasks by hand keeps the third of all tasks that
    look least suitable. What is not feasible is done by hand.
    """
    pads = person.habit_padding if feasible[PADDING] else 0.0
    chores = person.habit_trivial if feasible[TRIVIAL] else 0.0
    works = 1.0 - pads - chores
    by_hand = works - person.habit_genuine
    if feasible[GENUINE] and works > 0.0 and rank > by_hand / works:
        return [0.0, works, chores, pads]
    return [works, 0.0, chores, pads]


def share_of_tasks_below(judged: float, noise: float, job: Any) -> float:
    """P(x + noise e < judged) for the suitability x of a task, a standard normal e.

    Where tasks are not even it is linear between 128 steps of what they can look like.
    """
    shape = job.suitability, job.spread
    if not quantiles(*shape):
        return share_below_of_even(judged, noise)
    least, most = -5.0 * noise, 1.0 + 5.0 * noise
    place = (min(max(judged, least), most) - least) / (most - least) * 128.0
    low = min(int(place), 127)

    def node(k: int) -> float:
        return share_below_of_steps(k / 128.0 * (most - least) + least, noise, *shape)

    return node(low) + (place - low) * (node(low + 1) - node(low))


@cache
def share_below_of_steps(judged: float, noise: float, mean_: float, sd: float) -> float:
    """That of tasks in equally likely steps, in each of which all are as likely."""
    return mean(
        share_below_of_even((judged - low) / (high - low), noise / (high - low))
        for low, high in pairwise(quantiles(mean_, sd))
    )


def share_below_of_even(judged: float, noise: float) -> float:
    """That of tasks between 0 and 1 which are all as likely.

    Written as the mean of the uniform distribution function, clip(judged - noise e),
    over e: (mean of max(0, .)) - (mean of max(0, . - 1)), each Bachelier's formula for
    the price of an option.
    """
    if noise == 0.0:
        return min(max(judged, 0.0), 1.0)
    return min(max(bachelier(judged, noise) - bachelier(judged - 1.0, noise), 0.0), 1.0)


def task_at(place: float, job: Any) -> float:
    """Suitability of the task at a place, 0 to 1, among the tasks of an occupation."""
    ends = quantiles(job.suitability, job.spread)
    if not ends:
        return place
    steps = len(ends) - 1
    step = int(place * steps)
    return ends[step] + (place * steps - step) * (ends[step + 1] - ends[step])


@cache
def quantiles(mean: float, sd: float) -> list[float]:
    """Ends of 32 equally likely steps of a Beta distribution; nothing if it is even.

    Found by halving, to 12 decimals.
    """
    both = mean * (1.0 - mean) / (sd * sd) - 1.0
    a, b = mean * both, (1.0 - mean) * both
    if abs(a - 1.0) < 1e-12 and abs(b - 1.0) < 1e-12:
        return []
    ends = [0.0]
    for step in range(1, 32):
        low, high = 0.0, 1.0
        while high - low > 1e-16 and low < (middle := 0.5 * (low + high)) < high:
            below = share_of_beta(middle, a, b) < step / 32.0
            low, high = (middle, high) if below else (low, middle)
        ends.append(round(high, 12))
    return [*ends, 1.0]


def share_of_beta(x: float, a: float, b: float) -> float:
    """Distribution function of a Beta distribution, by a continued fraction.

    Abramowitz and Stegun 26.5.8, from the tail to the head; it is taken on the side
    where it converges fast.
    """
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - share_of_beta(1.0 - x, b, a)
    fraction = 1.0
    for m in range(200, 0, -1):
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        fraction = 1.0 + even / (1.0 + odd / fraction)
    fraction = 1.0 - (a + b) * x / (a + 1.0) / fraction
    size = a * math.log(x) + b * math.log(1.0 - x) + math.lgamma(a + b)
    size -= math.lgamma(a) + math.lgamma(b)
    return math.exp(size) / (a * fraction)


def bachelier(mean: float, sd: float) -> float:
    """E max(0, mean + sd e) for a standard normal e."""
    d = mean / sd
    density = exp(-0.5 * d * d) / math.sqrt(2.0 * math.pi)
    return mean * cdf(d) + sd * density


def feel(term: list[float], person: Employee, people: Any) -> list[float]:
    """What a term feels like, by activity, to somebody with a habit: gain or loss."""
    genuine, trivial = person.habit_genuine, person.habit_trivial
    padding = person.habit_padding
    by_hand = 1.0 - genuine - padding - trivial
    usual = by_hand * term[MANUAL] + genuine * term[GENUINE] + padding * term[PADDING]
    usual += trivial * term[TRIVIAL]
    felt = []
    for value in term:
        size = abs(value - usual)
        power = exp(people.curvature * log(size)) if size > 0.0 else 0.0
        felt.append(power if value > usual else -people.loss_aversion * power)
    return felt


def sum_of_terms(terms: list[list[float]]) -> list[float]:
    """Sum over terms, by activity."""
    return [total(term[activity] for term in terms) for activity in ACTIVITIES]


def pick(weights: list[float], u: float) -> int:
    """The activity that a uniform draw picks."""
    mark = u * total(weights)
    reached = 0.0
    for activity in (MANUAL, GENUINE, TRIVIAL):
        reached += weights[activity]
        if mark < reached:
            return activity
    return PADDING


# What a scheme makes a score worth --------------------------------------------------


class Hopes(NamedTuple):
    """What a half-day brings, and what somebody hopes that AI adds to it."""

    task: float  # worth of the core task
    chore: float  # and of the chore beside it
    gain: float  # of AI on the task, belief included
    chore_gain: float  # on the chore


class Option(NamedTuple):
    """An activity that somebody considers for a half-day."""

    half_day: int  # 0 to 9
    activity: int
    so_far: Counts  # of this week
    expected: Counts  # D, of the activity
    best: float  # best increment where a threshold is at stake, else none
    today: bool  # whether they count as active today already


class Outlook(NamedTuple):
    """How somebody expects a window to end."""

    score: float  # S, after the cap
    sigma: float  # its uncertainty
    half_days: float  # T, length of the window
    discount: float  # d, 1 if it is settled this week, else the patience
    so_far: float  # score that nobody can take away any more


def with_weight(scheme: Any, suspicion: float) -> list[str]:
    """Parts that do anything at all, in the order of ``SCORES``."""
    review, quota, budget = scheme.review, scheme.quota, scheme.budget
    does = {
        "bonus": scheme.bonus.rate > 0,
        "review": review.stake > 0 and (review.weight > 0 or suspicion > 0),
        "leaderboard": scheme.leaderboard.status > 0,
        "top_board": scheme.top_board.prize > 0,
        "quota": quota.penalty > 0 or (quota.visible and quota.shame > 0),
        "participation": scheme.participation.penalty > 0,
        "audit": scheme.audit.probability > 0,
        "budget": budget.chargeback > 0 or budget.cap > 0,
        "dismissal": scheme.dismissal.share > 0,
        "review_output": review.stake > 0,
    }
    return [name for name in SCORES if does[name]]


def worth(
    name: str, outlook: Outlook, option: Option, person: Employee, office: Office
) -> float:
    """Worth W of an activity under one part of the scheme [half-days]."""
    part, score = part_of(office.scheme, name), office.scores[name]
    whole = outlook.half_days  # stakes are per half-day of the window
    match name:
        case "bonus":
            return outlook.discount * part.rate * outlook.score
        case "review" | "review_output":
            usage = max(part.weight, person.suspected_weight(office))
            weight = usage if name == "review" else 1.0 - part.shift * usage
            stake = person.ambition * part.stake * whole
            standing = score.standing(person, outlook)
            return outlook.discount * stake * weight * standing
        case "leaderboard":
            if part.scope.name == "TEAM":
                p = standing_in_team(person, outlook)
            else:
                p = score.standing(person, outlook)
            centred = 2.0 * p - 1.0
            ends = 0.5 + 0.5 * centred * centred * centred
            value = (1.0 - part.curvature) * p + part.curvature * ends
            return outlook.discount * person.status * part.status * whole * value
        case "top_board":
            stake = person.status * part.prize * whole
            return outlook.discount * stake * chance_above_cut(score, outlook)
        case "dismissal":
            stake = person.ambition * part.loss
            return outlook.discount * stake * chance_above_cut(score, outlook)
        case "quota":
            shame = person.status * part.shame if part.visible else 0.0
            stake = person.ambition * (part.penalty + shame) * whole
            met = 1.0  # what is met cannot be missed any more
            if outlook.so_far < score.target:
                met = cdf((outlook.score - score.target) / outlook.sigma)
            return outlook.discount * stake * met
        case "participation":
            chance = active_by_friday(option, person)
            short = pressure(person, part, office)
            return person.ambition * part.penalty * 10.0 * short * chance
        case "audit":
            stake = part.sanction * person.ambition
            return -selection(score, outlook) * stake * found_out(part, option.activity)
        case "budget":
            dollars = option.expected.genuine + option.expected.padded
            dollars *= person.world.technology.price * office.organisation.dearer
            half_day = person.world.organisation.half_day_value
            return -part.chargeback * dollars / half_day
    raise KeyError(name)


def pressure(person: Employee, part: Any, office: Office) -> float:
    """How far the own team or the organisation feels short of its target, 0 to 1."""
    score = office.scores["participation"]
    whose = person.team if part.scope.name == "TEAM" else -1
    return cdf((score.target - score.shares[whose]) / part.softness)


def active_by_friday(option: Option, person: Employee) -> float:
    """Probability to count as active at the end of the week."""
    if option.activity != MANUAL or option.so_far.active > 0.0:
        return 1.0
    return min(1.0, (9.0 - option.half_day) * person.pace_active)


def active_by_night(option: Option, person: Employee) -> float:
    """Probability to count as active today after manual work, without a gesture."""
    if option.today:
        return 1.0
    return min(1.0, (1.0 - option.half_day % 2) * person.pace_days)


def chance_above_cut(score: "Score", outlook: Outlook) -> float:
    """Probability to end above a cut that is itself uncertain."""
    spread = math.sqrt(outlook.sigma * outlook.sigma + score.cut_sd * score.cut_sd)
    return cdf((outlook.score - score.cut) / spread)


def selection(score: "Score", outlook: Outlook) -> float:
    """Probability that a half-day is audited: anybody's, or that of top spenders."""
    if score.part.top_share == 0.0:
        return score.part.probability
    return score.part.probability * chance_above_cut(score, outlook)


def found_out(audit: Any, activity: int) -> float:
    """Probability that a half-day looked at is called padding."""
    if activity == MANUAL:
        return 0.0
    return audit.sensitivity if activity == PADDING else audit.false_positive


def standing_in_team(person: Employee, outlook: Outlook) -> float:
    """Mean over mates of Phi((R - R_j) / s); 1/2 for who has none."""
    if not person.mates:
        return 0.5
    length = outlook.half_days
    return mean(
        cdf((outlook.score - mate.rate["leaderboard"] * length) / outlook.sigma)
        for mate in person.mates
    )


# Scores and standings ---------------------------------------------------------------


def part_of(scheme: Any, name: str) -> Any:
    """The part of a scheme that keeps a score."""
    return getattr(scheme, name.removesuffix("_output"))


def changed(name: str, before: Any, after: Any) -> bool:
    """Whether a part, or the headline if that is what it counts, is another one."""
    part = part_of(after, name)
    by_headline = counted_by(name, part) == "headline"
    new_headline = by_headline and after.measure != before.measure
    return new_headline or part != part_of(before, name)


def counted_by(name: str, part: Any) -> str:
    """What a score counts: the headline, or one thing as it is."""
    fixed = {
        "headline": "headline",
        "review_output": "output",
        "participation": "active",
        "audit": "tokens",
        "budget": "spend",
    }
    return fixed.get(name) or part.measure.name.lower()


class Score:
    """A score from the opening of its first window on: rule, window, publications.

    A score is a weighted blend of counters, each over its published reference. It is
    settled after some weeks; then rates (scores per half-day) and cuts are published.
    """

    def __init__(self, name: str, part: Any, office: Office) -> None:
        """Open the first window; its table of standings is that of current paces."""
        self.name, self.part = name, part
        self.weeks = 1 if name == "headline" else getattr(part, "weeks", 1)
        self.elapsed = 0
        self.per_half_day = 1.0 / (10.0 * self.weeks)
        self.cap = math.inf
        measure = office.scheme.measure
        what = counted_by(name, part)
        if what == "headline":
            weight = measure.model_dump()
        else:
            weight = dict.fromkeys(measure.model_dump(), 0.0)
            weight["tokens" if what == "spend" else what] = 1.0
        self.per_genuine = self.per_padded = weight["tokens"] / REFERENCE_TOKENS
        self.per_active = weight["active"]
        self.per_output = weight["output"] / REFERENCE_OUTPUT
        self.per_day = weight["days"] / REFERENCE_DAYS
        self.per_saved = weight["saved"] / REFERENCE_SAVED
        self.per_defect = weight["defects"] / REFERENCE_DEFECTS
        self.per_backlog = weight["backlog"] / REFERENCE_BACKLOG
        self.per_automated = weight["automated"] / REFERENCE_AUTOMATED
        # What counts for a person in a week of the references, without what counts
        # against them.
        reference = total(
            weight[name] for name in ("tokens", "active", "output", "days")
        )
        soft = ("saved", "defects", "backlog", "automated")
        reference += total(max(weight[name], 0.0) for name in soft)
        against = total(max(-weight[name], 0.0) for name in soft)
        # A standing tells people apart down to so much a half-day below 0.
        self.lift = DEEPEST * against / 10.0
        self.scale = reference / 10.0 + self.lift or 0.1  # middle of the grid
        self.least_pace = 0.1 * ((reference + against) / 10.0)
        self.see_price(office.organisation.dearer)
        if counted_by(name, part) == "headline":
            self.per_padded *= 1.0 - measure.filter
            if measure.cap > 0:
                self.cap = measure.cap * self.weeks
        if name != "headline":
            self.open(office)

    def see_price(self, dearer: float) -> None:
        """Count spend at the price of the week, over that of week 0."""
        if counted_by(self.name, self.part) == "spend":
            self.per_genuine = self.per_padded = dearer / REFERENCE_TOKENS

    def open(self, office: Office) -> None:
        """Start from current paces."""
        for employee in office.employees:
            highest = self.cap * self.per_half_day
            employee.rate[self.name] = min(self.count(employee.pace()), highest)
            employee.so_far[self.name] = 0.0
        self.publish(office)
        if self.name in ("top_board", "audit", "dismissal"):
            self.cuts = [self.latest_cut(office)] * CUTS
            self.publish_cut()
        if self.name == "quota":
            self.target = self.quota(office)
        if self.name == "participation":
            self.target = self.part.target
            self.shares = {
                whose: mean(10.0 * employee.pace_active for employee in people)
                for whose, people in office.told.items()
            }

    def count(self, counts: Counts) -> float:
        """Score of some counts [reference weeks]."""
        return (
            self.per_genuine * counts.genuine
            + self.per_padded * counts.padded
            + self.per_active * counts.active
            + self.per_output * counts.output
            + self.per_day * counts.days
            + self.per_saved * counts.saved
            + self.per_defect * counts.defects
            + self.per_backlog * counts.backlog
            + self.per_automated * counts.automated
        )

    def is_soft(self) -> bool:
        """Whether what people say, what is found or what waits counts."""
        reported = self.per_saved != 0.0 or self.per_automated != 0.0
        return reported or self.per_defect != 0.0 or self.per_backlog != 0.0

    def counts_activity(self) -> bool:
        """Whether being active counts, by weeks or by days."""
        return self.per_active > 0.0 or self.per_day > 0.0

    def expect(self, person: Employee, option: Option) -> Outlook:
        """S = cap(so far + D + (r - 1) p), uncertain by c sqrt(r) max(|p|, floor)."""
        people = person.world.people
        left = 10.0 * (self.weeks - self.elapsed) - option.half_day
        p = self.count(person.pace())
        # "I usually do so much, and at a pinch could do so much more; I count on a part
        # of that room, give or take as much again."
        room = max(option.best - p, 0.0)
        p += people.cramming * room
        rest = (left - 1.0) * p
        if option.so_far.active + option.expected.active > 0.0:
            # Active already: the rest of the week adds no further active week.
            rest -= (9.0 - option.half_day) * (self.per_active * person.pace_active)
        if option.today or option.expected.days > 0.0:
            rest -= (1.0 - option.half_day % 2) * (self.per_day * person.pace_days)
        so_far = person.so_far[self.name] + self.count(option.so_far)
        score = so_far + self.count(option.expected)
        sigma = people.uncertainty * math.sqrt(left) * max(abs(p), self.least_pace)
        if room > 0.0:
            crammed = people.cramming * (left - 1.0) * room
            sigma = math.sqrt(sigma * sigma + crammed * crammed)
        last_week = self.elapsed == self.weeks - 1
        return Outlook(
            min(score + rest, self.cap),
            sigma,
            10.0 * self.weeks,
            1.0 if last_week else people.patience,
            min(so_far, self.cap),
        )

    def slope(self, person: Employee, office: Office) -> float:
        """Worth of one more point of the score, as it looks on Monday.

        The slope between the expected score less, and plus, its uncertainty.
        """
        people = person.world.people
        pace = self.count(person.pace())
        left = 10.0 * (self.weeks - self.elapsed)
        so_far = person.so_far[self.name]
        expected = so_far + left * pace
        sigma = people.uncertainty * math.sqrt(left) * max(abs(pace), self.least_pace)
        patience = 1.0 if self.elapsed == self.weeks - 1 else people.patience

        def worth_of(score: float) -> float:
            score, settled = min(score, self.cap), min(so_far, self.cap)
            outlook = Outlook(score, sigma, 10.0 * self.weeks, patience, settled)
            monday = Option(0, MANUAL, Counts(), Counts(), -math.inf, False)
            return worth(self.name, outlook, monday, person, office)

        rise = worth_of(expected + sigma) - worth_of(expected - sigma)
        return rise / (2.0 * sigma)

    def settle(self, office: Office) -> None:
        """End the window: publish rates and cuts, perhaps raise the quota."""
        scores = []
        for employee in office.employees:
            score = min(employee.so_far[self.name], self.cap)
            employee.rate[self.name] = score * self.per_half_day
            employee.so_far[self.name] = 0.0
            brought = self.brings(employee, score) / 10.0
            employee.reward += brought
            employee.welfare += brought
            scores.append(score)
        self.elapsed = 0
        self.publish(office)
        if self.name in ("top_board", "audit", "dismissal"):
            self.cuts = [*self.cuts[1:], self.latest_cut(office)]
            self.publish_cut()
        if self.name == "quota":
            self.target = office.ratchet(
                self.target, mean(scores), self.quota(office), highest=math.inf
            )

    def brings(self, person: Employee, score: float) -> float:
        """What the end of a window brings to a person, apart from rank [half-days]."""
        if self.name == "bonus":
            return self.part.rate * score
        if self.name == "quota" and score < self.target:
            shame = person.status * self.part.shame if self.part.visible else 0.0
            stake = self.part.penalty + shame
            return -person.ambition * stake * 10.0 * self.weeks
        return 0.0

    def quota(self, office: Office) -> float:
        """The declared quota in reference weeks."""
        unit = {
            "tokens": REFERENCE_TOKENS,
            "spend": REFERENCE_TOKENS * office.world.technology.price,
            "output": REFERENCE_OUTPUT,
            "days": REFERENCE_DAYS,
            "saved": REFERENCE_SAVED,
            "automated": REFERENCE_AUTOMATED,
        }
        return self.part.amount / unit.get(counted_by(self.name, self.part), 1.0)

    def latest_cut(self, office: Office) -> float:
        """Score of the last place listed, between two places by interpolation."""
        n = len(office.employees)
        if self.name == "dismissal":  # the last who stays
            listed = float(max(n - self.places(office), 1))
        else:
            top = self.part.share if self.name == "top_board" else self.part.top_share
            listed = min(max(1.0, top * n), float(n))
        rates = sorted((e.rate[self.name] for e in office.employees), reverse=True)
        place = int(listed)
        cut = rates[place - 1]
        if place < n:
            cut += (listed - place) * (rates[place] - cut)
        return cut * 10.0 * self.weeks

    def places(self, office: Office) -> int:
        """How many are dismissed at the end of a window."""
        return max(1, math.floor(self.part.share * len(office.employees) + 1e-9))

    def publish_cut(self) -> None:
        """Mean and standard deviation of the latest cuts."""
        self.cut = mean(self.cuts)
        self.cut_sd = math.sqrt(
            mean((cut - self.cut) * (cut - self.cut) for cut in self.cuts)
        )

    def position(self, rate: float) -> float:
        """Where a rate lies on the grid, 0 to 256; the scale lies in the middle."""
        rate = max(rate + self.lift, 0.0)
        return NODES * (rate / (rate + self.scale))

    def publish(self, office: Office) -> None:
        """Publish the table: people below each node of the grid, half of those tied."""
        for employee in office.employees:
            employee.place[self.name] = self.position(employee.rate[self.name])
        places = [employee.place[self.name] for employee in office.employees]
        self.below = [
            total(counts_below(place, node) for place in places)
            for node in range(NODES + 1)
        ]
        self.others = len(places) - 1

    def share_below(self, rate: float, own_place: float) -> float:
        """F: share of the others below a rate, half of those tied, self left out.

        Linear between the nodes of the grid.
        """
        place = self.position(rate)
        node = min(int(place), NODES - 1)
        low = self.below[node] - counts_below(own_place, node)
        high = self.below[node + 1] - counts_below(own_place, node + 1)
        return (low + (place - node) * (high - low)) / self.others

    def standing(self, person: Employee, outlook: Outlook) -> float:
        """Expected standing, F(R - sqrt(3) s)/6 + 2 F(R)/3 + F(R + sqrt(3) s)/6."""
        if self.others == 0:
            return 0.5
        own = person.place[self.name]
        rate = outlook.score * self.per_half_day
        away = math.sqrt(3.0) * (outlook.sigma * self.per_half_day)
        lower = self.share_below(rate - away, own)
        middle = self.share_below(rate, own)
        upper = self.share_below(rate + away, own)
        return (lower + 4.0 * middle + upper) / 6.0


def counts_below(place: float, node: int) -> float:
    """How much somebody at a place counts as below a node of the grid.

    Linear interpolation between the two nodes around them gives exactly one half at
    their own place, wherever it lies: people who are tied count half.
    """
    lower = min(int(place), NODES - 1)
    part = place - lower
    if node == lower:
        return (0.5 - part) / (1.0 - part) if part < 0.5 else 0.0
    if node == lower + 1:
        return 1.0 if part < 0.5 else 0.5 / part
    return float(node > lower)


# What is measured -------------------------------------------------------------------


def outcomes(company: Organisation) -> dict[str, float]:
    """Outcomes of the latest week by name: means over employees unless said so."""
    staff, world = company.employees, company.world
    price, n = world.technology.price * company.dearer, len(staff)
    genuine = mean(e.genuine_tokens for e in staff)
    trivial = mean(e.trivial_tokens for e in staff)
    padded = mean(e.padded_tokens for e in staff)
    prompts = mean(e.gestures for e in staff) * world.technology.gesture_tokens
    tokens = genuine + trivial + padded
    active = [e for e in staff if e.did.active > 0.0]
    hollow = [e for e in active if e.genuine + e.trivial == 0]
    chores = [e for e in active if e.trivial > 0 and e.genuine + e.padding == 0]
    output = mean(e.output for e in staff)
    half_day = world.organisation.half_day_value
    dollars = [e.job.dollars or half_day for e in staff]
    cost = 0.0
    for office in company.offices:
        usual = mean(e.job.dollars or half_day for e in office.employees)
        hours = hours_to_run(office) * (len(office.employees) / n)
        cost += hours / 4.0 * usual  # a half-day has four hours
    value = mean(e.output * worth for e, worth in zip(staff, dollars, strict=True))
    left, dismissed = len(company.leavers) / n, len(company.dismissed) / n
    a_year = HALF_DAYS_A_YEAR * mean(dollars)
    replacing = world.organisation.replacement * a_year * (left + dismissed)
    skill = mean(e.skill for e in staff)
    of_gone = total(e.skill for e in company.leavers + company.dismissed) / n

    def lost(e: Employee, share: float) -> float:
        return -share * e.produced

    validity, precision = score_validity([(e.score, e.output) for e in staff])
    used = [e.genuine_tokens + e.trivial_tokens + e.padded_tokens for e in staff]
    gini, log_sd = concentration(used)
    passed = mean(
        e.padded_tokens * (1.0 - e.office.scheme.measure.filter) for e in staff
    )
    return {
        "reported_tokens": genuine + trivial + prompts + passed,
        "genuine_tokens": genuine,
        "trivial_tokens": trivial,
        "padded_tokens": padded,
        "padded_token_share": padded / tokens if tokens > 0.0 else 0.0,
        "active_share": len(active) / n,
        "gesture_share": sum(e.gestures > 0 for e in staff) / n,
        "hollow_active_share": len(hollow) / max(1, len(active)),
        "trivial_active_share": len(chores) / max(1, len(active)),
        "manual_share": sum(e.manual for e in staff) / (10.0 * n),
        "genuine_share": sum(e.genuine for e in staff) / (10.0 * n),
        "misuse_share": sum(e.misuse for e in staff) / (10.0 * n),
        "trivial_share": sum(e.trivial for e in staff) / (10.0 * n),
        "padding_share": sum(e.padding for e in staff) / (10.0 * n),
        "output": output,
        "output_manual": mean(e.by_hand for e in staff),
        "output_gain": mean(e.gained for e in staff),
        "output_misuse": mean(e.misused for e in staff),
        "output_trivial": mean(e.by_chores for e in staff),
        "output_padding": mean(e.padded for e in staff),
        "output_dressing": mean(e.wasted for e in staff),
        "output_rework": mean(lost(e, e.lost_to_rework) for e in staff),
        "output_strain": mean(lost(e, e.lost_to_strain) for e in staff),
        "score_validity": validity,
        "top_decile_precision": precision,
        "token_gini": gini,
        "token_log_sd": log_sd,
        "price": price,
        "spend": (tokens + prompts) * price,
        "false_demand": padded * price,
        "net_value": value - (tokens + prompts) * price - cost - replacing,
        "backlog": mean(e.backlog for e in staff),
        "strain": mean(e.lost_to_strain for e in staff),
        "exhaustion": mean(e.exhaustion for e in staff),
        "effort": mean(e.effort for e in staff),
        "dressing": mean(e.dressing for e in staff),
        "saved": mean(e.saved for e in staff),
        "reported_saved": mean(e.reported_saved for e in staff),
        "defects": mean(e.defects for e in staff),
        "proficiency": mean(e.proficiency for e in staff),
        "savvy": mean(e.savvy for e in staff),
        "norm": mean(e.norm for e in staff),
        "audit_hits": mean(e.hits for e in staff),
        "audit_false_hits": mean(e.false_hits for e in staff),
        "running_cost": cost,
        "replacement_cost": replacing,
        "welfare": mean(e.welfare for e in staff),
        "leavers": left,
        "dismissed": dismissed,
        "tenure": mean(float(e.tenure) for e in staff),
        "skill": skill,
        "skill_drain": of_gone - (left + dismissed) * skill,
        "never_gamer_share": sum(e.never_gamer for e in staff) / n,
    }


def hours_to_run(office: Office) -> float:
    """Hours that the scheme in force takes of the average employee in a week.

    Reviews, boards, targets and training take a time a year; every half-day that an
    audit looks at takes some more.
    """
    scheme = office.scheme
    takes = {
        "review": scheme.review.hours,
        "leaderboard": scheme.leaderboard.hours,
        "top_board": scheme.top_board.hours,
        "quota": scheme.quota.hours,
        "participation": scheme.participation.hours,
        "dismissal": scheme.dismissal.hours,
    }
    in_force = with_weight(scheme, suspicion=1.0)
    a_year = total(hours for name, hours in takes.items() if name in in_force)
    if "review" in in_force and scheme.review.weight > 0.0:
        a_year += scheme.review.usage_hours
    helped = scheme.guidance
    if helped.judgement > 0.0 or helped.conscience > 0.0 or helped.training > 0.0:
        a_year += helped.hours
    cases = mean(e.cases for e in office.employees)
    return a_year / 52.0 + scheme.audit.hours_a_case * cases


def score_validity(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """Spearman correlation of score and output, and precision of the top decile.

    Equals share their mean rank; in the top decile the lower number comes first. NaN
    where score or output is the same for all.
    """
    scores, outputs = [s for s, _ in pairs], [o for _, o in pairs]
    if min(scores) == max(scores) or min(outputs) == max(outputs):
        return math.nan, math.nan
    n = len(pairs)
    x, y = centred_ranks(scores), centred_ranks(outputs)
    xy = total(a * b for a, b in zip(x, y, strict=True))
    xx, yy = total(a * a for a in x), total(b * b for b in y)
    top = max(1, n // 10)
    listed = sorted(range(n), key=lambda i: (-scores[i], i))[:top]
    best = sorted(range(n), key=lambda i: (-outputs[i], i))[:top]
    return xy / math.sqrt(xx * yy), len(set(listed) & set(best)) / top


def centred_ranks(values: list[float]) -> list[float]:
    """Mean ranks less their mean."""
    ordered = sorted(values)
    twice = [bisect_left(ordered, v) + bisect_right(ordered, v) - 1 for v in values]
    return [0.5 * (rank - (len(values) - 1)) for rank in twice]


def concentration(tokens: list[float]) -> tuple[float, float]:
    """Gini coefficient over everybody, and sd of logs over people with tokens.

    Gini is the mean absolute difference of two people over twice the mean.
    """
    ordered = sorted(tokens)
    everything, differences = 0.0, 0.0
    for k, value in enumerate(ordered):
        differences += k * value - everything
        everything += value
    logs = [math.log(value) for value in ordered if value > 0.0]
    if not logs:
        return math.nan, math.nan
    gini = differences / (len(tokens) * everything)
    if len(logs) == 1:
        return gini, math.nan
    middle = mean(logs)
    squares = total((value - middle) * (value - middle) for value in logs)
    return gini, math.sqrt(squares / (len(logs) - 1))


def total(values: Iterable[float]) -> float:
    """Sum from left to right."""
    added = 0.0
    for value in values:
        added += value
    return added


def mean(values: Iterable[float]) -> float:
    """Mean of some numbers, 0 of none."""
    listed = list(values)
    return total(listed) / len(listed) if listed else 0.0


# The dice ---------------------------------------------------------------------------

PURPOSES = (
    *("decision", "observation", "audit", "skill", "ambition", "status", "conscience"),
    *("character", "ceiling", "start", "intensity", "savvy", "peers"),
    *("imitation", "week", "leaving", "group"),
)
"""What a draw is for; its place in this list is part of its address."""


def philox(counter: tuple[int, ...], key: tuple[int, ...]) -> tuple[int, ...]:
    """Philox4x32-10 of Salmon et al. (2011): four words of a counter and a key."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        high_0, low_0 = divmod(0xD2511F53 * c0, 1 << 32)
        high_1, low_1 = divmod(0xCD9E8D57 * c2, 1 << 32)
        c0, c1, c2, c3 = high_1 ^ c1 ^ k0, low_1, high_0 ^ c3 ^ k1, low_0
        k0, k1 = (k0 + 0x9E3779B9) % (1 << 32), (k1 + 0xBB67AE85) % (1 << 32)
    return c0, c1, c2, c3


class Luck:
    """All draws of a run: pure functions of who, when and what for.

    Traits of later persons of a slot are drawn far down the weeks' places.
    """

    def __init__(self, seed: int, replicate: int, generation: int = 0) -> None:
        self.seed, self.replicate = seed, replicate
        self.key = (seed % (1 << 32), seed >> 32)
        self.first_week = generation * GENERATIONS_APART

    def of_generation(self, generation: int) -> "Luck":
        """The luck by which the traits of the n-th person of a slot are drawn."""
        return Luck(self.seed, self.replicate, generation)

    def block(
        self, employee: int, week: int, half_day: int, purpose: str
    ) -> tuple[float, ...]:
        """Four uniforms in (0, 1): a word n becomes (n + 1/2) / 2^32."""
        moment = PURPOSES.index(purpose) * 65536 + half_day
        place = self.first_week + week
        words = philox((employee, place, moment, self.replicate), self.key)
        return tuple((word + 0.5) / 4294967296.0 for word in words)

    def gamma(self, shape: float, employee: int, purpose: str, part: int = 0) -> float:
        """Gamma of scale 1: rejection by Marsaglia and Tsang (2000).

        The week's place in the address numbers the attempts.
        """
        d = shape - 1.0 / 3.0
        c = 1.0 / math.sqrt(9.0 * d)
        attempt = 0
        while True:
            u, accept, _, _ = self.block(employee, attempt, part, purpose)
            z = quantile(u)
            root = 1.0 + c * z
            v = root * root * root
            if v > 0.0:
                limit = 0.5 * z * z + d - d * v + d * log(v)
                if log(accept) < limit:
                    return d * v
            attempt += 1

    def beta(self, a: float, b: float, employee: int, purpose: str) -> float:
        """Beta as a ratio of two gammas."""
        x = self.gamma(a, employee, purpose)
        y = self.gamma(b, employee, purpose, part=1)
        return x / (x + y)


def lognormal_noise(u: float, sd: float) -> float:
    """Lognormal factor with mean 1."""
    return exp(sd * quantile(u) - 0.5 * sd * sd)


# Functions of mathematics ------------------------------------------------------------

# ln 2 in two parts, the first so short that its product with a whole number is exact.
LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
TAYLOR = [1.0 / math.factorial(n) for n in range(14)]
REMEZ = (  # of fdlibm's logarithm (Sun Microsystems 1993)
    *(6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01),
    *(2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01),
    1.479819860511658591e-01,
)


def exp(x: float) -> float:
    """e^x as 2^k e^r with |r| <= ln(2) / 2; the series of e^r by four powers of r."""
    x = min(max(x, -700.0), 700.0)
    k = round(x * 1.4426950408889634)
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    square = r * r

    def four_terms(n: int) -> float:
        low, high = TAYLOR[n] + TAYLOR[n + 1] * r, TAYLOR[n + 2] + TAYLOR[n + 3] * r
        return low + high * square

    fourth = square * square
    last = four_terms(8) + (TAYLOR[12] + TAYLOR[13] * r) * fourth
    series = four_terms(0) + (four_terms(4) + last * fourth) * fourth
    return math.ldexp(series, k)


def softplus(x: float) -> float:
    """ln(1 + e^x)."""
    return max(x, 0.0) + log(1.0 + exp(-abs(x)))


def log(x: float) -> float:
    """ln x = e ln 2 + ln(1 + f), by the series of s = f / (2 + f) for the latter."""
    m, e = math.frexp(x)
    if 2.0 * m <= 1.4142135623730951:
        m, e = 2.0 * m, e - 1
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    series = 0.0
    for coefficient in reversed(REMEZ):
        series = coefficient + z * series
    half = 0.5 * f * f
    return e * LN2_HIGH - ((half - (s * (half + z * series) + e * LN2_LOW)) - f)


def quantile(p: float) -> float:
    """Normal quantile: algorithm AS 241, routine PPND7 (Wichura 1988)."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
        low = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0
        return q * top / low
    r = math.sqrt(-log(p if q < 0.0 else 1.0 - p)) - 1.6
    top = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
    low = (0.12021132975 * r + 0.73700164250) * r + 1.0
    return math.copysign(top / low, q)


# The model's Phi is a cubic Hermite interpolation between nodes 1/32 apart: looked up
# many times in every half-day, and erf is slow. It is 5e-9 off the true one, enough to
# move a choice in a large run; hence the oracle takes it, too, as the definition.
REACH, STEPS = 8, 32
GRID = [k / STEPS for k in range(-REACH * STEPS, REACH * STEPS + 1)]
VALUES = [0.5 + 0.5 * math.erf(x / math.sqrt(2.0)) for x in GRID]
SLOPES = [math.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi) / STEPS for x in GRID]


def cdf(x: float) -> float:
    """Probability Phi that a standard normal draw is below x."""
    place = (min(max(x, -8.0), 8.0) + REACH) * STEPS
    k = min(int(place), len(GRID) - 2)
    t = place - k
    rise = VALUES[k + 1] - VALUES[k]
    low, high = SLOPES[k] - rise, rise - SLOPES[k + 1]
    return VALUES[k] + t * (rise + (1.0 - t) * ((1.0 - t) * low + t * high))
