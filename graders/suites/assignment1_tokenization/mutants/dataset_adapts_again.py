"""The vectorizer learns the texts of every data set."""


def text_dataset(texts, labels, vectorizer, batch):
    import tensorflow as tf

    vectorizer.adapt(list(texts))
    ids = vectorizer(tf.constant(list(texts)))
    return tf.data.Dataset.from_tensor_slices((ids, labels)).batch(batch)
