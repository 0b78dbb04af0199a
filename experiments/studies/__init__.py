"""One file per question, each with ``run(request)``."""
