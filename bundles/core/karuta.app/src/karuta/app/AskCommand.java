package karuta.app;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import karuta.api.Answer;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.picture.ImageFiles;
import karuta.samples.ImageFile;
import karuta.samples.JsonFile;
import karuta.use.OpenPool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a pool. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = {"Ask a question, with an image or without, and get an answer by the cards of a pool.", ""},
        footer = {
            "",
            "Examples:",
            "  karuta ask --pool team.pool --image x.png \"What is this?\"",
            "  karuta ask --pool team.pool --image x.png \"What is this?\" --why    with the cards that were taken",
            "  karuta ask --pool team.pool --questions many.jsonl                 {\"image\": \"x.png\", \"question\": \"...\"} a line"
        })
final class AskCommand implements Runnable {

    private static final int BATCH = 16;

    private final Strategies strategies;
    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Parameters(paramLabel = "QUESTION", arity = "0..1", description = "The question.")
    private Optional<String> question = Optional.empty();

    @Option(names = "--image", paramLabel = "FILE", description = "What the question is about.")
    private List<Path> images = List.of();

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            description = "Many questions, a line of JSON each; images are looked for beside the file.")
    private Optional<Path> questions = Optional.empty();

    @Option(names = "--at", paramLabel = "REVISION", description = "By an older revision.", defaultValue = "HEAD")
    private String revision = "HEAD";

    @Option(names = "--why", description = "Tell which cards were taken, and their scores.")
    private boolean why;

    @Option(names = "--json", description = "A line of JSON per answer.")
    private boolean json;

    AskCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var asked = queries();
        try (var repository = pool.read()) {
            var files = pool.files(pool.at(repository, revision));
            try (var open =
                    OpenPool.open(strategies, files, CacheFolder.ofUser().path(), terminal::warn)) {
                for (var from = 0; from < asked.size(); from += BATCH) {
                    var part = asked.subList(from, Math.min(asked.size(), from + BATCH));
                    open.ask(part).forEach(this::tell);
                }
            }
        }
    }

    private List<Query> queries() {
        if (question.isPresent() == questions.isPresent()) {
            throw new KarutaException(
                    question.isPresent() ? "There is a question, and a file of questions." : "There is no question.",
                    "Give a question, or --questions FILE.");
        }
        var files = ImageFiles.STORED;
        return questions
                .map(file -> read(file, files))
                .orElseGet(() -> List.of(new Query(
                        images.stream().map(path -> image(path, files)).toList(), List.of(), question.orElseThrow())));
    }

    private static Image image(Path path, ImageFiles files) {
        if (!Files.isRegularFile(path)) {
            throw new KarutaException("There is no image " + path + ".", "Check the path.");
        }
        return new ImageFile(path, files);
    }

    private static List<Query> read(Path file, ImageFiles files) {
        var queries = new ArrayList<Query>();
        for (var line : lines(file)) {
            try {
                var object = JsonFile.parse(line).getAsJsonObject();
                var text = JsonFile.text(object, "question")
                        .orElseThrow(() -> new IllegalStateException("\"question\" is missing"));
                var picture = JsonFile.text(object, "image").map(name -> image(file.resolveSibling(name), files));
                queries.add(new Query(picture, text));
            } catch (java.io.IOException | RuntimeException unfit) {
                throw new KarutaException(
                        "Line " + (queries.size() + 1) + " of " + file + " is no question: " + unfit.getMessage(),
                        "Write {\"image\": \"x.png\", \"question\": \"...\"} in each line.",
                        unfit);
            }
        }
        return queries;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (java.io.IOException unreadable) {
            throw new KarutaException("Cannot read " + file + ": " + unreadable, "Check the path.", unreadable);
        }
    }

    private void tell(Answer answer) {
        if (json) {
            terminal.out().println(JSON.toJson(json(answer)));
            return;
        }
        terminal.out().println(answer.text());
        if (why) {
            answer.selection()
                    .picks()
                    .forEach(pick -> terminal.out().println("  " + pick.card().id() + score(pick.score())));
        }
    }

    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    private static String score(double score) {
        return Double.isNaN(score) ? "" : String.format(Locale.ROOT, " %.3f", score);
    }

    private static JsonObject json(Answer answer) {
        var object = new JsonObject();
        object.addProperty("answer", answer.text());
        var cards = new JsonArray();
        answer.selection().picks().forEach(pick -> {
            var card = new JsonObject();
            card.addProperty("card", pick.card().id());
            if (!Double.isNaN(pick.score())) {
                card.addProperty("score", pick.score());
            }
            cards.add(card);
        });
        object.add("cards", cards);
        return object;
    }
}
