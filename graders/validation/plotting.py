"""The distributions behind the thresholds, as one picture."""

from io import StringIO

from graders.rubric import Calibration


def plot_thresholds(calibration: Calibration) -> str:
    """An SVG: one row per threshold, right solutions above wrong ones.

    The same calibration gives the same text.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    gates = calibration.gates
    with mpl.rc_context({"svg.hashsalt": "survival-school", "svg.fonttype": "none"}):
        figure, axes = plt.subplots(
            max(len(gates), 1),
            1,
            figsize=(8, 1.5 * max(len(gates), 1)),
            squeeze=False,
            layout="constrained",
        )
        for axis, (name, gate) in zip(axes[:, 0], gates.items(), strict=False):
            for height, samples, colour in (
                (1, gate.right, "#2a78b5"),
                (0, gate.wrong, "#b5482a"),
            ):
                values = [value for sample in samples for value in sample.values]
                axis.plot(values, [height] * len(values), "|", ms=14, color=colour)
            axis.axvline(gate.bound, color="black", linewidth=1, linestyle="--")
            axis.set_yticks([0, 1], ["wrong", "right"])
            axis.set_ylim(-0.6, 1.6)
            axis.set_title(f"{name}: threshold {gate.bound:g}", fontsize=9, loc="left")
        text = StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None})
        plt.close(figure)
    return text.getvalue()
