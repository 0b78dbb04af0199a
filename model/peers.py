"""Peers: what passes between people, and what their use of AI costs others."""

from enum import IntEnum

from model.parameters import Parameters, parameter


class Law(IntEnum):
    """What of others' use of AI costs output: the law of rework."""

    BELOW_BREAK_EVEN = 0
    BY_SIZE = 1
    ANY_USE = 2
    QUEUE = 3


class Peers(Parameters):
    """What passes between people."""

    outside: int = parameter(
        4,
        "peers outside the own team whose padding is seen",
        unit="people",
        low=0,
        high=50,
        span=(0, 10),
    )
    team_weight: float = parameter(
        0.7,
        "weight of the own team in what is seen of padding",
        low=0.0,
        high=1.0,
        span=(0.3, 0.9),
        source="in-group above out-group: Gino et al. 2009; evidence 3, F20 (order)",
    )
    norm_memory: float = parameter(
        0.3,
        "weight of the latest week in the norm",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.1, 0.6),
    )
    norm_relief: float = parameter(
        0.5,
        "part of the conscience that a norm of padding dulls, eta",
        low=0.0,
        high=1.0,
    )
    norm_pull: float = parameter(
        0.0,
        "worth of padding where everybody pads, J",
        unit="half-days",
        low=0.0,
        high=20.0,
        span=(0.0, 3.0),
    )
    teaching: float = parameter(
        0.03,
        "part of the way to the proficiency of mates who use AI, taught in a week",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.0, 0.1),
        source="advice among pairs +15 %, still there 20 weeks later: Sandvik et al.; "
        "evidence 2.1 (order)",
    )
    forum_practice: float = parameter(
        0.01,
        "the same by a forum, to the proficiency of all who use AI",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.0, 0.03),
        source="a third of teaching (assumption); evidence 2.1",
    )
    forum_tricks: float = parameter(
        0.01,
        "part of the way to the savvy of all who pad, shown by a forum in a week",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.0, 0.03),
        source="as good practice does (assumption): nobody measured what spreads "
        "faster, evidence 2.1",
    )
    rework_law: Law = parameter(
        Law.BELOW_BREAK_EVEN,
        "what of others' use of AI costs output: the law of rework",
    )
    rework_misuse: float = parameter(
        0.38,
        "output that mates lose per misused half-day, r_mis (law below_break_even)",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.05, 0.6),
        source="37 % of saved time is lost to rework: Workday; evidence 2 (order)",
    )
    rework_size: float = parameter(
        3.73,
        "output that mates lose per half-day lost by misuse (law by_size)",
        unit="half-days per half-day",
        low=0.0,
        high=50.0,
        span=(0.7, 5.6),
        source="the rework of below_break_even in the voluntary organisation",
    )
    rework_use: float = parameter(
        0.049,
        "output that mates lose per half-day with AI (law any_use)",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.01, 0.1),
        source="the rework of below_break_even in the voluntary organisation",
    )
    rework_queue: float = parameter(
        0.178,
        "output lost per half-day of review due (law queue)",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.04, 0.37),
        source="the rework of below_break_even in the voluntary organisation",
    )
    review_load: float = parameter(
        0.15,
        "review that a half-day with AI needs (law queue)",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.05, 0.4),
        source="6 hours a week more review than before AI, weak surveys; evidence 2.1",
    )
    review_capacity: float = parameter(
        1.5,
        "review that a senior does in a week (law queue)",
        unit="half-days per week",
        low=0.0,
        high=10.0,
        span=(1.0, 3.0),
        source="about 5 hours a week before AI, 11 after, weak surveys; evidence 2.1",
    )
    senior_share: float = parameter(
        0.25,
        "part of a team, the most skilled, who review; one at least (law queue)",
        low=0.0,
        high=1.0,
        span=(0.125, 0.5),
    )
    rework_dressing: float = parameter(
        0.5,
        "output that mates lose per half-day of dressed-up output, r_fake",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.0, 1.0),
    )
    rework_padding: float = parameter(
        0.05,
        "output that mates lose per padded half-day, r_pad",
        unit="half-days per half-day",
        low=0.0,
        high=5.0,
        span=(0.0, 0.2),
    )
    productivity: float = parameter(
        0.0,
        "elasticity of own output in the mates' output",
        low=0.0,
        high=0.9,
        span=(0.0, 0.17),
        source="0.15 if mates can see: Mas and Moretti 2009; 0 in Gallen et al. 2016",
        confidence="medium",
    )
