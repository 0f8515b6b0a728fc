package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import karuta.api.Answer;
import karuta.api.Insert;
import karuta.api.Parameter;
import karuta.api.Selection;

/**
 * What an independent computation says of a method, to be compared with what the method does: see {@code releng/methods}.
 * Numbers agree if they differ by at most 1e-5, of numbers above 1 by that share.
 */
public final class Reference {

    private static final double TOLERANCE = 1e-5;

    private final Map<String, NDArray> arrays;
    private final Set<String> asked = new HashSet<>();

    /** Reads what {@code releng/methods/arrays.py} wrote. */
    public Reference(Path file, NDManager manager) {
        arrays = ReferenceArrays.read(file, manager);
    }

    /** An array of the reference. */
    public NDArray get(String name) {
        asked.add(name);
        return Optional.ofNullable(arrays.get(name))
                .orElseThrow(() -> new AssertionError("The reference has no " + name + "."));
    }

    /** Whether the reference says anything of it. */
    public boolean has(String name) {
        return arrays.containsKey(name);
    }

    /** Sets parameters to the reference's values, so that both begin alike. */
    public void give(String prefix, List<Parameter> parameters) {
        parameters.forEach(parameter -> get(prefix + parameter.name()).copyTo(parameter.value()));
    }

    /**
     * Compares what was computed with the reference.
     *
     * @throws AssertionError if shapes or numbers differ
     */
    public void agrees(String name, NDArray actual) {
        NDArray expected = get(name);
        if (!expected.getShape().equals(actual.getShape())) {
            throw new AssertionError(
                    name + " has the shape " + actual.getShape() + " instead of " + expected.getShape() + ".");
        }
        agrees(name, actual.toFloatArray());
    }

    /** Compares numbers, row after row. */
    public void agrees(String name, float... actual) {
        var expected = get(name).toFloatArray();
        if (expected.length != actual.length) {
            throw new AssertionError(name + " has " + actual.length + " numbers instead of " + expected.length + ".");
        }
        for (var i = 0; i < actual.length; i++) {
            // written so that it also holds for no number (NaN)
            if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE * Math.max(1, Math.abs(expected[i])))) {
                throw new AssertionError(
                        name + " is " + actual[i] + " at place " + i + " instead of " + expected[i] + ".");
            }
        }
    }

    /** Compares the values of parameters. */
    public void agrees(String prefix, List<Parameter> parameters) {
        parameters.forEach(parameter -> agrees(prefix + parameter.name(), parameter.value()));
    }

    /** Compares which cards were chosen, by their places among all; -1 for a place that is left. */
    public void chose(String name, List<Selection> selections, List<String> cards) {
        var width = (int) get(name).getShape().get(1);
        var places = new float[selections.size() * width];
        Arrays.fill(places, -1);
        for (var i = 0; i < selections.size(); i++) {
            var picks = selections.get(i).picks();
            for (var j = 0; j < picks.size(); j++) {
                places[i * width + j] = cards.indexOf(picks.get(j).card().id());
            }
        }
        agrees(name, places);
    }

    /** Compares the scores of the chosen cards. */
    public void scored(String name, List<Selection> selections) {
        agrees(
                name,
                floats(selections.stream()
                        .flatMap(selection -> selection.picks().stream())
                        .mapToDouble(Selection.Pick::score)
                        .toArray()));
    }

    /** Compares what is put in for each sample, one after the other: soft tokens, of a prefix the keys and then the values. */
    public void put(String name, List<List<Insert>> samples) {
        agrees(
                name,
                join(samples.stream()
                        .flatMap(List::stream)
                        .flatMap(Reference::arrays)
                        .map(NDArray::toFloatArray)
                        .toList()));
    }

    private static Stream<NDArray> arrays(Insert insert) {
        if (insert instanceof Insert.Tokens tokens) {
            return Stream.of(tokens.embeddings());
        }
        return insert instanceof Insert.Prefix prefix ? Stream.of(prefix.keys(), prefix.values()) : Stream.of();
    }

    /** Compares answers with token numbers of the toy backbone; -1 for a place that is left. */
    public void said(String name, List<Answer> answers) {
        var width = (int) get(name).getShape().get(1);
        var tokens = new float[answers.size() * width];
        Arrays.fill(tokens, -1);
        for (var i = 0; i < answers.size(); i++) {
            var text = answers.get(i).text();
            for (var j = 0; j < text.length(); j++) {
                tokens[i * width + j] = text.charAt(j) - ' ' + 2;
            }
        }
        agrees(name, tokens);
    }

    /** What was never asked for, so that a test can say that nothing of the reference is left out. */
    public Set<String> left() {
        var left = new TreeSet<>(arrays.keySet());
        left.removeAll(asked);
        return left;
    }

    private static float[] join(List<float[]> parts) {
        var all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        var at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static float[] floats(double[] numbers) {
        var floats = new float[numbers.length];
        for (var i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }
}
