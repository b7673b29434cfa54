"""The console's entry: `streamlit run app.py`.

`st.App` names the script of the console. The script must not lie beside a folder named `pages/`, because on a server
that has just started Streamlit would take that folder for its old page discovery and run a page without its frame.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui import console, server

if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(console.__file__, lifespan=server.lifespan, routes=server.ROUTES)
else:  # run as a plain script, as AppTest does
    console.show()
