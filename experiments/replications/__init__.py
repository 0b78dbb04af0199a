"""Published models rebuilt from their description and held against their numbers.

A replicated model keeps the randomness of its own framework, seeded for each run;
``model/draws.py`` belongs to our own model.
"""
