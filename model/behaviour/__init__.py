"""How people choose from payoffs, one rule a file; ``people.rule`` names one.

Each gives weights in proportion to the probabilities of manual work, genuine use,
trivial use and padding. ``open_to`` is the mask of those that a person would and may
do.
"""
