"""The organisation that people work in: its size, its teams, its work."""

from model.parameters import Parameters, parameter


class Workplace(Parameters):
    """The organisation: its size, its teams and the work that is asked of it."""

    employees: int = parameter(
        500,
        "people",
        unit="people",
        low=1,
        high=10_000_000,
        span=(50, 5000),
        confidence="choice",
    )
    team_size: int = parameter(
        8, "people in a team", unit="people", low=1, high=10_000, span=(4, 15)
    )
    half_day_value: float = parameter(
        385.0,
        "value of a half-day of an average employee's manual work",
        unit="$",
        low=0.01,
        high=1e6,
        span=(190.0, 770.0),
        source="$200,000 a year over 520 half-days; evidence 7",
    )
    demand: float = parameter(
        1.0,
        "work asked for, as a share of what the person does by hand",
        low=0.0,
        high=10.0,
        span=(0.95, 1.1),
    )
    backlog_leak: float = parameter(
        0.1,
        "part of the backlog that is dropped in a week",
        unit="1 per week",
        low=0.0,
        high=1.0,
        span=(0.0, 0.3),
    )
    replacement: float = parameter(
        0.21,
        "cost of replacing a person, as a part of what a year of theirs is valued at",
        unit="years of 520 half-days",
        low=0.0,
        high=10.0,
        span=(0.1, 1.0),
        source="21 % of a year's pay over 27 case studies: Center for American "
        "Progress; evidence 17",
        confidence="medium",
    )
