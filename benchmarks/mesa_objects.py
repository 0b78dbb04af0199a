"""The same rules as a Mesa model with an object for each employee.

This is how the model would look without an engine: agents with plain Python floats,
``random`` for luck, a list for a table of standings. It exists to be timed against the
engine, and knows the incentives of ``voluntary`` and ``everything_at_once``; what these
leave out (guidance, team boards, caps, audits of top spenders, the ratchet, timelines)
is left out here, and so are technology that changes and people who leave. The rules
themselves are explained in ``model/``.
"""

import math
from collections.abc import Callable
from itertools import accumulate
from statistics import fmean, pstdev
from typing import Any, NamedTuple

import mesa

from model.incentive import Counted, Incentive
from model.scenario import Measure, Scenario, Scheme

MANUAL, GENUINE, TRIVIAL, PADDING = ACTIVITIES = range(4)
SQRT_2, SQRT_3 = math.sqrt(2.0), math.sqrt(3.0)
HALF_DAYS = 10
WARM_UP = 12  # weeks of voluntary use before the first reported one
REFERENCE_TOKENS, REFERENCE_OUTPUT, REFERENCE_DAYS = 32.0, 10.0, 5.0  # of a week
MINUTES = 240.0  # of a half-day
CELLS = 256  # of the grid on which a table counts the people below
FORGOTTEN = 0.01  # suspicion below which nobody thinks of it
MAX_BACKLOG, MAX_LOSS = 3.0, 0.5
LEAST_EFFORT, MOST_EFFORT, LEAST_WORTH = 0.5, 1.5, 1e-9


def normal_cdf(x: float) -> float:
    """Probability that a standard normal draw is below x."""
    return 0.5 * (1.0 + math.erf(x / SQRT_2))


