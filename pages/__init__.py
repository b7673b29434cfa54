"""The console's pages; each is a flat script of 80 lines or less, its parts live in `pages.ui`."""
