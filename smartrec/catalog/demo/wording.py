"""Titles and descriptions in a shop's own words."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.garment import GarmentSpec

_COLORS = {"lightblue": "light blue", "multi": "multicolor", "beige": "beige", "grey": "grey"}
_PATTERNS = {"striped": "striped", "plaid": "plaid", "floral": "floral", "dotted": "dotted", "graphic": "graphic",
"text": "slogan",
             "camo": "camo", "animal": "animal-print", "abstract": "abstract-print", "colorblock": "color-block",
             "tiedye": "tie-dye",
             "melange": "melange", "geometric": "geometric", "paisley": "paisley", "lace": "lace",
             "embroidered": "embroidered",
             "denimwash": "washed denim"}  # fmt: skip
_NECKS = {"crew": "crew-neck", "v": "V-neck", "scoop": "scoop-neck", "polo": "", "shirtcollar": "", "hood": "hooded",
"turtle": "",
          "mock": "mock-neck", "boat": "boat-neck", "square": "square-neck", "offshoulder": "off-shoulder",
          "halter": "halter-neck",
          "strap": "strappy", "lapel": "", "henley": "", "stand": "stand-collar", "none": "", "na": ""}  # fmt: skip
_SLEEVES = {"sleeveless": "sleeveless", "strap": "thin straps", "cap": "cap sleeves", "short": "short sleeves",
"elbow": "elbow sleeves",
            "threequarter": "three-quarter sleeves", "long": "long sleeves"}  # fmt: skip
_NAMES = {"Button-Down": "button-down shirt", "Flannel": "flannel shirt", "Tee": "tee", "Top": "top",
"Jersey": "sports jersey",
          "Trunks": "swim trunks", "Halter": "halter top", "Polo": "polo shirt", "Turtleneck": "turtleneck",
          "Henley": "henley",
          "Onesie": "onesie", "Tank": "tank top", "Coverup": "beach cover-up", "Bomber": "bomber jacket",
          "Parka": "parka",
          "Cutoffs": "denim cutoffs", "Robe": "robe", "Cape": "cape", "Vest": "vest"}  # fmt: skip
_STYLES = {"sneaker": "sneakers", "hightop": "high-top sneakers", "boot": "ankle boots", "heelboot": "heeled boots",
"oxford": "lace-up shoes",
           "monk": "monk-strap shoes", "sandal": "sandals", "pump": "pumps", "ballet": "ballet flats",
           "loafer": "loafers",
           "slide": "slides", "cap": "cap", "beanie": "beanie", "pompom": "pompom beanie", "bucket": "bucket hat",
           "sunhat": "sun hat",
           "fedora": "fedora", "tote": "tote bag", "backpack": "backpack", "handbag": "handbag",
           "crossbody": "crossbody bag",
           "clutch": "clutch", "bra": "bra", "briefs": "briefs", "boxers": "boxer shorts", "onepiece": "swimsuit",
           "bikini": "bikini",
           "tie": "tie", "belt": "belt", "gloves": "gloves"}  # fmt: skip
_FABRICS = {"jersey": "soft cotton jersey", "denim": "sturdy denim", "knit": "a warm knit",
"leather": "smooth leather", "woven": "a crisp weave",
            "fleece": "cozy fleece", "lace": "delicate lace", "sheer": "a light, sheer weave",
            "satin": "glossy satin", "wool": "a wool blend",
            "linen": "airy linen", "sport": "quick-dry sports fabric", "corduroy": "fine-wale corduroy",
            "suede": "soft suede",
            "canvas": "hard-wearing canvas", "padded": "a quilted, padded shell", "fur": "faux fur",
            "unknown": "mixed fabric"}  # fmt: skip
_CLOSURES = {"buttons": "Buttons up.", "zip": "Closes with a zip.", "halfzip": "Half zip.",
"drawstring": "Drawstring.", "laces": "Laces up.",
             "belt": "Comes with its belt.", "snaps": "Snap closure.", "hooks": "Hook closure."}  # fmt: skip
_FITS = {"tight": "Close fit.", "regular": "Regular fit.", "loose": "Relaxed, loose fit."}
_LENGTHS = {"crop": "cropped", "long": "long", "mini": "mini", "midi": "midi", "maxi": "maxi", "knee": "knee-length"}
_SHOWN = {"pockets": "pockets", "ruffles": "ruffles", "fringe": "fringe", "sequins": "sequins",
"distressed": "distressed spots",
          "pleats": "pleats", "embroidery": "embroidery", "logo": "a small logo", "trim": "contrast trim",
          "cuffs": "cuffs", "bow": "a bow",
          "slit": "a side slit", "cutout": "cutouts", "patch": "a patch", "studs": "studs",
          "lace": "lace edging"}  # fmt: skip
_USES = ("An easy piece for every day.", "Goes with almost anything.", "Made to be worn often.",
"Good from desk to weekend.",
         "A quiet favourite of the season.", "Light to pack and easy to wash.", "Cut to move with you.")  # fmt: skip


def title_of(spec: GarmentSpec) -> str:
    """A title such as "Navy striped crew-neck tee, long sleeves"."""
    length = _LENGTHS.get(spec.length, "") if spec.category not in ("Coat", "Parka", "Robe", "Kimono") else ""
    if spec.length == "knee" and spec.category in ("Shorts", "Sweatshorts", "Trunks", "Cutoffs"):
        length = "knee-length"
    words = [
        color_words(spec),
        _PATTERNS.get(spec.pattern, ""),
        _fabric_word(spec),
        length,
        _NECKS[spec.neck],
        _name(spec),
    ]
    if spec.category in ("Halter", "Hoodie"):
        words[4] = ""
    if spec.closure == "zip" and spec.category in ("Hoodie", "Cardigan", "Sweater"):
        words.insert(-1, "zip")
    if spec.closure == "halfzip":
        words.insert(-1, "half-zip")
    text = " ".join(word for word in words if word)
    sleeve = _SLEEVES.get(spec.sleeve, "")
    if sleeve and spec.category not in ("Vest", "Halter", "Blazer", "Coat", "Parka", "Peacoat", "Jacket", "Bomber"):
        text += f", {sleeve}"
    if spec.gender == "kids":
        text += ", kids"
    return text[0].upper() + text[1:]


def describe(spec: GarmentSpec, rng: np.random.Generator) -> str:
    """Two or three sentences on fabric, fit, closure and details."""
    name = _name(spec)
    shown = [_SHOWN[detail] for detail in spec.details if detail in _SHOWN]
    first = f"{_article(color_words(spec))} {name} in {_FABRICS[spec.fabric]}"
    if spec.category in ("Shoes", "Socks") or (name.endswith("s") and spec.neck == "na"):
        first = f"{color_words(spec).capitalize()} {name} in {_FABRICS[spec.fabric]}"
    if shown:
        first += " with " + (", ".join(shown[:-1]) + " and " if len(shown) > 1 else "") + shown[-1]
    parts = [first + ".", _FITS.get(spec.fit, ""), _CLOSURES.get(spec.closure, ""), str(rng.choice(_USES))]
    return " ".join(part for part in parts if part)


def color_words(spec: GarmentSpec) -> str:
    """The color or colors in words, such as "navy and white"."""
    first = _COLORS.get(spec.color1, spec.color1)
    if spec.color2 == "none" or spec.pattern in ("melange", "denimwash", "graphic", "text"):
        return first
    second = _COLORS.get(spec.color2, spec.color2)
    return (
        f"{first} and {second}"
        if spec.pattern in ("striped", "plaid", "colorblock", "dotted", "camo", "tiedye")
        else first
    )


def _name(spec: GarmentSpec) -> str:
    if spec.style and spec.category in ("Shoes", "Hat", "Bag", "Underwear", "Swimwear", "Other"):
        if spec.category == "Bag" and spec.style == "bucket":
            return "bucket bag"
        return _STYLES[spec.style]
    return _NAMES.get(spec.category, spec.category.lower())


def _fabric_word(spec: GarmentSpec) -> str:
    if spec.pattern == "denimwash" or spec.category in ("Jeans", "Jeggings", "Cutoffs"):
        return ""
    plain = {"leather": "leather", "satin": "satin", "linen": "linen", "corduroy": "corduroy", "suede": "suede",
    "padded": "padded",
             "fur": "faux-fur", "sheer": "sheer", "denim": "denim", "wool": "wool", "fleece": "fleece",
             "canvas": "canvas"}  # fmt: skip
    return plain.get(spec.fabric, "")


def _article(word: str) -> str:
    return ("An " if word[0] in "aeio" else "A ") + word
