"""One error tree. Pages, the command line and the API catch `SmartRecError` and show its text as it is."""

from __future__ import annotations


class SmartRecError(Exception):
    """Base of every error that a person can mend; its text says what was expected, what came and what to do."""


class UsageError(SmartRecError):
    """Options that do not go together; the command line exits with status 2."""


class BadInputError(SmartRecError):
    """What came from outside (photo, words, row, file, request) can not be used."""


class ImageError(BadInputError):
    """A photo that can not be read, or must not be (too large)."""


class TableError(BadInputError):
    """A catalog or a history file that does not have the columns or values it needs."""


class UnknownShopperError(BadInputError):
    """No shopper of this id in the workspace."""


class UnknownProductError(BadInputError):
    """No product of this id in the workspace."""


class WeightsError(BadInputError):
    """A weight set with an unknown name, an unknown signal or a value out of range."""


class WorkspaceError(SmartRecError):
    """The workspace is missing, of another version, or damaged."""


class BundleError(SmartRecError):
    """The model bundle is missing, damaged, or not made for this version."""


class MissingWeightsError(SmartRecError):
    """Pre-trained weights that training starts from can not be had."""


class StorageError(SmartRecError):
    """Nothing was written: the disk is full, the place is not writable, or another process is writing there."""


class MissingDependencyError(SmartRecError):
    """An optional package that this part needs is not installed; the text says how to get it."""
