"""Charts that more than one study draws, one a file, and the house style.

Here data go in and a Matplotlib figure comes out; ``save`` makes files of it. A chart
of a comparison ends its file with a ``CHART``: caption, place and words. Charts of a
single study stand with it; where a chart goes on a page is said in ``report/``.
"""
