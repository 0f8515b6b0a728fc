package karuta.tensor;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import karuta.api.BackboneSpec.Linear;
import karuta.api.KarutaException;

/** Which linear layers a strategy means. */
public final class Targets {

    private Targets() {}

    /**
     * The layers that at least one target means: by full name, by its last parts (as PEFT's list of names) or by a
     * regular expression for all of it (as PEFT's string).
     *
     * @throws KarutaException if a target means no layer
     */
    public static List<Linear> among(List<Linear> linears, List<String> targets) {
        var patterns = targets.stream().map(target -> compile(target, linears)).toList();
        return linears.stream()
                .filter(linear -> patterns.stream().anyMatch(pattern -> means(pattern, linear)))
                .toList();
    }

    /**
     * Requires that an adapter is narrower than the layers that it adapts.
     *
     * @param rank of one adapter
     * @param strategy whose option it is, such as {@code method.olora}
     * @throws KarutaException if it is above the width of one of the layers
     */
    public static void requireRank(List<Linear> linears, int rank, String strategy) {
        for (var linear : linears) {
            var width = Math.min(linear.in(), linear.out());
            if (rank > width) {
                throw new KarutaException(
                        "\"rank\" of " + strategy + " gives adapters of rank " + rank + ", and " + linear.name()
                                + " is only " + width + " wide.",
                        "Choose a rank of at most " + width + ", or other targets.");
            }
        }
    }

    private static Pattern compile(String target, List<Linear> linears) {
        try {
            var pattern = Pattern.compile(target);
            if (linears.stream().noneMatch(linear -> means(pattern, linear))) {
                throw new KarutaException(
                        "The target \"" + target + "\" is no linear layer of this backbone.",
                        "It has layers such as "
                                + linears.stream().map(Linear::name).limit(7).collect(Collectors.joining(", ")) + ".");
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new KarutaException(
                    "The target \"" + target + "\" is neither a name nor a regular expression: " + e.getDescription()
                            + ".",
                    "Write a layer's name, its last part, or a Java regular expression.",
                    e);
        }
    }

    private static boolean means(Pattern pattern, Linear linear) {
        return pattern.matcher(linear.name()).matches() || linear.name().endsWith("." + pattern.pattern());
    }
}
