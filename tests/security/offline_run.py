"""Runs the command line, the web chat and an evaluation, and counts what tried to leave this machine.

Usage: offline_run.py FOLDER CORPUS QUESTIONS [--in-namespace]. An audit hook catches Python's own attempts. In
a network namespace of its own (``unshare --net``), which has no route to anywhere, the kernel counts
what any process in it tried to send; the loopback interface is raised first. The counts are printed as
JSON: {"attempts": [...], "kernel": N}, with null where the kernel does not count.
"""

import contextlib
import fcntl
import ipaddress
import json
import os
import socket
import struct
import sys
import threading
from pathlib import Path

ATTEMPTS: list[str] = []
RAISE_INTERFACE, UP_AND_RUNNING = 0x8914, 0x41


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Note each connection, datagram and look-up that is not for this machine itself."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[-1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        host = arguments[0]
    else:
        return
    if isinstance(host, str | bytes) and not own(host):
        ATTEMPTS.append(f"{event} {host!r}")


def own(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(name).is_loopback
    return name in {"", "localhost"}


def raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", UP_AND_RUNNING)
        fcntl.ioctl(any_socket, RAISE_INTERFACE, request)


def without_route() -> int:
    """How many packets of this network namespace found no route, in either version of IP."""
    names, values = [
        line.split() for line in Path("/proc/net/snmp").read_text().splitlines() if line.startswith("Ip: ")
    ]
    lines = (line.split() for line in Path("/proc/net/snmp6").read_text().splitlines())
    newer = sum(int(value) for name, value in lines if name == "Ip6OutNoRoutes")
    return int(values[names.index("OutNoRoutes")]) + newer


def run_everything(folder: Path, corpus: str, questions: str) -> None:
    from assistant.__main__ import main

    os.environ["ASSISTANT_INDEX"] = str(folder / "index")
    with (folder / "printed").open("w") as printed, contextlib.redirect_stdout(printed):
        for arguments in (
            ["ingest", corpus],
            ["ask", "who claimed the Kayes attacks?", "--json"],
            ["search", "bridge"],
            ["list"],
            ["evaluate", questions, "--out", str(folder / "report")],
            ["doctor"],
        ):
            code = main(arguments)
            assert code == 0, (arguments, code)
        chat()


def chat() -> None:
    import httpx

    from assistant import Assistant
    from assistant.web.server import chat_server

    with Assistant.open() as assistant:
        server = chat_server(assistant, port=0)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            with httpx.Client(base_url=server.address, timeout=30, trust_env=False) as client:
                config = client.get("/config").json()
                for path in ("/", "/chat.js", "/theme.css", "/gradio_api/info"):
                    assert client.get(path).status_code == 200
                asking = next(one for one in config["dependencies"] if one["targets"][0][1] == "submit")
                body = {
                    "data": ["Who claimed the attacks?", None, "", "", []],
                    "fn_index": asking["id"],
                    "session_hash": "offline",
                }
                assert client.post("/gradio_api/queue/join", json=body).status_code == 200
                with client.stream(
                    "GET", "/gradio_api/queue/data", params={"session_hash": "offline"}
                ) as events:
                    assert any('"process_completed"' in line for line in events.iter_lines())
        finally:
            server.should_exit = True
            thread.join()


def main() -> None:
    sys.addaudithook(watch)
    counted = "--in-namespace" in sys.argv
    if counted:
        raise_loopback()
        assert without_route() == 0
    folder, corpus, questions = sys.argv[1:4]
    if corpus == "--prove":  # that what leaves is counted
        with contextlib.suppress(OSError), socket.create_connection(("192.0.2.1", 80), timeout=1):
            pass
    else:
        run_everything(Path(folder), corpus, questions)
    sys.stdout.write(json.dumps({"attempts": ATTEMPTS, "kernel": without_route() if counted else None}))


if __name__ == "__main__":
    main()
