"""A Python program that reproduces the main numbers of a study."""

from collections.abc import Mapping, Sequence

from experiments.config.command import NOT_RESULTS, root
from experiments.config.request import Request, parents_of
from experiments.config.settings import CompareSettings, RunSettings

STUDY = ("study", "seed")


def of_scenario(request: Request) -> list[str]:
    """List the overrides that describe the scenario of a request."""
    roots = (*NOT_RESULTS, *STUDY)
    return [text for text in request.overrides if root(text) not in roots]


def python(request: Request, replicates: int) -> str:
    """Write a program that prints effects on output, or the output of one scheme.

    ``replicates`` is the number of replicates that the study ended with.
    """
    settings = request.settings
    if isinstance(settings, CompareSettings):
        names = dict.fromkeys((settings.baseline, *settings.schemes))
        schemes = {name: [f"scheme={name}", *request.shared] for name in names}
        schemes[request.scheme] = of_scenario(request)
        for parent in parents_of(request, schemes).values():
            schemes.setdefault(parent, [f"scheme={parent}", *request.shared])
        asked = request.scheme if request.scenario.releases else None
        return _program(schemes, settings.baseline, asked, request.seed, replicates)
    if isinstance(settings, RunSettings):
        schemes = {request.scheme: of_scenario(request)}
        return _program(schemes, None, None, request.seed, replicates)
    raise TypeError(f"study={request.study} has no numbers to reproduce")


def _program(
    schemes: Mapping[str, Sequence[str]],
    baseline: str | None,
    releases_of: str | None,
    seed: int,
    replicates: int,
) -> str:
    """Write the program; all schemes live through the releases of one of them."""
    lines = ["from experiments import compose", "from model import Job, simulate_many"]
    lines += ["", "SCHEMES = {"]
    for name, overrides in schemes.items():
        lines.append(f"    {name!r}: {list(overrides)!r},")
    lines += ["}", f"SEED, REPLICATES = {seed}, {replicates}", ""]
    composed = "compose(overrides)"
    if releases_of is not None:
        lines += [f"RELEASES = compose(SCHEMES[{releases_of!r}]).releases", ""]
        composed = "compose(overrides).released(RELEASES)"
    lines += [
        "output = {}  # half-days per employee-week over the whole run, by replicate",
        "for name, overrides in SCHEMES.items():",
        f"    scenario = {composed}",
        "    jobs = [Job(scenario, SEED, number) for number in range(REPLICATES)]",
        "    runs = simulate_many(jobs)",
        '    output[name] = [run.weeks["output"].mean() for run in runs]',
        "",
        "for name, values in output.items():",
    ]
    if baseline is None:
        lines.append("    print(name, sum(values) / REPLICATES)")
    else:
        lines += [
            f"    pairs = zip(values, output[{baseline!r}])",
            "    effect = sum(with_it - without for with_it, without in pairs)",
            "    print(name, effect / REPLICATES)",
        ]
    return "\n".join(lines) + "\n"
