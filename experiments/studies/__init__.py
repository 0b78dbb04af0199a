"""A file or a folder for each question that the command line asks, with ``run``.

Here lives what one question alone needs: its plan and tables, what it prints, its page
and its charts. What two questions need does not: that stands in the layer below that
its imports allow. No study imports another; ``study.py`` calls all of them in one way.
"""
