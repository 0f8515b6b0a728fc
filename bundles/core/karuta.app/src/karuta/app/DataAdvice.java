package karuta.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Task;
import karuta.archive.age.Identity;
import karuta.archive.pool.PoolFiles;
import karuta.archive.trust.TrustedPools;
import karuta.bench.folder.TaskFolder;
import karuta.doctor.advice.Advice;
import karuta.doctor.advice.Advice.TaskAdvice;
import karuta.doctor.advice.Advice.Told;
import karuta.doctor.advice.Adviser;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.CacheFolder;
import karuta.engine.plan.Planner;
import karuta.engine.run.FrozenGuidance;
import karuta.metrics.separability.CardKeys;
import karuta.metrics.separability.TaskFeatures;
import karuta.study.file.StudyReader;
import karuta.use.PoolKeys;
import karuta.use.learn.HoldOut;
import picocli.CommandLine.Option;

/** Which encoder tells tasks apart, and from which cards; and what it tells. */
final class DataAdvice {

    /** Of the embedded models; nothing is learned, so that the arm and the tasks do not matter. */
    private static final String EMBEDDED = """
            study: advice
            seeds: [1]
            backbone: tiny
            encoder: tiny
            benchmark: cards
            arms:
              none:
                baseline: zero-shot
            """;

    @Option(
            names = "--study",
            paramLabel = "FILE",
            description = "Tell tasks apart by the encoder of this study (default: the embedded one).")
    private Optional<Path> study = Optional.empty();

    @Option(
            names = "--pool",
            paramLabel = "DIR",
            description = "Tell tasks from the cards of this pool, too, by the pool's encoder.")
    private Optional<Path> pool = Optional.empty();

    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "Your key file, for a pool whose cards are encrypted.")
    private Optional<Path> identity = Optional.empty();

    /** What is asked. */
    private record Models(FrozenGuidance guidance, List<CardKeys> cards) implements AutoCloseable {

        @Override
        public void close() {
            guidance.close();
        }
    }

    /** Whether the command line asks for it. */
    boolean isAsked() {
        return study.isPresent() || pool.isPresent();
    }

    /**
     * Advises.
     *
     * @param folders of the tasks
     * @param terminal is told how far it is
     */
    Advice of(Strategies strategies, List<Path> folders, Terminal terminal) {
        var notes = new ArrayList<String>();
        var tasks = folders.stream()
                .flatMap(folder -> told(folder.getFileName().toString(), notes, () -> task(folder)).stream())
                .toList();
        if (tasks.isEmpty() || tasks.size() == 1 && pool.isEmpty()) {
            return with(Adviser.of("", tasks.stream().map(DataAdvice::unseen).toList(), List.of()), notes);
        }
        try (var models = models(strategies, terminal)) {
            var features = tasks.stream()
                    .flatMap(task -> told(
                            task.name(),
                            notes,
                            () -> models.guidance()
                                    .features(
                                            task,
                                            (name, number, count) -> terminal.status(
                                                    "telling apart " + name + ", sample " + number + " of " + count)))
                            .stream())
                    .toList();
            return with(Adviser.of(models.guidance().encoder(), features, models.cards()), notes);
        }
    }

    private static Advice with(Advice advice, List<String> notes) {
        return new Advice(
                advice.encoder(),
                advice.tasks(),
                Stream.concat(notes.stream(), advice.notes().stream()).toList());
    }

    /** There is nothing to tell it from, so that no model needs to be loaded. */
    private static TaskFeatures unseen(Task task) {
        return new TaskFeatures(
                task.name(),
                Collections.nCopies(task.train().size(), Map.of()),
                Collections.nCopies(task.test().size(), Map.of()));
    }

    /** What can be told of a task; why nothing can is a note. */
    private static <T> Optional<T> told(String task, List<String> notes, Supplier<T> what) {
        try {
            return Optional.of(what.get());
        } catch (KarutaException unusable) {
            notes.add("Nothing is told of \"" + task + "\": "
                    + unusable.getMessage().lines().findFirst().orElseThrow());
            return Optional.empty();
        }
    }

    /** With samples to be told apart, be they a part of those to learn from. */
    private static Task task(Path folder) {
        var task = new TaskFolder(folder).read();
        if (!task.test().isEmpty()) {
            return task;
        }
        var split = HoldOut.DEFAULT.of(task.train());
        return task.with(split.training(), split.validation());
    }

    private Models models(Strategies strategies, Terminal terminal) {
        var cache = CacheFolder.ofUser().path();
        if (pool.isEmpty()) {
            var text = study.map(StudyReader::read).orElseGet(() -> StudyReader.parse("advice.yaml", EMBEDDED));
            return new Models(FrozenGuidance.open(strategies, Planner.plan(strategies, text), cache), List.of());
        }
        if (study.isPresent()) {
            throw new KarutaException(
                    "Both a study and a pool say which encoder tells tasks apart.", "Leave --study away.");
        }
        try (var repository = TrustedPools.ofUser().read(pool.get())) {
            var files =
                    PoolFiles.newest(repository, identity.map(Identity::read).orElse(List.of()));
            var keys = PoolKeys.open(strategies, files, cache, terminal::warn);
            return new Models(keys.guidance(), keys.cards());
        }
    }

    /** Lines for people. */
    static List<String> lines(Advice advice) {
        var lines = new ArrayList<String>();
        if (!advice.tasks().isEmpty()) {
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("TASK", "TOLD FROM", "SAMPLES", "BY IMAGE", "BY TEXT", "BY BOTH", "MOSTLY TAKEN FOR"));
            advice.tasks().forEach(task -> {
                row(task, "tasks", task.fromTasks()).ifPresent(rows::add);
                row(task, "cards", task.fromCards()).ifPresent(rows::add);
            });
            if (rows.size() > 1) {
                lines.addAll(Columns.of(rows));
                lines.add("");
            }
            advice.tasks().forEach(task -> lines.add(task.task() + ": " + task.sentence()));
        }
        lines.addAll(advice.notes());
        return lines;
    }

    private static Optional<List<String>> row(TaskAdvice task, String others, List<Told> told) {
        if (told.isEmpty()) {
            return Optional.empty();
        }
        var widest = told.get(told.size() - 1);
        return Optional.of(List.of(
                task.task(),
                others,
                Integer.toString(task.test()),
                cell(told, "image"),
                cell(told, "text"),
                cell(told, "both"),
                widest.taken() > 0 ? widest.rival() + " " + percent(widest.taken()) + " %" : "-"));
    }

    private static String cell(List<Told> told, String by) {
        return told.stream()
                .filter(each -> each.by().equals(by))
                .findFirst()
                .map(each ->
                        percent(each.own()) + " % (" + percent(each.interval().low()) + " to "
                                + percent(each.interval().high()) + ")")
                .orElse("-");
    }

    private static long percent(double share) {
        return Math.round(100 * share);
    }
}
