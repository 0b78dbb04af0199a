"""The page that ``tokenmaxxing --help`` prints."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed

from experiments.config.catalogue import GROUPS, LEVERS, members
from experiments.config.settings import STUDIES, Input

PAGE = """\
tokenmaxxing: what happens to real work when AI use is measured and rewarded?

  tokenmaxxing [group=member] [group.key=value] [key=value] ...

Examples
  tokenmaxxing                                    compare all schemes
  tokenmaxxing study=compare study.replicates=64
  tokenmaxxing scheme=amazon_2026 organisation.employees=2000 study=run
  tokenmaxxing quota=monthly quota.amount=160 review.weight=0.3 study=run
  tokenmaxxing study=check scheme=./ours.yaml     say in words what a scheme does
  tokenmaxxing study=parameters                   every key: unit, range, source
  tokenmaxxing app                                open the studio in a browser

Studies
{studies}

What the principal chooses
{levers}

What is given
{given}

Top level
  weeks=104    length of the run          seed=1       of all draws
  out=DIR      folder of the results      again=true   repeat a finished study
{reads}
  engine.threads=2  how many threads; 0: all cores, changes no result
  timeline=... phases of the scheme, such as
                'timeline=[{{week: 40, change: ["leaderboard=none"]}}]', or new
                models, 'timeline=[{{week: 30, technology: {{gain: 0.9}}}}]'
  groups=...   people under schemes of their own, such as
                'groups={{pilot: {{share: 0.5, change: ["quota=monthly"]}}}}'
  changes=...  the shipped scheme that this one changes; study=compare shows both

Flags
  --cfg job    print the config           --multirun   several values: weeks=52,104
  --help       this page                  --version
"""


def page() -> str:
    """Write the help page, with every group and every member."""
    others = [g for g in GROUPS if g not in LEVERS and g not in ("study", "engine")]
    studies = [f"  study={name:16}{_purpose(name)}" for name in STUDIES]
    return PAGE.format(
        studies="\n".join(studies),
        levers="\n".join(_group(name) for name in LEVERS),
        given="\n".join(_group(name) for name in others),
        reads="\n".join(_reads()),
    ).rstrip()


def version() -> str:
    """Give the name and the installed version."""
    try:
        return f"tokenmaxxing {installed('tokenmaxxing')}"
    except PackageNotFoundError:
        return "tokenmaxxing (not installed)"


def _reads() -> Iterator[str]:
    """List the files and folders that studies read, with the studies."""
    readers: dict[Input, list[str]] = {}
    for name, kind in STUDIES.items():
        if kind.reads:
            readers.setdefault(kind.reads, []).append(f"study={name}")
    for reads, names in readers.items():
        key = f"{reads.key}={reads.sort}"
        yield f"  {key:13}{reads.what} ({', '.join(names)})"


def _purpose(study: str) -> str:
    doc = STUDIES[study].__doc__ or ""
    return doc.partition(": ")[2].rstrip(".")


def _group(name: str) -> str:
    lines, line = [], f"  {name + '=':15}"
    for member in members(name):
        if len(line) + len(member) > 84:
            lines.append(line.rstrip())
            line = " " * 17
        line += member + "  "
    return "\n".join([*lines, line.rstrip()])
