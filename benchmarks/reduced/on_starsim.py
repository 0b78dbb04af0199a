"""The reduced rules in Starsim: a module whose states are arrays; a step is a half-day.

Every random decision has a generator of its own, as Starsim asks for.
"""

import numpy as np
import starsim as ss
from scipy.special import ndtr

from benchmarks.reduced.rules import FLOOR, HALF_DAYS, REFERENCE_TOKENS, Means, Rules
from benchmarks.reduced.window import Window

HORIZON = 1_160
"""Steps that a simulation has room for; how many are taken is up to the caller."""


class Work(ss.Module):
    """Choosing and working, half-day by half-day."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self.rules, self.window = rules, Window(rules)
        sd = rules.token_noise
        self.task = ss.random()
        self.error = ss.normal()
        self.luck = ss.lognorm_im(mean=-0.5 * sd * sd, sigma=sd)
        self.mark = ss.random()
        r = rules
        self.define_states(
            ss.FloatArr("skill", default=ss.normal()),
            ss.FloatArr("ambition", default=gamma(r.ambition_cv)),
            ss.FloatArr("status", default=gamma(r.status_cv)),
            ss.FloatArr(
                "conscience",
                default=ss.gamma(a=r.conscience_shape, scale=r.conscience_scale),
            ),
            ss.BoolArr("never_gamer", default=ss.bernoulli(p=r.never_gamers)),
            ss.FloatArr(
                "reluctance", default=ss.normal(r.reluctance_mean, r.reluctance_sd)
            ),
            ss.FloatArr("belief", default=ss.normal(r.belief_mean, r.belief_sd)),
            ss.FloatArr("ceiling", default=ss.beta_dist(r.ceiling_a, r.ceiling_b)),
            ss.FloatArr("proficiency", default=ss.beta_dist(r.start_a, r.start_b)),
            ss.FloatArr("savvy", default=ss.beta_dist(r.savvy_a, r.savvy_b)),
            ss.FloatArr(
                "intensity", default=ss.lognorm_im(np.log(r.intensity), r.intensity_sd)
            ),
            ss.FloatArr(
                "padding_intensity",
                default=ss.lognorm_im(np.log(r.padding_intensity), r.padding_sd),
            ),
            ss.FloatArr("norm", default=0.0),
            ss.FloatArr("pace", default=0.0),
            ss.FloatArr("so_far", default=0.0),
            *(ss.FloatArr(name, default=0.0) for name in ("productivity", "gain")),
            *(ss.FloatArr(name, default=0.0) for name in ("lost", "stake", "cost")),
            *(ss.FloatArr(name, default=0.0) for name in ("genuine", "padding")),
            *(ss.FloatArr(name, default=0.0) for name in ("tokens", "output")),
        )
        self.half_day = 0
        self.latest: Means | None = None

    def init_post(self) -> None:
        """Derive what does not change from what was drawn."""
        super().init_post()
        rules, sd = self.rules, self.rules.skill_sd
        self.productivity[:] = np.exp(sd * self.skill - 0.5 * sd * sd)
        self.gain[:] = rules.gain * np.exp(-rules.skill_gradient * self.skill)
        self.conscience[:] = rules.conscience_floor + self.conscience
        self.proficiency[:] = self.ceiling * self.proficiency
        self.lost[:] = rules.padding_time * (1.0 - rules.automation * self.savvy)
        self.padding_intensity[:] *= 1.0 + rules.scripting * self.savvy
        fear = rules.penalty + self.status * rules.shame
        self.stake[:] = self.ambition * fear * rules.weeks * HALF_DAYS

    def step(self) -> None:
        """Let a half-day pass, and close the week after the tenth."""
        if self.half_day == 0:
            self.start()
        self.live(max(self.window.left - self.half_day, 0))
        self.half_day += 1
        if self.half_day == HALF_DAYS:
            self.half_day = 0
            self.window.week += 1
            self.adapt(self.window.week)

    def start(self) -> None:
        """Start a week, and the quota's window with nothing in hand."""
        self.genuine[:] = self.padding[:] = self.tokens[:] = 0.0
        self.output[:] = HALF_DAYS * self.productivity
        rules, norm = self.rules, self.norm.values
        dulled = self.conscience.values * (1.0 - rules.norm_relief * norm)
        self.cost[:] = dulled - rules.norm_pull * norm
        if self.window.opens():
            self.so_far[:] = 0.0

    def live(self, left: int) -> None:
        """Choose and work a half-day; so many are left of the window, 0: no quota."""
        rules, everybody = self.rules, self.sim.people.auids
        x, mark = self.task.rvs(everybody), self.mark.rvs(everybody)
        luck = self.luck.rvs(everybody)
        theta = self.productivity.values
        most = self.proficiency.values * self.gain.values
        judged = x + rules.judgement_noise * self.error.rvs(everybody)
        hoped = most * judged - rules.loss * (1.0 - judged) + self.belief.values
        by_hand = rules.own_value * theta
        used = by_hand * (1.0 + hoped) - self.reluctance.values
        padded = by_hand * (1.0 - self.lost.values) - self.cost.values
        if left:
            manual, genuine, padding = self.worths(left)
            by_hand, used, padded = by_hand + manual, used + genuine, padded + padding
        padded[self.never_gamer.values] = -np.inf
        best = np.maximum(np.maximum(by_hand, used), padded)
        by_hand = np.exp((by_hand - best) / rules.choice_noise)
        used = np.exp((used - best) / rules.choice_noise)
        padded = np.exp((padded - best) / rules.choice_noise)
        mark = mark * (by_hand + used + padded)
        pads = mark >= by_hand + used
        uses = (mark >= by_hand) & ~pads
        self.genuine[:] += uses
        self.padding[:] += pads
        gain = theta * (most * x - rules.loss * (1.0 - x))
        self.output[:] += uses * gain - pads * theta * self.lost.values
        per_luck = uses * self.intensity.values + pads * self.padding_intensity.values
        self.tokens[:] += per_luck * luck

    def worths(self, left: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Worth of each activity under the quota."""
        rules = self.rules
        amount = rules.amount / REFERENCE_TOKENS
        in_hand = self.so_far.values + self.tokens.values / REFERENCE_TOKENS
        genuine = self.intensity.values / REFERENCE_TOKENS
        padding = self.padding_intensity.values / REFERENCE_TOKENS
        best = np.where(self.never_gamer.values, genuine, np.maximum(genuine, padding))
        room = np.maximum(best - self.pace.values, 0.0)
        pace = self.pace.values + rules.cramming * room
        sigma = np.hypot(
            rules.uncertainty * np.sqrt(left) * np.maximum(pace, FLOOR),
            rules.cramming * (left - 1) * room,
        )
        short = in_hand + (left - 1) * pace - amount
        met, stake = in_hand >= amount, self.stake.values

        def worth(increment: np.ndarray | float) -> np.ndarray:
            return stake * np.where(met, 1.0, ndtr((short + increment) / sigma))

        return worth(0.0), worth(genuine), worth(padding)

    def adapt(self, week: int) -> None:
        """Change by what oneself and the mates did; weeks count from 1 at hire."""
        rules = self.rules
        team = np.asarray(self.sim.people.auids) // rules.team_size
        padding, genuine = self.padding.values, self.genuine.values
        mates = np.bincount(team)[team] - 1
        padded = np.bincount(team, padding)[team] - padding
        seen = padded / (HALF_DAYS * np.maximum(mates, 1))
        self.norm[:] += (mates > 0) * rules.norm_memory * (seen - self.norm.values)
        use = genuine / HALF_DAYS
        room = self.ceiling.values - self.proficiency.values
        self.proficiency[:] += rules.learning * use * room
        score = self.tokens.values / REFERENCE_TOKENS
        memory = max(rules.pace_memory, 1.0 / week)
        self.pace[:] += memory * (score / HALF_DAYS - self.pace.values)
        self.so_far[:] += score
        manual = HALF_DAYS - genuine - padding
        self.latest = Means(
            float(manual.mean()) / HALF_DAYS,
            float(genuine.mean()) / HALF_DAYS,
            float(padding.mean()) / HALF_DAYS,
            float(self.output.mean()),
            float(self.tokens.mean()),
            float((manual < HALF_DAYS).mean()),
            float(self.norm.values.mean()),
        )


def gamma(cv: float) -> ss.Dist:
    """Gamma draws with mean 1 and this coefficient of variation."""
    return ss.gamma(a=cv**-2, scale=cv**2)


class Organisation:
    """The simulation behind the common face."""

    def __init__(self, rules: Rules, employees: int, seed: int) -> None:
        self.sim = ss.Sim(
            n_agents=employees,
            modules=Work(rules),
            start=0,
            stop=HORIZON,
            dt=1,
            rand_seed=seed,
            verbose=0,
        )
        self.sim.init()

    def week(self) -> Means:
        """Let a week pass, and tell its means."""
        for _ in range(HALF_DAYS):
            self.sim.run_one_step()
        return self.sim.custom[0].latest
