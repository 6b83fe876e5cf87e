import os
import tempfile
from pathlib import Path

import h5py
import keras
import numpy as np


def total(x):
    with tempfile.NamedTemporaryFile(suffix=".npy") as file:
        np.save(file, x)
        file.seek(0)
        kept = np.load(file)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "deeper", "data.h5")
        path.parent.mkdir()
        with h5py.File(path, "w") as data:
            data["x"] = kept
        with h5py.File(path, "r") as data:
            return int(data["x"][:].sum())


def standardise(x):
    mapped = np.memmap("rows.dat", dtype=x.dtype, mode="w+", shape=x.shape)
    mapped[:] = (x - x.mean(1, keepdims=True)) / x.std(1, keepdims=True)
    mapped.flush()
    result = np.array(np.memmap("rows.dat", dtype=x.dtype, mode="r", shape=x.shape))
    os.remove("rows.dat")
    return result


def build_model():
    model = keras.Sequential(
        [
            keras.Input((4,)),
            keras.layers.Dense(12, activation="relu"),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    model.save("model.keras")
    model.save_weights("model.weights.h5")
    again = keras.models.load_model("model.keras")
    again.load_weights("model.weights.h5")
    Path("~/.cache").expanduser().mkdir(exist_ok=True)
    return again


def train(x, y):
    model = build_model()
    model.compile(keras.optimizers.Adam(0.05), "sparse_categorical_crossentropy")
    best = keras.callbacks.ModelCheckpoint("best.keras", monitor="loss", save_best_only=True)
    log = keras.callbacks.CSVLogger("log.csv")
    model.fit(x, y, epochs=8, verbose=0, callbacks=[best, log])
    return keras.models.load_model("best.keras")
