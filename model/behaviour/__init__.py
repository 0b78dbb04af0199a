"""How people choose from payoffs, one rule a file; ``people.rule`` names one.

Each gives weights in proportion to the probabilities of manual work, genuine use and
padding. ``open_to`` is how many of these, in this order, a person would and may do.
"""
