"""Photos of any kind to upright RGB, safely: limits are checked before decoding, every failure is an `ImageError`."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageCms
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from smartrec.errors import BadInputError, ImageError
from smartrec.settings import Settings
from smartrec.vision.finding import Box

EXTENSIONS = (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif")
# Only these decoders are ever tried: Pillow's others run programs (EPS) or are rarely looked after.
DECODERS = (JpegImageFile, PngImageFile, WebPImageFile, GifImageFile, BmpImageFile, TiffImageFile, AvifImageFile)
FORMATS = tuple(decoder.format for decoder in DECODERS)
LONGEST_SIDE = 1600
DRAFT_SIDE = 1000  # a JPEG is decoded at the smallest of 1, 1/2, 1/4, 1/8 that keeps its longest side at this
EXIF_ORIENTATION = 0x0112
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")

# `load_photo` refuses large photos itself, with the caller's limit and before any decoding.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """One photo, turned upright by its EXIF.

    Attributes:
        rgb: (H, W, 3) uint8 RGB, contiguous; its longest side is at most ``LONGEST_SIDE``.
        name: the file's name, or what the caller named it.
        size: (width, height) of the full upright photo in pixels; `rgb` may be a reduced copy of it.
    """

    rgb: np.ndarray
    name: str
    size: tuple[int, int]

    @property
    def scale(self) -> float:
        """Pixels of `rgb` per pixel of the full photo along its longest side, (0, 1]."""
        return max(self.rgb.shape[:2]) / max(self.size)

    def to_rgb(self, box: Box) -> Box:
        """An xyxy box in pixels of the full photo -> the same box in pixels of `rgb`."""
        fx, fy = self.rgb.shape[1] / self.size[0], self.rgb.shape[0] / self.size[1]
        return box[0] * fx, box[1] * fy, box[2] * fx, box[3] * fy

    def to_full(self, box: Box) -> Box:
        """An xyxy box in pixels of `rgb` -> the same box in pixels of the full photo, clipped to it."""
        fx, fy = self.size[0] / self.rgb.shape[1], self.size[1] / self.rgb.shape[0]
        x0, x1 = (min(max(x * fx, 0.0), float(self.size[0])) for x in (box[0], box[2]))
        y0, y1 = (min(max(y * fy, 0.0), float(self.size[1])) for y in (box[1], box[3]))
        return x0, y0, x1, y1

    def full_mask(self, mask: np.ndarray) -> np.ndarray:
        """A (H, W) bool mask of `rgb` -> (height, width) bool of the full photo."""
        if mask.shape == (self.size[1], self.size[0]):
            return mask
        grown = cv2.resize(mask.astype(np.uint8) * 255, self.size, interpolation=cv2.INTER_LINEAR)
        return np.asarray(grown > 127)


def photo_from_array(rgb: np.ndarray, name: str = "") -> Photo:
    """A photo from pixels that are already decoded and upright.

    Raises:
        ImageError: not (H, W, 3) uint8 with at least one pixel.
    """
    if not isinstance(rgb, np.ndarray) or rgb.dtype != np.uint8 or rgb.ndim != 3 or rgb.shape[2] != 3 or not rgb.size:
        came = f"{rgb.dtype} {rgb.shape}" if isinstance(rgb, np.ndarray) else type(rgb).__name__
        raise ImageError(f"Expected a (height, width, 3) uint8 RGB array with at least one pixel. Received: {came}")
    height, width = rgb.shape[:2]
    return Photo(np.ascontiguousarray(_reduced(rgb)), name, (width, height))


def load_photo(source: bytes | Path, settings: Settings | None = None, name: str | None = None) -> Photo:
    """Decode a photo: first frame, upright, on white where it is transparent, sRGB.

    Args:
        source: the file's bytes or its path.
        settings: gives `max_bytes` and `max_pixels`; the defaults if None.
        name: what to call it; the path's file name if None, "photo" for bytes.

    Raises:
        ImageError: missing, empty, too large, damaged, or not a photo of a known kind.
    """
    settings = settings or Settings()
    label = name or (source.name if isinstance(source, Path) else "photo")
    data = _read(source, settings, label) if isinstance(source, Path) else source
    if not data:
        raise ImageError(f"Expected a photo. Received: {label}, an empty file")
    _check_bytes(len(data), settings, label)
    with _open(data, label) as image:
        width, height = image.size
        if width * height > settings.max_pixels:
            raise _too_many_pixels(f"{width} x {height}", settings, label)
        # Everything after this line runs a decoder over foreign bytes: whatever it raises means "not readable".
        try:
            turn = _orientation(image)
            factor = DRAFT_SIDE / max(width, height)
            image.draft(image.mode, (int(width * factor) or 1, int(height * factor) or 1))
            rgb = _turned(_reduced(_to_rgb(image)), turn)
        except (Exception, MemoryError) as error:
            raise _unreadable(label, error) from error
    size = (height, width) if turn >= 5 else (width, height)
    return Photo(np.ascontiguousarray(rgb), label, size)


def list_photos(folder: Path) -> list[Path]:
    """Photos directly inside `folder` by file extension, in name order; links are followed, folders left out.

    Raises:
        ImageError: `folder` is not a folder that can be read.
    """
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise ImageError(f"Expected a folder of photos. Received: {folder} ({error.strerror})") from error
    return [path for path in entries if path.suffix.lower() in EXTENSIONS and not path.is_dir()]


def save_mask(path: Path, mask: np.ndarray) -> None:
    """Write a (H, W) bool mask as an 8-bit greyscale PNG, 0 or 255.

    Raises:
        BadInputError: the file can not be written.
    """
    try:
        Image.fromarray(mask.astype(np.uint8) * 255).save(path, format="PNG")
    except OSError as error:
        raise BadInputError(f"Expected a place to write the mask to. Received: {path} ({error.strerror})") from error


def _read(path: Path, settings: Settings, label: str) -> bytes:
    try:
        if path.is_dir():
            raise ImageError(f"Expected a photo. Received: {label}, a folder")
        if path.exists() and not path.is_file():
            raise ImageError(f"Expected a photo. Received: {label}, which is not a regular file")
        _check_bytes(path.stat().st_size, settings, label)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ImageError(f"Expected a photo that can be read. Received: {label} ({reason})") from error


def _check_bytes(count: int, settings: Settings, label: str) -> None:
    if count > settings.max_bytes:
        megabytes, limit = count / 2**20, settings.max_bytes / 2**20
        raise ImageError(f"Expected a photo of at most {limit:.0f} MB. Received: {label}, {megabytes:.1f} MB")


def _too_many_pixels(came: str, settings: Settings, label: str) -> ImageError:
    limit = settings.max_pixels / 1e6
    return ImageError(f"Expected a photo of at most {limit:.0f} megapixels. Received: {label}, {came}")


def _unreadable(label: str, error: BaseException) -> ImageError:
    # Pillow's own text names the reason (truncated, broken data stream); an unknown file only repeats its address.
    reason = "not an image, or of an unknown kind" if "BytesIO" in str(error) else str(error) or type(error).__name__
    kinds = ", ".join(kind.removeprefix(".") for kind in EXTENSIONS)
    return ImageError(f"Expected a photo ({kinds}). Received: {label} ({reason})")


def _open(data: bytes, label: str) -> Image.Image:
    """The photo with only its header read."""
    formats = FORMATS
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        _register_heif(label)
        formats = (*FORMATS, "HEIF")
    try:
        try:
            return Image.open(io.BytesIO(data), formats=formats)
        except ValueError:
            # Compressed text beyond Pillow's limits, a bomb in a PNG; the picture needs none of it.
            if not data.startswith(PNG_SIGNATURE):
                raise
            return Image.open(io.BytesIO(_without_text(data)), formats=("PNG",))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageError(f"Expected a photo of a usual size. Received: {label} ({error})") from error
    except (Exception, MemoryError) as error:
        raise _unreadable(label, error) from error


def _register_heif(label: str) -> None:
    try:
        import pillow_heif
    except ImportError as error:
        raise ImageError(
            f"Expected a photo that can be decoded. Received: {label}, an HEIC photo, whose decoder is not installed. "
            "Run: pip install pillow-heif, or save the photo as JPEG"
        ) from error
    pillow_heif.register_heif_opener()


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """(type, start, end) of each chunk of a PNG, its length and checksum included."""
    start = len(PNG_SIGNATURE)
    while start + 12 <= len(data):
        end = start + 12 + int.from_bytes(data[start : start + 4], "big")
        yield data[start + 4 : start + 8], start, end
        start = end


def _without_text(data: bytes) -> bytes:
    kept = (data[start:end] for kind, start, end in _png_chunks(data) if kind not in (b"tEXt", b"zTXt", b"iTXt"))
    return PNG_SIGNATURE + b"".join(kept)


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; a damaged EXIF counts as upright, the pixels may well be fine."""
    try:
        turn = int(image.getexif().get(EXIF_ORIENTATION, 1))
    except Exception:
        return 1
    return turn if 1 <= turn <= 8 else 1


