# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # One employee
#
# Why does somebody burn tokens for nothing? In this notebook we follow one person
# through a month under a quota, look at what each activity is worth to them before a
# single half-day, and ask how much less the quota would have had to count for them to
# have done something else.
#
# The organisation is a Mesa model: a step is a week, and `agents` works as in every
# Mesa model. Its people are views of the engine's columns: looking changes nothing.

# %%
# %matplotlib inline
import copy

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments import compose
from experiments.figures.style import PADDING
from model import Organisation, Scheme

# %%
scenario = compose(["scheme=monthly_minimum", "organisation.employees=80", "weeks=26"])
organisation = Organisation(scenario, seed=1)
for _ in range(12):
    organisation.step()
print(organisation.principal.dashboard)
print(organisation.principal.targets)

# %% [markdown]
# ## 1. Who is there
#
# `select`, `agg`, `get` and `groupby` are Mesa's own.

# %%
agents = organisation.agents
print(f"{len(agents)} people, mean output {agents.agg('output', np.mean):.2f}")
print(f"{agents.agg('padding', sum)} half-days of padding in the latest week")

# %%
pd.DataFrame(
    {
        "padded tokens": agents.groupby("team").agg("padded_tokens", np.sum),
        "mean output": agents.groupby("team").agg("output", np.mean),
        "standing": {team: team.standing for team in organisation.teams},
    }
).round(2)

# %% [markdown]
# The one who padded most half-days in the month before the quota is settled:

# %%
padder = max(agents, key=lambda employee: (employee.padding, employee.savvy))
week = organisation.week - 1
pd.Series(
    {
        name: getattr(padder, name)
        for name in ("skill", "ambition", "conscience", "savvy", "norm", "padding")
    },
    name=repr(padder),
).round(2)

# %% [markdown]
# ## 2. Why
#
# `explain` takes the model back to a moment (a past one is replayed from the seed) and
# asks the same functions that decided. Terms are payoffs over a manual half-day, in
# half-days of an average employee's manual work. `quota` is what the half-day adds to
# the chance to meet the quota, times what that is worth; `conscience` is what padding
# costs this person; `review_output` is what the ordinary review thinks of it.

# %%
half_days = padder.explain(week)
moment = next(half_day for half_day in half_days if half_day.chosen == "padding")
print(moment)

# %% [markdown]
# The last lines answer *what would have changed their mind*. A factor below 1 says how
# much less an incentive would have had to count; above 1, how much more. `worth` is
# that of the task and `chore` that of the best chore beside it: where they are close
# and anything hangs on usage, a status report goes to AI and the task waits.

# %%
pd.DataFrame(
    [
        {"half-day": half_day.half_day, "chosen": half_day.chosen}
        | {"worth": round(half_day.worth, 2), "chore": round(half_day.chore, 2)}
        | {"suitability": round(half_day.suitability, 2)}
        | {name: round(p, 2) for name, p in half_day.probabilities.items()}
        | {"flip of quota": half_day.flips["quota"]}
        for half_day in half_days
    ]
)

# %% [markdown]
# ## 3. The month of a quota
#
# Padding waits for the end of the window: "I usually do so much; at a pinch I can
# cram". How strong that is stands in `people.cramming`; it is an input of the model,
# not a finding.

# %%
chances = pd.DataFrame(
    [
        [half_day.probabilities["padding"] for half_day in padder.explain(week)]
        for week in range(12)
    ]
)
figure = Figure(figsize=(7, 3), layout="constrained")
axes = figure.subplots()
axes.plot(chances.mean(axis=1), marker="o", color=PADDING)
for end in (4, 8, 12):
    axes.axvline(end - 0.5, color="grey", linewidth=0.8)
axes.set_xlabel("Week (grey: a window of the quota ends)")
axes.set_ylabel("Chance to pad a half-day")
axes.set_ylim(bottom=0)
figure

# %% [markdown]
# ## 4. Another world for the same person
#
# A copy of the organisation goes on by itself, with the same people and the same luck.
# In the copy the quota ends now; both go on to the last week of another window.

# %%
other = copy.deepcopy(organisation)
other.adopt(Scheme())
for _ in range(11):
    organisation.step()
    other.step()
pd.DataFrame(
    {
        "quota": organisation.outcomes,
        "quota ended": other.outcomes,
    }
).loc[["reported_tokens", "padded_tokens", "padding_share", "output", "savvy"]].round(3)

# %% [markdown]
# Traits can be set, too: the same person with another conscience. What follows from
# them (output, pace, scores) cannot.

# %%
twin = copy.deepcopy(organisation)
double = twin.employees[padder.row]
double.conscience = 2.0
before, after = (
    np.mean([half_day.probabilities["padding"] for half_day in employee.explain()])
    for employee in (padder, double)
)
print(f"Chance to pad a half-day of the coming week: {before:.3f}, then {after:.3f}")
try:
    double.output = 12.0
except AttributeError as error:
    print(error)

# %% [markdown]
# ## Exercise: change one line, predict, run
#
# Below, everybody in a copy gets the same trait. **Before you run it, write down** what
# happens in the next four weeks to the padded tokens and to output, and why.
#
# Then change the line: `savvy` to 0.9 (everybody knows how to pad cheaply),
# `reluctance` to 0.0 (nobody minds AI), `never_gamer` to True, `proficiency` (why is
# that refused for some?). Which of them lets output rise *under* the quota?

# %%
trait, value = "conscience", 0.3
changed = copy.deepcopy(organisation)
same = copy.deepcopy(organisation)
changed.agents.set(trait, value)
for _ in range(4):
    changed.step()
    same.step()
pd.DataFrame(
    {"as they are": same.outcomes, f"{trait} = {value}": changed.outcomes}
).loc[["reported_tokens", "padded_tokens", "padding_share", "output"]].round(3)
