import numpy as np
import pytest
import tensorflow_datasets as tfds

from course.datasets import load, load_arrays
from course.datasets.reading import load_columns
from course.errors import DataFolderUnusable, DataNotPrepared, UnknownName

WITHOUT_TENSORFLOW = """
import sys
from course.datasets import load_arrays
x, y = load_arrays("digits", "train")
load_arrays("shifted_digits", "test")
load_arrays("paragraphs", "test")
print(x.shape, x.dtype, y.shape, y.dtype, "tensorflow" in sys.modules)
"""


@pytest.fixture
def mocked_tfds(monkeypatch):
    """TFDS hands out seven invented examples, and a download does nothing."""
    monkeypatch.setenv("KERAS_COURSE_ONLINE", "1")
    policy = tfds.testing.MockPolicy.USE_CODE
    with tfds.testing.mock_data(num_examples=7, policy=policy):
        yield


@pytest.fixture
def tiny_fashion(tmp_path):
    """A prepared `fashion_mnist` of six test images, written by TFDS itself."""
    images = np.arange(6 * 784, dtype=np.uint8).reshape(6, 28, 28, 1)
    original = tfds.builder_cls("fashion_mnist")

    class Tiny(original, skip_registration=True):
        name = "fashion_mnist"
        code_path = None

        def _split_generators(self, dl_manager):
            examples = [(at, {"image": images[at], "label": at}) for at in range(6)]
            return {"test": examples}

    Tiny(data_dir=tmp_path).download_and_prepare()
    return tmp_path, images


def test_the_first_load_generates_digits_and_paragraphs_without_tensorflow(python):
    answer = python("-c", WITHOUT_TENSORFLOW).communicate()

    assert answer == ("(1078, 8, 8, 1) uint8 (1078,) int64 False\n", "")


def test_images_and_labels_arrive_in_the_order_of_the_index(prepared_dir):
    x, y = load_arrays("digits", "validation", prepared_dir)
    columns = load_columns("digits", "validation", prepared_dir)

    assert (np.diff(columns["index"]) > 0).all()
    np.testing.assert_array_equal(x, columns["image"])
    np.testing.assert_array_equal(y, columns["label"])


def test_ink_goes_from_0_to_16(prepared_dir):
    x, _ = load_arrays("shifted_digits", "train", prepared_dir)

    assert x.dtype == np.uint8
    assert (x.min(), x.max()) == (0, 16)


def test_prepared_digits_are_read_without_writing(monkeypatch, prepared_dir):
    monkeypatch.setattr("os.access", lambda path, mode: False)

    x, _ = load_arrays("digits", "test", prepared_dir)

    assert len(x) == 359


def test_an_unknown_split_prepares_nothing(empty_default_folder):
    with pytest.raises(UnknownName, match='Did you mean "test"'):
        load_arrays("digits", "tests")

    assert not empty_default_folder.exists()


@pytest.mark.parametrize("damage", ["deleted", "emptied", "cut in half"])
def test_damaged_files_are_named_with_the_way_out(tmp_path, damage):
    load_arrays("digits", "test", tmp_path)
    folder = tmp_path / "digits" / "1.0.0"
    (records,) = folder.glob("digits-test.*")
    half = records.read_bytes()[: records.stat().st_size // 2]
    if damage == "deleted":
        records.unlink()
    else:
        records.write_bytes(half if damage == "cut in half" else b"")

    with pytest.raises(DataFolderUnusable, match="digits cannot be read") as caught:
        load_arrays("digits", "test", tmp_path)

    assert caught.value.where == str(folder)
    assert caught.value.fix == "Delete this folder and try again."


def test_a_missing_library_is_not_blamed_on_the_files(monkeypatch, prepared_dir):
    def without_library(card, folder):
        raise ModuleNotFoundError("No module named 'array_record'")

    monkeypatch.setattr("course.datasets.reading.open_builder", without_library)

    with pytest.raises(ModuleNotFoundError, match="array_record"):
        load_arrays("digits", "test", prepared_dir)


def test_fashion_mnist_is_not_downloaded_unasked(empty_default_folder):
    with pytest.raises(DataNotPrepared, match="prepare fashion_mnist --online"):
        load_arrays("fashion_mnist", "train")

    assert not empty_default_folder.exists()


def test_tf_data_yields_the_arrays_in_their_order(prepared_dir):
    x, y = load_arrays("digits", "test", prepared_dir)

    pairs = list(load("digits", "test", data_dir=prepared_dir).as_numpy_iterator())

    np.testing.assert_array_equal([image for image, _ in pairs], x)
    np.testing.assert_array_equal([label for _, label in pairs], y)


def test_unsupervised_tf_data_keeps_the_index(prepared_dir):
    data = load("digits", "test", as_supervised=False, data_dir=prepared_dir)

    assert sorted(data.element_spec) == ["image", "index", "label"]
    assert data.element_spec["image"].shape == (8, 8, 1)


@pytest.mark.usefixtures("mocked_tfds")
@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_fashion_mnist_comes_through_tfds_when_downloads_are_on(tmp_path, split):
    x, y = load_arrays("fashion_mnist", split, tmp_path)

    assert (x.shape, x.dtype) == ((7, 28, 28, 1), np.uint8)
    assert (y.shape, y.dtype) == ((7,), np.int64)


@pytest.mark.usefixtures("mocked_tfds")
def test_train_and_validation_share_no_image_of_fashion_mnist(monkeypatch, tmp_path):
    asked = []
    tfds_load = tfds.load

    def spy(name, *, split, **rest):
        asked.append((name, split, rest["download"]))
        return tfds_load(name, split=split, **rest)

    monkeypatch.setattr(tfds, "load", spy)

    load_arrays("fashion_mnist", "train", tmp_path)
    load_arrays("fashion_mnist", "validation", tmp_path)

    assert asked == [
        ("fashion_mnist:3.0.1", "train[:50000]", False),
        ("fashion_mnist:3.0.1", "train[50000:]", False),
    ]


def test_prepared_fashion_mnist_loads_with_downloads_off(tiny_fashion):
    folder, images = tiny_fashion

    x, y = load_arrays("fashion_mnist", "test", folder)
    again, _ = load_arrays("fashion_mnist", "test", folder)

    np.testing.assert_array_equal(x, images[y])
    assert sorted(y.tolist()) == [0, 1, 2, 3, 4, 5]
    np.testing.assert_array_equal(x, again)
