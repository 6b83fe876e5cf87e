"""Rows are as long as the longest text."""


def make_vectorizer(train_texts, max_tokens, seq_len):
    import keras

    vectorizer = keras.layers.TextVectorization(max_tokens=max_tokens)
    vectorizer.adapt(list(train_texts))
    return vectorizer
