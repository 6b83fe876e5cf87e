"""The texts are not standardized."""


def make_vectorizer(train_texts, max_tokens, seq_len):
    import keras

    vectorizer = keras.layers.TextVectorization(
        max_tokens=max_tokens,
        standardize=None,
        output_sequence_length=seq_len,
    )
    vectorizer.adapt(list(train_texts))
    return vectorizer
