"""What a half-day yields: output and tokens."""

from model.compiled import rule
from model.elementary import exp
from model.normal import quantile


@rule
def genuine_gain(ability: float, suitability: float, loss: float) -> float:
    """Relative gain of genuine use, g(x) = a gamma(z) x - l (1 - x).

    The ability is a gamma(z), the gain on the most suitable task.

    Below zero the half-day would have been better without AI: misuse.
    """
    return ability * suitability - loss * (1.0 - suitability)


@rule
def padding_loss(padding_time: float, automation: float, savvy: float) -> float:
    """Share of a padded half-day lost to work, pi = pi_0 (1 - auto s)."""
    return padding_time * (1.0 - automation * savvy)


@rule
def padding_tokens(intensity: float, scripting: float, savvy: float) -> float:
    """Expected tokens of a padded half-day [M], kappa_pad (1 + m s)."""
    return intensity * (1.0 + scripting * savvy)


@rule
def noise_factor(u: float, sd: float) -> float:
    """Lognormal factor with mean 1 from a uniform draw."""
    return exp(sd * quantile(u) - 0.5 * sd * sd)
