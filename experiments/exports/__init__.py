"""Exports of tools that count the use of AI: what a file is, and what it says.

``formats.yaml`` is the table of formats; a person adds to it by a mapping of their own.
``files`` finds and opens what somebody points to, ``records`` reads it row by row,
``reading`` turns rows into a spool of numbers without names, and ``duplicates`` leaves
out what is there twice. ``meaning`` tests what a column of input holds.
"""
