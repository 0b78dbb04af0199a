"""Memory of this process, as the operating system accounts for it."""

import resource
import sys
from pathlib import Path


def memory() -> tuple[float, float]:
    """Memory in use and its peak so far [MiB].

    Where there is no /proc, both are the peak that ``getrusage`` knows; on Linux that
    would count in what the process that started this one was using.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        unit = 2**20 if sys.platform == "darwin" else 2**10
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
        return peak, peak
    lines = dict(line.split(":", 1) for line in status.splitlines())
    now, peak = (int(lines[key].split()[0]) / 1024 for key in ("VmRSS", "VmHWM"))
    return now, peak
