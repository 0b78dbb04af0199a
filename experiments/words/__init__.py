"""How numbers, schemes and ways of gaming are said, on a screen or a page.

Here live words for single things: a number with its digits, a scheme in plain words,
how an incentive can be gamed. Sentences about results do not: those that several
pages need stand in ``report/``, those of one study with the study. Nothing here knows
more than ``model/``.
"""
