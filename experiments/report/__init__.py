"""One self-contained page a study, and its charts, made from the study's files."""
