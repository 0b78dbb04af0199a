"""Validate requests: turn overrides and files into a study and a scenario.

Here live the names that exist (catalogue), ``key=value`` (overrides), composing by
Hydra (compose), settings of each study (settings) and the whole request (request).
The use of the settings lives with each study. Nothing here simulates, writes a file or
knows a chart.
"""
