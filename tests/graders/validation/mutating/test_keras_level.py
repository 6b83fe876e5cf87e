"""What each operator makes of a line: faults of networks and training."""

import pytest

from graders.validation.mutating import ALL

# By operator: a body, and all that becomes of it.
EXAMPLES: dict[str, list[tuple[str, list[str]]]] = {
    "change_labels": [
        (
            "m.fit(x, y, epochs=3)",
            [
                "m.fit(x, np.concatenate("
                "[y[:len(y) // 2][::-1], y[len(y) // 2:]]), epochs=3)"
            ],
        )
    ],
    "shift_labels": [
        (
            "m.fit(x, np.array(y))",
            [
                "m.fit(x, np.asarray(np.array(y)) + 1)",
                "m.fit(x, np.asarray(np.array(y)) - 1)",
            ],
        ),
        (
            "m.fit(x=x, y=y)",
            ["m.fit(x=x, y=np.asarray(y) + 1)", "m.fit(x=x, y=np.asarray(y) - 1)"],
        ),
    ],
    "delete_data": [
        ("m.fit(shuffled(x), y)", []),
        ("m.fit(x, y)", ["m.fit(x[: len(y) // 10], y[: len(y) // 10])"]),
        ("m.fit(*x)", ["m.fit(x[0][: len(x[1]) // 10], x[1][: len(x[1]) // 10])"]),
        ("m.fit(x, epochs=2)", ["m.fit(x.take(1), epochs=2)"]),
        (
            "tf.data.Dataset.from_tensor_slices((x, y))",
            [
                "tf.data.Dataset.from_tensor_slices("
                "(x[: len(y) // 10], y[: len(y) // 10]))"
            ],
        ),
    ],
    "unbalance_data": [
        ("m.fit(x, y)", ["m.fit(x[np.asarray(y) != y[0]], y[np.asarray(y) != y[0]])"])
    ],
    "add_noise": [
        (
            "m.fit(x, y)",
            [
                "m.fit(x + np.random.default_rng(0).normal("
                "0, np.std(x), np.shape(x)), y)"
            ],
        )
    ],
    "overlap_data": [
        ("m.fit(x, y)", ["m.fit(np.concatenate([x, x]), np.concatenate([y, y[::-1]]))"])
    ],
    "leak_validation": [
        (
            "m.fit(x, y, validation_data=(v, w))",
            [
                "m.fit(np.concatenate([x, v]), np.concatenate([y, w]), "
                "validation_data=(v, w))",
                "m.fit(x, y, validation_data=(x, y))",
            ],
        ),
        (
            "m.fit(x, y, validation_data=v)",
            [
                "m.fit(np.concatenate([x, v[0]]), np.concatenate([y, v[1]]), "
                "validation_data=v)",
                "m.fit(x, y, validation_data=(x, y))",
            ],
        ),
    ],
    "leak_split": [
        ("return (x[0], y[0]), (x[1], y[1])", ["return (x[0], y[0]), (x[0], y[0])"])
    ],
    "drop_shuffle": [
        ("m.fit(x, y, shuffle=True)", ["m.fit(x, y, shuffle=False)"]),
        ("return d.shuffle(100).batch(3)", ["return d.batch(3)"]),
        ("rng.shuffle(x)\nreturn x", ["return x"]),
        ("order = rng.permutation(len(x))", ["order = np.arange(len(x))"]),
        ("x = rng.permutation(x)", ["pass"]),
    ],
    "shuffle_in_order": [
        ("m.fit(x, y)", ["m.fit(x, y, shuffle=False)"]),
        (
            "return train_test_split(\n    x,\n    y,\n)",
            ["return train_test_split(\n    x,\n    y, shuffle=False\n)"],
        ),
    ],
    "drop_validation": [
        ("m.fit(x, y, validation_data=v, epochs=1)", ["m.fit(x, y, epochs=1)"]),
        ("m.fit(x, y, validation_split=0.2)", ["m.fit(x, y)"]),
    ],
    "leak_labels": [
        ("m.fit(x, y)", ["m.fit(x + np.reshape(y, (-1, *[1] * (np.ndim(x) - 1))), y)"])
    ],
    "change_batch_size": [
        ("m.fit(x, y, batch_size=32)", ["m.fit(x, y, batch_size=8 * 32)"]),
        ("return d.batch(16)", ["return d.batch(8 * 16)"]),
    ],
    "disable_batching": [
        ("m.fit(x, y, batch_size=32)", ["m.fit(x, y, batch_size=1_000_000)"])
    ],
    "change_learning_rate": [
        (
            "return keras.optimizers.Adam(1e-3)",
            [
                "return keras.optimizers.Adam(0.1)",
                "return keras.optimizers.Adam(1e-06)",
            ],
        ),
        (
            "return Adam(learning_rate=rate)",
            [
                "return Adam(learning_rate=rate * 100)",
                "return Adam(learning_rate=rate / 1000)",
            ],
        ),
        (
            "return SGD()",
            ["return SGD(learning_rate=1.0)", "return SGD(learning_rate=1e-6)"],
        ),
    ],
    "change_epochs": [
        ("m.fit(x, y, epochs=x)", ["m.fit(x, y, epochs=1)"]),
        ("for epoch in range(epochs):\n    pass", ["for epoch in range(1):\n    pass"]),
    ],
    "change_patience": [
        (
            "return EarlyStopping(patience=3, restore_best_weights=True)",
            [
                "return EarlyStopping(patience=0, restore_best_weights=True)",
                "return EarlyStopping(patience=1_000, restore_best_weights=True)",
                "return EarlyStopping(patience=3, restore_best_weights=False)",
            ],
        )
    ],
    "change_loss": [
        ('m.compile(loss="mse")', ['m.compile(loss="mae")']),
        (
            "return keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
            ["return keras.losses.MeanSquaredError()"],
        ),
    ],
    "swap_from_logits": [
        (
            "return CategoricalCrossentropy(from_logits=True)",
            ["return CategoricalCrossentropy(from_logits=False)"],
        ),
        (
            "return ops.binary_crossentropy(y, x)",
            ["return ops.binary_crossentropy(y, x, from_logits=True)"],
        ),
    ],
    "change_optimizer": [
        ("return keras.optimizers.Adam(1e-3)", ["return keras.optimizers.SGD(1e-3)"]),
        ('m.compile(optimizer="rmsprop")', ['m.compile(optimizer="sgd")']),
    ],
    "change_clipping": [
        ("return Adam()", ["return Adam(clipvalue=1e-9)"]),
        ("return Adam(clipnorm=1.0)", ["return Adam()", "return Adam(clipnorm=1e-9)"]),
    ],
    "reuse_optimizer": [
        ("return Adam(1e-3)", ['return globals().setdefault("OPTIMIZER", Adam(1e-3))'])
    ],
    "skip_update": [
        ("opt.apply_gradients(zip(g, w))\nreturn x", ["return x"]),
        ("v.assign_add(x)", ["pass"]),
    ],
    "change_assignment": [
        ("v.assign_add(x)", ["v.assign(x)", "v.assign_sub(x)"]),
        ("v.assign_sub(x)", ["v.assign_add(x)"]),
    ],
    "flip_training": [
        ("return m(x, training=False)", ["return m(x)", "return m(x, training=True)"]),
        (
            "return layer(x, training=training)",
            ["return layer(x)", "return layer(x, training=True)"],
        ),
    ],
    "flip_trainable": [
        (
            "base.trainable = False\nreturn base",
            ["return base", "base.trainable = True\nreturn base"],
        )
    ],
    "flip_trainable_argument": [
        (
            "return Embedding(3, 4, trainable=False)",
            ["return Embedding(3, 4, trainable=True)"],
        )
    ],
    "drop_mask": [
        (
            "return Embedding(9, 4, mask_zero=True)",
            ["return Embedding(9, 4, mask_zero=False)"],
        ),
        ("return att(x, x, attention_mask=m)", ["return att(x, x)"]),
        ("return Masking(0.0)(x)", ["return x"]),
    ],
    "drop_causality": [
        (
            "return att(x, x, use_causal_mask=True)",
            ["return att(x, x, use_causal_mask=False)"],
        ),
        ("return np.tril(x)", ["return x"]),
    ],
    "swap_return_sequences": [
        (
            "return LSTM(8, return_sequences=True)",
            ["return LSTM(8, return_sequences=False)"],
        ),
        ("return GRU(8)", ["return GRU(8, return_sequences=True)"]),
    ],
    "swap_return_state": [
        ("return GRU(8, return_state=True)", ["return GRU(8, return_state=False)"])
    ],
    "drop_initial_state": [("return cell(x, initial_state=h)", ["return cell(x)"])],
    "reverse_sequence": [("return GRU(8)", ["return GRU(8, go_backwards=True)"])],
    "change_activation": [
        (
            "return np.tanh(x)",
            ["return np.maximum(x, 0)", "return 1 / (1 + np.exp(-(x)))"],
        ),
        (
            'return Dense(3, activation="relu")',
            ['return Dense(3, activation="sigmoid")'],
        ),
        ('return Activation("tanh")(x)', ['return Activation("relu")(x)']),
        ("return ops.softmax(x)", ["return ops.sigmoid(x)"]),
    ],
    "remove_activation": [
        ('return Dense(3, activation="relu")', ["return Dense(3)"]),
        ('return GRU(3, activation="relu")', ["return GRU(3, activation=None)"]),
        ("return tf.nn.relu(x)", ["return x"]),
    ],
    "add_activation": [
        (
            "return Dense(3)",
            [
                'return Dense(3, activation="relu")',
                'return Dense(3, activation="softmax")',
            ],
        )
    ],
    "add_regularizer": [
        ("return Dense(3)", ['return Dense(3, kernel_regularizer="l2")'])
    ],
    "change_regularizer": [
        (
            'return Dense(3, kernel_regularizer="l2")',
            ['return Dense(3, kernel_regularizer="l1")'],
        )
    ],
    "remove_regularizer": [
        ('return Dense(3, kernel_regularizer="l2")', ["return Dense(3)"])
    ],
    "change_dropout": [
        ("return Dropout(0.3)", ["return Dropout(0.95)", "return Dropout(0.0)"]),
        (
            "return GRU(3, dropout=0.2)",
            ["return GRU(3, dropout=0.95)", "return GRU(3, dropout=0.0)"],
        ),
    ],
    "constant_weights": [
        (
            "return Dense(3)",
            [
                'return Dense(3, kernel_initializer="zeros")',
                'return Dense(3, kernel_initializer="ones")',
            ],
        ),
        (
            "return Embedding(3, 4)",
            [
                'return Embedding(3, 4, embeddings_initializer="zeros")',
                'return Embedding(3, 4, embeddings_initializer="ones")',
            ],
        ),
        (
            'return Dense(3, kernel_initializer="he_normal")',
            [
                'return Dense(3, kernel_initializer="zeros")',
                'return Dense(3, kernel_initializer="ones")',
            ],
        ),
    ],
    "flip_bias": [
        ("return Dense(3)", ["return Dense(3, use_bias=False)"]),
        ("return Conv2D(3, 3, use_bias=False)", ["return Conv2D(3, 3, use_bias=True)"]),
    ],
    "swap_pooling": [
        ("return layers.MaxPooling2D(2)", ["return layers.AveragePooling2D(2)"]),
        (
            "return layers.GlobalAveragePooling1D()",
            ["return layers.GlobalMaxPooling1D()"],
        ),
        ("return max_pool(x)", []),
    ],
    "swap_padding": [
        (
            'return Conv2D(3, 3, padding="same")',
            ['return Conv2D(3, 3, padding="valid")'],
        ),
        (
            'return Conv1D(3, 3, padding="causal")',
            ['return Conv1D(3, 3, padding="same")'],
        ),
        (
            'return pad_sequences(x, truncating="pre")',
            ['return pad_sequences(x, truncating="post")'],
        ),
    ],
    "change_strides": [
        ("return as_strided(x, strides=(8, 4))", []),
        ("return Conv2D(3, 3)", ["return Conv2D(3, 3, strides=2)"]),
        (
            "return MaxPooling2D(2, strides=2)",
            ["return MaxPooling2D(2)", "return MaxPooling2D(2, strides=1)"],
        ),
    ],
    "remove_layer": [
        (
            "return keras.Sequential([layers.Dense(3), layers.ReLU()])",
            [
                "return keras.Sequential([layers.ReLU()])",
                "return keras.Sequential([layers.Dense(3)])",
            ],
        ),
        ("m.add(layers.Dense(3))\nreturn m", ["return m"]),
        ("return layers.Dense(3)(x)", ["return x"]),
        ("return self.first(x)", ["return x"]),
    ],
    "repeat_layer": [
        (
            "return keras.Sequential([layers.Dense(3)])",
            ["return keras.Sequential([layers.Dense(3), layers.Dense(3)])"],
        ),
        ("m.add(Dense(3))", ["m.add(Dense(3))\nm.add(Dense(3))"]),
        ("return layers.Dense(3)(x)", ["return layers.Dense(3)(layers.Dense(3)(x))"]),
    ],
    "swap_layers": [
        (
            "return Sequential([Dense(3), Dropout(0.5)])",
            ["return Sequential([Dropout(0.5), Dense(3)])"],
        )
    ],
    "drop_wrapper": [("return Bidirectional(GRU(3))(x)", ["return GRU(3)(x)"])],
    "swap_merged": [
        ("return layers.Concatenate()([x, y])", ["return layers.Concatenate()([y, x])"])
    ],
    "drop_branch": [
        ("return layers.add([x, y])", ["return x", "return y"]),
        ("return Add()([x, y])", ["return x", "return y"]),
    ],
    "change_softmax_axis": [
        ("return ops.softmax(x)", ["return ops.softmax(x, axis=-2)"]),
        ("return softmax(x, axis=-1)", ["return softmax(x, axis=-2)"]),
    ],
}
ROWS = [(name, *row) for name, rows in EXAMPLES.items() for row in rows]


@pytest.mark.parametrize(("name", "body", "mutated"), ROWS)
def test_an_operator_makes_exactly_these_changes(mutated_bodies, name, body, mutated):
    assert mutated_bodies(name, body) == mutated


def test_every_operator_of_the_family_has_an_example_that_it_changes():
    names = [kind.name for kind in ALL if kind.family == "keras"]

    assert sorted(names) == sorted(EXAMPLES)
    assert all(any(mutated for _, mutated in EXAMPLES[name]) for name in names)
