"""Parameters of people: what differs between them, how they choose, how they change."""

from enum import IntEnum

from model.parameters import Parameters, parameter


class Rule(IntEnum):
    """How a choice is made from payoffs."""

    LOGIT = 0
    BEST_RESPONSE = 1
    SATISFICING = 2
    IMITATION = 3
    PROSPECT = 4


class People(Parameters):
    """Traits at hire, the choice, and the speed of change."""

    # Traits, drawn once (workforce.py)
    skill_sd: float = parameter(
        0.25, "log-sd of manual output", low=0.0, high=2.0, span=(0.1, 0.5)
    )
    ambition_cv: float = parameter(
        0.5, "variation of ambition (mean 1)", low=0.05, high=1.0, span=(0.2, 1.0)
    )
    status_cv: float = parameter(
        0.8,
        "variation of the weight on visible rank",
        low=0.05,
        high=1.0,
        span=(0.2, 1.0),
    )
    conscience_floor: float = parameter(
        0.3,
        "least cost of a padded half-day",
        unit="half-days",
        low=0.0,
        high=10.0,
        span=(0.1, 1.0),
    )
    conscience_shape: float = parameter(
        2.0, "shape of the gamma part of conscience", low=1.0, high=20.0, span=(1, 5)
    )
    conscience_scale: float = parameter(
        0.25,
        "scale of the gamma part of conscience",
        unit="half-days",
        low=0.0,
        high=10.0,
        span=(0.0, 0.85),
    )
    never_gamers: float = parameter(
        0.40,
        "share of people who never pad, whatever it is worth",
        low=0.0,
        high=1.0,
        span=(0.2, 0.6),
        source="a substantial share never responds: Nagin et al. 2002; evidence 3, F17",
    )
    dressing_scruple: float = parameter(
        0.55,
        "cost of a half-day of dressed-up output, over that of a padded half-day",
        low=0.0,
        high=10.0,
        span=(0.3, 1.0),
        source="calibrated to 9 % who own up to embellished reports; evidence 11",
    )
    overstating_scruple: float = parameter(
        0.5,
        "cost of overstating by a half-day a week, over that of a padded half-day",
        low=0.0,
        high=10.0,
        span=(0.1, 1.0),
    )
    hiding_scruple: float = parameter(
        0.5,
        "cost of hiding half a half-day of spoilt work a week, over that of a padded "
        "half-day",
        low=0.0,
        high=10.0,
        span=(0.1, 1.0),
    )
    perception_bias: float = parameter(
        0.2,
        "how much more time people feel saved by AI than is, of the work it did",
        low=-1.0,
        high=1.0,
        span=(0.0, 0.4),
        source="felt -20 %, measured +19 %: METR 2025; most others less; evidence 14",
        confidence="medium",
    )
    gesture_scruple: float = parameter(
        0.025,
        "cost of a gesture, over that of a padded half-day",
        low=0.0,
        high=1.0,
        span=(0.0, 0.125),
        source="28 % keep a screen awake, 3 % falsify hours; evidence 12 (order)",
    )
    gesture_noise: float = parameter(
        0.02,
        "noise of the choice to make a gesture, about five minutes",
        unit="half-days",
        low=0.001,
        high=1.0,
        span=(0.005, 0.05),
    )
    reluctance_mean: float = parameter(
        0.28,
        "mean taste against a half-day with AI",
        unit="half-days",
        low=-5.0,
        high=5.0,
        span=(-0.1, 0.5),
        source="calibrated to the active share; evidence 1.2",
    )
    reluctance_sd: float = parameter(
        0.17,
        "spread of that taste",
        unit="half-days",
        low=0.0,
        high=5.0,
        span=(0.0, 0.4),
        source="calibrated to the active share; evidence 1.2",
    )
    ceiling_a: float = parameter(
        6.0,
        "first shape of the ceiling of proficiency",
        low=1.0,
        high=50.0,
        span=(3.0, 12.0),
    )
    ceiling_b: float = parameter(
        2.5,
        "second shape of the ceiling of proficiency",
        low=1.0,
        high=50.0,
        span=(1.5, 5.0),
    )
    start_a: float = parameter(
        4.0,
        "first shape of proficiency at hire over ceiling",
        low=1.0,
        high=50.0,
        span=(2.0, 8.0),
    )
    start_b: float = parameter(
        3.0,
        "second shape of proficiency at hire over ceiling",
        low=1.0,
        high=50.0,
        span=(1.5, 6.0),
    )
    belief_mean: float = parameter(
        0.0,
        "mean error in the gain people expect from AI",
        low=-1.0,
        high=1.0,
        span=(-0.3, 0.3),
    )
    belief_sd: float = parameter(
        0.2, "spread of that error", low=0.0, high=1.0, span=(0.0, 0.4)
    )
    intensity: float = parameter(
        10.5,
        "median tokens of a genuine half-day",
        unit="M tokens",
        low=0.001,
        high=1e4,
        span=(3.0, 15.0),
        source="calibrated to the median of 32 M a week (Jellyfish); evidence 1.2",
        confidence="medium",
    )
    intensity_sd: float = parameter(
        1.2,
        "log-sd of genuine tokens",
        low=0.0,
        high=3.0,
        span=(1.0, 1.5),
        source="Gini and tail of tokens; evidence 1.2 (derived)",
        confidence="medium",
    )
    intensity_skill: float = parameter(
        0.0,
        "correlation of log genuine tokens with skill",
        low=-1.0,
        high=1.0,
        span=(-0.5, 0.5),
    )
    padding_intensity: float = parameter(
        12.0,
        "median tokens of a padded half-day without savvy",
        unit="M tokens",
        low=0.001,
        high=1e4,
        span=(6.0, 100.0),
    )
    padding_sd: float = parameter(
        0.8, "log-sd of padded tokens", low=0.0, high=3.0, span=(0.0, 1.6)
    )
    padding_skill: float = parameter(
        0.0,
        "correlation of log padded tokens with skill",
        low=-1.0,
        high=1.0,
        span=(-0.5, 0.5),
    )
    savvy_a: float = parameter(
        1.0, "first shape of savvy at hire", low=1.0, high=50.0, span=(1.0, 3.0)
    )
    savvy_b: float = parameter(
        12.0, "second shape of savvy at hire", low=1.0, high=100.0, span=(6.0, 24.0)
    )
    suspicious: float = parameter(
        0.5,
        "share of people who suspect a review when managers see their usage",
        low=0.0,
        high=1.0,
        span=(0.2, 0.8),
    )
    suspected_weight: float = parameter(
        0.3, "weight of usage that they suspect", low=0.0, high=1.0, span=(0.1, 0.5)
    )
    suspicion_fading: float = parameter(
        0.1,
        "part of the suspicion that fades in a week without visible numbers",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.02, 0.3),
    )

    # The choice (choice.py, measure.py)
    rule: Rule = parameter(
        Rule.LOGIT, "how a choice is made from payoffs; see model/behaviour"
    )
    experimenting: float = parameter(
        0.10,
        "share of half-days in which imitators try what pays",
        low=0.0,
        high=1.0,
        span=(0.02, 0.3),
    )
    loss_aversion: float = parameter(
        2.25,
        "how many times more a loss weighs than a gain (rule prospect)",
        low=0.0,
        high=10.0,
        span=(1.5, 2.5),
        source="Tversky and Kahneman 1992; evidence 7",
        confidence="medium",
    )
    curvature: float = parameter(
        0.88,
        "power to which gains and losses are valued (rule prospect)",
        low=0.1,
        high=1.0,
        span=(0.8, 1.0),
        source="Tversky and Kahneman 1992; evidence 7",
        confidence="medium",
    )
    choice_noise: float = parameter(
        0.12,
        "noise of the choice, tau; towards 0 is best response",
        unit="half-days",
        low=0.001,
        high=100.0,
        span=(0.05, 0.4),
        source="practice of quantal response; evidence 7",
    )
    own_value: float = parameter(
        0.5,
        "value that people put on a half-day of their own output, omega",
        low=0.0,
        high=10.0,
        span=(0.1, 1.0),
    )
    effort: float = parameter(
        0.05,
        "elasticity of effort in what one more half-day of output is worth, eta",
        low=0.0,
        high=1.0,
        span=(0.0, 0.25),
        source="near zero in field experiments once corrected for publication, .4 and "
        "more by the piece; evidence 10",
        confidence="medium",
    )
    effort_reference: float = parameter(
        0.86,
        "worth of one more half-day at which effort is usual, m-bar",
        unit="half-days",
        low=0.01,
        high=100.0,
        source="mean of the voluntary organisation, by definition",
    )
    urgency: float = parameter(
        0.3,
        "how much a week of backlog raises that value, psi",
        unit="1 per week",
        low=0.0,
        high=10.0,
        span=(0.0, 1.0),
    )
    patience: float = parameter(
        1.0,
        "weight of what is settled in a later week, beta",
        low=0.0,
        high=1.0,
        span=(0.6, 1.0),
    )
    cramming: float = parameter(
        0.20,
        "part of what they could do more that people count on before a threshold, zeta",
        low=0.0,
        high=1.0,
        span=(0.0, 0.5),
        source="loses least against the best plan (model/theory/planning.py); binges "
        "at month's end at Salesforce, evidence 1.1. An input, not a finding",
    )
    uncertainty: float = parameter(
        1.0,
        "uncertainty of the own score, c, in own paces per root half-day",
        low=0.01,
        high=100.0,
        span=(0.5, 2.0),
    )
    judgement_noise: float = parameter(
        0.12,
        "sd of the error in judging what AI can do on a task, sigma_x",
        low=0.0,
        high=2.0,
        span=(0.0, 0.3),
        source="workers cannot tell the side of the frontier: Dell'Acqua et al. 2023",
    )
    pace_memory: float = parameter(
        0.15,
        "weight of the latest week in the own pace, habit and aspiration",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.05, 0.5),
    )

    # Change from week to week (adaptation.py)
    learning: float = parameter(
        0.06,
        "part of the way to the ceiling learnt in a week of genuine use",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.02, 0.2),
        source="two months with AI equal six without: Brynjolfsson et al. 2025 (order)",
    )
    forgetting: float = parameter(
        0.01,
        "part of proficiency lost in a week without use",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.0, 0.03),
    )
    belief_rate: float = parameter(
        0.08,
        "part of the error of belief corrected in a week of use",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.02, 0.2),
    )
    lasting_belief: float = parameter(
        0.05,
        "error of belief that use does not correct",
        low=-1.0,
        high=1.0,
        span=(0.0, 0.2),
        source="METR 2025: expected and felt gains exceed measured ones; evidence 2",
        confidence="medium",
    )
    savvy_own: float = parameter(
        0.04,
        "savvy gained in a week of own padding",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.02, 0.2),
    )
    savvy_contact: float = parameter(
        0.04,
        "savvy gained from savvy, padding peers in a week",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.0, 0.2),
    )
    savvy_decay: float = parameter(
        0.01,
        "part of savvy that is out of date after a week",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.0, 0.05),
    )

    # Exhaustion (exhaustion.py)
    recovery: float = parameter(
        0.25,
        "part of the way to what the load asks that exhaustion goes in a week, r "
        "(1: it is as the load of the week)",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.05, 0.5),
        source="burnout is back within four weeks of a holiday; evidence 18 (derived)",
    )
    exhaustion_backlog: float = parameter(
        0.25,
        "exhaustion that a week of backlog asks for in the end",
        unit="1 per week of backlog",
        low=0.0,
        high=10.0,
        span=(0.1, 0.5),
    )
    exhaustion_effort: float = parameter(
        1.0,
        "exhaustion that twice the usual effort asks for in the end",
        low=0.0,
        high=10.0,
        span=(0.0, 2.0),
    )
    exhaustion_loss: float = parameter(
        0.1,
        "share of output lost at full exhaustion",
        low=0.0,
        high=0.5,
        span=(0.0, 0.2),
        source="burnout and performance correlate at -.2, less per hour in long weeks; "
        "evidence 18 (order)",
    )

    # Who leaves (turnover.py)
    quit_hazard: float = parameter(
        0.004,
        "chance to leave in a week, of average skill, rested and faring as usual "
        "(0: nobody leaves)",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.002, 0.01),
        source="quits a month: JOLTS, December 2025 to March 2026; evidence 17",
        confidence="high",
    )
    quit_sensitivity: float = parameter(
        2.5,
        "rise of the log of that chance by a half-day of welfare lost in each half-day",
        unit="1 per half-day per half-day",
        low=0.0,
        high=100.0,
        span=(0.0, 5.0),
        source="nobody measured it: middle of a range up to the 14 % that an office "
        "mandate added (Ding et al.); evidence 17",
    )
    quit_skill: float = parameter(
        1.0,
        "factor on that chance by an sd of skill",
        unit="1 per sd",
        low=0.1,
        high=10.0,
        span=(0.8, 1.6),
        source="an office mandate +18 % of the skilled, +14 % of all; evidence 17",
    )
    quit_exhaustion: float = parameter(
        1.4,
        "factor on that chance at full exhaustion",
        low=1.0,
        high=10.0,
        span=(1.0, 2.0),
        source="34 % of the tired would quit, 25 % of others: BCG 2026; evidence 18",
    )
