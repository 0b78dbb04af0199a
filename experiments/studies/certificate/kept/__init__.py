"""The tables of a certificate: a file for each question, with its rows."""
