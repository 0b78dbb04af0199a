"""Estimators on panels of employees and weeks, simulated ones or a reader's own.

Plain arrays in, an estimate with its standard error out; nothing here simulates.
"""
