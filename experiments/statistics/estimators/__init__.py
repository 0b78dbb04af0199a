"""Estimators on panels of employees and weeks, simulated or a reader's own.

They take plain arrays and give estimates with standard errors. Nothing here simulates.
"""
