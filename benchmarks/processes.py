"""Speaking with ``worker.py``."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

WORKER = Path(__file__).parent / "worker.py"


class Worker:
    """A process of ``worker.py`` that is asked for one thing after another.

    ``missing`` says why a framework cannot be used, and is empty if it can.
    """

    def __init__(self, name: str, python: str = sys.executable) -> None:
        self.name = name
        self.errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self.process = subprocess.Popen(
            [python, str(WORKER), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
        )
        self.missing = self.version = ""
        self.greeted = False

    def greet(self) -> str:
        """Wait until the worker is ready; why it is not, or nothing."""
        if not self.greeted:
            self.greeted = True
            hello = self._answer()
            self.missing = hello.get("missing", "")
            self.version = hello.get("version", "")
        return self.missing

    def ask(self, what: str, **details: Any) -> Any:
        """Ask, and wait for the answer."""
        self.order(what, **details)
        return self._answer()

    def order(self, what: str, **details: Any) -> None:
        """Ask, and do not wait; ``collect`` the answer later."""
        self.greet()
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": what, **details}) + "\n")
        self.process.stdin.flush()

    def collect(self) -> Any:
        """Wait for the answer to an order."""
        return self._answer()

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            self.errors.seek(0)
            told = self.errors.read().strip().splitlines()[-5:]
            raise RuntimeError(f"the worker {self.name} ended: " + "\n".join(told))
        return json.loads(line)

    def close(self) -> None:
        """Send the worker home."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()
