"""How a company could measure what nobody knows: a sentence for every unknown.

What is worth measuring is told by ``study=certificate``; this says how. None of it
needs to name a person: shares, spreads and slopes over some dozens are enough.
"""

from collections.abc import Mapping

MEASURED_BY: Mapping[str, str] = {
    "organisation.team_size": "Count people by team in the directory.",
    "organisation.half_day_value": (
        "Divide yearly cost of employment by 520 half-days; ask finance for the margin."
    ),
    "organisation.demand": (
        "Compare tasks that came with tasks that were finished, month by month."
    ),
    "organisation.backlog_leak": (
        "Follow a month's open tasks: which part is closed without having been done?"
    ),
    "organisation.replacement": (
        "Add what hiring, training and the empty place cost for the last ten leavers."
    ),
    "people.skill_sd": (
        "Have the same tasks done by many without AI; take the log-sd of their output."
    ),
    "people.ambition_cv": (
        "Ask in a survey what a good review is worth in pay given up; take the spread."
    ),
    "people.status_cv": (
        "Ask in a survey what a high public rank is worth in pay given up; take the "
        "spread."
    ),
    "people.conscience_floor": (
        "Ask, with a randomised response, for what payment people would pad at all."
    ),
    "people.conscience_shape": (
        "Ask, with a randomised response, for what payment people would pad; fit a "
        "gamma."
    ),
    "people.conscience_scale": (
        "Ask, with a randomised response, for what payment people would pad; take the "
        "mean."
    ),
    "people.never_gamers": (
        "Ask, with a randomised response, who would never pad whatever it paid."
    ),
    "people.dressing_scruple": (
        "Ask, with a randomised response, which is worse: to pad or to dress up output."
    ),
    "people.overstating_scruple": (
        "Ask, with a randomised response, which is worse: to pad or to overstate "
        "savings."
    ),
    "people.hiding_scruple": (
        "Ask, with a randomised response, which is worse: to pad or to hide a defect."
    ),
    "people.perception_bias": (
        "Time tasks done with and without AI, and ask the same people what they saved."
    ),
    "people.gesture_scruple": (
        "Where active days are counted, take the share of one-prompt days by what "
        "hangs on them."
    ),
    "people.gesture_noise": (
        "Where active days are counted, see how sharply one-prompt days rise with the "
        "stake."
    ),
    "people.reluctance_mean": (
        "Offer tools freely in a pilot: which share of suitable tasks goes to AI?"
    ),
    "people.reluctance_sd": (
        "Offer tools freely in a pilot: how far do people differ on the same tasks?"
    ),
    "people.ceiling_a": (
        "Test gains on set tasks a year into use; fit a beta distribution to the "
        "people."
    ),
    "people.ceiling_b": (
        "Test gains on set tasks a year into use; fit a beta distribution to the "
        "people."
    ),
    "people.start_a": (
        "Test gains on set tasks in the first week of use, and again a year later."
    ),
    "people.start_b": (
        "Test gains on set tasks in the first week of use, and again a year later."
    ),
    "people.belief_mean": (
        "Ask people what AI will save on set tasks, then time them; take the mean "
        "error."
    ),
    "people.belief_sd": (
        "Ask people what AI will save on set tasks, then time them; take the spread."
    ),
    "people.intensity": "Read tokens per active half-day from the vendor's export.",
    "people.intensity_sd": (
        "Read tokens per active half-day by person from the vendor's export; take "
        "log-sd."
    ),
    "people.intensity_skill": (
        "Correlate tokens per half-day with output without AI, over teams if need be."
    ),
    "people.padding_intensity": (
        "Let a few volunteers burn tokens for a half-day, and read the meter."
    ),
    "people.padding_sd": (
        "Let volunteers burn tokens for a half-day; take the log-sd of the meter."
    ),
    "people.padding_skill": (
        "Let volunteers burn tokens; correlate the meter with their output without AI."
    ),
    "people.savvy_a": (
        "Let volunteers burn tokens unattended: who already has a script?"
    ),
    "people.savvy_b": (
        "Let volunteers burn tokens unattended: who already has a script?"
    ),
    "people.suspicious": (
        "Ask in an anonymous survey who thinks that managers use what they see."
    ),
    "people.suspected_weight": (
        "Ask in an anonymous survey how much usage counts in the review as it is held."
    ),
    "people.suspicion_fading": (
        "Repeat that survey after usage is hidden, month by month."
    ),
    "people.experimenting": (
        "In the logs, take the share of half-days in which people leave their habit."
    ),
    "people.loss_aversion": (
        "Offer small lotteries with gains and losses to volunteers, as in the "
        "laboratory."
    ),
    "people.curvature": (
        "Offer small lotteries of different size to volunteers, as in the laboratory."
    ),
    "people.choice_noise": (
        "Give the same tasks twice: how often does a person choose AI once and not "
        "again?"
    ),
    "people.own_value": (
        "Before reviews matter, see how much output falls when nobody looks at it."
    ),
    "people.effort": (
        "Raise a bonus on output in some teams, drawn by lot: how much more is done?"
    ),
    "people.urgency": (
        "Compare output and overtime in weeks with much and with little waiting work."
    ),
    "people.patience": (
        "Compare effort long before and just before a review, at the same work load."
    ),
    "people.cramming": (
        "Where a minimum is counted, see how people far below it act in its last days."
    ),
    "people.uncertainty": (
        "Ask people midway where they will end in the count; compare with where they "
        "do."
    ),
    "people.judgement_noise": (
        "Let people sort tasks by how well AI will do them, then let AI do them."
    ),
    "people.pace_memory": (
        "In the logs, see how many weeks a busy week still shows in later use."
    ),
    "people.learning": (
        "Test gains on set tasks monthly from the first week of use; fit the curve."
    ),
    "people.forgetting": "Test gains again after a leave without AI.",
    "people.belief_rate": (
        "Ask monthly what people expect to save on set tasks: how fast does error "
        "shrink?"
    ),
    "people.lasting_belief": (
        "Ask the same of people with a year of use: the error that is left."
    ),
    "people.savvy_own": "Let volunteers burn tokens on two days a month apart.",
    "people.savvy_contact": (
        "Look for the same token-burning script spreading from desk to desk."
    ),
    "people.savvy_decay": (
        "See how long a token-burning script works before tools change."
    ),
    "people.recovery": (
        "Ask for exhaustion weekly, with a short scale, around a busy season."
    ),
    "people.exhaustion_backlog": (
        "Ask for exhaustion weekly, with a short scale, beside the work that waits."
    ),
    "people.exhaustion_effort": (
        "Ask for exhaustion weekly, with a short scale, beside hours worked."
    ),
    "people.exhaustion_loss": (
        "Compare output at the same load in rested and in exhausted weeks."
    ),
    "people.quit_sensitivity": (
        "Compare resignations between teams that pressure hit hard and hardly."
    ),
    "people.quit_skill": (
        "Compare resignations between the best and the weakest thirds."
    ),
    "people.quit_exhaustion": (
        "Compare resignations of people who said that they were exhausted, or not."
    ),
    "technology.gain": (
        "Time the same suitable tasks with and without AI, drawn by lot, for skilled "
        "users."
    ),
    "technology.skill_gradient": (
        "In the same trial, compare the gains of the more and the less skilled."
    ),
    "technology.loss": (
        "In the same trial, add tasks that AI does badly: what does its use cost?"
    ),
    "technology.task_sd": (
        "Let managers price a random hundred finished tasks; take the log-sd."
    ),
    "technology.chore_worth": (
        "List what people would hand to AI first, and price the best chore of a week."
    ),
    "technology.chore_decay": (
        "List what people would hand to AI next, and price chore after chore."
    ),
    "technology.chore_suitability": (
        "Give a random sample of chores to AI, and mark them."
    ),
    "technology.trivial_intensity": (
        "Sample logged sessions: tokens on chores against tokens on core work."
    ),
    "technology.trivial_teaching": (
        "Test gains of people who used AI for chores only against those of the rest."
    ),
    "technology.token_noise": (
        "Take the log-sd of tokens between half-days of the same person."
    ),
    "technology.padding_time": (
        "Let volunteers burn tokens for a half-day: how much work do they still do?"
    ),
    "technology.automation": (
        "Let volunteers burn tokens with a script: how much time does it save them?"
    ),
    "technology.scripting": (
        "Let volunteers burn tokens with a script and without one; divide."
    ),
    "technology.gesture_minutes": "Time one prompt, sent so as to count as active.",
    "technology.gesture_tokens": "Read the meter after one such prompt.",
    "technology.dressing_most": (
        "Let experts read a sample of reports twice, once without their polish."
    ),
    "technology.dressing_time": (
        "Ask authors, or their editors' logs, how long the polish took."
    ),
    "technology.dressing_hardness": (
        "Let volunteers make the same work look better and better, against the clock."
    ),
    "technology.overstating_most": (
        "Compare reported with timed savings where reports are rewarded, at the far "
        "end."
    ),
    "technology.overstating_hardness": (
        "Compare reported with timed savings at several sizes of the reward."
    ),
    "technology.hiding_time": (
        "Follow defects found late back to who knew: what did it take to hide them?"
    ),
    "technology.hiding_hardness": (
        "Compare defects found early and late at several weights on defects."
    ),
    "technology.defect_noise": (
        "Let two testers look for defects in the same work; compare what they find."
    ),
    "technology.observation_noise": (
        "Let two managers judge the output of the same person and week; compare."
    ),
    "technology.price": "Read the price per million tokens from the contract.",
    "technology.token_yield": (
        "In a timed trial, give some people larger limits, drawn by lot: what do they "
        "gain?"
    ),
    "technology.gain_drift": "Repeat the timed trial with every new model.",
    "technology.suitability_drift": (
        "Repeat a fixed set of hard tasks with every new model: how many work now?"
    ),
    "technology.token_drift": (
        "Read tokens per half-day month by month, at the same kind of task."
    ),
    "technology.price_drift": "Read the price of the same model's tokens year by year.",
    "peers.outside": (
        "Ask people how many colleagues outside their team they watch at work."
    ),
    "peers.team_weight": (
        "Ask people whose habits they see: in the team, or outside it?"
    ),
    "peers.norm_memory": (
        "Survey what is thought usual, monthly: how fast does it follow what is done?"
    ),
    "peers.norm_relief": (
        "Ask, with a randomised response, whether padding is fine if everybody pads."
    ),
    "peers.norm_pull": (
        "Ask, with a randomised response, whether one must pad where everybody does."
    ),
    "peers.teaching": (
        "Compare learners whose mates use AI well with learners whose mates do not."
    ),
    "peers.forum_practice": "Compare learners before and after a forum opens.",
    "peers.forum_tricks": (
        "Count token-burning tricks in the forum, and who copies them."
    ),
    "peers.rework_misuse": (
        "Track corrections that colleagues make to work that AI did badly, in hours."
    ),
    "peers.rework_size": (
        "Track corrections in hours beside how much was lost by each misuse."
    ),
    "peers.rework_use": "Track the hours that colleagues spend on anybody's AI output.",
    "peers.rework_queue": (
        "Track how long work waits for review, and what its author does meanwhile."
    ),
    "peers.review_load": "Time the review of a sample of AI-made changes.",
    "peers.review_capacity": "Ask seniors how many hours a week they can review.",
    "peers.senior_share": "Count in each team who may sign off work.",
    "peers.rework_dressing": (
        "Track the hours lost to reports that looked better than they were."
    ),
    "peers.rework_padding": (
        "Track the hours lost to AI output that nobody had asked for."
    ),
    "peers.productivity": (
        "Compare a person's output in weeks in which mates are away and are there."
    ),
    "people.rule": (
        "Give the same tasks twice, and watch who copies colleagues: which rule fits?"
    ),
    "peers.rework_law": (
        "Track corrections: do they go by misuse, by its size, by use, or by waiting?"
    ),
    "review.stake": (
        "Take the spread of rises and promotions between best and worst reviews, in "
        "pay."
    ),
    "leaderboard.status": (
        "Ask what people would give for a better rank; or show it to some, drawn by "
        "lot."
    ),
    "leaderboard.curvature": (
        "Ask whether the first and last places matter more than the middle of the "
        "board."
    ),
    "top_board.prize": (
        "Ask what being listed is worth in pay; or look at effort just below the last "
        "place."
    ),
    "quota.penalty": (
        "Compare reviews and careers of people just below and just above the minimum."
    ),
    "quota.shame": (
        "Show team-mates who missed it in some teams, drawn by lot; compare."
    ),
    "participation.penalty": (
        "Compare how often managers speak to inactive people below and at the target."
    ),
    "participation.softness": (
        "Compare pressure in teams far below, near and above the target."
    ),
    "participation.smoothing": (
        "See how many weeks of inactivity it takes until managers react."
    ),
    "audit.sanction": "Ask HR what being found out has cost people so far, in pay.",
    "audit.sensitivity": (
        "Plant some padded sessions, with volunteers, among those that are audited."
    ),
    "audit.false_positive": (
        "Plant some honest heavy sessions among those that are audited."
    ),
    "guidance.judgement": (
        "Let people sort tasks by how well AI will do them before and after guidance."
    ),
    "guidance.conscience": (
        "Ask, with a randomised response, before and after a clear word on padding."
    ),
    "guidance.training": (
        "Train some teams first, drawn by lot, and test gains on set tasks monthly."
    ),
    "gate.found": (
        "Plant some defects, with their authors' leave, in work that seniors sign off."
    ),
    "gate.time": "Time seniors who read a sample of AI output before they sign it off.",
}
"""By dotted key, for all unknowns, strengths of instruments and structures."""
