package karuta.suite;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the files of a task are on this disk.
 *
 * @param train of the training samples; empty if the task is only tested
 * @param test of the test samples
 * @param trainImages where the paths of training images start from
 * @param testImages where the paths of test images start from
 * @param sides files beside the samples by their names, as far as somebody says where they are
 */
public record TaskFiles(
        Optional<FileChoice> train, FileChoice test, Path trainImages, Path testImages, Map<String, FileChoice> sides) {

    /** Of a split. */
    public Optional<FileChoice> of(Split split) {
        return split == Split.TRAIN ? train : Optional.of(test);
    }

    /** Where the paths of a split's images start from. */
    public Path images(Split split) {
        return split == Split.TRAIN ? trainImages : testImages;
    }
}
