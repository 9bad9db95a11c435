"""From hits to short answers: sentences described and scored, passages read by the reader."""
