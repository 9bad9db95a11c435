from collections.abc import Iterator
from pathlib import Path

import pytest
from figures import FIGURES

from assistant import Assistant, Settings

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def corpus_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index of the demonstration corpus; tests read it, and never change it."""
    settings = Settings(index=tmp_path_factory.mktemp("corpus") / "index")
    Assistant.build(ROOT / "corpus", settings).close()
    return settings


@pytest.fixture(scope="session")
def corpus_assistant(corpus_settings: Settings) -> Iterator[Assistant]:
    """An assistant over the demonstration corpus."""
    with Assistant.open(corpus_settings) as assistant:
        yield assistant


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests measured, in `make torture`."""
    if (
        "slow" in terminalreporter.config.option.markexpr
        and "not" not in terminalreporter.config.option.markexpr
    ):
        for line in FIGURES:
            terminalreporter.write_line(f"figure: {line}")
