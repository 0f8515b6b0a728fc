package karuta.app;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells a pool's history. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = {"Who changed what in a pool, and when; newest first. git log says the same.", ""})
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
            if (json) {
                terminal.out()
                        .println(new GsonBuilder().setPrettyPrinting().create().toJson(json(repository, revisions)));
            } else if (markdown) {
                table(repository, revisions).stream()
                        .map(row -> row.stream()
                                .map(cell -> cell.replace("|", "\\|"))
                                .collect(Collectors.joining(" | ", "| ", " |")))
                        .forEach(terminal.out()::println);
            } else {
                Columns.of(table(repository, revisions)).forEach(terminal.out()::println);
            }
        }
    }

    private List<List<String>> table(PoolRepository repository, List<Revision> revisions) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("revision", "when", "who", "what", "cards"));
        if (markdown) {
            rows.add(List.of("---", "---", "---", "---", "---"));
        }
        revisions.forEach(revision -> rows.add(List.of(
                revision.shortId(),
                TIME.format(revision.when()),
                revision.author().name(),
                revision.subject(),
                PoolDiffCommand.summary(PoolDiffCommand.since(repository, revision)))));
        return rows;
    }

    private static JsonArray json(PoolRepository repository, List<Revision> revisions) {
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
            all.add(one);
        });
        return all;
    }
}
