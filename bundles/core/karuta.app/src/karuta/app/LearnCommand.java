package karuta.app;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import karuta.api.KarutaException;
import karuta.archive.git.Committer;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Revision;
import karuta.archive.pool.PoolFiles;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.engine.loop.RunCancelled;
import karuta.engine.run.CancellationToken;
import karuta.files.FolderTree;
import karuta.files.TemporaryFolder;
import karuta.use.learn.CardKeeper;
import karuta.use.learn.Draft;
import karuta.use.learn.Halving;
import karuta.use.learn.HoldOut;
import karuta.use.learn.NewPool;
import karuta.use.learn.Patience;
import karuta.use.learn.PoolTeacher;
import karuta.use.learn.Scores;
import karuta.use.learn.TaskData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns a task into a pool. */
@Command(
        name = "learn",
        mixinStandardHelpOptions = true,
        description = {
            "Learn the task in a folder into a pool, as one card. A part of the samples is held out: it says when to stop, and"
                    + " what the card has done to this task and to the earlier ones.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta learn invoices/ --pool team.pool                   train.json or train.jsonl, and images",
            "  karuta learn invoices/ --pool team.pool --auto 300        choose length and rate in five minutes",
            "  karuta learn invoices/ --pool new.pool --study study.yaml --arm dual"
        })
final class LearnCommand implements Callable<Integer> {

    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create();

    private final Strategies strategies;
    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Mixin
    private PoolOptions.By by = new PoolOptions.By();

    @Parameters(paramLabel = "FOLDER", description = "The folder of a task.")
    private Path folder = Path.of("");

    @Option(names = "--task", paramLabel = "NAME", description = "The card's name (default: that of the folder).")
    private String task = "";

    @Option(
            names = "--study",
            paramLabel = "FILE",
            description = "For a new pool: the study whose models and settings it gets (default: ModalPrompt with the"
                    + " embedded models).")
    private Optional<Path> study = Optional.empty();

    @Option(names = "--arm", paramLabel = "NAME", description = "The arm of the study (default: its only one).")
    private Optional<String> arm = Optional.empty();

    @Option(
            names = "--holdout",
            paramLabel = "PERCENT",
            description = "How many of the samples are held out, by image (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private double holdOut = 20;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop after N looks at the held-out samples without gain; 0 takes all steps (default:"
                    + " ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int patience = 5;

    @Option(
            names = "--tolerate",
            paramLabel = "POINTS",
            description = "How much worse an earlier task may become (default: ${DEFAULT-VALUE}).",
            defaultValue = "2")
    private double tolerated = 2;

    @Option(names = "--keep-anyway", description = "Keep the card even if an earlier task becomes worse.")
    private boolean keepAnyway;

    @Option(names = "--replace", description = "Learn a card of the pool anew.")
    private boolean replace;

    @Option(
            names = "--auto",
            paramLabel = "SECONDS",
            description = "Choose the card's length, rate and steps within so much time.")
    private Optional<Long> auto = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change a value of the pool's study for this card, such as training.steps=200.")
    private List<String> settings = List.of();

    @Option(names = "--json", description = "For scripts.")
    private boolean json;

    LearnCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        by.said();
        var part = new HoldOut(holdOut / 100, HoldOut.DEFAULT.seed());
        var looks = new Patience(patience, Patience.DEFAULT.share());
        if (json) {
            terminal.quiet();
        }
        return Interrupt.around(terminal, stop -> {
            try {
                return learn(part, looks, stop);
            } catch (RunCancelled stopped) {
                terminal.fail("stopped; the pool is as it was");
                return CommandLines.INTERRUPTED;
            }
        });
    }

    private int learn(HoldOut part, Patience looks, CancellationToken stop) {
        if (isNew()) {
            var who = committer();
            keeper(who).rehearse(TaskData.name(folder, task));
            var data = read(part);
            var text = NewPool.study(study, arm);
            try (var teacher = PoolTeacher.beginning(strategies, text, data, cache())) {
                return learn(teacher, looks, who, stop);
            }
        }
        try (var repository = pool.read()) {
            var who = by.of(repository);
            var files = pool.files(repository);
            require(files);
            keeper(who).rehearse(TaskData.name(folder, task));
            try (var teacher = PoolTeacher.of(strategies, files, read(part), cache(), terminal::warn)) {
                return learn(teacher, looks, who, stop);
            }
        }
    }

