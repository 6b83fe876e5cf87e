"""Texts and labels are shuffled, each by themselves."""


def text_dataset(texts, labels, vectorizer, batch):
    import tensorflow as tf

    ids = tf.data.Dataset.from_tensor_slices(vectorizer(tf.constant(list(texts))))
    labels = tf.data.Dataset.from_tensor_slices(labels)
    pairs = tf.data.Dataset.zip((ids.shuffle(1000), labels.shuffle(1000)))
    return pairs.batch(batch)
