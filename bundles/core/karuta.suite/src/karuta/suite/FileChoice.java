package karuta.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.api.KarutaException;

/**
 * A file that may be called this or that.
 *
 * @param what it is, such as {@code the test file of task GQA of CoIN (layout Original)}
 * @param choices at least one
 */
public record FileChoice(String what, List<Choice> choices) {

    /**
     * @param file where it would be
     * @param says how many samples its name says that it has
     */
    public record Choice(Path file, Optional<Integer> says) {}

    /** A file that can be nowhere else. */
    static FileChoice only(String what, Path file) {
        return new FileChoice(what, List.of(new Choice(file, Optional.empty())));
    }

    /** Those that are there; a file under two names counts once. */
    public List<Choice> there() {
        var there = new ArrayList<Choice>();
        choices.stream()
                .filter(choice -> Files.isRegularFile(choice.file()))
                .filter(choice -> there.stream().noneMatch(other -> isSame(other.file(), choice.file())))
                .forEach(there::add);
        return there;
    }

    /**
     * The one that is there.
     *
     * @throws KarutaException if there is none, or more than one
     */
    public Choice need() {
        var there = there();
        if (there.isEmpty()) {
            throw new KarutaException(
                    "There is no " + names(choices) + ": " + what + ".",
                    "Put it there, or correct the path, the layout or the manifest.");
        }
        if (there.size() > 1) {
            throw new KarutaException(
                    "There is more than one file for " + what + ": " + names(there) + ".", "Take all but one away.");
        }
        return there.get(0);
    }

    private static String names(List<Choice> choices) {
        return choices.stream().map(it -> it.file().toString()).collect(Collectors.joining(" or "));
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
