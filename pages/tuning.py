"""Tuning: weights on the left, metrics of held-out purchases on the right, the ten cards below; all move together."""

from pages.ui import tuning_panel

tuning_panel.show()
