"""Measures what an augmentation does to images whose shape is known."""

from functools import cache

import numpy as np

_ROWS, _COLUMNS = np.mgrid[-7.0:8.0, -8.0:9.0]
# Of the bars to compare with: rows, columns (pixels) and angle (degrees).
_STEPS, _GRID = (0.25, 0.25, 3.0), (21, 21, 41)


def signs(count: int, height: int, width: int) -> np.ndarray:
    """(count, height, width, 1): a letter F, unlike each of its mirrored turns."""
    image = np.zeros((height, width, 1), np.float32)
    image[2:10, 4] = image[2:10, 3] = 1
    image[2:4, 4:9] = 1
    image[5:7, 4:8] = 1
    return np.repeat(image[None], count, axis=0)


def bars(count: int) -> np.ndarray:
    """(count, 15, 17, 1): a soft horizontal bar in the middle."""
    image = _bar(0.0, 0.0, 0.0)
    return np.repeat(image[None, ..., None], count, axis=0).astype(np.float32)


def spots(count: int, size: int = 16) -> np.ndarray:
    """(count, size, size, 1): a spot in the middle or near a corner, by turns."""
    near, middle, far = size / 4, (size - 1) / 2, size - 1 - size / 4
    places = [(middle, middle), (near, near), (near, far), (far, near), (far, far)]
    rows, columns = np.mgrid[:size, :size]
    images = [
        np.exp(-((rows - row) ** 2 + (columns - column) ** 2) / 2)
        for row, column in (places[index % len(places)] for index in range(count))
    ]
    return np.stack(images)[..., None].astype(np.float32)


def lines(count: int, size: int = 16) -> np.ndarray:
    """(count, size, size, 1): a line of light along one of the four edges, by turns."""
    image = np.zeros((size, size), np.float32)
    image[:, 0] = 1
    edges = [np.rot90(image, index % 4) for index in range(count)]
    return np.stack(edges)[..., None]


def light_at_edges(images: np.ndarray) -> np.ndarray:
    """(4,): the share of such lines that is still there, at most 1, for each edge."""
    upright = [np.rot90(image[..., 0], -(i % 4)) for i, image in enumerate(images)]
    middle = np.stack(upright)[:, 4:-4]  # (N, 8, W): all lines on the left
    light = middle[:, :, :3].sum(axis=2) - middle[:, :, 6:9].sum(axis=2)
    return np.minimum([light[edge::4].mean() for edge in range(4)], 1.0)


def flips_and_turns(images: np.ndarray, x: np.ndarray) -> tuple[int, int]:
    """How many images are most like a mirrored, or a turned, original."""
    original = x[0, ..., 0].astype(float)
    upright = [original]
    turned = [np.rot90(original, quarter) for quarter in (1, 2, 3)]
    mirrored = [np.rot90(original[:, ::-1], quarter) for quarter in range(4)]
    likeness = np.stack(
        [
            np.max([_likeness(images, moved) for moved in _moved(group)], axis=0)
            for group in (upright, mirrored, turned)
        ]
    )  # (3, N)
    best = likeness.argmax(axis=0)
    return int((best == 1).sum()), int((best == 2).sum())


