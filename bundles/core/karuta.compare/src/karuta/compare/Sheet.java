package karuta.compare;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import karuta.api.Sample;
import karuta.api.Scorer;

/**
 * Questions of one kind, and what several methods answered.
 *
 * @param name what kind they are, for people
 * @param rules the ids of the rules that they are for; none if nobody says
 * @param samples at least one
 * @param methods at least one, each with an answer to every sample
 */
public record Sheet(String name, List<String> rules, List<Sample> samples, List<Method> methods) {

    private static final Pattern LETTER = Pattern.compile("[A-H]");
    private static final Pattern BOX = Pattern.compile("\\s*\\[?(?:[-\\d.eE\\s]+,){3}[-\\d.eE\\s]+]?\\s*");
    private static final Set<String> TEXTS = Set.of("equality", "containment", "edit distance");

    /**
     * Who answered.
     *
     * @param name for people
     * @param answers one for each sample, in their order
     */
    public record Method(String name, List<String> answers) {

        /** Copies the list. */
        public Method {
            answers = List.copyOf(answers);
        }
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there is no sample or no method, or one has not answered all
     */
    public Sheet {
        rules = List.copyOf(rules);
        samples = List.copyOf(samples);
        methods = List.copyOf(methods);
        var count = samples.size();
        if (count == 0
                || methods.isEmpty()
                || methods.stream().anyMatch(method -> method.answers().size() != count)) {
            throw new IllegalArgumentException("not every method has answered all of " + count + " questions");
        }
    }

    /** The families of rules by which such references are usually scored: as boxes, letters, or texts. */
    public Set<String> families() {
        if (all(BOX)) {
            return Set.of("grounding");
        }
        var families = new HashSet<>(TEXTS);
        if (all(LETTER)) {
            families.add("multiple choice");
        }
        return families;
    }

    private boolean all(Pattern form) {
        return samples.stream()
                .allMatch(sample -> sample.references().stream()
                        .allMatch(reference -> form.matcher(reference).matches()));
    }

    /** Whether all samples have the fields of some names. */
    public boolean has(List<String> fields) {
        return samples.stream().allMatch(sample -> sample.fields().keySet().containsAll(fields));
    }

    List<Scorer.Response> responses(Method method) {
        return IntStream.range(0, samples.size())
                .mapToObj(i ->
                        new Scorer.Response(samples.get(i), method.answers().get(i)))
                .toList();
    }
}
