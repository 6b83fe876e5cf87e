"""A recurrent layer reads the words in their order."""


def build_bow_classifier(vocab, dim, n_classes):
    import keras

    ids = keras.Input((None,), dtype="int32")
    vectors = keras.layers.Embedding(vocab, dim, mask_zero=True)(ids)
    last = keras.layers.SimpleRNN(dim)(vectors)
    return keras.Model(ids, keras.layers.Dense(n_classes)(last))
