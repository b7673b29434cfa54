"""Parts of the console. Only `resources` caches; `charts`, `overlay` and `palette` know nothing of Streamlit."""
