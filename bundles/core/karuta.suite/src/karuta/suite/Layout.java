package karuta.suite;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the ways in which a suite lies on disks: another set of instructions, or another code's folders.
 *
 * @param id such as {@code Original}
 * @param about which one this is, in a sentence
 * @param places of every task by its name
 */
public record Layout(String id, String about, Map<String, Places> places) {

    /**
     * Where the files of a task lie, relative to the root. In a path, <code>{task}</code> stands for the task's name or one of
     * its aliases. Of all paths for a file exactly one must be there.
     *
     * @param train of the training samples; none if the task is only tested
     * @param test of the test samples
     * @param trainImages folders that the paths of training images start from; that which is there counts
     * @param testImages folders that the paths of test images start from; that which is there counts
     * @param sides paths of the files beside the samples, by their names
     */
    public record Places(
            List<Candidate> train,
            List<Candidate> test,
            List<String> trainImages,
            List<String> testImages,
            Map<String, List<Candidate>> sides) {}

    /**
     * A path that a file may have.
     *
     * @param path relative to the root
     * @param says how many samples the file's name says that it has, if it does: others are certainly not all there
     */
    public record Candidate(String path, Optional<Integer> says) {}
}
