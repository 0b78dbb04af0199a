"""Best response: cut-offs of suitability that split the activities as tau -> 0.

Payoffs as in ``model.theory.choice_shares``, pay linear in the score. Genuine use is
worth k (y - y0) more than its best alternative v, where y is the judged suitability,
k = omega theta (a gamma + l), v = max(manual, padding), so that without choice noise

    genuine if and only if  y > y*,   y* = 1 - (u_genuine(1) - v) / k
    padding, wherever genuine is not chosen, if and only if
              w_p - h > omega theta pi

and, with tasks x ~ U(0, 1) judged as y = x + sigma e,

    share of genuine = P(y > y*) = 1 - sigma [psi(y*/sigma) - psi((y* - 1)/sigma)],
    psi(t) = t Phi(t) + phi(t);   without error of judgement 1 - min(max(y*, 0), 1).

How far a small tau > 0 is from it. Near an inner cut-off the logit is
1 / (1 + exp(-k (x - x*) / tau)) and sigma = 0; exponentially small terms are left out
(``share_bound``):

    shares               as in the limit: the errors on both sides cancel
    on the wrong side    2 ln 2 tau / k of the half-days: first order
    output               -(pi^2 / 6) s (tau / k)^2: second order, with
                         s = theta (a gamma + l) what genuine use yields more per
                         unit of suitability

(Sommerfeld's expansion: int_0^inf dt / (1 + e^t) = ln 2 and
int_0^inf t dt / (1 + e^t) = pi^2 / 12.)

Assumes: traits and state do not change; no pay depends on the score so far.
Source: evidence C3 (three actions) in the limit of quantal response, McKelvey and
Palfrey (1995); the expansion is textbook asymptotics.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from model.theory.choice_shares import Floats, Pay, People, Setting, payoffs

ROOT = np.sqrt(2.0 * np.pi)


class BestResponse(NamedTuple):
    """What everybody does without choice noise, each of shape (n,)."""

    cutoff: Floats  # judged suitability above which genuine use is best
    slope: Floats  # k, payoff of genuine use per unit of suitability [half-days]
    pads: Floats  # 1 if padding is better than manual, else 0
    manual: Floats  # shares of half-days
    genuine: Floats
    padding: Floats


def best_response(people: People, setting: Setting, pay: Pay) -> BestResponse:
    """Cut-offs and shares of everybody in the limit tau -> 0."""
    ends = np.broadcast_to([0.0, 1.0], (len(people.productivity), 2))
    manual, genuine, padding = payoffs(people, setting, pay, ends)
    slope = genuine[:, 1] - genuine[:, 0]
    best_other = np.maximum(manual, padding)[:, 1]
    cutoff = 1.0 - (genuine[:, 1] - best_other) / slope
    pads = (padding > manual)[:, 1].astype(float)
    use = share_above(cutoff, setting.judgement_noise)
    return BestResponse(
        cutoff, slope, pads, (1.0 - pads) * (1.0 - use), use, pads * (1.0 - use)
    )


def share_above(cutoff: Floats, judgement_noise: float) -> Floats:
    """Share of tasks judged above a cut-off."""
    if judgement_noise == 0.0:
        return 1.0 - np.clip(cutoff, 0.0, 1.0)
    upper, lower = cutoff / judgement_noise, (cutoff - 1.0) / judgement_noise
    return 1.0 - judgement_noise * (_psi(upper) - _psi(lower))


def _psi(t: Floats) -> Floats:
    bell = np.exp(-0.5 * t**2) / ROOT
    return t * ndtr(t) + bell


def output(people: People, setting: Setting, best: BestResponse) -> Floats:
    """Output of a half-day in the limit, without error of judgement [half-days]."""
    low = np.clip(best.cutoff, 0.0, 1.0)
    steepness = people.top_gain + setting.loss
    added = 0.5 * steepness * (1.0 - low**2) - setting.loss * (1.0 - low)
    return people.productivity * (1.0 + added - setting.padding_loss * best.padding)


def wrong_side(best: BestResponse, choice_noise: float) -> Floats:
    """Share of half-days not on the best side of an inner cut-off, to first order."""
    return 2.0 * np.log(2.0) * choice_noise / best.slope


def output_remainder(
    people: People, setting: Setting, best: BestResponse, choice_noise: float
) -> Floats:
    """Output at a small tau less that of the limit, to second order [half-days].

    The task on which people are indifferent yields either of the two outputs; away
    from it genuine use yields theta (a gamma + l) more per unit of suitability.
    """
    steepness = people.productivity * (people.top_gain + setting.loss)
    return -(np.pi**2) / 6.0 * steepness * (choice_noise / best.slope) ** 2


def share_bound(
    people: People, setting: Setting, pay: Pay, best: BestResponse, choice_noise: float
) -> Floats:
    """Largest distance of any share at a small tau from that of the limit, (n,).

    With delta what the worse alternative to genuine use lacks, the logit takes it
    instead of the better one with at most exp(-delta / tau), and both together are
    worth at most tau exp(-delta / tau) more than the better one, which moves the
    cut-off. Without error of judgement the tails of the logit beyond the ends of
    [0, 1] add at most (tau / k) exp(-k d / tau) each; with it, the density of judged
    suitability is not even around the cut-off, but its slope is at most
    1 / (sigma sqrt(2 pi)).
    """
    ends = np.broadcast_to([0.0, 1.0], (len(people.productivity), 2))
    manual, _, padding = payoffs(people, setting, pay, ends)[:, :, 0]
    confused = np.exp(-np.abs(manual - padding) / choice_noise)
    width = choice_noise / best.slope
    if setting.judgement_noise > 0.0:
        steepest = 1.0 / (setting.judgement_noise * ROOT)
        return confused * (1.0 + width) + steepest * np.pi**2 / 6.0 * width**2
    near = np.minimum(np.abs(best.cutoff), np.abs(1.0 - best.cutoff))
    return confused * (1.0 + width) + 2.0 * width * np.exp(-near / width)
