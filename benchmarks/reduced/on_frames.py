"""The reduced rules in mesa-frames: a Polars data frame of employees.

Luck is drawn from the model's NumPy generator. Polars has no error function; SciPy's is
mapped over the column.
"""

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF
from scipy.special import ndtr

from benchmarks.reduced.rules import FLOOR, HALF_DAYS, REFERENCE_TOKENS, Means, Rules
from benchmarks.reduced.window import Window

col = pl.col


class Employees(AgentSetPolars):
    """People who choose what to do with each half-day."""

    def __init__(self, model: "Organisation", employees: int) -> None:
        super().__init__(model)
        self += hired(model.rules, employees, model.random)

    def start(self) -> None:
        """Start a week."""
        zero, rules = pl.lit(0.0), self.model.rules
        cost = col("conscience") * (1.0 - rules.norm_relief * col("norm"))
        cost -= rules.norm_pull * col("norm")
        self.agents = self.agents.with_columns(
            manual=zero,
            genuine=zero,
            padding=zero,
            tokens=zero,
            output=HALF_DAYS * col("productivity"),
            cost=cost,
        )

    def open_window(self) -> None:
        """Start a window of the quota with nothing in hand."""
        self.agents = self.agents.with_columns(so_far=pl.lit(0.0))

    def live(self, left: int) -> None:
        """Choose and work a half-day; so many are left of the window, 0: no quota."""
        rules, random, n = self.model.rules, self.model.random, len(self.agents)
        sd = rules.token_noise
        value = rules.own_value * col("productivity")
        most = col("proficiency") * col("gain")
        judged = col("x") + rules.judgement_noise * col("error")
        hoped = most * judged - rules.loss * (1.0 - judged) + col("belief")
        frame = self.agents.lazy().with_columns(
            x=pl.Series(random.random(n)),
            error=pl.Series(random.standard_normal(n)),
            luck=pl.Series(random.lognormal(-0.5 * sd * sd, sd, n)),
            mark=pl.Series(random.random(n)),
        )
        frame = frame.with_columns(
            by_hand=value,
            used=value * (1.0 + hoped) - col("reluctance"),
            padded=value * (1.0 - col("lost")) - col("cost"),
        )
        if left:
            frame = add_worths(frame, rules, left)
        padded = pl.when("never_gamer").then(-np.inf).otherwise(col("padded"))
        frame = frame.with_columns(padded=padded).with_columns(
            best=pl.max_horizontal("by_hand", "used", "padded")
        )
        frame = frame.with_columns(
            ((col(name) - col("best")) / rules.choice_noise).exp()
            for name in ("by_hand", "used", "padded")
        )
        mark = col("mark") * (col("by_hand") + col("used") + col("padded"))
        frame = frame.with_columns(mark=mark)
        uses = (col("mark") >= col("by_hand")) & (
            col("mark") < col("by_hand") + col("used")
        )
        pads = col("mark") >= col("by_hand") + col("used")
        frame = frame.with_columns(uses=uses, pads=pads)
        gain = col("productivity") * (most * col("x") - rules.loss * (1.0 - col("x")))
        per_luck = (
            pl.when("uses")
            .then(col("intensity"))
            .when("pads")
            .then(col("padding_intensity"))
            .otherwise(0.0)
        )
        added = (
            pl.when("uses")
            .then(gain)
            .when("pads")
            .then(-col("productivity") * col("lost"))
            .otherwise(0.0)
        )
        frame = frame.with_columns(
            genuine=col("genuine") + col("uses"),
            padding=col("padding") + col("pads"),
            tokens=col("tokens") + per_luck * col("luck"),
            output=col("output") + added,
        )
        self.agents = frame.select(self.agents.columns).collect()

    def adapt(self, week: int) -> None:
        """Change by what oneself and the mates did; weeks count from 1 at hire."""
        rules = self.model.rules
        mates = pl.len().over("team") - 1
        padded = col("padding").sum().over("team") - col("padding")
        norm = col("norm") + rules.norm_memory * (
            padded / (HALF_DAYS * mates) - col("norm")
        )
        use = col("genuine") / HALF_DAYS
        learnt = rules.learning * use * (col("ceiling") - col("proficiency"))
        score = col("tokens") / REFERENCE_TOKENS
        memory = max(rules.pace_memory, 1.0 / week)
        self.agents = self.agents.with_columns(
            manual=HALF_DAYS - col("genuine") - col("padding"),
            norm=pl.when(mates > 0).then(norm).otherwise(col("norm")),
            proficiency=col("proficiency") + learnt,
            pace=col("pace") + memory * (score / HALF_DAYS - col("pace")),
            so_far=col("so_far") + score,
        )

    def step(self) -> None:
        """Let a week pass."""
        window = self.model.window
        self.start()
        if window.opens():
            self.open_window()
        for half_day in range(HALF_DAYS):
            self.live(max(window.left - half_day, 0))
        self.adapt(window.week + 1)


