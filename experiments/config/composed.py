"""Compose checked overrides by Hydra, over ``configs/``, into plain Python values."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import lru_cache
from threading import Lock
from typing import Any

import yaml
from hydra import compose as hydra_compose
from hydra import initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hydra.errors import HydraException
from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException

from experiments.config import declared, plain, roles
from experiments.config.catalogue import CONFIGS
from experiments.config.messages import allowed, shown
from experiments.config.overrides import Override
from experiments.errors import UserError

LOCK = Lock()  # Hydra keeps global state
NUMBERS = "numbers"
"""Where a composed workforce keeps numbers of roles, by key."""


def raw(overrides: Sequence[Override]) -> dict[str, Any]:
    """Compose by Hydra, once, into plain Python values.

    Numbers of roles, which are in no config, stand beside the mix.
    """
    own = [o for o in overrides if roles.is_number(o.key)]
    texts = tuple(override.text for override in overrides if override not in own)
    edition = tuple((path, path.stat().st_mtime_ns) for path in CONFIGS.rglob("*.yaml"))
    values = deepcopy(_composed(texts, edition))
    if own:
        values["workforce"][NUMBERS] = {o.key: _number(o) for o in own}
    return values


def _number(override: Override) -> float:
    """Read a number of a role."""
    number = plain.number(override.value)
    if number is None:
        row = roles.numbers()[override.key]
        raise UserError(
            f"{override.where}{override.key} is {shown(override.value)}, but a number "
            f"is needed; it must {allowed(row)}."
        )
    return float(number)


@lru_cache(
    256
)  # a study and a page ask again and again, and Hydra takes a tenth second
def _composed(texts: tuple[str, ...], edition: tuple[Any, ...]) -> dict[str, Any]:
    """Compose override texts over an edition of the files, on which all depends."""
    try:
        with LOCK, _no_other_hydra():
            config = hydra_compose("config", list(texts))
        values = OmegaConf.to_container(config, resolve=True, throw_on_missing=True)
    except yaml.YAMLError as error:  # in a config of ours that somebody edited
        mark = getattr(error, "problem_mark", None)
        place = f"{mark.name}, line {mark.line + 1}" if mark else "a config"
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise UserError(f"cannot read {place}: {reason}") from None
    except (HydraException, OmegaConfBaseException, ValueError, TypeError) as error:
        raise UserError(_first_line(error)) from None
    return {str(key): value for key, value in dict(values).items()}  # type: ignore[arg-type]


@contextmanager
def _no_other_hydra() -> Iterator[None]:
    """Set aside the Hydra of a caller, such as that of a ``--multirun``."""
    other = GlobalHydra.instance().hydra
    GlobalHydra.instance().clear()
    try:
        with (
            declared.offered(),
            initialize_config_dir(str(CONFIGS), version_base="1.3"),
        ):
            yield
    finally:
        GlobalHydra.instance().hydra = other


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    kept = [line for line in lines if "://" not in line]
    return "; ".join(kept[:2]) or type(error).__name__
