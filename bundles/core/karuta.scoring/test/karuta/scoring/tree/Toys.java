package karuta.scoring.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.ReferenceScorer;
import karuta.api.Sample;
import karuta.scoring.pair.Gold;
import karuta.scoring.pair.GoldBook;
import karuta.scoring.rule.Rule;
import karuta.scoring.rule.RuleBook;

/** Three tasks of two samples each, whose right answer is always "yes", and two rules. */
final class Toys implements GoldBook, RuleBook {

    @Override
    public String name() {
        return "suite toys";
    }

    @Override
    public List<String> tasks() {
        return List.of("A", "B", "C");
    }

    @Override
    public Optional<String> find(String name) {
        return tasks().stream()
                .filter(name.toUpperCase(Locale.ROOT).replace("TASK", "")::equals)
                .findFirst();
    }

    @Override
    public Gold gold(String task) {
        return new Gold(
                task,
                Stream.of("1", "2")
                        .map(id -> new Sample(id, new Query(Optional.empty(), "q"), "yes"))
                        .toList());
    }

    @Override
    public List<String> rules(String task) {
        return List.of("exact.toy", "lower.toy");
    }

    @Override
    public Set<String> ids() {
        return Set.of("exact.toy", "lower.toy", "lax.toy");
    }

    @Override
    public Rule rule(String id) {
        ReferenceScorer scorer = switch (id) {
            case "exact.toy" -> (answer, reference) -> answer.equals(reference) ? 1 : 0;
            case "lower.toy" -> (answer, reference) -> answer.equalsIgnoreCase(reference) ? 1 : 0;
            default -> throw new KarutaException("There is no " + id + ".", "Look.");
        };
        return new Rule(id, scorer);
    }

    /** Writes {@code merge.jsonl}; each place holds a task, a stage and the answers to the samples 1 and 2. */
    static Path results(Path root, String... places) {
        for (var place : places) {
            var words = place.split("[/=,]");
            var lines = Stream.of("1", "2")
                    .filter(id -> words.length > Integer.parseInt(id) + 1)
                    .map(id -> "{\"question_id\": %s, \"prompt\": \"q\", \"text\": \"%s\"}"
                            .formatted(id, words[Integer.parseInt(id) + 1]))
                    .collect(Collectors.joining("\n", "", "\n"));
            write(root.resolve(words[0]).resolve(words[1]).resolve("merge.jsonl"), lines);
        }
        return root;
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
