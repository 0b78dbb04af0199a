"""Technology: what tasks, AI and token padding yield, cost and look like."""

from model.parameters import Parameters, parameter


class Technology(Parameters):
    """What tasks, AI and token padding yield, cost and look like."""

    gain: float = parameter(
        0.70,
        "relative gain of full proficiency on the most suitable task, gamma_0",
        low=0.0,
        high=10.0,
        span=(0.3, 1.0),
        source="Peng et al. 2023 (upper end), Noy and Zhang 2023; evidence 2",
        confidence="medium",
    )
    skill_gradient: float = parameter(
        0.25,
        "how much less the skilled gain, per sd of skill, gamma_1",
        unit="1 per sd",
        low=-1.0,
        high=2.0,
        span=(0.0, 0.4),
        source="novices gain more: Brynjolfsson et al. 2025; evidence 2",
        confidence="medium",
    )
    loss: float = parameter(
        0.30,
        "relative loss on the least suitable task, l",
        low=0.0,
        high=1.0,
        span=(0.15, 0.5),
        source="outside the frontier: Dell'Acqua et al. 2023; evidence 2",
        confidence="medium",
    )
    task_sd: float = parameter(
        0.5,
        "log-sd of what a core task is worth (mean 1)",
        low=0.0,
        high=3.0,
        span=(0.25, 0.8),
    )
    chore_worth: float = parameter(
        0.375,
        "worth of the first chore of a week that is given to AI, nu (0: no chores)",
        unit="half-days",
        low=0.0,
        high=10.0,
        span=(0.05, 0.7),
        source="nobody measured it: two hours of e-mail saved and nothing else moves, "
        "or core work rises; evidence 9",
    )
    chore_decay: float = parameter(
        0.53,
        "worth of each further chore of the week over the one before, rho",
        low=0.0,
        high=1.0,
        span=(0.2, 0.7),
        source="a fifth of the first after 10 c half-days, c the share of chores in a "
        "week; evidence 9 (derived)",
    )
    chore_suitability: float = parameter(
        0.8,
        "how suitable chores are for AI, 0 to 1",
        low=0.0,
        high=1.0,
        span=(0.6, 0.95),
        source="gain of 21 to 45 % on e-mail; evidence 9 (derived)",
    )
    trivial_intensity: float = parameter(
        1.0,
        "tokens of a trivial half-day over those of a genuine one",
        low=0.0,
        high=100.0,
        span=(0.3, 3.0),
        source="slides out of documents: Accenture (one leak); evidence 9",
    )
    trivial_teaching: float = parameter(
        0.5,
        "what a trivial half-day teaches over what a genuine one does",
        low=0.0,
        high=1.0,
        span=(0.0, 1.0),
    )
    token_noise: float = parameter(
        0.5,
        "log-sd of the tokens of one half-day (mean 1)",
        low=0.0,
        high=3.0,
        span=(0.0, 1.0),
    )
    padding_time: float = parameter(
        0.5,
        "share of a padded half-day that is lost to work, pi_0",
        low=0.0,
        high=1.0,
        span=(0.1, 0.8),
    )
    automation: float = parameter(
        0.7,
        "part of that time which savvy saves",
        low=0.0,
        high=1.0,
        span=(0.0, 0.9),
    )
    scripting: float = parameter(
        4.0,
        "how many times more tokens savvy pads, m",
        low=0.0,
        high=100.0,
        span=(0.0, 10.0),
    )
    gesture_minutes: float = parameter(
        2.0,
        "time that a gesture takes: one prompt so as to count as active (0: nobody "
        "makes any)",
        unit="minutes",
        low=0.0,
        high=240.0,
        span=(1.0, 5.0),
        source="one action counts as active: Microsoft; the time is an assumption; "
        "evidence 12",
    )
    gesture_tokens: float = parameter(
        0.1,
        "tokens of a gesture, too few to matter in a score",
        unit="M tokens",
        low=0.0,
        high=100.0,
        span=(0.0, 0.5),
    )
    dressing_most: float = parameter(
        0.25,
        "most output that can be dressed up, per half-day (0: nobody does)",
        unit="half-days per half-day",
        low=0.0,
        high=1.0,
        span=(0.1, 0.5),
    )
    dressing_time: float = parameter(
        0.2,
        "time that a half-day of dressed-up output takes, t",
        unit="half-days per half-day",
        low=0.0,
        high=1.0,
        span=(0.05, 0.6),
    )
    dressing_hardness: float = parameter(
        4.0,
        "how fast dressing up gets harder the more of it there is, c",
        low=0.01,
        high=1000.0,
        span=(2.0, 8.0),
    )
    overstating_most: float = parameter(
        1.0,
        "most time saved that can be overstated, over a half-day a week",
        low=0.0,
        high=10.0,
        span=(0.0, 2.0),
    )
    overstating_hardness: float = parameter(
        4.0,
        "how fast overstating gets harder the more of it there is",
        unit="half-days per half-day a week",
        low=0.01,
        high=1000.0,
        span=(1.0, 16.0),
    )
    hiding_time: float = parameter(
        0.1,
        "time that it takes to hide a half-day of spoilt work",
        unit="half-days per half-day",
        low=0.0,
        high=10.0,
        span=(0.0, 0.5),
    )
    hiding_hardness: float = parameter(
        4.0,
        "how fast hiding gets harder the more of it there is",
        unit="half-days per half a half-day a week",
        low=0.01,
        high=1000.0,
        span=(1.0, 16.0),
    )
    defect_noise: float = parameter(
        0.5,
        "log-sd of the spoilt work found in a week around what there is",
        low=0.0,
        high=3.0,
        span=(0.2, 1.0),
    )
    observation_noise: float = parameter(
        0.30,
        "log-sd of a week's observed output around the real one",
        low=0.0,
        high=3.0,
        span=(0.1, 0.6),
    )
    price: float = parameter(
        1.5,
        "price of tokens",
        unit="$ per M tokens",
        low=0.0,
        high=1000.0,
        span=(0.5, 15.0),
        source="$200 a month over 32 M a week; evidence 1.2 (derived)",
        confidence="medium",
    )
    token_yield: float = parameter(
        0.15,
        "power to which own tokens over the median raise the gain",
        low=0.0,
        high=1.0,
        span=(0.0, 0.3),
        source="ten times the tokens for twice the output at Jellyfish: 0.3, an upper "
        "bound; evidence 1.2",
    )

    # Change over the run (progress.py)
    gain_drift: float = parameter(
        0.1,
        "growth of the gain, log",
        unit="1 per year",
        low=-2.0,
        high=2.0,
        span=(0.0, 0.35),
        source="METR 2025-26, and what people say they gain; evidence 2, progress",
    )
    suitability_drift: float = parameter(
        0.05,
        "decline of what a task lacks to be fully suitable, 1 - x, log",
        unit="1 per year",
        low=0.0,
        high=2.0,
        span=(0.0, 0.15),
        source="assumption; evidence 2, progress",
    )
    token_drift: float = parameter(
        0.0,
        "growth of the tokens of a half-day with AI, log",
        unit="1 per year",
        low=-2.0,
        high=2.0,
        span=(0.0, 1.5),
        source="agents take 5 to 30 times the tokens of a chat; evidence 2, progress",
    )
    price_drift: float = parameter(
        -0.3,
        "growth of the price of tokens, log",
        unit="1 per year",
        low=-2.0,
        high=2.0,
        span=(-1.2, 0.3),
        source="ten times cheaper a year at equal quality, list prices at the "
        "frontier flat; evidence 2, progress",
    )
