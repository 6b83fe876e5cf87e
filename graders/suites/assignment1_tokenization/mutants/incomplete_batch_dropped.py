"""The last batch is dropped if it is not full."""


def text_dataset(texts, labels, vectorizer, batch):
    import tensorflow as tf

    ids = vectorizer(tf.constant(list(texts)))
    pairs = tf.data.Dataset.from_tensor_slices((ids, labels))
    return pairs.batch(batch, drop_remainder=True)
