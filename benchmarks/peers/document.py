"""Write what was measured as a page: ``python -m benchmarks.peers.document``."""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.peers import OURS, SYSTEMS

COLUMNS = (
    # heading, part, key, digits, whether more is better
    ("recall@1", "search", "recall@1", 3, True),
    ("recall@5", "search", "recall@5", 3, True),
    ("recall@10", "search", "recall@10", 3, True),
    ("recall in 1,000 words", "search", "recall_in_budget", 3, True),
    ("MRR", "search", "mrr", 3, True),
    ("words in 10 hits", "search", "words_read", 0, False),
    ("search p50, ms", "search", "p50_ms", 1, False),
    ("search p95, ms", "search", "p95_ms", 1, False),
    ("cold start, s", "search", "cold_start_s", 1, False),
    ("ingest, passages/s", "ingest", "passages_per_second", 1, True),
    ("ingest, words/s", "ingest", "words_per_second", 0, True),
    ("index, MB", "ingest", "index_mb", 1, False),
    ("peak memory of ingest, MB", "ingest", "peak_mb", 0, False),
    ("peak memory of search, MB", "search", "peak_mb", 0, False),
)

GROWTH = (
    ("ingest_s", "ingest, s"),
    ("search_p50_ms", "search p50, ms"),
    ("index_mb", "index, MB"),
    ("search_peak_mb", "peak memory of search, MB"),
)


def page(quality: dict[str, Any], scale: dict[str, Any] | None) -> str:
    """Return the page in Markdown; its pictures lie in ``images/`` beside it."""
    about = quality["data"]
    blocks = [
        "# Beside its peers",
        "Made by `make bench` and not edited by hand: the same articles, the same questions, the same machine, "
        "one system at a time, each in a process of its own.",
        machine_line(quality),
        "## Quality and speed",
        f"{about['articles']} articles ({about['words']:,} words) and {about['questions']} questions of "
        "RealTimeQA dev, drawn by a fixed seed. recall@k is the share of questions whose answer string stands "
        "in the first k passages, MRR the mean reciprocal rank of the first of ten that holds it. The best of "
        "each row is bold.",
        quality_table(quality["systems"]),
        "Passages differ in length from system to system: longer ones hold an answer more often and cost more "
        "to read. So the words in ten hits stand beside recall, and so does the recall of a reader who stops "
        "after 1,000 words. Ingest is timed from the articles on disk to a store that can be opened again, "
        "with the model's loading and without the imports; this assistant also cleans the text, dates it and "
        "links near-duplicates. Cold start is the time from starting a process to the first hits, the median "
        "of three.",
        "![recall@10 against the median search time](images/peers-quality.svg)",
        findings(quality["systems"]),
    ]
    if scale is not None:
        blocks += [
            "## How cost grows",
            machine_line(scale),
            "The same passages, cut by this assistant, and the same vectors for all: each is one of a thousand "
            "real ones with noise (cosine 0.8), because embedding would hide the cost of storing and searching. "
            f"{scale['questions']} questions. This assistant stores whole articles and cuts them itself.",
            scale_table(scale["points"]),
            *([scale["note"]] if "note" in scale else []),
            *behind_at_scale(scale["points"]),
            "![cost by number of passages](images/peers-scale.svg)",
        ]
    blocks += [
        "## How each is set up",
        "\n".join(f"- **{title}**: {module_summary(name)}" for name, (title, _) in SYSTEMS.items()),
        "All use the weights of all-MiniLM-L6-v2 that this project carries, and are asked for ten passages; "
        "otherwise the defaults that each project documents. None has a chat model here: the table compares "
        "what a chat model would be given.",
    ]
    return "\n\n".join(blocks) + "\n"


def machine_line(part: dict[str, Any]) -> str:
    """Return the date, the machine and the versions in one paragraph."""
    machine = part["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    return (
        f"Measured on {part['created']}: {machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory_gb']} GB, {machine['system']}, Python {machine['python']}; {versions}."
    )


