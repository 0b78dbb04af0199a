"""The model cut down to what every framework can be asked to do, and its rules.

What stays: ten half-days a week, each with a task that is judged with an error; the
logit choice between manual work, genuine use and padding; a quota of tokens in four
weeks that people weigh by their pace; lognormal luck with tokens; from week to week
learning by genuine use, the own pace, and a norm that follows the padding of the
team-mates and dulls the conscience. What goes: review, boards, audits and all other
incentives, chores, margins, gestures, corrected beliefs, learnt savvy, backlog, strain,
rework, peers outside the team. Our engine is configured to the same by its ordinary
parameters (``reduced.on_engine``), so that results can be compared.

Each framework has a module ``on_...`` with a class ``Organisation`` of the same face
(``rules.Face``), written as the framework's documentation writes models:

- ``on_mesa``: an object for each employee, ``AgentSet.do``;
- ``on_agentpy``: an object for each employee, ``ap.AgentList``;
- ``on_frames``: a Polars data frame, expressions over columns;
- ``on_starsim``: ``ss.Module`` with arrays as states and an own generator for each
  random decision.

Mesa and AgentPy share ``person``, because a rule over one plain Python object looks the
same in both.
"""
