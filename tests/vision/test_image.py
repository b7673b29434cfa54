"""Photos of every kind become upright RGB or a clear `ImageError`; nothing else comes out."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from smartrec.errors import BadInputError, ImageError
from smartrec.settings import Settings
from smartrec.vision.image import LONGEST_SIDE, list_photos, load_photo, photo_from_array, save_mask


def corners(width: int = 60, height: int = 40) -> Image.Image:
    """Red, green, blue and yellow quarters: every turn and flip of it looks different."""
    rgb = np.zeros((height, width, 3), np.uint8)
    rgb[: height // 2, : width // 2] = (220, 20, 20)
    rgb[: height // 2, width // 2 :] = (20, 200, 20)
    rgb[height // 2 :, : width // 2] = (20, 20, 220)
    rgb[height // 2 :, width // 2 :] = (220, 220, 20)
    return Image.fromarray(rgb)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def bare_png(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG that only claims its size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_exif_orientation_comes_out_upright(turn: int, kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    data = encoded(corners(), kind, exif=exif, quality=95)
    expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
    photo = load_photo(data)
    assert photo.size == (expected.shape[1], expected.shape[0])
    assert np.abs(photo.rgb.astype(int) - expected).max() <= 3


def test_large_sideways_jpeg_is_reduced_but_speaks_of_the_full_photo() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = load_photo(encoded(corners(4000, 3000), "JPEG", exif=exif))
    assert photo.size == (3000, 4000)
    assert photo.rgb.shape == (1000, 750, 3)
    assert photo.scale == 0.25
    assert photo.rgb[10, 10].tolist() == pytest.approx([20, 20, 220], abs=12)  # bottom left is now top left
    box = (300.0, 400.0, 1500.0, 2000.0)
    assert photo.to_full(photo.to_rgb(box)) == pytest.approx(box)
    small = np.zeros(photo.rgb.shape[:2], bool)
    small[:500] = True
    full = photo.full_mask(small)
    assert full.shape == (4000, 3000) and full.dtype == bool
    assert full.mean() == pytest.approx(0.5, abs=0.002)


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (corners().convert("L"), "PNG"),
        (corners().convert("1"), "PNG"),
        (corners().convert("P"), "PNG"),
        (corners().convert("P"), "GIF"),
        (corners().convert("CMYK"), "JPEG"),
        (corners().convert("CMYK"), "TIFF"),
        (corners().convert("LA"), "PNG"),
        (corners().convert("RGBA"), "WEBP"),
        (corners(), "BMP"),
        (corners(), "TIFF"),
        (corners(), "AVIF"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.mode,
)
def test_every_mode_and_format(image: Image.Image, kind: str) -> None:
    photo = load_photo(encoded(image, kind))
    expected = np.asarray(image.convert("RGB")).astype(int)
    assert photo.rgb.shape == expected.shape and photo.rgb.dtype == np.uint8
    assert np.abs(photo.rgb - expected).mean() < 6


def test_sixteen_bit_greyscale_keeps_its_tones() -> None:
    ramp = np.tile(np.linspace(0, 65535, 64).astype(np.uint16), (8, 1))
    rgb = load_photo(encoded(Image.fromarray(ramp))).rgb
    assert np.abs(rgb[0, :, 0].astype(int) - np.round(ramp[0] / 257).astype(int)).max() <= 1


def test_float_tiff_is_read() -> None:
    ramp = np.tile(np.linspace(0, 1, 64, dtype=np.float32), (8, 1))
    rgb = load_photo(encoded(Image.fromarray(ramp), "TIFF")).rgb
    assert rgb[0, 0, 0] == 0 and rgb[0, -1, 0] == 255


def test_transparency_is_composed_on_white() -> None:
    image = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    image.putpixel((0, 0), (255, 0, 0, 255))
    rgb = load_photo(encoded(image)).rgb
    assert rgb[0, 0].tolist() == [255, 0, 0] and rgb[3, 3].tolist() == [255, 255, 255]


def test_palette_transparency_is_composed_on_white() -> None:
    image = corners().convert("P")
    index = image.getpixel((0, 0))
    rgb = load_photo(encoded(image, "GIF", transparency=index)).rgb
    assert rgb[0, 0].tolist() == [255, 255, 255]


def test_a_color_profile_is_followed() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The same profile with its red and blue primaries exchanged, under another name.
    swapped = srgb.replace(b"rXYZ", b"tmp_").replace(b"bXYZ", b"rXYZ").replace(b"tmp_", b"bXYZ")
    swapped = swapped.replace("sRGB".encode("utf-16-be"), "RBGs".encode("utf-16-be"))
    plain = load_photo(encoded(corners())).rgb
    assert np.array_equal(load_photo(encoded(corners(), icc_profile=srgb)).rgb, plain)
    followed = load_photo(encoded(corners(), icc_profile=swapped)).rgb
    assert np.abs(followed[5, 5].astype(int) - [20, 20, 220]).max() < 40  # red has become blue
    assert np.array_equal(load_photo(encoded(corners(), icc_profile=b"damaged")).rgb, plain)


def test_first_frame_of_an_animation() -> None:
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    for kind in ("GIF", "PNG", "WEBP"):
        data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
        assert load_photo(data).rgb[4, 4, 0] > 240


def test_heic_is_read_or_named(monkeypatch: pytest.MonkeyPatch) -> None:
    heif = pytest.importorskip("pillow_heif")
    buffer = io.BytesIO()
    heif.from_pillow(corners()).save(buffer, quality=90)
    assert load_photo(buffer.getvalue()).size == (60, 40)
    monkeypatch.setitem(__import__("sys").modules, "pillow_heif", None)
    with pytest.raises(ImageError, match="pip install pillow-heif"):
        load_photo(buffer.getvalue(), name="a.heic")


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (2, 3)])
def test_extreme_shapes_are_read(size: tuple[int, int]) -> None:
    photo = load_photo(encoded(Image.new("RGB", size, "navy")))
    assert photo.size == size and min(photo.rgb.shape[:2]) >= 1
    box = (0.0, 0.0, float(size[0]), float(size[1]))
    assert photo.to_full(photo.to_rgb(box)) == pytest.approx(box)
    assert photo.full_mask(np.ones(photo.rgb.shape[:2], bool)).shape == size[::-1]


@pytest.mark.parametrize("size", [(8000, 6251), (60000, 60000), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_before_decoding(size: tuple[int, int]) -> None:
    tracemalloc.start()
    with pytest.raises(ImageError, match=r"Expected .* Received: bomb\.png"):
        load_photo(bare_png(*size), name="bomb.png")
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_limits_come_from_the_settings(tmp_path: Path) -> None:
    data = encoded(corners())
    with pytest.raises(ImageError, match="megapixels"):
        load_photo(data, Settings(max_pixels=60 * 40 - 1))
    path = tmp_path / "a.png"
    path.write_bytes(data)
    for source in (data, path):
        with pytest.raises(ImageError, match="MB"):
            load_photo(source, Settings(max_bytes=len(data) - 1))
        assert load_photo(source, Settings(max_bytes=len(data))).size == (60, 40)


def test_compressed_text_bombs_do_not_keep_the_photo_from_being_read() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "a" * 30_000_000, zip=True)
    assert load_photo(encoded(corners(), pnginfo=text)).size == (60, 40)


def test_small_zip_with_large_claims_is_refused_or_read() -> None:
    with pytest.raises(ImageError):
        load_photo(bare_png(6000, 6000, b"\0" * 1000))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_truncated(kind: str) -> None:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8))
    data = encoded(noise, kind)
    with pytest.raises(ImageError, match="Received: a"):
        load_photo(data[: len(data) // 2], name="a")


@pytest.mark.parametrize("data", [b"", b"\0", b"%PDF-1.7 not a photo", b"GIF89a", b"\xff\xd8\xff", b"<svg/>" * 100])
def test_not_a_photo(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    for source in (data, path):
        with pytest.raises(ImageError, match="Expected"):
            load_photo(source)


def test_places_that_hold_no_photo(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.jpg", Path("/dev/null"), Path("a\0b.jpg")):
        with pytest.raises(ImageError, match="Received:"):
            load_photo(path)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "TIFF"]),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=12),
    st.integers(0, 10**6),
)
def test_damaged_bytes_are_read_or_named(kind: str, changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(encoded(corners(), kind))
    for position, value in changes:
        data[position % len(data)] = value
    try:
        photo = load_photo(bytes(data[: end % len(data) + 1] if end % 3 == 0 else data), Settings(max_pixels=10**6))
    except ImageError as error:
        assert "Received:" in str(error)
    else:
        assert photo.rgb.dtype == np.uint8 and photo.rgb.ndim == 3 and photo.rgb.flags.c_contiguous


def test_arrays_are_checked() -> None:
    assert photo_from_array(np.zeros((3, 2, 3), np.uint8)).size == (2, 3)
    for bad in (np.zeros((3, 2), np.uint8), np.zeros((3, 2, 3)), np.zeros((0, 2, 3), np.uint8), "photo"):
        with pytest.raises(ImageError, match="Received"):
            photo_from_array(bad)  # type: ignore[arg-type]


def test_list_photos_in_name_order_links_followed(tmp_path: Path) -> None:
    inner, folder = tmp_path / "elsewhere", tmp_path / "photos"
    inner.mkdir()
    folder.mkdir()
    (inner / "z.png").write_bytes(b"")
    for name in ("b.JPG", "a.webp", "notes.txt", "10.png", "9.png"):
        (folder / name).write_bytes(b"")
    (folder / "c.png").symlink_to(inner / "z.png")
    (folder / "d.png").mkdir()
    (folder / "gone.jpg").symlink_to(inner / "missing.jpg")
    names = [path.name for path in list_photos(folder)]
    assert names == ["10.png", "9.png", "a.webp", "b.JPG", "c.png", "gone.jpg"]
    with pytest.raises(ImageError, match="folder"):
        list_photos(folder / "missing")


def test_save_mask(tmp_path: Path) -> None:
    mask = np.eye(5, 7, dtype=bool)
    save_mask(tmp_path / "m.png", mask)
    back = Image.open(tmp_path / "m.png")
    assert back.mode == "L" and np.array_equal(np.asarray(back), mask * 255)
    with pytest.raises(BadInputError, match="Received"):
        save_mask(tmp_path / "no" / "m.png", mask)


def test_large_photos_decode_quickly() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (300, 400, 3), np.uint8)
    data = encoded(Image.fromarray(noise).resize((4000, 3000)), "JPEG")
    started = time.perf_counter()
    load_photo(data)
    assert time.perf_counter() - started < 1.5


def test_other_large_photos_are_reduced_after_decoding() -> None:
    photo = load_photo(encoded(corners(2400, 1200)))
    assert photo.size == (2400, 1200) and photo.rgb.shape == (LONGEST_SIDE // 2, LONGEST_SIDE, 3)
