package karuta.app;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.archive.git.Difference;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Revision;
import karuta.archive.pool.CardName;
import karuta.archive.pool.PoolFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells how two revisions of a pool differ. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {"Which files of a pool differ between two revisions.", ""},
        footer = {"", "Examples:", "  karuta pool diff HEAD~1 HEAD --pool team.pool"})
final class PoolDiffCommand implements Runnable {

    /** So many cards are named in a line. */
    private static final int NAMED = 3;

    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Parameters(index = "0", paramLabel = "FROM", description = "A revision, as git names it.")
    private String from = "";

    @Parameters(
            index = "1",
            paramLabel = "TO",
            description = "Another one (default: the newest).",
            defaultValue = "HEAD")
    private String to = "HEAD";

    PoolDiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try (var repository = pool.inspect()) {
            var differences = repository.at(from).to(repository.at(to));
            words(differences).forEach(terminal.out()::println);
            if (differences.isEmpty()) {
                terminal.say("the files of both are the same");
            }
        }
    }

    /** What a revision changed of the one before; of nothing, if it is the first one. */
    static List<Difference> since(PoolRepository repository, Revision revision) {
        var snapshot = repository.at(revision.id());
        return revision.parents().isEmpty()
                ? snapshot.paths().stream()
                        .map(path -> new Difference(path, Difference.Kind.ADDED))
                        .toList()
                : repository.at(revision.parents().get(0)).to(snapshot);
    }

    /** Which cards were added, changed, removed; many are counted. */
    static String summary(List<Difference> differences) {
        return Stream.of(Difference.Kind.values())
                .map(kind -> PoolFiles.cards(differences.stream()
                                .filter(difference -> difference.kind() == kind)
                                .map(Difference::path)
                                .toList())
                        .stream()
                        .map(CardName::value)
                        .collect(Collectors.collectingAndThen(Collectors.toList(), names -> said(kind, names))))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String said(Difference.Kind kind, List<String> names) {
        var word = kind.name().toLowerCase(Locale.ROOT);
        return names.isEmpty()
                ? ""
                : names.size() > NAMED ? word + " " + names.size() + " cards" : word + " " + String.join(", ", names);
    }

    static List<String> words(List<Difference> differences) {
        return differences.stream()
                .map(difference -> word(difference) + " " + difference.path())
                .toList();
    }

    static String word(Difference difference) {
        return difference.kind().name().toLowerCase(Locale.ROOT);
    }
}
