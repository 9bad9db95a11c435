"""Evidence -> an answer: which sentences, which sides, or why there is none."""
