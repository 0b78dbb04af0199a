"""The studio: change a scheme, see reported usage and real work part ways."""
