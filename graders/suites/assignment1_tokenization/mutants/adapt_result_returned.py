"""The method that learns returns nothing."""


def make_vectorizer(train_texts, max_tokens, seq_len):
    import keras

    vectorizer = keras.layers.TextVectorization(
        max_tokens=max_tokens, output_sequence_length=seq_len
    )
    return vectorizer.adapt(list(train_texts))