def softplus(x: float) -> float:
    """Log of 1 + e^x."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


class Counts(NamedTuple):
    """Tokens [M], active weeks, observed output [half-days] and active days.

    Trivial use passes for genuine use.
    """

    genuine: float
    padded: float
    active: float
    output: float
    days: float


class HalfDay(NamedTuple):
    """What an employee weighs before a half-day."""

    number: int  # 0 to 9
    options: tuple[Counts, ...]  # expected counts of each activity
    done: Counts  # counts of the week so far
    today: float  # 1 once they count as active today


class Window(NamedTuple):
    """How a window looks before a half-day."""

    rest: float  # score of the half-days after this one, at the pace
    stops_week: float  # the part of it that an active person does not add any more
    stops_day: float  # and one who is active today
    sigma: float
    discount: float


class Part:
    """A part of a scheme: what it counts, its open window and its ranking."""

    threshold = False  # whether people count on cramming

    def __init__(self, part: Incentive, measure: Measure, scenario: Scenario) -> None:
        self.part: Any = part  # of the kind that the class is for
        self.scenario = scenario
        self.weeks = part.window()
        self.half_days = HALF_DAYS * self.weeks
        self.per_genuine = measure.tokens / REFERENCE_TOKENS
        self.per_padded = self.per_genuine * (1.0 - measure.filter)
        self.per_active = measure.active
        self.per_output = measure.output / REFERENCE_OUTPUT
        self.per_day = measure.days / REFERENCE_DAYS
        weights = measure.tokens + measure.active + measure.output + measure.days
        self.reference = weights / 10.0
        self.elapsed = 0
        self.in_hand = 0.0  # score so far of whoever is weighing the activities

    def score(self, counts: Counts) -> float:
        """Score of some counts [reference weeks]."""
        return (
            self.per_genuine * counts.genuine
            + self.per_padded * counts.padded
            + self.per_active * counts.active
            + self.per_output * counts.output
            + self.per_day * counts.days
        )

    def worths(self, who: "Employee", day: HalfDay) -> list[float]:
        """Worth of each activity, from how the window is expected to end."""
        best = 0.0
        if self.threshold:
            # Tokens and output can be crammed; active weeks and days come no faster
            # than usual, or than gestures can make them.
            active, days = who.pace.active, who.pace.days
            if self.scenario.technology.gesture_minutes > 0.0:
                active, days = 1.0 / HALF_DAYS, REFERENCE_DAYS / HALF_DAYS
            best = max(
                self.score(day.options[activity]._replace(active=active, days=days))
                for activity in who.willing
            )
        window = self.look(who, day, best)
        worths = [
            self.ends(who, day, window, option, activity != MANUAL)
            for activity, option in enumerate(day.options)
        ]
        if self.counts_activity():
            by_hand = day.options[MANUAL]
            prompted = self.with_gesture(day, by_hand)
            active = self.ends(who, day, window, prompted, uses=True)
            worths[MANUAL] += self.hope_of_gesture(who, day, active - worths[MANUAL])
        return worths

    def look(self, who: "Employee", day: HalfDay, best: float) -> Window:
        """See how the window would go on at the usual pace."""
        people = self.scenario.people
        pace = who.paces[self]
        room = max(best - pace, 0.0)
        pace += people.cramming * room
        left = HALF_DAYS * (self.weeks - self.elapsed) - day.number
        luck = people.uncertainty * math.sqrt(left) * max(pace, 0.1 * self.reference)
        last_week = self.elapsed == self.weeks - 1
        self.in_hand = who.so_far[self] + self.score(day.done)
        return Window(
            rest=(left - 1) * pace,
            stops_week=(9 - day.number) * self.per_active * who.pace.active,
            stops_day=(1 - day.number % 2) * self.per_day * who.pace.days,
            sigma=math.hypot(luck, people.cramming * (left - 1) * room),
            discount=1.0 if last_week else people.patience,
        )

    def ends(
        self,
        who: "Employee",
        day: HalfDay,
        window: Window,
        adds: Counts,
        uses: bool,
    ) -> float:
        """Worth of how the window ends if a half-day adds some counts."""
        score = self.in_hand + self.score(adds) + window.rest
        # Who is active adds no further active week before Monday, nor day today.
        if uses or day.done.active > 0.0:
            score -= window.stops_week
        if uses or day.today > 0.0:
            score -= window.stops_day
        return window.discount * self.worth(who, score, window.sigma)

    def counts_activity(self) -> bool:
        """Whether a gesture may pay."""
        counts = self.per_active > 0.0 or self.per_day > 0.0
        return counts and self.scenario.technology.gesture_minutes > 0.0

    def with_gesture(self, day: HalfDay, counts: Counts) -> Counts:
        """Add what a gesture adds to some counts."""
        return counts._replace(
            active=counts.active + 1.0 - day.done.active,
            days=counts.days + 1.0 - day.today,
        )

    def hope_of_gesture(self, who: "Employee", day: HalfDay, ahead: float) -> float:
        """Worth of a gesture that may come, over staying inactive."""
        chance = who.active_by_friday(day)
        if self.per_day > 0.0:
            chance = (
                1.0 if day.today else min(1.0, (1 - day.number % 2) * who.pace.days)
            )
        idle, most = 1.0 - chance, max(ahead, 0.0)
        tau = self.scenario.people.gesture_noise
        gain = most / (idle or 1.0) - who.prompt_cost
        return min(idle * tau * softplus(gain / tau), most)

    def worth_of_gesture(self, who: "Employee", day: HalfDay) -> float:
        """Worth of being active over not being it, at the end of a day."""
        window, nothing = self.look(who, day, 0.0), Counts(0.0, 0.0, 0.0, 0.0, 0.0)
        gesture = self.with_gesture(day, nothing)
        return self.ends(who, day, window, gesture, uses=True) - self.ends(
            who, day, window, nothing, uses=False
        )

    def worth_of_output(self, who: "Employee") -> float:
        """Worth of one more half-day of output in view, as it looks on Monday."""
        if self.per_output == 0.0:
            return 0.0
        nothing = Counts(0.0, 0.0, 0.0, 0.0, 0.0)
        window = self.look(who, HalfDay(0, (), nothing, 0.0), 0.0)
        expected = self.in_hand + window.rest + who.paces[self]
        more, less = (
            self.worth(who, expected + step, window.sigma)
            for step in (window.sigma, -window.sigma)
        )
        slope = window.discount * (more - less) / (2.0 * window.sigma)
        return slope * self.per_output

    def worth(self, who: "Employee", score: float, sigma: float) -> float:
        """Worth of an expected score, settled now [half-days]."""
        raise NotImplementedError

    def standing(self, who: "Employee", score: float, sigma: float) -> float:
        """Expected standing: share of the others below, over an uncertain score."""
        rate = score / self.half_days
        spread = SQRT_3 * sigma / self.half_days
        return (
            self.share_below(who, rate - spread)
            + 4.0 * self.share_below(who, rate)
            + self.share_below(who, rate + spread)
        ) / 6.0

    def share_below(self, who: "Employee", rate: float) -> float:
        """Share of the others below a rate, linear between the nodes of the grid."""
        place = self.place(rate)
        cell = min(int(place), CELLS - 1)
        own_cell, own_low, own_high = who.entries[self]
        low, high = self.table[cell], self.table[cell + 1]
        if cell > own_cell + 1:
            low, high = low - 1.0, high - 1.0
        elif cell >= own_cell - 1:
            edges = (0.0, own_low, own_high, 1.0)
            low -= edges[cell - own_cell + 1]
            high -= edges[cell - own_cell + 2]
        return (low + (place - cell) * (high - low)) / self.others

    def place(self, rate: float) -> float:
        """Where a rate lies on the grid; the reference is in its middle."""
        return CELLS * rate / (rate + self.reference) if rate > 0.0 else 0.0

    def rank(self, model: "Organisation") -> None:
        """Publish how the latest rates are distributed; the own entry is left out."""
        nodes = [0.0] * (CELLS + 2)
        for who in model.agents:
            place = self.place(who.rates[self])
            cell = min(int(place), CELLS - 1)
            part = place - cell
            # By linear interpolation the entry counts one half at its own place.
            low = (0.5 - part) / (1.0 - part) if part < 0.5 else 0.0
            high = 1.0 if part < 0.5 else 0.5 / part
            nodes[cell] += low
            nodes[cell + 1] += high - low
            nodes[cell + 2] += 1.0 - high
            who.entries[self] = cell, low, high
        self.table = list(accumulate(nodes))
        self.others = max(len(model.agents) - 1, 1)

    def open(self, model: "Organisation") -> None:
        """Open the first window; its table is that of the paces."""
        for who in model.agents:
            who.so_far[self] = 0.0
            who.rates[self] = self.score(who.pace)
        self.rank(model)

    def close_week(self, model: "Organisation") -> None:
        """Count a week, and settle the window if it ends."""
        for who in model.agents:
            who.so_far[self] += self.score(who.week)
        self.elapsed += 1
        if self.elapsed == self.weeks:
            self.elapsed = 0
            for who in model.agents:
                who.rates[self] = who.so_far[self] / self.half_days
                who.so_far[self] = 0.0
            self.rank(model)


class Bonus(Part):
    """Piece rate."""

    def worth(self, who: "Employee", score: float, sigma: float) -> float:
        """Payment for the score."""
        return self.part.rate * score


class UsageReview(Part):
    """Review by standing in usage."""

    def worth(self, who: "Employee", score: float, sigma: float) -> float:
        """Stake on usage, formal or suspected."""
        stake = who.ambition * self.part.stake * self.half_days
        return stake * who.usage_weight * self.standing(who, score, sigma)


class OutputReview(Part):
    """Review by standing in observed output."""

    def worth(self, who: "Employee", score: float, sigma: float) -> float:
        """Stake that is left on output."""
        stake = who.ambition * self.part.stake * self.half_days
        weight = 1.0 - self.part.shift * who.usage_weight
        return stake * weight * self.standing(who, score, sigma)


class Leaderboard(Part):
    """Full ranking of everybody."""

    def worth(self, who: "Employee", score: float, sigma: float) -> float:
        """Status of the rank; its ends matter most."""
        standing = self.standing(who, score, sigma)
        ends = 0.5 + 0.5 * (2.0 * standing - 1.0) ** 3
        curvature = self.part.curvature
        value = (1.0 - curvature) * standing + curvature * ends
        return who.status * self.part.status * self.half_days * value


class TopBoard(Part):
    """List of the first few."""

    threshold = True

    def open(self, model: "Organisation") -> None:
        """Take the first cut for all of the last four."""
        super().open(model)
        self.cuts = [self.latest_cut(model)] * 4
        self.cut, self.cut_sd = self.cuts[0], 0.0

    def close_week(self, model: "Organisation") -> None:
        """Add the latest cut."""
        super().close_week(model)
        if self.elapsed == 0:
            self.cuts = [*self.cuts[1:], self.latest_cut(model)]
            self.cut, self.cut_sd = fmean(self.cuts), pstdev(self.cuts)

    def latest_cut(self, model: "Organisation") -> float:
        """Score of the last place listed, between two places by interpolation."""
        rates = sorted((who.rates[self] for who in model.agents), reverse=True)
        listed = min(max(1.0, self.part.share * len(rates)), len(rates))
        place = int(listed)
        cut = rates[place - 1]
        if place < len(rates):
            cut += (listed - place) * (rates[place] - cut)
        return cut * self.half_days

    def worth(self, who: "Employee", score: float, sigma: float) -> float:
        """Prize times the chance to be listed."""
        chance = normal_cdf((score - self.cut) / math.hypot(sigma, self.cut_sd))
        return who.status * self.part.prize * self.half_days * chance


class Quota(Part):
    """Least score of a window."""

    threshold = True

    def worth(self, who: "Employee", score: float, sigma: float) -> float:
        """Penalty times the chance to escape it."""
        shame = who.status * self.part.shame if self.part.visible else 0.0
        stake = who.ambition * (self.part.penalty + shame) * self.half_days
        amount = self.part.amount / REFERENCE_TOKENS
        if self.in_hand >= amount:
            return stake
        return stake * normal_cdf((score - amount) / sigma)


class Participation(Part):
    """Target for the share of people who are active in a week."""

    def open(self, model: "Organisation") -> None:
        """Start from what people usually do."""
        super().open(model)
        for team in model.teams:
            team.share = fmean(HALF_DAYS * who.pace.active for who in team.members)
            team.pressed = self.pressure(team.share)

    def close_week(self, model: "Organisation") -> None:
        """Smooth the share of active people of each team."""
        super().close_week(model)
        for team in model.teams:
            latest = fmean(who.week.active for who in team.members)
            team.share += self.part.smoothing * (latest - team.share)
            team.pressed = self.pressure(team.share)

    def pressure(self, share: float) -> float:
        """How far a team feels short of the target."""
        return normal_cdf((self.part.target - share) / self.part.softness)

    def worths(self, who: "Employee", day: HalfDay) -> list[float]:
        """Pressure times the chance to be active by Friday."""
        stake = self.stake(who)
        by_hand = stake * who.active_by_friday(day)
        if self.counts_activity():
            by_hand += self.hope_of_gesture(who, day, stake - by_hand)
        return [by_hand, stake, stake, stake]

    def worth_of_gesture(self, who: "Employee", day: HalfDay) -> float:
        """All that is at stake, at the end of Friday."""
        return self.stake(who) * (1.0 - who.active_by_friday(day))

    def stake(self, who: "Employee") -> float:
        """What somebody risks who is not active."""
        return who.ambition * self.part.penalty * HALF_DAYS * who.team.pressed


class Audit(Part):
    """Random audit of what the tokens were for."""

    def worths(self, who: "Employee", day: HalfDay) -> list[float]:
        """Expected sanction."""
        stake = self.part.probability * self.part.sanction * who.ambition
        wrongly, rightly = self.part.false_positive, self.part.sensitivity
        return [0.0, -stake * wrongly, -stake * wrongly, -stake * rightly]

    def finds(self, who: "Employee", activity: int) -> bool:
        """Whether a half-day is looked at and called padding."""
        wrongly, rightly = self.part.false_positive, self.part.sensitivity
        found = (0.0, wrongly, wrongly, rightly)[activity]
        return who.random.random() < self.part.probability * found


class Budget(Part):
    """Tokens are charged to their user."""

    def worths(self, who: "Employee", day: HalfDay) -> list[float]:
        """Price of the tokens, as far as it is felt."""
        value = self.scenario.organisation.half_day_value
        felt = self.part.chargeback * self.scenario.technology.price / value
        return [-felt * (option.genuine + option.padded) for option in day.options]


PARTS: dict[str, type[Part]] = {
    "bonus": Bonus,
    "review": UsageReview,
    "leaderboard": Leaderboard,
    "top_board": TopBoard,
    "quota": Quota,
    "participation": Participation,
    "audit": Audit,
    "budget": Budget,
}
NAMED = {
    Counted.TOKENS: Measure(tokens=1.0),
    Counted.SPEND: Measure(tokens=1.0),
    Counted.ACTIVE: Measure(tokens=0.0, active=1.0),
    Counted.OUTPUT: Measure(tokens=0.0, output=1.0),
    Counted.DAYS: Measure(tokens=0.0, days=1.0),
}


class Team:
    """People who work side by side."""

    def __init__(self) -> None:
        self.members: list[Employee] = []
        self.share = 0.0  # of active people, smoothed
        self.pressed = 0.0  # by the participation target, 0 to 1


class Employee(mesa.Agent):
    """Somebody who chooses what to do with each half-day."""

    def __init__(self, model: "Organisation", team: Team) -> None:
        super().__init__(model)
        people, technology = model.world.people, model.world.technology
        gauss, gamma = self.random.gauss, self.random.gammavariate
        beta = self.random.betavariate
        self.team = team
        team.members.append(self)

        # Traits
        skill, sd = gauss(0.0, 1.0), people.skill_sd
        self.productivity = math.exp(sd * skill - 0.5 * sd * sd)
        self.gain = technology.gain * math.exp(-technology.skill_gradient * skill)
        self.ambition = gamma(people.ambition_cv**-2, people.ambition_cv**2)
        self.status = gamma(people.status_cv**-2, people.status_cv**2)
        self.conscience = people.conscience_floor + gamma(
            people.conscience_shape, people.conscience_scale
        )
        self.never_gamer = self.random.random() < people.never_gamers
        chores = (TRIVIAL,) if technology.chore_worth > 0.0 else ()
        pads = () if self.never_gamer else (PADDING,)
        self.willing: tuple[int, ...] = (MANUAL, GENUINE, *chores, *pads)
        self.suspicious = self.random.random() < people.suspicious
        self.reluctance = gauss(people.reluctance_mean, people.reluctance_sd)
        self.ceiling = beta(people.ceiling_a, people.ceiling_b)
        self.intensity = people.intensity * math.exp(gauss(0.0, people.intensity_sd))
        self.padding_intensity = people.padding_intensity * math.exp(
            gauss(0.0, people.padding_sd)
        )

        # State
        self.proficiency = self.ceiling * beta(people.start_a, people.start_b)
        self.belief = gauss(people.belief_mean, people.belief_sd)
        self.savvy = beta(people.savvy_a, people.savvy_b)
        self.norm = self.backlog = self.rework = self.spill = 0.0
        self.exhaustion = self.strain = 0.0
        self.found = 0  # half-days that audits called padding
        in_view = people.effort > 0.0 or technology.dressing_most > 0.0
        self.pace = Counts(0.0, 0.0, 0.0, self.productivity if in_view else 0.0, 0.0)
        self.so_far: dict[Part, float] = {}
        self.rates: dict[Part, float] = {}
        self.entries: dict[Part, tuple[int, float, float]] = {}

    def meet(self) -> None:
        """Get to know the mates and some peers outside the team."""
        self.mates = [mate for mate in self.team.members if mate is not self]
        everybody = self.model.agents
        self.peers: list[Employee] = []
        if len(self.team.members) < len(everybody):
            while len(self.peers) < self.model.world.peers.outside:
                peer = self.random.choice(everybody)
                if peer.team is not self.team:
                    self.peers.append(peer)

    def live(self) -> None:
        """Choose and work ten half-days."""
        scenario, parts, audit = self.model.world, self.model.parts, self.model.audit
        people, technology = scenario.people, scenario.technology
        peers, random = scenario.peers, self.random
        keep = 1.0 - self.rework - self.strain
        savvy = self.savvy
        lost = technology.padding_time * (1.0 - technology.automation * savvy)
        kappa = self.intensity
        kappa_trivial = technology.trivial_intensity * kappa
        kappa_pad = self.padding_intensity * (1.0 + technology.scripting * savvy)
        value = people.own_value * (1.0 + people.urgency * self.backlog)
        cost = self.conscience * (1.0 - peers.norm_relief * self.norm)
        cost -= peers.norm_pull * self.norm
        suspected = people.suspected_weight * self.model.suspicion
        self.usage_weight = self.model.review_weight
        if self.suspicious:
            self.usage_weight = max(self.usage_weight, suspected)
        self.paces = {part: part.score(self.pace) for part in parts}
        self.set_margins(value)
        theta = self.productivity * (1.0 + self.spill) * self.effort
        dressing_time = technology.dressing_time * self.dressed
        in_view = self.dressed - keep * dressing_time
        prompting = technology.gesture_minutes / MINUTES * theta
        most = self.proficiency * self.gain
        chore_left = technology.chore_worth  # worth of the next chore
        suits = technology.chore_suitability
        chore_gain = most * suits - technology.loss * (1.0 - suits)

        half_days = [0, 0, 0, 0]
        honest_tokens = padded_tokens = active = today = done = came = 0.0
        trivial_tokens = gained = misused = by_chores = padded = botched = 0.0
        days = gestures = 0
        for number in range(HALF_DAYS):
            today *= number % 2
            sd = technology.task_sd
            task = random.lognormvariate(-0.5 * sd * sd, sd) if sd > 0.0 else 1.0
            chore = min(chore_left, task)
            came += task
            x = random.random()
            judged = x + random.gauss(0.0, people.judgement_noise)
            gain = most * x - technology.loss * (1.0 - x)
            hoped = most * judged - technology.loss * (1.0 - judged) + self.belief

            by_hand = keep * theta * task
            own = (
                by_hand,
                by_hand * (1.0 + hoped),
                keep * theta * chore * (1.0 + chore_gain + self.belief),
                by_hand * (1.0 - lost),
            )
            tokens = ((0.0, 0.0), (kappa, 0.0), (kappa_trivial, 0.0), (0.0, kappa_pad))
            day = HalfDay(
                number,
                tuple(
                    Counts(
                        tokens[a][0],
                        tokens[a][1],
                        (1.0 - active) * (a != MANUAL),
                        own[a] + in_view,
                        (1.0 - today) * (a != MANUAL),
                    )
                    for a in ACTIVITIES
                ),
                Counts(
                    honest_tokens,
                    padded_tokens,
                    active,
                    done + number * self.dressed,
                    days + gestures,
                ),
                today,
            )
            payoffs = [
                value * own[MANUAL],
                value * own[GENUINE] - self.reluctance,
                value * own[TRIVIAL] - self.reluctance,
                value * own[PADDING] - cost,
            ]
            for part in parts:
                for activity, worth in enumerate(part.worths(self, day)):
                    payoffs[activity] += worth
            activity = self.choose(payoffs, people.choice_noise)

            half_days[activity] += 1
            done -= keep * dressing_time
            if activity == MANUAL:
                done += by_hand
            else:
                days += today == 0.0
                active = today = 1.0
                sd = technology.token_noise
                luck = random.lognormvariate(-0.5 * sd * sd, sd)
                if audit and audit.finds(self, activity):
                    self.found += 1
            if activity == GENUINE:
                honest_tokens += kappa * luck
                done += by_hand * (1.0 + gain)
                if gain < 0.0:
                    botched += task
                    misused += theta * task * gain
                else:
                    gained += theta * task * gain
            elif activity == TRIVIAL:
                honest_tokens += kappa_trivial * luck
                trivial_tokens += kappa_trivial * luck
                yielded = chore * (1.0 + chore_gain)
                done += keep * theta * yielded
                by_chores += theta * (yielded - task)
                chore_left *= technology.chore_decay
            elif activity == PADDING:
                padded_tokens += kappa_pad * luck
                done += by_hand * (1.0 - lost)
                padded -= theta * task * lost
            if number % 2 and not today:
                in_sight = done + (number + 1) * self.dressed
                so_far = Counts(
                    honest_tokens, padded_tokens, active, in_sight, days + gestures
                )
                if self.makes_gesture(HalfDay(number, (), so_far, today)):
                    gestures += 1
                    active = today = 1.0
                    done -= keep * prompting

        self.genuine, self.trivial = half_days[GENUINE], half_days[TRIVIAL]
        self.padding, self.gestures = half_days[PADDING], gestures
        self.botched, self.tasks = botched, came
        self.dressing = HALF_DAYS * self.dressed
        self.trivial_tokens = trivial_tokens
        wasted = HALF_DAYS * dressing_time + gestures * prompting
        self.output = came * theta + gained + misused + by_chores + padded - wasted
        self.output *= keep
        sd = technology.observation_noise
        observed = self.output * random.lognormvariate(-0.5 * sd * sd, sd)
        observed += self.dressing
        self.week = Counts(
            honest_tokens, padded_tokens, active, observed, days + gestures
        )
        # A gesture is no habit.
        self.usual = self.week._replace(active=float(days > 0), days=days)
        self.on_show = savvy * self.padding / 10.0

    def set_margins(self, value: float) -> None:
        """On Monday, set effort and dressing up for the week."""
        people, technology = self.model.world.people, self.model.world.technology
        self.effort, self.dressed = 1.0, 0.0
        margins = people.effort > 0.0 or technology.dressing_most > 0.0
        if not (margins or technology.gesture_minutes > 0.0):
            return
        seen = sum(part.worth_of_output(self) for part in self.model.parts)
        real = value + seen  # worth of a half-day that is really done
        if people.effort > 0.0:
            asked = max(real, LEAST_WORTH) / people.effort_reference
            self.effort = min(max(asked**people.effort, LEAST_EFFORT), MOST_EFFORT)
        scruple = people.dressing_scruple * self.conscience
        worthwhile = seen - technology.dressing_time * real - scruple
        if not self.never_gamer:
            delta = max(worthwhile / technology.dressing_hardness, 0.0)
            self.dressed = min(delta, technology.dressing_most)
        theta = self.productivity * (1.0 + self.spill) * self.effort
        self.prompt_cost = technology.gesture_minutes / MINUTES * real * theta
        self.prompt_cost += people.gesture_scruple * self.conscience

    def active_by_friday(self, day: HalfDay) -> float:
        """Chance to count as active this week without a gesture."""
        if day.done.active > 0.0:
            return 1.0
        return min(1.0, (9 - day.number) * self.pace.active)

    def makes_gesture(self, day: HalfDay) -> bool:
        """Whether they make a gesture at the end of a day; weeks count on Friday."""
        pays = sum(
            part.worth_of_gesture(self, day)
            for part in self.model.parts
            if part.counts_activity() and (part.per_day > 0.0 or day.number == 9)
        )
        if pays <= 0.0:
            return False
        tau = self.model.world.people.gesture_noise
        ahead = min(max((pays - self.prompt_cost) / tau, -700.0), 700.0)
        return self.random.random() < 1.0 / (1.0 + math.exp(-ahead))

    def choose(self, payoffs: list[float], noise: float) -> int:
        """Logit choice between the activities."""
        best = max(payoffs[activity] for activity in self.willing)
        weights = [math.exp((payoffs[a] - best) / noise) for a in self.willing]
        mark = self.random.random() * sum(weights)
        for activity, reached in zip(self.willing, accumulate(weights), strict=True):
            if mark < reached:
                return activity
        return self.willing[-1]

    def adapt(self) -> None:
        """Change by what oneself and others did in the week."""
        scenario = self.model.world
        people, peers = scenario.people, scenario.peers
        padding = botched = dressing = on_show = others_output = 0.0
        mates = len(self.mates)
        for mate in self.mates:
            padding += mate.padding / 10.0 / mates
            botched += mate.botched / 10.0 / mates
            dressing += mate.dressing / 10.0 / mates
            on_show += mate.on_show / mates
            others_output += mate.output / (mate.tasks * mate.productivity) / mates

        seen, seen_on_show = padding, on_show
        if self.peers:
            near = peers.team_weight if mates else 0.0
            far_padding = fmean(peer.padding for peer in self.peers) / 10.0
            far_on_show = fmean(peer.on_show for peer in self.peers)
            seen = near * padding + (1.0 - near) * far_padding
            seen_on_show = near * on_show + (1.0 - near) * far_on_show

        use = self.genuine + scenario.technology.trivial_teaching * self.trivial
        use /= 10.0
        self.proficiency += (
            people.learning * use * (self.ceiling - self.proficiency)
            - people.forgetting * (1.0 - use) * self.proficiency
        )
        self.belief += people.belief_rate * use * (people.lasting_belief - self.belief)
        learnt = people.savvy_own * self.padding / 10.0
        learnt += people.savvy_contact * seen_on_show
        self.savvy += learnt * (1.0 - self.savvy) - people.savvy_decay * self.savvy
        self.savvy = min(self.savvy, 1.0)
        self.norm += peers.norm_memory * (seen - self.norm)

        organisation = scenario.organisation
        backlog = (1.0 - organisation.backlog_leak) * self.backlog
        backlog += organisation.demand - self.output / (self.tasks * self.productivity)
        self.backlog = min(max(backlog, 0.0), MAX_BACKLOG)
        load = people.exhaustion_backlog * self.backlog
        load += people.exhaustion_effort * max(self.effort - 1.0, 0.0)
        self.exhaustion *= 1.0 - people.recovery
        self.exhaustion += people.recovery * min(load, 1.0)
        strain = people.exhaustion_loss * self.exhaustion
        rework = peers.rework_misuse * botched + peers.rework_dressing * dressing
        rework += peers.rework_padding * padding
        scale = MAX_LOSS / max(rework + strain, MAX_LOSS)
        self.rework, self.strain = rework * scale, strain * scale
        if mates:
            self.spill = peers.productivity * (others_output - 1.0)

        memory = max(people.pace_memory, 1.0 / self.model.steps)
        self.pace = Counts(
            *(
                pace + memory * (latest / 10.0 - pace)
                for pace, latest in zip(self.pace, self.usual, strict=True)
            )
        )


class Organisation(mesa.Model):
    """An organisation under a scheme; a step is a week. Warmed up when made."""

    def __init__(self, scenario: Scenario, seed: int | None = None) -> None:
        super().__init__(seed=seed)
        self.world = scenario  # Mesa 3.5 keeps the name scenario to itself
        size = scenario.organisation
        count = math.ceil(size.employees / size.team_size)
        self.teams = [Team() for _ in range(count)]
        for i in range(size.employees):
            Employee(self, self.teams[i // size.team_size])
        self.agents.do("meet")
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "genuine_tokens": lambda m: m.mean(
                    lambda e: e.week.genuine - e.trivial_tokens
                ),
                "trivial_tokens": lambda m: m.mean(lambda e: e.trivial_tokens),
                "padded_tokens": lambda m: m.mean(lambda e: e.week.padded),
                "genuine_share": lambda m: m.mean(lambda e: e.genuine) / HALF_DAYS,
                "trivial_share": lambda m: m.mean(lambda e: e.trivial) / HALF_DAYS,
                "padding_share": lambda m: m.mean(lambda e: e.padding) / HALF_DAYS,
                "active_share": lambda m: m.mean(lambda e: e.week.active),
                "gesture_share": lambda m: m.mean(lambda e: e.gestures > 0),
                "effort": lambda m: m.mean(lambda e: e.effort),
                "dressing": lambda m: m.mean(lambda e: e.dressing),
                "output": lambda m: m.mean(lambda e: e.output),
            }
        )
        self.suspicion = 0.0
        self.adopt(Scheme())
        for _ in range(WARM_UP):
            self.step()
        self.suspicion = float(scenario.review.visible)
        self.adopt(scenario)
        self.datacollector.model_vars = {
            name: [] for name in self.datacollector.model_reporters
        }

    def adopt(self, scheme: Scheme) -> None:
        """Put a scheme in force, and open all windows."""
        review = scheme.review
        self.review_weight = review.weight
        self.hides_usage = not review.visible
        self.parts: list[Part] = []
        for name, incentive in scheme.incentives.items():
            unseen = name == "review" and not (review.weight or self.suspicion)
            if incentive.has_weight() and not unseen:
                counted = incentive.counts()
                measure = NAMED.get(counted, scheme.measure)
                self.parts.append(PARTS[name](incentive, measure, self.world))
        if review.has_weight():
            measure = NAMED[Counted.OUTPUT]
            self.parts.append(OutputReview(review, measure, self.world))
        self.audit = next((part for part in self.parts if type(part) is Audit), None)
        for part in self.parts:
            part.open(self)

    def step(self) -> None:
        """Let a week pass: everybody lives, then changes, then the week is closed."""
        self.agents.do("live")
        self.agents.do("adapt")
        for part in self.parts:
            part.close_week(self)
        if self.hides_usage:
            self.suspicion *= 1.0 - self.world.people.suspicion_fading
            if self.suspicion < FORGOTTEN:
                self.suspicion = 0.0
        self.datacollector.collect(self)

    def mean(self, of: Callable[[Employee], float]) -> float:
        """Mean over employees."""
        return fmean(map(of, self.agents))