def quality_table(systems: dict[str, Any]) -> str:
    """Return a Markdown table with a column for each system and the best of each row in bold."""
    lines = [
        "| | " + " | ".join(SYSTEMS[name][0] for name in systems) + " |",
        "|---|" + "---:|" * len(systems),
    ]
    for heading, part, key, digits, more in COLUMNS:
        values = {name: measured[part][key] for name, measured in systems.items()}
        best = max(values.values()) if more else min(values.values())
        cells = [
            f"**{value:,.{digits}f}**" if value == best and key != "words_read" else f"{value:,.{digits}f}"
            for value in values.values()
        ]
        lines.append(f"| {heading} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def scale_table(points: list[dict[str, Any]]) -> str:
    """Return a Markdown table with a row for each system and size."""
    lines = [
        "| | passages | " + " | ".join(title for _, title in GROWTH) + " |",
        "|---|---:|" + "---:|" * len(GROWTH),
    ]
    for point in sorted(points, key=lambda one: (list(SYSTEMS).index(one["system"]), one["passages"])):
        cells = [point["failed"]] if "failed" in point else [f"{point[key]:,.1f}" for key, _ in GROWTH]
        cells += [""] * (len(GROWTH) - len(cells))
        lines.append(f"| {SYSTEMS[point['system']][0]} | {point['passages']:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def findings(systems: dict[str, Any]) -> str:
    """Return where this assistant is behind, and whether a peer beats it in recall and speed at once."""
    own = [name for name in OURS if name in systems]
    peers = {name: measured for name, measured in systems.items() if name not in OURS}
    lines = []
    for mine in own:
        search = systems[mine]["search"]
        ahead = [
            SYSTEMS[name][0]
            for name, measured in peers.items()
            if measured["search"]["recall@10"] > search["recall@10"]
            and measured["search"]["p50_ms"] < search["p50_ms"]
        ]
        lines.append(
            f"- than {SYSTEMS[mine][0][0].lower()}{SYSTEMS[mine][0][1:]}: {', '.join(ahead) if ahead else 'none'}"
        )
    behind = [line for name in own for line in _behind(name, systems[name], peers)]
    both = "\n".join(
        [
            "Peers with both a higher recall@10 and a lower median search time, over these articles:",
            "",
            *lines,
        ]
    )
    return "\n\n".join([both, *(["Where this assistant is behind:", "\n".join(behind)] if behind else [])])


def _behind(mine: str, own: dict[str, Any], peers: dict[str, Any]) -> Iterator[str]:
    for heading, part, key, digits, more in COLUMNS:
        value = own[part][key]
        better = {
            name: measured[part][key]
            for name, measured in peers.items()
            if (measured[part][key] > value if more else measured[part][key] < value)
        }
        if better and key != "words_read":
            listed = ", ".join(f"{SYSTEMS[name][0]} {value:,.{digits}f}" for name, value in better.items())
            yield f"- {SYSTEMS[mine][0]}, {heading}: {value:,.{digits}f}, against {listed}"


def behind_at_scale(points: list[dict[str, Any]]) -> Iterator[str]:
    """Yield a list of the peers that cost less than this assistant by default, size by size, if any does."""
    measured = [point for point in points if "failed" not in point]
    lines = []
    for own in (point for point in measured if point["system"] == OURS[0]):
        for key, heading in GROWTH:
            less = [
                f"{SYSTEMS[other['system']][0]} {other[key]:,.1f}"
                for other in measured
                if other["system"] not in OURS and _one_size(own, other) and other[key] < own[key]
            ]
            if less:
                lines.append(
                    f"- {own['passages']:,} passages, {heading}: {own[key]:,.1f}, against {', '.join(less)}"
                )
    if lines:
        yield "Where this assistant costs more:\n\n" + "\n".join(lines)


def _one_size(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two points are of one size, of which each system may cut a little more or less."""
    return abs(one["passages"] - other["passages"]) < 0.1 * one["passages"]


def module_summary(name: str) -> str:
    """Return the first line of a system's module, which says how it is set up."""
    specification = importlib.util.find_spec(f"benchmarks.peers.{name}")
    if specification is None or specification.origin is None:
        raise SystemExit(f"there is no module for {name}")
    return (
        Path(specification.origin).read_text(encoding="utf-8").partition('"""')[2].partition('"""')[0].strip()
    )


def draw_quality(systems: dict[str, Any], path: Path) -> None:
    """Draw each system as a point: median search time against recall@10."""
    plot = _plot()
    figure, axes = plot.subplots(figsize=(7, 4.2), layout="constrained")
    for name, measured in systems.items():
        x, y = measured["search"]["p50_ms"], measured["search"]["recall@10"]
        axes.scatter(x, y, s=60, color=_colour(name), zorder=3)
        axes.annotate(SYSTEMS[name][0], (x, y), xytext=(8, 4), textcoords="offset points")
    axes.set(xlabel="median search time, ms (log)", ylabel="recall@10", xscale="log")
    axes.margins(0.2)
    axes.grid(alpha=0.3)
    _plain_numbers(axes.xaxis)
    figure.savefig(path, metadata={"Date": None})
    plot.close(figure)


def draw_scale(points: list[dict[str, Any]], path: Path) -> None:
    """Draw how each cost grows with the number of passages, on logarithmic axes."""
    points = [point for point in points if "failed" not in point]
    plot = _plot()
    figure, axes = plot.subplots(2, 2, figsize=(9, 6.4), layout="constrained", sharex=True)
    for place, (key, title) in zip(axes.flat, GROWTH, strict=True):
        for name in dict.fromkeys(point["system"] for point in points):
            own = [(point["passages"], point[key]) for point in points if point["system"] == name]
            place.plot(*zip(*own, strict=True), marker="o", color=_colour(name), label=SYSTEMS[name][0])
        place.set(xscale="log", yscale="log", title=title)
        place.grid(alpha=0.3)
        _plain_numbers(place.xaxis, place.yaxis)
    axes[1][0].set_xlabel("passages")
    axes[1][1].set_xlabel("passages")
    axes[0][0].legend(fontsize=8)
    figure.savefig(path, metadata={"Date": None})
    plot.close(figure)


def _plot() -> Any:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "peers", "svg.fonttype": "none", "axes.spines.top": False})
    mpl.rcParams.update({"axes.spines.right": False, "figure.facecolor": "white"})
    from matplotlib import pyplot

    return pyplot


def _plain_numbers(*scales: Any) -> None:
    from matplotlib import ticker

    for scale in scales:
        scale.set_major_formatter(ticker.StrMethodFormatter("{x:g}"))
        scale.set_minor_formatter(ticker.NullFormatter())


def _colour(name: str) -> str:
    palette = ("#c2442d", "#e58a78", "#1f5fa8", "#c97a12", "#177e6b", "#6b3fa0", "#6d7278", "#8c2f1f")
    return palette[list(SYSTEMS).index(name)]


def main() -> int:
    """Write the page and its pictures from the results."""
    parser = argparse.ArgumentParser(description="Write the measurements as a page.")
    parser.add_argument("--results", type=Path, default=Path("benchmarks/results"))
    parser.add_argument("--page", type=Path, default=Path("docs/benchmarks.md"))
    arguments = parser.parse_args()
    quality = json.loads((arguments.results / "peers-quality.json").read_text(encoding="utf-8"))
    growth = arguments.results / "peers-scale.json"
    scale = json.loads(growth.read_text(encoding="utf-8")) if growth.exists() else None
    images = arguments.page.parent / "images"
    images.mkdir(parents=True, exist_ok=True)
    draw_quality(quality["systems"], images / "peers-quality.svg")
    if scale is not None:
        draw_scale(scale["points"], images / "peers-scale.svg")
    arguments.page.write_text(page(quality, scale), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
