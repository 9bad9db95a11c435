import numpy as np
import pytest

from assistant.models.load import load_embedder
from assistant.models.support_score import (
    RESPONSE_FEATURES,
    SUPPORT_FEATURES,
    described,
    doubt,
    response_features,
    stored_weights,
    support,
    thresholds,
)
from assistant.settings import Settings

GROUND = [
    "The flood of 3 May destroyed 41 houses in Holmby, the mayor, Ada Renner, said on Monday. "
    "Nobody was hurt. The county will pay for half of the repairs."
]


def test_a_faithful_sentence_is_likelier_than_one_with_other_names_and_figures() -> None:
    embedder = load_embedder(Settings())
    faithful = support("The flood destroyed 41 houses in Holmby.", GROUND, embedder)
    reworded = support("In Holmby, 41 homes were destroyed by the flood.", GROUND, embedder)
    invented = support("Karl Osten said that 900 soldiers rebuilt the bridge at Senna.", GROUND, embedder)
    assert faithful > invented
    assert reworded > invented
    assert invented < thresholds()["sentence"] < faithful


def test_nothing_supports_nothing() -> None:
    embedder = load_embedder(Settings())
    assert support("The flood destroyed 41 houses.", [], embedder) == 0.0
    assert support("", GROUND, embedder) == 0.0
    assert described(["The and of."], GROUND, embedder) == []


def test_an_answer_with_inventions_is_more_doubtful() -> None:
    embedder = load_embedder(Settings())
    good = described(["The flood destroyed 41 houses in Holmby.", "Nobody was hurt."], GROUND, embedder)
    bad = described(
        ["The flood destroyed 41 houses in Holmby.", "Karl Osten promised 900 new houses by 2031."],
        GROUND,
        embedder,
    )
    assert doubt(bad, 1) > doubt(good, 0)


@pytest.mark.parametrize(
    ("model", "names"), [("sentence", SUPPORT_FEATURES), ("response", RESPONSE_FEATURES)]
)
def test_the_weights_fit_the_features(model: str, names: tuple[str, ...]) -> None:
    stored = stored_weights()
    assert stored["features"][model] == ["intercept", *names]
    assert len(stored["weights"][model]) == len(names) + 1


def test_a_long_answer_is_described_like_a_short_one() -> None:
    embedder = load_embedder(Settings())
    rows = described(["The flood destroyed 41 houses in Holmby."], GROUND, embedder)
    assert len(response_features(np.array(rows * 30), 0)) == len(RESPONSE_FEATURES)
