import os
import pty
import subprocess
import sys

GROWING = """
from assistant.interfaces.cli.terminal import shown_as_it_grows
from assistant.types import Answer

def answer(text, final):
    return Answer("who?", "who?", "answered", True, text=text, final=final)

last = shown_as_it_grows([answer("first words", False), answer("other words", True)])
print(last.text, last.final)
"""


def test_an_answer_that_grows_is_shown_on_stderr_and_wiped_off() -> None:
    screen, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm"}
    done = subprocess.run(
        [sys.executable, "-c", GROWING],
        stdout=subprocess.PIPE,
        stderr=terminal,
        env=environment,
        check=True,
        timeout=60,
    )
    os.close(terminal)
    shown = os.read(screen, 100_000).decode()
    os.close(screen)
    assert done.stdout.decode() == "other words True\n"
    assert "other words" in shown and "\x1b[2K" in shown  # shown, and its line erased at the end