def add_worths(frame: pl.LazyFrame, rules: Rules, left: int) -> pl.LazyFrame:
    """Add to each payoff what the activity is worth under the quota."""
    amount = rules.amount / REFERENCE_TOKENS
    used = col("intensity") / REFERENCE_TOKENS
    padded = col("padding_intensity") / REFERENCE_TOKENS
    best = pl.when("never_gamer").then(used).otherwise(pl.max_horizontal(used, padded))
    frame = frame.with_columns(
        in_hand=col("so_far") + col("tokens") / REFERENCE_TOKENS,
        room=pl.max_horizontal(best - col("pace"), 0.0),
    )
    frame = frame.with_columns(counted_on=col("pace") + rules.cramming * col("room"))
    luck = rules.uncertainty * left**0.5 * pl.max_horizontal("counted_on", FLOOR)
    crammed = rules.cramming * (left - 1) * col("room")
    frame = frame.with_columns(
        short=col("in_hand") + (left - 1) * col("counted_on") - amount,
        sigma=(luck * luck + crammed * crammed).sqrt(),
    )

    def payoff(name: str, increment: pl.Expr | float) -> pl.Expr:
        away = (col("short") + increment) / col("sigma")
        chance = away.map_batches(
            lambda column: pl.Series(ndtr(column.to_numpy())),
            return_dtype=pl.Float64,
            is_elementwise=True,
        )
        met = pl.when(col("in_hand") >= amount).then(1.0).otherwise(chance)
        return col(name) + col("stake") * met

    return frame.with_columns(
        by_hand=payoff("by_hand", 0.0),
        used=payoff("used", used),
        padded=payoff("padded", padded),
    )


def hired(rules: Rules, n: int, random: np.random.Generator) -> pl.DataFrame:
    """Traits and first state of n employees."""
    skill, sd = random.standard_normal(n), rules.skill_sd
    ambition = random.gamma(rules.ambition_cv**-2, rules.ambition_cv**2, n)
    status = random.gamma(rules.status_cv**-2, rules.status_cv**2, n)
    fear = rules.penalty + status * rules.shame
    ceiling = random.beta(rules.ceiling_a, rules.ceiling_b, n)
    savvy = random.beta(rules.savvy_a, rules.savvy_b, n)
    padding = rules.padding_intensity * np.exp(rules.padding_sd * random.normal(size=n))
    return pl.DataFrame(
        {
            "unique_id": np.arange(n),
            "team": np.arange(n) // rules.team_size,
            "productivity": np.exp(sd * skill - 0.5 * sd * sd),
            "gain": rules.gain * np.exp(-rules.skill_gradient * skill),
            "stake": ambition * fear * rules.weeks * HALF_DAYS,
            "conscience": rules.conscience_floor
            + random.gamma(rules.conscience_shape, rules.conscience_scale, n),
            "never_gamer": random.random(n) < rules.never_gamers,
            "reluctance": random.normal(rules.reluctance_mean, rules.reluctance_sd, n),
            "belief": random.normal(rules.belief_mean, rules.belief_sd, n),
            "ceiling": ceiling,
            "proficiency": ceiling * random.beta(rules.start_a, rules.start_b, n),
            "lost": rules.padding_time * (1.0 - rules.automation * savvy),
            "intensity": rules.intensity
            * np.exp(rules.intensity_sd * random.normal(size=n)),
            "padding_intensity": padding * (1.0 + rules.scripting * savvy),
            "norm": np.zeros(n),
            "pace": np.zeros(n),
            "so_far": np.zeros(n),
        }
    )


class Organisation(ModelDF):
    """An organisation; a step is a week."""

    def __init__(self, rules: Rules, employees: int, seed: int) -> None:
        super().__init__(seed)
        self.rules, self.window = rules, Window(rules)
        self.agents += Employees(self, employees)

    def week(self) -> Means:
        """Let a week pass, and tell its means."""
        self.agents.do("step")
        self.window.week += 1
        employees = self.get_agents_of_type(Employees)
        means = employees.agents.select(
            col("manual", "genuine", "padding").mean() / HALF_DAYS,
            col("output", "tokens").mean(),
            active=(col("manual") < HALF_DAYS).mean(),
            norm=col("norm").mean(),
        )
        return Means(*means.row(0))
