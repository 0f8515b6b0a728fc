package karuta.fidelity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import karuta.api.Insert;
import karuta.api.Insert.Tokens;
import karuta.api.PromptedInput;

/**
 * The prompts in front of a sample, by their places among the pool's cards; what stands in front of the text counts, not what a
 * selector says.
 *
 * @param places in the order in which they were put in
 */
record Sequence(List<Integer> places) {

    Sequence {
        places = List.copyOf(places);
    }

    /** Whether anything but soft tokens was put in. */
    static boolean elsewhere(List<PromptedInput> prompted) {
        return prompted.stream()
                .flatMap(sample -> sample.inserts().stream())
                .anyMatch(insert -> !(insert instanceof Tokens));
    }

    /** Of each sample; empty if what was put in is not made of whole prompts. */
    static Optional<List<Sequence>> of(List<PromptedInput> prompted, List<Prompt> prompts) {
        var sequences = new ArrayList<Sequence>();
        for (var sample : prompted) {
            var sequence = of(rows(sample.inserts()), prompts);
            if (sequence.isEmpty()) {
                return Optional.empty();
            }
            sequences.add(sequence.get());
        }
        return Optional.of(sequences);
    }

    private static double[] rows(List<Insert> inserts) {
        return inserts.stream()
                .filter(Tokens.class::isInstance)
                .map(insert -> Vectors.of(((Tokens) insert).embeddings()))
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    private static Optional<Sequence> of(double[] rows, List<Prompt> prompts) {
        var places = new ArrayList<Integer>();
        var at = 0;
        while (at < rows.length) {
            var place = starting(rows, at, prompts);
            if (place < 0) {
                return Optional.empty();
            }
            places.add(place);
            at += prompts.get(place).tokens().length;
        }
        return Optional.of(new Sequence(places));
    }

    private static int starting(double[] rows, int from, List<Prompt> prompts) {
        for (var place = 0; place < prompts.size(); place++) {
            var tokens = prompts.get(place).tokens();
            if (from + tokens.length <= rows.length
                    && Arrays.equals(rows, from, from + tokens.length, tokens, 0, tokens.length)) {
                return place;
            }
        }
        return -1;
    }

    boolean sameSet(List<Integer> others) {
        return new TreeSet<>(places).equals(new TreeSet<>(others)) && places.size() == others.size();
    }

    Sequence without(int place) {
        return new Sequence(places.stream().filter(each -> each != place).toList());
    }
}
