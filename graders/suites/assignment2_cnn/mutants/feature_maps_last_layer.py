"""The output of the whole model is returned."""

import keras
import numpy as np


def feature_maps(model, x, layer):
    part = keras.Model(model.inputs, model.layers[-1].output)
    return np.asarray(part(x, training=False))
