"""One employee as a plain Python object, for frameworks that keep objects."""

import math
from random import Random

from benchmarks.reduced.rules import (
    FLOOR,
    GENUINE,
    HALF_DAYS,
    MANUAL,
    PADDING,
    REFERENCE_TOKENS,
    Rules,
)

SQRT_2 = math.sqrt(2.0)


class Person:
    """Somebody who chooses what to do with each half-day."""

    def hire(self, rules: Rules, random: Random, team: list["Person"]) -> None:
        """Draw the traits and the first state."""
        gauss, gamma, beta = random.gauss, random.gammavariate, random.betavariate
        self.rules, self.luck, self.team = rules, random, team
        team.append(self)
        skill, sd = gauss(0.0, 1.0), rules.skill_sd
        self.productivity = math.exp(sd * skill - 0.5 * sd * sd)
        self.gain = rules.gain * math.exp(-rules.skill_gradient * skill)
        ambition = gamma(rules.ambition_cv**-2, rules.ambition_cv**2)
        status = gamma(rules.status_cv**-2, rules.status_cv**2)
        fear = rules.penalty + status * rules.shame
        self.stake = ambition * fear * rules.weeks * HALF_DAYS
        self.conscience = rules.conscience_floor + gamma(
            rules.conscience_shape, rules.conscience_scale
        )
        self.never_gamer = random.random() < rules.never_gamers
        self.reluctance = gauss(rules.reluctance_mean, rules.reluctance_sd)
        self.belief = gauss(rules.belief_mean, rules.belief_sd)
        self.ceiling = beta(rules.ceiling_a, rules.ceiling_b)
        self.proficiency = self.ceiling * beta(rules.start_a, rules.start_b)
        savvy = beta(rules.savvy_a, rules.savvy_b)
        self.lost = rules.padding_time * (1.0 - rules.automation * savvy)
        self.intensity = rules.intensity * math.exp(gauss(0.0, rules.intensity_sd))
        self.padding_intensity = rules.padding_intensity * math.exp(
            gauss(0.0, rules.padding_sd)
        )
        self.padding_intensity *= 1.0 + rules.scripting * savvy
        self.norm = self.pace = self.so_far = 0.0

    def live(self, left: int) -> None:
        """Live ten half-days; so many are left of the window, 0 without a quota."""
        rules, luck = self.rules, self.luck
        theta, sd = self.productivity, rules.token_noise
        value = rules.own_value * theta
        most = self.proficiency * self.gain
        cost = self.conscience * (1.0 - rules.norm_relief * self.norm)
        cost -= rules.norm_pull * self.norm
        half_days = [0, 0, 0]
        tokens, output = 0.0, HALF_DAYS * theta
        for h in range(HALF_DAYS):
            x = luck.random()
            judged = x + rules.judgement_noise * luck.gauss(0.0, 1.0)
            hoped = most * judged - rules.loss * (1.0 - judged) + self.belief
            manual = value
            genuine = value * (1.0 + hoped) - self.reluctance
            padding = value * (1.0 - self.lost) - cost
            if left:
                worths = self.worths(tokens, left - h)
                manual += worths[MANUAL]
                genuine += worths[GENUINE]
                padding += worths[PADDING]
            activity = self.choose(manual, genuine, padding)
            half_days[activity] += 1
            if activity == GENUINE:
                tokens += self.intensity * luck.lognormvariate(-0.5 * sd * sd, sd)
                output += theta * (most * x - rules.loss * (1.0 - x))
            elif activity == PADDING:
                tokens += self.padding_intensity * luck.lognormvariate(
                    -0.5 * sd * sd, sd
                )
                output -= theta * self.lost
        self.manual, self.genuine, self.padding = half_days
        self.tokens, self.output = tokens, output
        self.active = self.manual < HALF_DAYS

    def worths(self, tokens: float, left: int) -> tuple[float, float, float]:
        """Worth of each activity under the quota, with tokens [M] used this week."""
        rules = self.rules
        amount = rules.amount / REFERENCE_TOKENS
        in_hand = self.so_far + tokens / REFERENCE_TOKENS
        if in_hand >= amount:
            return self.stake, self.stake, self.stake
        genuine = self.intensity / REFERENCE_TOKENS
        padding = self.padding_intensity / REFERENCE_TOKENS
        best = genuine if self.never_gamer else max(genuine, padding)
        room = max(best - self.pace, 0.0)
        pace = self.pace + rules.cramming * room
        sigma = math.hypot(
            rules.uncertainty * math.sqrt(left) * max(pace, FLOOR),
            rules.cramming * (left - 1) * room,
        )
        short = in_hand + (left - 1) * pace - amount
        half, spread = 0.5 * self.stake, sigma * SQRT_2
        return (
            half * (1.0 + math.erf(short / spread)),
            half * (1.0 + math.erf((short + genuine) / spread)),
            half * (1.0 + math.erf((short + padding) / spread)),
        )

    def choose(self, manual: float, genuine: float, padding: float) -> int:
        """Logit choice; never-gamers do not pad."""
        noise = self.rules.choice_noise
        best = max(manual, genuine)
        if not self.never_gamer:
            best = max(best, padding)
        by_hand = math.exp((manual - best) / noise)
        used = math.exp((genuine - best) / noise)
        padded = 0.0 if self.never_gamer else math.exp((padding - best) / noise)
        mark = self.luck.random() * (by_hand + used + padded)
        if mark < by_hand:
            return MANUAL
        return GENUINE if mark < by_hand + used else PADDING

    def adapt(self, week: int) -> None:
        """Change by what oneself and the mates did; weeks count from 1 at hire."""
        rules, mates = self.rules, len(self.team) - 1
        if mates:
            padded = sum(mate.padding for mate in self.team) - self.padding
            seen = padded / (HALF_DAYS * mates)
            self.norm += rules.norm_memory * (seen - self.norm)
        use = self.genuine / HALF_DAYS
        self.proficiency += rules.learning * use * (self.ceiling - self.proficiency)
        score = self.tokens / REFERENCE_TOKENS
        memory = max(rules.pace_memory, 1.0 / week)
        self.pace += memory * (score / HALF_DAYS - self.pace)
        self.so_far += score
