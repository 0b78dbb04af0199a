"""The same rules as a Mesa model with an object for each employee.

This is how the model would look without an engine: agents with plain Python floats,
``random`` for luck, a list for a table of standings. It exists to be timed against the
engine, and knows the incentives of ``voluntary`` and ``everything_at_once``; what these
leave out (guidance, team boards, caps, audits of top spenders, the ratchet, timelines)
is left out here, and so is technology that changes. The rules themselves are explained
in ``model/``.
"""

import math
from collections.abc import Callable
from itertools import accumulate
from statistics import fmean, pstdev
from typing import Any, NamedTuple

import mesa

from model.incentive import Counted, Incentive
from model.scenario import Measure, Scenario, Scheme

MANUAL, GENUINE, PADDING = range(3)
SQRT_2, SQRT_3 = math.sqrt(2.0), math.sqrt(3.0)
HALF_DAYS = 10
WARM_UP = 12  # weeks of voluntary use before the first reported one
REFERENCE_TOKENS, REFERENCE_OUTPUT = 32.0, 10.0  # of a week; 1 for active weeks
CELLS = 256  # of the grid on which a table counts the people below
FORGOTTEN = 0.01  # suspicion below which nobody thinks of it
MAX_BACKLOG, MAX_LOSS = 3.0, 0.5


def normal_cdf(x: float) -> float:
    """Probability that a standard normal draw is below x."""
    return 0.5 * (1.0 + math.erf(x / SQRT_2))


class Counts(NamedTuple):
    """Tokens [M], active weeks and observed output [half-days]."""

    genuine: float
    padded: float
    active: float
    output: float


class HalfDay(NamedTuple):
    """What an employee weighs before a half-day."""

    number: int  # 0 to 9
    options: tuple[Counts, Counts, Counts]  # expected counts of each activity
    done: Counts  # counts of the week so far


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
        self.reference = (measure.tokens + measure.active + measure.output) / 10.0
        self.elapsed = 0
        self.in_hand = 0.0  # score so far of whoever is weighing the activities

    def score(self, counts: Counts) -> float:
        """Score of some counts [reference weeks]."""
        return (
            self.per_genuine * counts.genuine
            + self.per_padded * counts.padded
            + self.per_active * counts.active
            + self.per_output * counts.output
        )

    def worths(self, who: "Employee", day: HalfDay) -> list[float]:
        """Worth of each activity, from how the window is expected to end."""
        people = self.scenario.people
        increments = [self.score(option) for option in day.options]
        pace, room = who.paces[self], 0.0
        if self.threshold:
            # Tokens and output can be crammed; active weeks come no faster than usual.
            usual = self.per_active * who.pace.active
            crammed = [
                increment - self.per_active * option.active + usual
                for option, increment in zip(day.options, increments, strict=True)
            ]
            best = max(crammed[:PADDING] if who.never_gamer else crammed)
            room = max(best - pace, 0.0)
        pace += people.cramming * room
        left = HALF_DAYS * (self.weeks - self.elapsed) - day.number
        luck = people.uncertainty * math.sqrt(left) * max(pace, 0.1 * self.reference)
        sigma = math.hypot(luck, people.cramming * (left - 1) * room)
        last_week = self.elapsed == self.weeks - 1
        discount = 1.0 if last_week else people.patience
        self.in_hand = who.so_far[self] + self.score(day.done)
        before = self.in_hand + (left - 1) * pace
        # Once active, the rest of the week adds no further active week.
        stops = (9 - day.number) * self.per_active * who.pace.active
        worths = []
        for option, increment in zip(day.options, increments, strict=True):
            score = before + increment - (day.done.active + option.active) * stops
            worths.append(discount * self.worth(who, score, sigma))
        return worths

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
        stake = who.ambition * self.part.penalty * HALF_DAYS * who.team.pressed
        by_friday = 1.0
        if day.done.active == 0.0:
            by_friday = min(1.0, (9 - day.number) * who.pace.active)
        return [stake * by_friday, stake, stake]


