import keras
import numpy as np

model = keras.Sequential([keras.layers.Input(shape=(4,)), keras.layers.Dense(1)])
model.compile(loss="mse")
while True:
    model.fit(np.ones((64, 4)), np.ones((64, 1)), verbose=0)