    private boolean isNew() {
        var place = pool.folder();
        try {
            return !Files.exists(place) || Files.isDirectory(place) && FolderTree.isEmpty(place);
        } catch (IOException unreadable) {
            throw new KarutaException("Cannot read " + place + ": " + unreadable, "Check who owns it.", unreadable);
        }
    }

    /** What git's settings say, which a repository knows: an empty one is made and removed. */
    private Committer committer() {
        try (var place = TemporaryFolder.in(Path.of(System.getProperty("java.io.tmpdir")), "karuta-committer");
                var repository = PoolRepository.create(place.path().resolve("pool"))) {
            return by.of(repository);
        } catch (IOException failed) {
            throw new KarutaException("A temporary folder cannot be made: " + failed, "Check java.io.tmpdir.", failed);
        }
    }

    private static Path cache() {
        return CacheFolder.ofUser().path();
    }

    private TaskData read(HoldOut part) {
        return TaskData.read(folder, TaskData.name(folder, task), part);
    }

    private CardKeeper keeper(Committer who) {
        return new CardKeeper(pool.folder(), pool::open, pool.identities(), who, terminal::warn);
    }

    private void require(PoolFiles files) {
        files.manifest();
        if (study.isPresent() || arm.isPresent()) {
            throw new KarutaException(
                    "The pool " + pool.folder() + " is there already, and has its own study.",
                    "Leave --study and --arm out, or name another folder by --pool.");
        }
        var name = TaskData.name(folder, task);
        if (!replace && files.cards().stream().anyMatch(card -> card.name().equals(name))) {
            throw new KarutaException(
                    "The pool has a card \"" + name + "\" already.",
                    "Choose another name by --task, or learn that card anew by --replace.");
        }
    }

    private int learn(PoolTeacher teacher, Patience looks, Committer who, CancellationToken stop) {
        var watch = new TerminalWatch(terminal);
        teacher.check(settings, watch, stop);
        var tried = new TreeMap<String, String>();
        var changes = settings;
        if (auto.isPresent()) {
            var halving = new Halving(teacher, settings, Duration.ofSeconds(auto.get()), looks, watch, stop);
            changes = halving.choose();
            tried.put("auto", auto.get() + " s");
            halving.trials().forEach(trial -> tried.put("auto.%02d".formatted(tried.size()), trial.words()));
        }
        return conclude(teacher.learn(changes, looks, watch, stop).with(tried), who);
    }

    /** Keeps the card, unless it has made an earlier task worse. */
    private int conclude(Draft draft, Committer who) {
        var worse = draft.worse(tolerated);
        var kept = worse.isEmpty() || keepAnyway
                ? Optional.of(keeper(who).keep(draft, replace))
                : Optional.<Revision>empty();
        tell(draft, kept);
        if (kept.isEmpty()) {
            worse.forEach((name, lost) -> terminal.fail(String.format(
                    Locale.ROOT,
                    "the card makes \"%s\" worse by %.1f points, and %s are tolerated: it is not kept, the pool is as it was%n"
                            + "  see --tolerate, or keep it by --keep-anyway",
                    name,
                    lost,
                    tolerated)));
            return CommandLines.FAILED;
        }
        return 0;
    }

    private void tell(Draft draft, Optional<Revision> kept) {
        if (json) {
            terminal.say(GSON.toJson(json(draft, kept)));
            return;
        }
        terminal.say("before and after, on what was held out, in percent:");
        Scores.of(draft).lines().forEach(line -> terminal.say("  " + line));
        Optional.ofNullable(draft.options().get("test"))
                .ifPresent(words -> terminal.say("  on test samples: " + words));
        terminal.say("learned in " + draft.options().get("steps") + " steps at rate "
                + draft.options().get("rate")
                + Optional.ofNullable(draft.options().get("length"))
                        .map(length -> ", length " + length)
                        .orElse(""));
        kept.ifPresent(revision -> terminal.say(
                "kept as \"" + draft.card() + "\" in revision " + revision.shortId() + " of " + pool.folder()));
    }

    private static JsonObject json(Draft draft, Optional<Revision> kept) {
        var object = new JsonObject();
        object.addProperty("task", draft.card().value());
        object.addProperty("kept", kept.isPresent());
        kept.ifPresent(revision -> object.addProperty("revision", revision.id()));
        object.add("before", GSON.toJsonTree(draft.before()));
        object.add("after", GSON.toJsonTree(draft.after()));
        object.add("options", GSON.toJsonTree(draft.options()));
        object.add("notCompared", GSON.toJsonTree(draft.gone()));
        return object;
    }
}