class Audit(Part):
    """Random audit of what the tokens were for."""

    def worths(self, who: "Employee", day: HalfDay) -> list[float]:
        """Expected sanction."""
        stake = self.part.probability * self.part.sanction * who.ambition
        return [0.0, -stake * self.part.false_positive, -stake * self.part.sensitivity]

    def finds(self, who: "Employee", activity: int) -> bool:
        """Whether a half-day is looked at and called padding."""
        found = (0.0, self.part.false_positive, self.part.sensitivity)[activity]
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
        self.norm = self.backlog = self.strain = self.rework = self.spill = 0.0
        self.found = 0  # half-days that audits called padding
        self.pace = Counts(0.0, 0.0, 0.0, 0.0)
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
        theta = self.productivity * (1.0 + self.spill)
        keep = 1.0 - self.rework - self.strain
        by_hand = keep * theta
        savvy = self.savvy
        lost = technology.padding_time * (1.0 - technology.automation * savvy)
        looks_done = theta * technology.fake_output
        looks_done *= 1.0 + technology.fake_savvy * savvy
        kappa = self.intensity
        kappa_pad = self.padding_intensity * (1.0 + technology.scripting * savvy)
        value = people.own_value * (1.0 + people.urgency * self.backlog)
        cost = self.conscience * (1.0 - peers.norm_relief * self.norm)
        cost -= peers.norm_pull * self.norm
        suspected = people.suspected_weight * self.model.suspicion
        self.usage_weight = self.model.review_weight
        if self.suspicious:
            self.usage_weight = max(self.usage_weight, suspected)
        self.paces = {part: part.score(self.pace) for part in parts}

        half_days = [0, 0, 0]
        genuine_tokens = padded_tokens = active = done = fake = 0.0
        gained = misused = padded = 0.0
        misuse = 0
        for number in range(HALF_DAYS):
            x = random.random()
            judged = x + random.gauss(0.0, people.judgement_noise)
            most = self.proficiency * self.gain
            gain = most * x - technology.loss * (1.0 - x)
            hoped = most * judged - technology.loss * (1.0 - judged) + self.belief

            own = (by_hand, by_hand * (1.0 + hoped), by_hand * (1.0 - lost))
            day = HalfDay(
                number,
                (
                    Counts(0.0, 0.0, 0.0, own[MANUAL]),
                    Counts(kappa, 0.0, 1.0 - active, own[GENUINE]),
                    Counts(0.0, kappa_pad, 1.0 - active, own[PADDING] + looks_done),
                ),
                Counts(genuine_tokens, padded_tokens, active, done + fake),
            )
            payoffs = [
                value * own[MANUAL],
                value * own[GENUINE] - self.reluctance,
                value * own[PADDING] - cost,
            ]
            for part in parts:
                for activity, worth in enumerate(part.worths(self, day)):
                    payoffs[activity] += worth
            activity = self.choose(payoffs, people.choice_noise)

            half_days[activity] += 1
            if activity == MANUAL:
                done += by_hand
                continue
            active = 1.0
            sd = technology.token_noise
            luck = random.lognormvariate(-0.5 * sd * sd, sd)
            if activity == GENUINE:
                genuine_tokens += kappa * luck
                done += by_hand * (1.0 + gain)
                if gain < 0.0:
                    misuse += 1
                    misused += theta * gain
                else:
                    gained += theta * gain
            else:
                padded_tokens += kappa_pad * luck
                done += by_hand * (1.0 - lost)
                padded -= theta * lost
                fake += looks_done
            if audit and audit.finds(self, activity):
                self.found += 1

        self.genuine, self.padding = half_days[GENUINE], half_days[PADDING]
        self.misuse = misuse
        self.output = (10.0 * theta + gained + misused + padded) * keep
        self.fake = fake
        sd = technology.observation_noise
        observed = self.output * random.lognormvariate(-0.5 * sd * sd, sd) + fake
        self.week = Counts(genuine_tokens, padded_tokens, active, observed)
        self.on_show = savvy * self.padding / 10.0

    def choose(self, payoffs: list[float], noise: float) -> int:
        """Logit choice between the activities."""
        best = max(payoffs[:PADDING] if self.never_gamer else payoffs)
        manual = math.exp((payoffs[MANUAL] - best) / noise)
        genuine = math.exp((payoffs[GENUINE] - best) / noise)
        padding = 0.0
        if not self.never_gamer:
            padding = math.exp((payoffs[PADDING] - best) / noise)
        mark = self.random.random() * (manual + genuine + padding)
        if mark < manual:
            return MANUAL
        return GENUINE if mark < manual + genuine else PADDING

    def adapt(self) -> None:
        """Change by what oneself and others did in the week."""
        scenario = self.model.world
        people, peers = scenario.people, scenario.peers
        padding = misuse = fake = on_show = others_output = 0.0
        mates = len(self.mates)
        for mate in self.mates:
            padding += mate.padding / 10.0 / mates
            misuse += mate.misuse / 10.0 / mates
            fake += mate.fake / 10.0 / mates
            on_show += mate.on_show / mates
            others_output += mate.output / (10.0 * mate.productivity) / mates

        seen, seen_on_show = padding, on_show
        if self.peers:
            near = peers.team_weight if mates else 0.0
            far_padding = fmean(peer.padding for peer in self.peers) / 10.0
            far_on_show = fmean(peer.on_show for peer in self.peers)
            seen = near * padding + (1.0 - near) * far_padding
            seen_on_show = near * on_show + (1.0 - near) * far_on_show

        use = self.genuine / 10.0
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
        backlog += organisation.demand - self.output / (10.0 * self.productivity)
        self.backlog = min(max(backlog, 0.0), MAX_BACKLOG)
        strain = min(people.strain_backlog * self.backlog, people.strain_max)
        rework = peers.rework_misuse * misuse + peers.rework_fake * fake
        rework += peers.rework_padding * padding
        scale = MAX_LOSS / max(rework + strain, MAX_LOSS)
        self.rework, self.strain = rework * scale, strain * scale
        if mates:
            self.spill = peers.productivity * (others_output - 1.0)

        memory = max(people.pace_memory, 1.0 / self.model.steps)
        self.pace = Counts(
            *(
                pace + memory * (latest / 10.0 - pace)
                for pace, latest in zip(self.pace, self.week, strict=True)
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
                "genuine_tokens": lambda m: m.mean(lambda e: e.week.genuine),
                "padded_tokens": lambda m: m.mean(lambda e: e.week.padded),
                "genuine_share": lambda m: m.mean(lambda e: e.genuine) / HALF_DAYS,
                "padding_share": lambda m: m.mean(lambda e: e.padding) / HALF_DAYS,
                "active_share": lambda m: m.mean(lambda e: e.week.active),
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
