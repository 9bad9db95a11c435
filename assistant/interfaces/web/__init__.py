"""The web chat; the only place that imports gradio, which reads these switches when it is imported or started."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
# Gradio would otherwise load pandas to summarise its events for a dashboard that is switched off.
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"

from assistant.interfaces.web.app import build_app
from assistant.interfaces.web.server import serve

__all__ = ["build_app", "serve"]
