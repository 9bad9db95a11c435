"""What the passages hold: sentences, short answers, figures, speakers, dates, events."""
