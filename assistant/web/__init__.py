"""The web chat; the only place that imports gradio, which reads these switches when it is imported."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

from assistant.web.app import build_app, serve

__all__ = ["build_app", "serve"]
