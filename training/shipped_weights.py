"""Reads the judging reader's weights back from the files that ship, so that its training can go on from them."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

from training.judging_reader import FARTHEST, FIRST_POSITION, POSITIONS


def shipped_weights(file: Path) -> dict[str, Tensor]:
    """Return the state of ``JudgingReader`` that ``export_judging_reader`` wrote, but for ``shipped_embeddings``.

    Matrices come back as their integers times their scales, with what ``quantise`` multiplied into them taken out.
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.load_from_string(gzip.decompress(file.read_bytes())).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    state = {
        name.removeprefix("reader."): torch.from_numpy(array.copy())
        for name, array in stored.items()
        if name.endswith((".LayerNorm.weight", ".LayerNorm.bias"))
    }
    following = {name: node for node in graph.node for name in node.input}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            _, matrix, _, zero = node.input
            scale = stored[matrix.removesuffix("_quantized") + "_scale"]
            product = (stored[matrix].astype(np.float32) - stored[zero].astype(np.float32)) * scale
            added = node
            while added.op_type != "Add":
                added = following[added.output[0]]
            bias = next(name for name in added.input if name in stored)
            layer = bias.removesuffix(".layer.bias")
            own = layer.removeprefix("reader.")
            state[f"{own}.weight"] = torch.from_numpy(product.T * stored[f"{layer}.inverse"])
            state[f"{own}.bias"] = torch.from_numpy(stored[bias].copy())
    return state


def shipped_embeddings(file: Path) -> dict[str, Tensor]:
    """Return the frozen part of the same state: word vectors, positions, biases of attention.

    Positions beyond those that ship are zeros: no text of the training reaches them.
    """
    with np.load(file) as stored:
        words = stored["words"].astype(np.float32) * stored["scales"].astype(np.float32)[:, None]
        given, biases = (stored[name].astype(np.float32) for name in ("positions", "biases"))
    positions = np.zeros((POSITIONS, given.shape[1]), np.float32)
    positions[FIRST_POSITION : FIRST_POSITION + len(given)] = given
    buckets = MPNetEncoder.relative_position_bucket(torch.arange(-FARTHEST, FARTHEST + 1)).numpy()
    by_bucket = np.zeros((buckets.max() + 1, biases.shape[1]), np.float32)
    by_bucket[buckets] = biases
    return {
        "trunk.embeddings.word_embeddings.weight": torch.from_numpy(words),
        "trunk.embeddings.position_embeddings.weight": torch.from_numpy(positions),
        "trunk.encoder.relative_attention_bias.weight": torch.from_numpy(by_bucket),
    }
