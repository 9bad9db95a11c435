"""Writes networks as ONNX files with int8 matrices, with little lost.

One scale a row, kept within seven bits so that processors without VNNI do not overflow; activations are quantised
as they come (ONNX Runtime's dynamic quantisation), by their largest value. So that a few large channels do not cost
the others their digits, these are first divided out of the activations and multiplied into the matrices (Xiao et
al. 2023, "SmoothQuant"), by what the demonstration corpus shows.
"""

from __future__ import annotations

import hashlib
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import frontmatter
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from assistant.text.sentences import split_sentences

# Of 0.5, 0.65, 0.8, 0.9 and 1 the nearest to float32 for the embedder: cosines of 0.982, 0.995, 0.995, 0.995, 0.988
STRENGTH = 0.8
CORPUS = Path(__file__).parent.parent / "corpus"
SENTENCES = 5


class Smoothed(nn.Module):
    """A linear layer whose inputs are divided by ``scale`` and whose matrix is multiplied by it."""

    def __init__(self, layer: nn.Linear, scale: Tensor) -> None:
        super().__init__()
        self.register_buffer("inverse", 1 / scale)
        self.layer = nn.Linear(layer.in_features, layer.out_features)
        self.layer.weight.data = layer.weight.data * scale
        self.layer.bias.data = layer.bias.data

    def forward(self, inputs: Tensor) -> Tensor:
        """Compute as the layer did."""
        smoothed: Tensor = self.layer(inputs * self.inverse)
        return smoothed


def texts() -> Iterator[tuple[str, str]]:
    """Give runs of sentences of the demonstration corpus, each with the article's first line that is not empty."""
    for path in sorted(CORPUS.glob("*.md")):
        body = frontmatter.load(str(path)).content
        parts = [body[one.start : one.end] for one in split_sentences(body)]
        for at in range(0, len(parts), SENTENCES):
            yield parts[0], " ".join(parts[at : at + SENTENCES])


def smooth(network: nn.Module, samples: Sequence[tuple[Tensor, ...]]) -> None:
    """Even out the inputs of a network's linear layers, by the largest of each channel over samples."""
    layers = {name: one for name, one in network.named_modules() if isinstance(one, nn.Linear)}
    largest: dict[str, Tensor] = {}

    def watch(name: str) -> torch.utils.hooks.RemovableHandle:
        def seen(_: nn.Module, inputs: tuple[Tensor]) -> None:
            here = inputs[0].detach().abs().flatten(0, -2).amax(0)
            largest[name] = torch.maximum(largest[name], here) if name in largest else here

        return layers[name].register_forward_pre_hook(seen)

    hooks = [watch(name) for name in layers]
    with torch.inference_mode():
        for one in samples:
            network(*one)
    for hook in hooks:
        hook.remove()
    for name, most in largest.items():
        layer = layers[name]
        weight = layer.weight.data.abs().amax(0).clamp_min(1e-3)
        scale = most.clone().clamp_min(1e-3) ** STRENGTH / weight ** (1 - STRENGTH)
        parent, _, own = name.rpartition(".")
        setattr(network.get_submodule(parent), own, Smoothed(layer, scale))


def write(
    network: nn.Module,
    samples: Sequence[tuple[Tensor, ...]],
    inputs: Sequence[str],
    outputs: Sequence[str],
    axes: dict[str, dict[int, str]],
    out: Path,
) -> None:
    """Smooth a network, write it with int8 matrices, and print the file's size and hash."""
    smooth(network, samples)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            network,
            samples[0],
            str(whole),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={**{name: {1: "pieces"} for name in inputs}, **axes},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    print(f"{out}: {out.stat().st_size:,} bytes, SHA-256 {digest}")
