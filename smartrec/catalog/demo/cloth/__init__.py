"""The cloth of a garment: patterns, weaves and prints as flat pictures that panels are cut from."""
