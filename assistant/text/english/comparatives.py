"""English comparatives: irregular ones, those of adverbs, and what figure is asked for by some."""

from __future__ import annotations

IRREGULAR = {"better": "good", "worse": "bad", "further": "far", "farther": "far"}
# Comparatives that follow a verb other than "be": "lasted longer", "rose higher".
MANNER = tuple("longer later earlier sooner faster slower higher lower further farther deeper".split())
# Adjectives whose figure articles give under another name.
ASKED_BY = {
    "deadly": "How many people died in {thing}",
    "bloody": "How many people died in {thing}",
    "cheap": "How much does {thing} cost",
    "expensive": "How much does {thing} cost",
    "costly": "How much did {thing} cost",
    "rich": "How much is {thing} worth",
}
# Superlatives that want the lowest figure.
LOWEST_WANTED = tuple(
    "fewest lowest smallest cheapest shortest youngest lightest slowest mildest coldest weakest".split()
)
