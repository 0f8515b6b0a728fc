package karuta.app;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import karuta.archive.git.Difference;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Revision;
import karuta.archive.pool.PoolFiles;
import karuta.archive.pool.Standing;
import karuta.archive.trust.SignedBy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells a pool's history. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = {
            "Who changed what in a pool, and when, and how good it was before and after, in percent, as far as that was measured;"
                    + " newest first.",
            ""
        })
final class PoolLogCommand implements Runnable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    /** The place of a column that tables of pools without signatures do not have. */
    private static final int SIGNER = 3;

    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Option(names = "--markdown", description = "As a table in Markdown.")
    private boolean markdown;

    @Option(names = "--json", description = "For scripts.")
    private boolean json;

    PoolLogCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try (var repository = pool.inspect()) {
            var revisions = repository.log();
            var standing = Standing.of(repository, revisions);
            if (json) {
                var all = json(repository, revisions, standing);
                terminal.out()
                        .println(new GsonBuilder().setPrettyPrinting().create().toJson(all));
            } else if (markdown) {
                table(repository, revisions, standing).stream()
                        .map(row -> row.stream()
                                .map(cell -> cell.replace("|", "\\|"))
                                .collect(Collectors.joining(" | ", "| ", " |")))
                        .forEach(terminal.out()::println);
            } else {
                Columns.of(table(repository, revisions, standing)).forEach(terminal.out()::println);
            }
        }
    }

    /** Who has signed it stands beside who has made it, where any revision is signed. */
    private List<List<String>> table(
            PoolRepository repository, List<Revision> revisions, Map<String, Standing.Scores> standing) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("revision", "when", "who", "signer", "what", "cards", "mean before", "mean after", "its own"));
        if (markdown) {
            rows.add(List.of("---", "---", "---", "---", "---", "---", "---:", "---:", "---:"));
        }
        var signed = false;
        for (var revision : revisions) {
            var differences = PoolDiffCommand.since(repository, revision);
            var scores = PoolScores.of(standing.get(revision.id()));
            var signer = SignedBy.of(repository, revision);
            signed |= signer.isPresent();
            rows.add(List.of(
                    revision.shortId(),
                    TIME.format(revision.when()),
                    revision.author().name(),
                    signer.map(SignedBy::words).orElse(""),
                    revision.subject(),
                    PoolDiffCommand.summary(differences),
                    scores.meanBefore(),
                    scores.meanAfter(),
                    scores.own(PoolFiles.cards(
                            differences.stream().map(Difference::path).toList()))));
        }
        return signed ? rows : rows.stream().map(PoolLogCommand::unsigned).toList();
    }

    private static List<String> unsigned(List<String> row) {
        var rest = new ArrayList<>(row);
        rest.remove(SIGNER);
        return rest;
    }

    private static JsonArray json(
            PoolRepository repository, List<Revision> revisions, Map<String, Standing.Scores> standing) {
        var all = new JsonArray();
        revisions.forEach(revision -> {
            var one = new JsonObject();
            one.addProperty("revision", revision.id());
            one.addProperty("when", revision.when().toString());
            one.addProperty("author", revision.author().toString());
            SignedBy.of(repository, revision).ifPresent(signer -> one.add("signer", json(signer)));
            one.addProperty("message", revision.message().strip());
            var files = new JsonObject();
            PoolDiffCommand.since(repository, revision)
                    .forEach(difference -> files.addProperty(difference.path(), PoolDiffCommand.word(difference)));
            one.add("files", files);
            var scores = standing.get(revision.id());
            one.add("before", scores(scores.before()));
            one.add("after", scores(scores.after()));
            all.add(one);
        });
        return all;
    }

    private static JsonObject json(SignedBy signer) {
        var object = new JsonObject();
        signer.person().ifPresent(person -> object.addProperty("person", person.toString()));
        signer.key().ifPresent(key -> object.addProperty("key", key));
        object.addProperty("valid", signer.valid());
        return object;
    }

    private static JsonObject scores(Map<String, Double> scores) {
        var object = new JsonObject();
        scores.forEach(object::addProperty);
        return object;
    }
}
