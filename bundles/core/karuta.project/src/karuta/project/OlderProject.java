package karuta.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import karuta.api.Contracts;
import karuta.api.KarutaException;

/** A project that was made for other contracts than these. */
final class OlderProject {

    private static final Pattern LINE = Pattern.compile("\\d{1,4}(\\.\\d{1,4})*");

    private OlderProject() {}

    /**
     * Lets pass what was made for these contracts.
     *
     * @param made the contracts that the project was made for
     * @throws KarutaException saying what has changed since, and where in the sources that is to be seen
     */
    static void refuse(String made, List<Path> sources) throws IOException {
        var now = Contracts.line(Contracts.VERSION);
        if (!LINE.matcher(made).matches()) {
            throw new KarutaException(
                    "The project was made for contracts \"" + made + "\", which is no version.",
                    "Write <karuta.contracts>" + now + "</karuta.contracts> into pom.xml if it was made for these.");
        }
        if (Contracts.fit(made)) {
            return;
        }
        if (compare(made, now) > 0) {
            throw new KarutaException(
                    "The project was made for contracts " + made + ", and this Karuta has " + now + ".",
                    "Use a newer Karuta.");
        }
        var places = new ArrayList<String>();
        for (var source : sources) {
            var text = Files.readString(source);
            ApiChange.ALL.stream()
                    .filter(change -> compare(change.since(), made) > 0)
                    .forEach(change -> change.before()
                            .matcher(text)
                            .results()
                            .forEach(found ->
                                    places.add(source + ":" + line(text, found.start()) + ": " + change.now())));
        }
        throw new KarutaException(
                "The project was made for contracts " + made + ", and this Karuta has " + now + "."
                        + (places.isEmpty()
                                ? " Nothing in its sources is known to have changed."
                                : " What has changed:\n" + String.join("\n", places)),
                (places.isEmpty() ? "" : "Change these places, then ") + "write <karuta.contracts>" + now
                        + "</karuta.contracts> into pom.xml, and the <version> and the <repository> of a project that `karuta new`"
                        + " makes now.");
    }

    private static int line(String text, int place) {
        return 1 + (int) text.substring(0, place).chars().filter(c -> c == '\n').count();
    }

    private static int compare(String one, String other) {
        return Arrays.compare(numbers(one), numbers(other));
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
