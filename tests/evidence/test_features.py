import copy

import pytest

from assistant.errors import ModelError
from assistant.evidence import features
from assistant.evidence.features import FEATURES, fitted_weights, log_odds


@pytest.mark.parametrize("model", FEATURES)
def test_the_weights_are_those_of_the_features_in_their_order(model: str) -> None:
    stored = features.stored_weights()
    assert stored["features"][model] == ["intercept", *FEATURES[model]]
    assert len(stored["weights"][model]) == len(FEATURES[model]) + 1


def test_every_stored_regression_is_checked() -> None:
    assert set(features.stored_weights()["weights"]) == set(FEATURES) == set(fitted_weights())


def test_weights_of_other_features_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    swapped = copy.deepcopy(features.stored_weights())
    names = swapped["features"]["sentence"]
    names[1], names[2] = names[2], names[1]
    fitted_weights.cache_clear()
    monkeypatch.setattr(features, "stored_weights", lambda: swapped)
    try:
        with pytest.raises(ModelError, match="sentence"):
            log_odds("sentence", [[0.0] * len(FEATURES["sentence"])])
        assert log_odds("hit", [[0.0] * len(FEATURES["hit"])]).shape == (1,)
    finally:
        fitted_weights.cache_clear()
