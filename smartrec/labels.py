"""The value names of the annotations: what a category, a color or a sleeve can be.

Source: the annotations made for this project (``assets/annotations``); categories are DeepFashion's 50
(Liu et al., CVPR 2016) and twelve others. ``na`` = the garment has no such part and is a class like any other,
``none`` = it has none of it, ``unknown`` = it can not be seen.
"""

from __future__ import annotations

DEEPFASHION_CATEGORIES = tuple(
    "Anorak Blazer Blouse Bomber Button-Down Cardigan Flannel Halter Henley Hoodie Jacket Jersey Parka Peacoat "
    "Poncho Sweater Tank Tee Top Turtleneck Capris Chinos Culottes Cutoffs Gauchos Jeans Jeggings Jodhpurs "
    "Joggers Leggings Sarong Shorts Skirt Sweatpants Sweatshorts Trunks Caftan Cape Coat Coverup Dress Jumpsuit "
    "Kaftan Kimono Nightdress Onesie Robe Romper Shirtdress Sundress".split()
)
OTHER_CATEGORIES = tuple("Polo Vest Shoes Hat Bag Scarf Socks Tights Swimwear Underwear Bodysuit Other".split())
CATEGORIES = DEEPFASHION_CATEGORIES + OTHER_CATEGORIES
# Categories that the demo shop sells: all of DeepFashion's and six more.
SHOP_CATEGORIES = (*DEEPFASHION_CATEGORIES, "Polo", "Vest", "Shoes", "Hat", "Bag", "Scarf")

COLORS = tuple(
    "black white grey navy blue lightblue red burgundy pink purple orange yellow green olive teal beige brown gold "
    "silver multi".split()
)

# Attribute group -> its values, in the order of the network's outputs.
GROUPS: dict[str, tuple[str, ...]] = {
    "color1": COLORS,
    "color2": (*COLORS, "none"),
    "pattern": tuple(
        "solid striped plaid floral dotted graphic text camo animal abstract colorblock tiedye melange geometric "
        "paisley lace embroidered denimwash other".split()
    ),
    "sleeve": tuple("sleeveless strap cap short elbow threequarter long na".split()),
    "neck": tuple(
        "crew v scoop polo shirtcollar hood turtle mock boat square offshoulder halter strap lapel henley stand "
        "none na".split()
    ),
    "length": tuple("crop regular long mini knee midi maxi short capri full na".split()),
    "closure": tuple("none buttons zip halfzip drawstring laces belt snaps hooks na".split()),
    "fabric": tuple(
        "jersey denim knit leather woven fleece lace sheer satin wool linen sport corduroy suede canvas padded fur "
        "unknown".split()
    ),
    "fit": tuple("tight regular loose na".split()),
}
DETAILS = tuple(
    "pockets ruffles fringe sequins distressed pleats embroidery logo trim cuffs buttons bow belt drawstring slit "
    "cutout patch studs lace print-small kids".split()
)
# What `describe` answers under "labels", in this order.
LABEL_FIELDS = ("category", *GROUPS)
# Values that say that there is nothing to show.
SILENT = ("na", "none", "unknown")


def tag_group(group: str) -> str:
    """What a group's values are called once they are tags: either of two heads may name a color of the garment."""
    return "color" if group in ("color1", "color2") else group
