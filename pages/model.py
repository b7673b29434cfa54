"""Model: what the detector can do, what it can not, how far to trust it, and how fast it is."""

import streamlit as st

from pages.ui import model_panel, notices, resources
from smartrec.errors import SmartRecError

with st.container(key="model"):
    try:
        report = resources.report()
    except SmartRecError as error:
        notices.problem(error)
        report = None
    if report is not None:
        model_panel.headlines(report)
        model_panel.curves(report)
        model_panel.trust(report)
        model_panel.confusion(report)
        model_panel.attributes(report)
        model_panel.mistakes(report)
        model_panel.speed()
        model_panel.origin(report)
