"""One module per command of ``python -m smartrec``; each imports what it needs when it runs, to start fast."""