def _to_rgb(image: Image.Image) -> np.ndarray:
    """Decode to (H, W, 3) uint8 sRGB, composed on white where transparent."""
    if image.mode.startswith("I") or image.mode == "F":
        return _deep_grey(np.asarray(image))
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    elif image.mode in ("RGB", "CMYK"):
        image = _to_srgb(image)
    return np.asarray(image if image.mode == "RGB" else image.convert("RGB"))


def _deep_grey(values: np.ndarray) -> np.ndarray:
    """(H, W) integers up to 65535 or floats in [0, 1] or [0, 255] -> (H, W, 3) uint8."""
    grey = np.nan_to_num(values.astype(np.float32), posinf=0.0, neginf=0.0)
    top = 1.0 if grey.max(initial=0) <= 1 and values.dtype.kind == "f" else 255.0
    if values.dtype.kind != "f" and (values.dtype.itemsize == 2 or grey.max(initial=0) > 255):
        top = 65535.0
    return np.repeat(np.clip(grey * (255.0 / top) + 0.5, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)


def _to_srgb(image: Image.Image) -> Image.Image:
    """Through the photo's own color profile where it has one that is not sRGB (wide-gamut phones, print CMYK)."""
    profile: Any = image.info.get("icc_profile")
    if not profile or (image.mode == "RGB" and b"sRGB" in profile[:4096].replace(b"\0", b"")):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # a damaged profile: the plain conversion is close enough
    return turned or image


def _reduced(rgb: np.ndarray) -> np.ndarray:
    """`rgb` with its longest side at most ``LONGEST_SIDE``."""
    height, width = rgb.shape[:2]
    factor = LONGEST_SIDE / max(height, width)
    if factor >= 1:
        return rgb
    size = max(1, round(width * factor)), max(1, round(height * factor))
    # Averaging areas costs many times as much and only shows where pixels would be skipped.
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_LINEAR if factor > 0.5 else cv2.INTER_AREA))


def _turned(rgb: np.ndarray, turn: int) -> np.ndarray:
    """`rgb` upright, from its EXIF orientation 1 to 8."""
    if turn in (5, 7):
        rgb = rgb.swapaxes(0, 1)
        return rgb[::-1, ::-1] if turn == 7 else rgb
    if turn in (2, 4):
        return rgb[:, ::-1] if turn == 2 else rgb[::-1]
    return np.rot90(rgb, {1: 0, 3: 2, 6: -1, 8: 1}[turn])
