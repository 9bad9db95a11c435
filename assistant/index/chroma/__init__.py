"""The vector index in Chroma, kept in checked generations that can be thrown away."""
