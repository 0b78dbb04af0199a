"""Pages, and the sentences that more than one study needs.

Here live the parts of a page and how it is written (page, publish), the pages of a
comparison and of one scheme, and what is said of effects, precision and signs. Numbers
are not computed here (``statistics/``), and what one study says stands with it.
"""
