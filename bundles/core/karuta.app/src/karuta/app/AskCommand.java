package karuta.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import karuta.api.KarutaException;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.engine.run.CancellationToken;
import karuta.use.OpenPool;
import karuta.use.ask.Abstention;
import karuta.use.ask.Asking;
import karuta.use.ask.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a pool. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = {
            "Ask a question, with an image or without, and get an answer by the cards of a pool.",
            "Exit codes: 0 all were answered, 1 some could not be asked, 3 some were refused by --abstain.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta ask --pool team.pool --image x.png \"What is this?\"",
            "  karuta ask --pool team.pool --image x.png \"What is this?\" --why      with the cards that were taken",
            "  karuta ask --pool team.pool --image x.png \"What is this?\" --abstain  unless no card is like it",
            "  karuta ask --pool team.pool --questions many.jsonl --json > a.jsonl  {\"image\": \"x.png\", \"question\": \"...\"} a line"
        })
final class AskCommand implements Callable<Integer> {

    private static final int BATCH = 16;

    /** No card was like a question. */
    private static final int ABSTAINED = 3;

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

    @Option(
            names = "--abstain",
            paramLabel = "SHARE%",
            arity = "0..1",
            parameterConsumer = ShareOption.class,
            description =
                    "Do not answer where no card is like the question: where it is farther from every card's samples than all"
                            + " but this share of the card's own validation questions (5%% if none is given).")
    private Optional<Double> abstain = Optional.empty();

    @Option(
            names = "--why",
            description = "Tell which cards were taken, their scores, and which one came next and how far behind.")
    private boolean why;

    @Option(names = "--json", description = "A line of JSON per question, with all of it.")
    private boolean json;

    AskCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (question.isPresent() == questions.isPresent()) {
            throw new KarutaException(
                    question.isPresent() ? "There is a question, and a file of questions." : "There is no question.",
                    "Give a question, or --questions FILE.");
        }
        return questions
                .map(file -> Interrupt.around(terminal, stop -> many(file, stop)))
                .orElseGet(() -> one(question.orElseThrow()));
    }

    private int one(String text) {
        var asked =
                QuestionFile.question(images.stream().map(QuestionFile::image).toList(), text);
        return answered(asking -> {
            var reply = asking.ask(List.of(asked)).get(0);
            if (reply instanceof Reply.Unfit unfit) {
                throw unfit.why();
            }
            tell(reply, OptionalLong.empty());
            return reply instanceof Reply.Abstained ? ABSTAINED : 0;
        });
    }

    private int many(Path file, CancellationToken stop) {
        if (!images.isEmpty()) {
            throw new KarutaException(
                    "There is an image, and a file of questions.", "Name each question's image in its line.");
        }
        try (var lines = QuestionFile.open(file)) {
            return answered(asking -> many(lines, asking, stop));
        }
    }

    private int many(QuestionFile lines, Asking asking, CancellationToken stop) {
        var all = 0L;
        var unfit = 0L;
        var refused = 0L;
        for (var part = lines.next(BATCH); !part.isEmpty(); part = lines.next(BATCH)) {
            for (var reply : replies(part, asking).entrySet()) {
                all++;
                unfit += reply.getValue() instanceof Reply.Unfit ? 1 : 0;
                refused += reply.getValue() instanceof Reply.Abstained ? 1 : 0;
                tell(reply.getValue(), OptionalLong.of(reply.getKey()));
            }
            terminal.status(all + " questions");
            if (stop.raised() || terminal.out().checkError()) { // nobody reads on
                terminal.fail("stopped after " + all + " questions");
                return CommandLines.INTERRUPTED;
            }
        }
        if (unfit > 0) {
            terminal.fail(unfit + " of " + all + " questions could not be asked");
        }
        return unfit > 0 ? CommandLines.FAILED : refused > 0 ? ABSTAINED : 0;
    }

    /** By the numbers of their lines. */
    private static Map<Long, Reply> replies(List<QuestionFile.Line> lines, Asking asking) {
        var replies = new TreeMap<Long, Reply>();
        var asked = new ArrayList<QuestionFile.Line.Asked>();
        for (var line : lines) {
            if (line instanceof QuestionFile.Line.Asked question) {
                asked.add(question);
            } else if (line instanceof QuestionFile.Line.Faulty faulty) {
                replies.put(faulty.number(), new Reply.Unfit(faulty.why()));
            }
        }
        var given =
                asking.ask(asked.stream().map(QuestionFile.Line.Asked::query).toList());
        IntStream.range(0, asked.size()).forEach(i -> replies.put(asked.get(i).number(), given.get(i)));
        return replies;
    }

    private int answered(ToIntFunction<Asking> work) {
        try (var repository = pool.read()) {
            var files = pool.files(pool.at(repository, revision));
            var rule = abstain.map(share -> Abstention.of(files, share));
            try (var open =
                    OpenPool.open(strategies, files, CacheFolder.ofUser().path(), terminal::warn)) {
                var asking = Asking.of(open, rule);
                asking.warnings().forEach(terminal::warn);
                return work.applyAsInt(asking);
            }
        }
    }

    private void tell(Reply reply, OptionalLong line) {
        if (reply instanceof Reply.Unfit unfit && line.isPresent()) {
            terminal.warn("line " + line.getAsLong() + ": " + unfit.why().getMessage());
        }
        var lines =
                json ? List.of(new ReplyJson(abstain.isPresent()).text(reply, line)) : new ReplyText(why).lines(reply);
        lines.forEach(terminal::say);
    }
}
