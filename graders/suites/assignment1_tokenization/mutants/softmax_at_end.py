"""The model ends with probabilities."""


def build_bow_classifier(vocab, dim, n_classes):
    import keras

    ids = keras.Input((None,), dtype="int32")
    vectors = keras.layers.Embedding(vocab, dim, mask_zero=True)(ids)
    mean = keras.layers.GlobalAveragePooling1D()(vectors)
    outputs = keras.layers.Dense(n_classes, activation="softmax")(mean)
    return keras.Model(ids, outputs)
