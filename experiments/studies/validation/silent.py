"""Facts of the evidence that the model cannot speak to, and why."""

from typing import NamedTuple


class Silent(NamedTuple):
    """A fact that no run of the model could support or refute."""

    name: str
    claim: str
    source: str
    why: str


SILENT = (
    Silent(
        "F11, second part",
        "An unexpected, random bonus raises cheating, not effort.",
        "Gill, Prowse and Vlassopoulos 2013 (evidence F11)",
        "Every reward in the model hangs on a score; one that does not changes no "
        "choice, because nobody reciprocates, resents or feels lucky.",
    ),
    Silent(
        "F12",
        "Managers bend quotas and keep poor performers where a team is on the cusp of "
        "its target.",
        "Benson 2015 (evidence F12)",
        "There are no managers with aims of their own: the principal follows a rule.",
    ),
    Silent(
        "F14 and F16, sabotage",
        "People pay to lower others' scores; tournaments raise sabotage.",
        "Charness, Masclet and Villeval 2014; Flory, Leibbrandt and List 2016 "
        "(evidence F14 and F16)",
        "Nobody can touch another's score. Mates lose output by rework, but nobody "
        "pads in order to harm them.",
    ),
    Silent(
        "F16, goodwill",
        "An unexpected bonus curbs misbehaviour.",
        "Flory, Leibbrandt and List 2016 (evidence F16)",
        "There is no reciprocity: conscience does not move with how one is treated.",
    ),
    Silent(
        "F17, fairness",
        "Who feels treated fairly does not cheat more when monitoring falls.",
        "Nagin et al. 2002 (evidence F17)",
        "Fairness is not modelled; never-gamers are drawn independently of all else.",
    ),
    Silent(
        "F19",
        "A small reward lowers effort, a large one raises it.",
        "Gneezy and Rustichini 2000 (evidence F19), to be checked",
        "Effort only rises with what output is worth: no motive is crowded out by a "
        "small reward.",
    ),
    Silent(
        "F21, lines of sight",
        "Productivity spills over only to those whom the productive peer can see.",
        "Mas and Moretti 2009 (evidence F21)",
        "A peer is seen or is not a peer; who sees whom within a team is not modelled.",
    ),
    Silent(
        "F22, dismissals",
        "Thousands are dismissed once the fakes are known.",
        "Wells Fargo 2011 to 2016 (evidence F22)",
        "Being found out costs, and the person stays.",
    ),
    Silent(
        "F25, deployments",
        "Deployments slow down, and more of them are rolled back.",
        "DORA 2024 and 2025 (evidence F25 and 2)",
        "Work is done or waits; nothing is deployed, and nothing fails later.",
    ),
    Silent(
        "Section 17, leaving under pressure",
        "Pressure to use AI makes people leave.",
        "Ding et al., of offices; 22 % would consider it (evidence 17)",
        "Nobody measured how many do. That they do, and about how many, is an input "
        "(people.quit_sensitivity), so that nothing could come out otherwise.",
    ),
    Silent(
        "Section 2, skill decay",
        "People who lean on AI understand less of what they made.",
        "Anthropic, January 2026 (evidence 2)",
        "Manual skill is fixed at hire; only proficiency with AI is learnt and "
        "forgotten.",
    ),
)
"""The facts of the evidence that are not in ``facts.NAMES``."""
