"""Tuning: metrics of held-out purchases above the weights and their rivals, the ten cards below; all move together."""

from pages.ui import tuning_panel

tuning_panel.show()
