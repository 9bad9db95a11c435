"""Measurements beside the product: public question sets, peers, speed. Nothing here is installed."""
