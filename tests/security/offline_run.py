"""Runs the command line, the web chat and an evaluation without a network, and counts what tried to leave.

Usage: offline_run.py FOLDER CORPUS QUESTIONS [--in-namespace]. An audit hook refuses and notes Python's own
attempts. In a network and mount namespace of its own (``unshare --net --mount``), which has no route to
anywhere, the kernel counts what any process in it tried to send; the loopback interface is raised first, and names
are to be looked up at an address beyond, so that a look-up counts too. What ran and what was counted is printed
as JSON: {"ran": [...], "attempts": [...], "kernel": N}, with null where the kernel does not count.

With ``--prove`` for CORPUS, it tries to leave: by Python, and in a namespace by a program that no hook sees.
"""

import contextlib
import fcntl
import ipaddress
import json
import os
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

ATTEMPTS: list[str] = []
RAN: list[str] = []
RAISE_INTERFACE, UP_AND_RUNNING = 0x8914, 0x41
BEYOND, NEWER_BEYOND = "192.0.2.1", "2001:db8::1"
UNHOOKED = f"""
import socket
def attempt(act, *arguments):
    try: act(*arguments)
    except OSError: print(act.__name__)
attempt(socket.socket(socket.AF_INET).connect, ({BEYOND!r}, 80))
attempt(socket.socket(socket.AF_INET6).connect, ({NEWER_BEYOND!r}, 80))
attempt(socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto, b"x", ({BEYOND!r}, 9))
attempt(socket.getaddrinfo, "river.test", 80)
"""


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse and note each connection, datagram and look-up that is not for this machine itself."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[-1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        host = arguments[0]
    else:
        return
    if isinstance(host, str | bytes) and not own(host):
        ATTEMPTS.append(f"{event} {host!r}")
        raise ConnectionRefusedError(f"{event} {host!r}: this run has no network")


def own(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(name).is_loopback
    return name in {"", "localhost"}


def raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", UP_AND_RUNNING)
        fcntl.ioctl(any_socket, RAISE_INTERFACE, request)


def look_up_beyond(folder: Path) -> None:
    """Let names be looked up at an address beyond this machine, in this mount namespace alone."""
    resolver = folder / "resolv.conf"
    resolver.write_text(f"nameserver {BEYOND}\noptions timeout:1 attempts:1\n")
    subprocess.run(["mount", "--bind", str(resolver), "/etc/resolv.conf"], check=True)


def try_to_leave(*, counted: bool) -> None:
    """Connect, send and look up: in this process, and where the kernel counts in one without the hook."""
    with (
        socket.socket(socket.AF_INET) as stream,
        socket.socket(socket.AF_INET6) as newer,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram,
    ):
        for act, arguments in (
            (stream.connect, ((BEYOND, 80),)),
            (newer.connect, ((NEWER_BEYOND, 80),)),
            (datagram.sendto, (b"x", (BEYOND, 9))),
            (socket.getaddrinfo, ("river.test", 80)),
        ):
            try:
                act(*arguments)
            except ConnectionRefusedError:
                RAN.append(act.__name__)
    if counted:
        done = subprocess.run([sys.executable, "-c", UNHOOKED], capture_output=True, text=True, check=True)
        RAN.extend(done.stdout.split())


def without_route() -> int:
    """How many packets of this network namespace found no route, in either version of IP."""
    names, values = [
        line.split() for line in Path("/proc/net/snmp").read_text().splitlines() if line.startswith("Ip: ")
    ]
    lines = (line.split() for line in Path("/proc/net/snmp6").read_text().splitlines())
    newer = sum(int(value) for name, value in lines if name == "Ip6OutNoRoutes")
    return int(values[names.index("OutNoRoutes")]) + newer


def run_everything(folder: Path, corpus: str, questions: str) -> None:
    from assistant.interfaces.cli.main import main

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
            RAN.append(arguments[0])
        chat()
        RAN.append("chat")


def chat() -> None:
    import httpx

    from assistant import Assistant
    from assistant.interfaces.web.server import chat_server

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
                    "data": ["Who announced that the capital was back under control?", None, "", "", []],
                    "fn_index": asking["id"],
                    "session_hash": "offline",
                }
                assert client.post("/gradio_api/queue/join", json=body).status_code == 200
                with client.stream(
                    "GET", "/gradio_api/queue/data", params={"session_hash": "offline"}
                ) as events:
                    said = list(events.iter_lines())
                (completed,) = (line for line in said if '"process_completed"' in line)
                assert json.loads(completed.removeprefix("data:"))["success"]
                assert any("turn answered done" in line for line in said)
        finally:
            server.should_exit = True
            thread.join()


def main() -> None:
    sys.addaudithook(watch)
    counted = "--in-namespace" in sys.argv
    folder, corpus, questions = sys.argv[1:4]
    if counted:
        raise_loopback()
        look_up_beyond(Path(folder))
        assert without_route() == 0
    if corpus == "--prove":
        try_to_leave(counted=counted)
    else:
        run_everything(Path(folder), corpus, questions)
    found = {"ran": RAN, "attempts": ATTEMPTS, "kernel": without_route() if counted else None}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
