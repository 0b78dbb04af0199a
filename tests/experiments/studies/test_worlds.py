"""``study=worlds``: what is found, said and written."""

import numpy as np
import pytest

from experiments.__main__ import main
from experiments.studies.worlds.plan import CELLS, MET
from experiments.worlds import load, plausible
from experiments.worlds.search import search
from experiments.worlds.shipped import model_digest
from experiments.worlds.unknowns import STRUCTURES

pytestmark = pytest.mark.long
BEST_RESPONSE = 4
"""A structure in which plausible worlds are soon found."""


def test_a_search_finds_plausible_worlds_and_says_so(tmp_path, capsys):
    out = tmp_path / "out"
    main(["study=worlds", "study.each=1", "study.most_tries=40", f"out={out}"])
    said = " ".join(capsys.readouterr().out.split())
    worlds = load(out)
    cells = CELLS.read(out / CELLS.name)
    assert len(cells) == len(STRUCTURES)
    assert all(cell.tries == 40 for cell in cells)
    assert sum(cell.kept for cell in cells) == len(worlds) == worlds.origin.worlds
    assert all(cell.kept == min(1, cell.passes) for cell in cells)
    assert f"{20 * 40} worlds were drawn; the list has {len(worlds)} world" in said
    assert "there are fewer than 1" in said
    assert worlds.origin.digest == model_digest()
    assert all(plausible(values) for values in worlds.estimates)
    met = [row.met for row in MET.read(out / MET.name)]
    assert 0.0 < min(met) <= max(met) <= 1.0
    main(["study=worlds", "study.each=1", "study.most_tries=40", f"out={out}"])
    assert "complete, nothing to do" in capsys.readouterr().out


def test_a_search_is_the_same_whatever_the_threads_and_the_number_wanted():
    one = search(BEST_RESPONSE, 2, 64, seed=1, threads=1)
    two = search(BEST_RESPONSE, 1, 64, seed=1, threads=2)
    assert (one.tries, one.passes, one.met) == (two.tries, two.passes, two.met)
    assert one.worlds[:1] == two.worlds
    assert one.passes >= 1
    other = search(BEST_RESPONSE, 1, 8, seed=1, shape="uniform", threads=1)
    assert other.met != one.met
    assert np.array(one.met).max() <= one.tries
