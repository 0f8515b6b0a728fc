package karuta.suite;

import java.nio.file.Path;
import java.util.Optional;
import karuta.picture.ImageFiles;

/**
 * How a user's copy of a suite is read.
 *
 * @param layout id of the layout; empty for the only one of which files are there
 * @param config folder or file of another code's configuration that says where the files are, instead of a layout
 * @param images where all image paths start from, instead of what the layout says
 * @param train training samples per task, from the first on; 0 for all
 * @param test test samples per task, from the first on; 0 for all
 * @param excerpt whether files may hold less than their names say
 * @param additions whether what published test scripts add to the questions is added
 * @param twice what becomes of an id that a test file has twice
 * @param leaks what becomes of a training sample with image and question of a test sample
 * @param outside whether images may lie outside of their folder
 * @param dropSystem whether turns before the first question are dropped rather than refused
 * @param files how images are read
 */
public record SuiteOptions(
        String layout,
        Optional<Path> config,
        Optional<Path> images,
        int train,
        int test,
        boolean excerpt,
        boolean additions,
        Twice twice,
        Leaks leaks,
        boolean outside,
        boolean dropSystem,
        ImageFiles files) {

    /** All of it, nothing added, nothing let through. */
    public static final SuiteOptions STRICT = new SuiteOptions(
            "",
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            false,
            false,
            Twice.REFUSE,
            Leaks.REFUSE,
            false,
            false,
            ImageFiles.STORED);

    /** What becomes of an id that a test file has twice. */
    public enum Twice {
        /** The task is refused. */
        REFUSE,
        /** The second one gets a suffix. */
        RENAME
    }

    /** What becomes of a training sample with image and question of a test sample. */
    public enum Leaks {
        /** The task is refused. */
        REFUSE,
        /** The training sample is left out. */
        DROP,
        /** Nothing, as in the published numbers. */
        KEEP
    }

    /** The same with another layout. */
    public SuiteOptions in(String otherLayout) {
        return new SuiteOptions(
                otherLayout, config, images, train, test, excerpt, additions, twice, leaks, outside, dropSystem, files);
    }

    /** The same with files where another code's configuration says. */
    public SuiteOptions by(Path otherConfig) {
        return new SuiteOptions(
                layout,
                Optional.of(otherConfig),
                images,
                train,
                test,
                excerpt,
                additions,
                twice,
                leaks,
                outside,
                dropSystem,
                files);
    }

    /** The same with files that may hold less than their names say. */
    public SuiteOptions ofExcerpt() {
        return new SuiteOptions(
                layout, config, images, train, test, true, additions, twice, leaks, outside, dropSystem, files);
    }

    /** How many samples of a split are read at most; 0 for all. */
    int limit(Split split) {
        return split == Split.TRAIN ? train : test;
    }
}