def motion(images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shift (N, 2) in pixels and rotation (N,) in degrees of the bar in each image.

    The best match among bars drawn at every place and angle: noise of the allowed
    size hardly moves it, as it would move centres of mass. Between neighbouring
    places and angles, the top of a parabola is taken.
    """
    bank, placed = drawn_bars()  # (T, H * W) and (T, 3)
    flat = images.reshape(len(images), -1).astype(float)
    matches = flat @ bank.T  # (N, T)
    best = matches.argmax(axis=1)
    moved = placed[best]  # (N, 3)
    for axis, step in enumerate(_STEPS):
        moved[:, axis] += step * _top(matches, best, axis)
    return moved[:, :2], moved[:, 2]


def _top(matches: np.ndarray, best: np.ndarray, axis: int) -> np.ndarray:
    """(N,): how many steps beyond its best match the top is, along one axis."""
    grid = np.array(np.unravel_index(best, _GRID))  # (3, N)
    before, after = grid.copy(), grid.copy()
    before[axis] -= 1
    after[axis] += 1
    inside = (before[axis] >= 0) & (after[axis] < _GRID[axis])
    rows = np.arange(len(matches))
    left, middle, right = (
        matches[rows, np.ravel_multi_index(tuple(place), _GRID, mode="clip")]
        for place in (before, grid, after)
    )
    bend = left - 2 * middle + right
    return np.where(
        inside & (bend < 0), (left - right) / np.where(bend < 0, 2 * bend, 1), 0
    )


def noise_level(images: np.ndarray) -> float:
    """Standard deviation of what no shift or rotation explains, in the corners.

    Clipping to [0, 1] halves it there at most, since the corners are black.
    """
    corners = [images[:, :2, :2], images[:, :2, -2:], images[:, -2:, :2]]
    return float(np.std(np.concatenate([c.reshape(len(images), -1) for c in corners])))


def all_alike(shift: np.ndarray, angle: np.ndarray) -> bool:
    """Whether every image is moved in the same way, whatever its noise."""
    return bool(shift.std(axis=0).max() < 0.2 and angle.std() < 2.5)


def most_like_themselves(images: np.ndarray, x: np.ndarray) -> float:
    """Share of images whose spot stays nearest to its own place."""
    distances = np.linalg.norm(_centres(images)[:, None] - _centres(x)[None], axis=2)
    own = distances.diagonal()  # (N,)
    return float(np.mean(own <= distances.min(axis=1) + 0.5))


def _moved(group: list[np.ndarray]) -> list[np.ndarray]:
    """Each template at the nine places that a shift of one pixel can bring it to."""
    return [
        np.roll(template, (row, column), axis=(0, 1))
        for template in group
        for row in (-1, 0, 1)
        for column in (-1, 0, 1)
    ]


def _likeness(images: np.ndarray, template: np.ndarray) -> np.ndarray:
    """(N,): cosine of each image and a template."""
    flat = images.reshape(len(images), -1)
    norms = np.linalg.norm(flat, axis=1) * np.linalg.norm(template)
    return flat @ template.ravel() / np.maximum(norms, 1e-9)


def _bright(images: np.ndarray) -> np.ndarray:
    """(N, H, W): pixels well above noise."""
    pixels = images[..., 0].astype(float)
    return np.where(pixels > 0.3, pixels, 0.0)


def _centres(images: np.ndarray) -> np.ndarray:
    bright = _bright(images)
    total = np.maximum(bright.sum(axis=(1, 2)), 1e-9)
    rows, columns = np.mgrid[: bright.shape[1], : bright.shape[2]]
    return (
        np.stack(
            [(bright * rows).sum(axis=(1, 2)), (bright * columns).sum(axis=(1, 2))],
            axis=1,
        )
        / total[:, None]
    )


def _bar(down: float, right: float, angle: float) -> np.ndarray:
    """(15, 17): a bar, 10 long and 2 thick, moved by pixels and turned by degrees."""
    y, x = _ROWS - down, _COLUMNS - right
    turn = np.deg2rad(angle)
    along = np.cos(turn) * x + np.sin(turn) * y
    across = np.cos(turn) * y - np.sin(turn) * x
    return np.exp(-((across / 1.1) ** 2) - (along / 5.0) ** 8)


@cache
def drawn_bars() -> tuple[np.ndarray, np.ndarray]:
    """Bars of unit norm at every place and angle, (T, 255), and those, (T, 3)."""
    axes = (
        step * (np.arange(count) - count // 2)
        for step, count in zip(_STEPS, _GRID, strict=True)
    )
    placed = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    bank = np.stack([_bar(*place).ravel() for place in placed])
    return bank / np.linalg.norm(bank, axis=1, keepdims=True), placed
