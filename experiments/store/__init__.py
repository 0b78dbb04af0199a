"""What is kept: the folder of a study, its parts, its tables and its manifest.

Here live the only readers and writers of data files: Parquet for runs and weeks, CSV
for tables of results, JSON for pieces and the manifest. What the numbers mean lives
elsewhere, and so does their computation. The manifest comes last: a folder that has one
is finished.
"""
