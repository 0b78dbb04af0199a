"""What is said when a package is needed that is not installed."""

import sys

import pytest

from experiments.config.settings import Engine
from experiments.errors import UserError
from experiments.runs.engines.dask.connection import connected
from experiments.studies.fit.learning import sklearn
from experiments.studies.sensitivity.indices import salib


@pytest.mark.parametrize(
    ("package", "extra", "needed"),
    [
        ("sklearn", "fit", sklearn),
        ("SALib", "analysis", salib),
        (
            "distributed",
            "cluster",
            lambda: connected(Engine.model_construct()).__enter__(),
        ),
    ],
)
def test_a_missing_package_is_installed_for_the_python_at_work(
    monkeypatch, package, extra, needed
):
    for name in [n for n in sys.modules if n.split(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UserError) as refused:
        needed()
    lines = str(refused.value).splitlines()
    assert len(lines) == 2
    assert f"{sys.executable} -m pip install 'tokenmaxxing[{extra}]'" in lines[1]
