"""Shopper: who this is, what was bought, what is liked, what comes next, and what another would get."""

from pages.ui import shopper_panel, state

user = state.shopper()
shopper_panel.who(user)
if shopper_panel.known(user):
    shopper_panel.history(user)
    shopper_panel.taste(user)
    shopper_panel.neighbors(user)
    shopper_panel.next_ten(user)
else:
    shopper_panel.newcomer()
shopper_panel.side_by_side(user)
