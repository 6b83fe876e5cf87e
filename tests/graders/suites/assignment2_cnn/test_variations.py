"""What is measured of an augmentation is what was done to the images."""

import numpy as np
import pytest
from scipy import ndimage

from graders.suites.assignment2_cnn import variations


@pytest.fixture
def gates(assignment):
    return assignment.rubric.gates


def moved(shifts, angles, noise=0.0, seed=0):
    """Bars that are turned by degrees, then shifted by pixels, then noisy."""
    rng = np.random.default_rng(seed)
    images = []
    for bar, shift, angle in zip(
        variations.bars(len(angles))[..., 0], shifts, angles, strict=True
    ):
        # From an image with its first row at the top, `rotate` turns the other way.
        image = ndimage.rotate(bar, -angle, reshape=False, order=1)
        image = ndimage.shift(image, shift, order=1)
        images.append(image + rng.normal(0, noise, image.shape))
    return np.clip(images, 0, 1)[..., None]


def drawn(num, pixels, degrees, seed=0):
    rng = np.random.default_rng(seed)
    return rng.uniform(-pixels, pixels, (num, 2)), rng.uniform(-degrees, degrees, num)


@pytest.mark.parametrize(("noise", "pixels", "degrees"), [(0, 0.2, 2), (0.05, 0.3, 2)])
def test_shifts_and_angles_are_found_again(noise, pixels, degrees):
    shifts, angles = drawn(40, 1, 15)

    found, turned = variations.motion(moved(shifts, angles, noise))

    assert np.abs(found - shifts).max() < pixels
    assert np.abs(turned - angles).max() < degrees


def test_a_bar_that_stays_where_it_is_has_no_shift_and_no_angle():
    shift, angle = variations.motion(variations.bars(2))

    assert np.allclose(shift, 0, atol=1e-6)
    assert np.allclose(angle, 0, atol=1e-6)


def test_a_bar_at_the_end_of_the_search_is_found_there():
    shift, _ = variations.motion(moved([(4, 0)] * 2, [0, 0]))

    assert np.allclose(shift[:, 0], 2.5)


@pytest.mark.parametrize("noise", [0.01, 0.05, 0.1])
@pytest.mark.parametrize(("pixels", "degrees"), [(1, 15), (0.5, 5)])
def test_what_is_allowed_is_well_within_the_gates(pixels, degrees, noise, gates):
    shift, angle = variations.motion(moved(*drawn(96, pixels, degrees), noise))

    assert np.quantile(np.abs(shift), 0.95) < gates["largest_shift"].bound - 0.2
    assert np.quantile(np.abs(angle), 0.95) < gates["largest_angle"].bound - 2
    assert shift.std(axis=0).min() > gates["spread_of_shifts"].bound + 0.1
    assert angle.std() > gates["spread_of_angles"].bound + 1
    assert not variations.all_alike(shift, angle)


@pytest.mark.parametrize("noise", [0.01, 0.05])
def test_what_does_not_move_or_moves_alike_is_well_below_them(noise, gates):
    still, straight = variations.motion(moved(*drawn(96, 0, 0), noise))
    shift, angle = variations.motion(moved([(0.4, -0.7)] * 96, [11] * 96, noise))

    for shifts, angles in [(still, straight), (shift, angle)]:
        assert shifts.std(axis=0).min() < gates["spread_of_shifts"].bound - 0.05
        assert angles.std() < gates["spread_of_angles"].bound - 0.5
        assert variations.all_alike(shifts, angles)


def test_what_moves_too_far_is_beyond_them(gates):
    shift, _ = variations.motion(moved(*drawn(96, 2, 15), 0.05))
    _, angle = variations.motion(moved(*drawn(96, 1, 30), 0.05))

    assert np.quantile(np.abs(shift), 0.95) > gates["largest_shift"].bound + 0.2
    assert np.quantile(np.abs(angle), 0.95) > gates["largest_angle"].bound + 5


@pytest.mark.parametrize(("noise", "enough"), [(0.0, False), (0.01, True), (0.1, True)])
def test_noise_is_measured_where_the_bar_never_is(noise, enough, gates):
    level = variations.noise_level(moved(*drawn(96, 1, 15), noise))

    assert (level > 2 * gates["least_noise"].bound) is enough
    assert level < gates["most_noise"].bound


def test_too_much_noise_is_seen_although_it_is_clipped(gates):
    level = variations.noise_level(moved(*drawn(96, 1, 15), 0.3))

    assert level > gates["most_noise"].bound + 0.03


def test_mirrored_and_turned_signs_are_counted():
    signs = variations.signs(9, 12, 12)
    signs[:2] = signs[:2, :, ::-1]
    signs[2:5] = np.rot90(signs[2:5], 2, axes=(1, 2))

    assert variations.flips_and_turns(signs, variations.signs(9, 12, 12)) == (2, 3)


def test_spots_in_another_order_are_not_like_their_own():
    spots = variations.spots(60)

    assert variations.most_like_themselves(spots, spots) == 1
    assert variations.most_like_themselves(np.roll(spots, 1, axis=0), spots) < 0.1
