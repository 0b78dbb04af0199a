"""Numbers, schemes and ways of gaming in words, for a screen or a page.

Here live words for single things: a number with its digits, a scheme in plain words,
how an incentive can be gamed. Sentences about results live elsewhere: in ``report/`` if
several pages need them, with the study if only one does. Nothing here imports more than
``model/``.
"""
