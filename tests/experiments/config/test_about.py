import pytest

from experiments.config.about import about
from experiments.config.catalogue import members


@pytest.mark.parametrize("scheme", members("scheme"))
def test_every_scheme_says_its_name_what_it_is_and_whose(scheme):
    said = about(scheme)
    assert 0 < len(said.title) < 40
    assert said.title[:1].isupper()
    assert not said.text[:1].islower()
    assert said.text.endswith(".")
    assert "Source" not in said.text
    assert said.source
    for text in (said.text, said.source):
        assert "S[" not in text
        assert "docs/" not in text


def test_titles_differ():
    titles = [about(scheme).title for scheme in members("scheme")]
    assert len({*titles}) == len(titles)
