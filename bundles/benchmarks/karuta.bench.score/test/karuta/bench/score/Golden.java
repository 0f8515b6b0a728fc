package karuta.bench.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Scorer;

/**
 * What releng/scoring wrote for a rule.
 *
 * @param responses with what each counts in {@code values}
 * @param value of all
 * @param figures of all
 */
record Golden(List<Scorer.Response> responses, List<Double> values, double value, Map<String, Double> figures) {

    static final Path FIXTURES = Path.of("test/fixtures");

    static Golden of(String rule) {
        var responses = new ArrayList<Scorer.Response>();
        var values = new ArrayList<Double>();
        var figures = new HashMap<String, Double>();
        var value = Double.NaN;
        for (var line : lines(rule)) {
            var parts = line.split("\t", -1);
            var number = Double.parseDouble(parts[1]);
            switch (parts[0]) {
                case "value" -> value = number;
                case "figure" -> figures.put(parts[2], number);
                default -> {
                    values.add(number);
                    responses.add(new Scorer.Response(
                            sample("line " + responses.size(), parts), parts[2].translateEscapes()));
                }
            }
        }
        return new Golden(responses, values, value, figures);
    }

    private static List<String> lines(String rule) {
        try {
            return Files.readAllLines(FIXTURES.resolve(rule + ".tsv"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Sample sample(String id, String[] parts) {
        var fields = new HashMap<String, List<String>>();
        for (var i = 3; i < parts.length; i++) {
            var pair = parts[i].split("=", 2);
            fields.computeIfAbsent(pair[0], name -> new ArrayList<>()).add(pair[1].translateEscapes());
        }
        var references = fields.remove("reference");
        return new Sample(id, new Query(Optional.empty(), "What is it?"), references, fields);
    }
}
