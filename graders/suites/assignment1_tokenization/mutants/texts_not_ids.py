"""The vectorizer is not used."""


def text_dataset(texts, labels, vectorizer, batch):
    import tensorflow as tf

    pairs = tf.data.Dataset.from_tensor_slices((list(texts), labels))
    return pairs.batch(batch)
