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
# # A tour of the tokenmaxxing lab
#
# A company measures how much AI its people use, and rewards the measure. What happens
# to real work? In this lab employees choose, half-day by half-day, between **manual
# work**, **genuine AI use** and **token padding**: burning tokens to look busy. Genuine
# use goes to core work, or to chores that matter little: **trivial use**. You choose
# the *scheme*: what is measured, who sees it, what hangs on it.
#
# The notebook takes a minute. Nothing is defined here: everything is imported from
# `model` and `experiments`.

# %%
# %matplotlib inline
import duckdb
import pandas as pd

from experiments import compose
from experiments.figures.emblem import emblem
from experiments.figures.trajectories import trajectories
from model import Job, simulate, simulate_many

# %% [markdown]
# ## 1. One run
#
# A scenario is composed from the same words as on the command line. This one asks
# everybody for tokens worth $170 a month, or flags them where team-mates see it.

# %%
small = ["organisation.employees=80", "weeks=26"]
minimum = compose([*small, "scheme=monthly_minimum"])
run = simulate(minimum, seed=1)

# %% [markdown]
# `run.weeks` holds a number for each outcome and week, `run.employees` a number for
# each trait and employee. Output is counted in half-days of an average employee's
# manual work, so 10 a week is what that employee does by hand.

# %%
weeks = pd.DataFrame(run.weeks)
activities = [f"{act}_share" for act in ("manual", "genuine", "trivial", "padding")]
weeks[["reported_tokens", "padded_tokens", "output", *activities]].tail(8).round(3)

# %%
people = pd.DataFrame(run.employees)
people[
    ["skill", "conscience", "never_gamer", "proficiency", "padded_tokens"]
].describe()

# %% [markdown]
# Who pads? A question to a table is a line of SQL.

# %%
duckdb.sql(
    """
    select never_gamer, savvy > 0.15 as savvy, count(*) as people,
           round(avg(genuine_tokens), 1) as genuine_tokens,
           round(avg(trivial_tokens), 1) as trivial_tokens,
           round(avg(padded_tokens), 1) as padded_tokens
    from people group by all order by all
    """
).df()

# %% [markdown]
# ## 2. Schemes side by side
#
# One run says little: it has one set of people and one piece of luck. We take ten, and
# give every scheme *the same* ten. A person's skill, tasks and luck are pure functions
# of the seed, so that the difference between two schemes is what the schemes did.

# %%
schemes = ["voluntary", "monthly_minimum", "full_rank_board", "recommended"]
labels = [(scheme, replicate) for scheme in schemes for replicate in range(10)]
scenarios = {scheme: compose([*small, f"scheme={scheme}"]) for scheme in schemes}
jobs = [Job(scenarios[scheme], 1, replicate) for scheme, replicate in labels]
runs = list(simulate_many(jobs))

# %%
means = pd.DataFrame(
    [
        {"scheme": scheme, "replicate": replicate}
        | {f"{name}_mean": column.mean() for name, column in run.weeks.items()}
        for (scheme, replicate), run in zip(labels, runs, strict=True)
    ]
)
shown = ["reported_tokens_mean", "padded_token_share_mean", "output_mean"]
means.groupby("scheme", sort=False)[shown].mean().round(3)

# %% [markdown]
# The chart that the lab is for: what the dashboard reports against what was really
# done. To the right, the dashboard is up. Below the line, real work is down.

# %%
emblem(means, "voluntary")

# %% [markdown]
# ## 3. How much the pairing saves
#
# The spread of the differences between paired runs, against what it would be with
# other people and other luck in every run.

# %%
table = means.pivot(index="replicate", columns="scheme", values="output_mean")
paired = table["monthly_minimum"] - table["voluntary"]
unpaired = table["monthly_minimum"].var() + table["voluntary"].var()
print(f"The effect on output: {paired.mean():+.3f} half-days a week.")
print(f"Pairing divides its variance by {unpaired / paired.var():.0f}.")

# %% [markdown]
# ## 4. Week by week

# %%
by_week = pd.concat(
    [
        pd.DataFrame(run.weeks).assign(
            scheme=scheme, replicate=replicate, week=range(26)
        )
        for (scheme, replicate), run in zip(labels, runs, strict=True)
    ]
)
trajectories(by_week, ["monthly_minimum", "recommended"], baseline="voluntary")

# %% [markdown]
# ## Exercise: change one line, predict, run
#
# In the next cell the minimum is doubled, from 112 to 224 M tokens in four weeks.
# **Before you run it, write down:** does reported usage rise by more or by less than
# half? Do *more* people pad, or fewer, now that the minimum is out of reach for some?
# What happens to output?
#
# Then change the line again: `quota.amount=20`, `quota.visible=false`,
# `people.never_gamers=0.6`, `people=sceptics`. Find a change that raises both numbers
# at once.

# %%
changed = "quota.amount=224"
scenario = compose([*small, "scheme=monthly_minimum", changed])
harder = list(simulate_many(Job(scenario, 1, replicate) for replicate in range(10)))
pd.DataFrame(
    {
        "as shipped": means[means["scheme"] == "monthly_minimum"][
            ["reported_tokens_mean", "padding_share_mean", "output_mean"]
        ].mean(),
        changed: {
            f"{name}_mean": sum(run.weeks[name].mean() for run in harder) / 10
            for name in ("reported_tokens", "padding_share", "output")
        },
    }
).round(3)

# %% [markdown]
# **Where to look.** A threshold moves those who are near it. Far above it nobody needs
# to do anything; far below it nothing helps. `tokenmaxxing study=check
# scheme=monthly_minimum` says in words what theory expects, and notebook 2 looks into
# one person's head.
