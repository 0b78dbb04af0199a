"""One self-contained page a study, and its charts, made from the study's files."""

from experiments.report.publish import say_end, say_paths, write

__all__ = ["say_end", "say_paths", "write"]
