"""The models: embedder, reader, reranker, chat model, and the weights that ship."""
