"""The pictures of a TIFF that are pages: the reduced images of them that scanners and viewers put beside are not."""

from PIL import Image as Pillow

NEW_KIND, OLD_KIND = 254, 255
"""Tags NewSubfileType and SubfileType of TIFF 6.0."""

REDUCED, MASK = 1, 4
OLD_REDUCED = 2

THUMBNAIL = 400
"""Pixels of the longer side up to which a picture may be a thumbnail; the smallest page that can be read has twice."""

LARGER = 3.0
SAME_SHAPE = 0.03
"""How many times larger the page is of which it is one, and by how much their proportions may differ."""


def page_frames(picture: Pillow.Image) -> tuple[int, ...]:
    """The indexes of the frames that are pages; all, where none would be one. The picture is left at its first frame.

    Raises:
        Whatever Pillow raises where a frame is broken.
    """
    count = int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
    if count == 1:
        return (0,)
    frames = []
    for index in range(count):
        picture.seek(index)
        frames.append((index, picture.size, _is_reduced(picture)))
    picture.seek(0)
    sizes = [size for _, size, reduced in frames if not reduced]
    pages = tuple(index for index, size, reduced in frames if not (reduced or _is_thumbnail(size, sizes)))
    return pages or tuple(range(count))


def _is_reduced(picture: Pillow.Image) -> bool:
    tags = getattr(picture, "tag_v2", {})
    new, old = tags.get(NEW_KIND, 0), tags.get(OLD_KIND, 0)
    return bool(int(new) & (REDUCED | MASK)) or int(old) == OLD_REDUCED


def _is_thumbnail(size: tuple[int, int], sizes: list[tuple[int, int]]) -> bool:
    width, height = size
    if max(size) > THUMBNAIL:
        return False
    return any(
        wide >= LARGER * width and abs(wide * height - high * width) <= SAME_SHAPE * wide * height
        for wide, high in sizes
    )
