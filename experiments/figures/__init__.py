"""Charts that more than one study draws, one a file, and the house style.

Data go in, a Matplotlib figure comes out; ``save`` makes files of it.
"""
