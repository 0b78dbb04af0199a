"""Programs that make the documents: generated blocks, the site, pictures, measurements.

Each is run as ``python -m tools.NAME``; ``make docs`` runs those that a site needs.
Nothing of the lab imports them, and none of them is installed with it.
"""
