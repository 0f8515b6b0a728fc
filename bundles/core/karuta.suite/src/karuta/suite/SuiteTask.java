package karuta.suite;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.samples.Shape;

/**
 * A task of a suite.
 *
 * @param name unique in its suite
 * @param aliases what other codes call it, its folders too
 * @param about what it is, in a sentence
 * @param rules ids of the scorers worth comparing; the first one makes the suite's published numbers, and is the task's
 * @param counts how many samples the files are known to have; the first ones are the published, the others known variants
 * @param shape of the samples
 * @param constants fields that all test samples have alike
 * @param sides files beside the samples that are joined to the test samples
 * @param additions what published test scripts add to the questions
 * @param outputs names of the folders that published codes write its results to, beside name and aliases
 * @param outOfScope why it cannot be read or scored; empty for all others
 */
public record SuiteTask(
        String name,
        List<String> aliases,
        String about,
        List<String> rules,
        List<Counts> counts,
        Shape shape,
        Map<String, String> constants,
        List<Side> sides,
        List<Addition> additions,
        List<String> outputs,
        Optional<String> outOfScope) {

    /** Whether this is its name or an alias; case, hyphens, underscores and blanks do not matter. */
    public boolean answersTo(String someName) {
        return names().anyMatch(it -> plain(it).equals(plain(someName)));
    }

    /** Whether a folder of results with this name is of this task. */
    public boolean writesTo(String folder) {
        return Stream.concat(names(), outputs.stream()).anyMatch(it -> plain(it).equals(plain(folder)));
    }

    /** The name and the aliases. */
    public Stream<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream());
    }

    /** The same without the files beside the samples, which are joined to test samples alone. */
    SuiteTask without() {
        return new SuiteTask(
                name, aliases, about, rules, counts, shape, constants, List.of(), additions, outputs, outOfScope);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }
}
