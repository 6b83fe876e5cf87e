from course.datasets.draws import fixed_draw


def test_a_draw_is_the_same_on_every_machine():
    assert fixed_draw("split", 0) == 227_390_579_540_887


def test_a_draw_for_another_purpose_is_another_draw():
    assert fixed_draw("row", 3) != fixed_draw("column", 3)


def test_draws_spread_evenly():
    counts = [0] * 5
    for index in range(5000):
        counts[fixed_draw("row", index) % 5] += 1

    assert min(counts) > 900
    assert max(counts) < 1100
