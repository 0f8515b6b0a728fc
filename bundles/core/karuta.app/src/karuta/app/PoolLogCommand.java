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

    private List<List<String>> table(
            PoolRepository repository, List<Revision> revisions, Map<String, Standing.Scores> standing) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("revision", "when", "who", "what", "cards", "mean before", "mean after", "its own"));
        if (markdown) {
            rows.add(List.of("---", "---", "---", "---", "---", "---:", "---:", "---:"));
        }
        revisions.forEach(revision -> {
            var differences = PoolDiffCommand.since(repository, revision);
            var scores = PoolScores.of(standing.get(revision.id()));
            rows.add(List.of(
                    revision.shortId(),
                    TIME.format(revision.when()),
                    revision.author().name(),
                    revision.subject(),
                    PoolDiffCommand.summary(differences),
                    scores.meanBefore(),
                    scores.meanAfter(),
                    scores.own(PoolFiles.cards(
                            differences.stream().map(Difference::path).toList()))));
        });
        return rows;
    }

    private static JsonArray json(
            PoolRepository repository, List<Revision> revisions, Map<String, Standing.Scores> standing) {
        var all = new JsonArray();
        revisions.forEach(revision -> {
            var one = new JsonObject();
            one.addProperty("revision", revision.id());
            one.addProperty("when", revision.when().toString());
            one.addProperty("author", revision.author().toString());
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

    private static JsonObject scores(Map<String, Double> scores) {
        var object = new JsonObject();
        scores.forEach(object::addProperty);
        return object;
    }
}
