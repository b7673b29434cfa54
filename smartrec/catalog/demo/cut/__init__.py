"""The cut of every garment: outlines of its panels and what is sewn onto them."""
