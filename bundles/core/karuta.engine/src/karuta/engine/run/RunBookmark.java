package karuta.engine.run;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Stage;
import karuta.api.State;
import karuta.engine.loop.AnswerLog;
import karuta.engine.loop.Bookmark;
import karuta.engine.loop.StageResult;
import karuta.study.record.RunFolder;
import karuta.study.record.Trace;
import karuta.tensor.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps where a run stands within a stage in its folder: {@code progress-N.safetensors}, the newest and the one before, each
 * a {@link Checkpoint} whose place {@code at} says which stage of which run it continues. A new one is read back before an
 * older one is removed. One that belongs to something else, since the run has gone back or on, is removed.
 */
final class RunBookmark implements Bookmark {

    private static final Logger log = LoggerFactory.getLogger(RunBookmark.class);
    private static final String AT = "at";
    private static final String AFTER = "after";
    private static final String LEARNED = "learned";

    private final RunFolder folder;
    private final Trace trace;
    private final RunStrategies strategies;
    private final NDManager manager;
    private final CheckpointPace pace;
    private String after;
    private Optional<Found> found = Optional.empty();
    private String learner = "";
    private long last = System.nanoTime();
    private double cost;
    private boolean told;

    private record Found(Path file, Map<String, String> notes) {

        boolean isLearned() {
            return notes.containsKey(LEARNED);
        }
    }

    /**
     * @param trace of the run
     * @param after what the run has completed, in words that no other run and no other stage has
     */
    RunBookmark(RunFolder folder, Trace trace, String after, WiredRun run, CheckpointPace pace) {
        this.folder = folder;
        this.trace = trace;
        this.after = after;
        this.strategies = run.strategies();
        this.manager = run.environment().manager();
        this.pace = pace;
        learner = after;
    }

    /**
     * Looks for what the run has left.
     *
     * @param damaged gets a line for each file that is not as it was written
     */
    void find(Consumer<String> damaged) {
        for (var file : folder.progress()) {
            try {
                var notes = new Checkpoint(file).notes(AT);
                if (found.isEmpty() && after.equals(notes.get(AFTER))) {
                    found = Optional.of(new Found(file, notes));
                } else if (found.isEmpty()) {
                    remove(file);
                }
            } catch (KarutaException broken) {
                damaged.accept(broken.getMessage().lines().findFirst().orElseThrow());
                remove(file);
            }
        }
    }

    /** What was kept when the training of the next stage was done, if the run ended after that. */
    Optional<Map<String, State>> learned() {
        return found.filter(Found::isLearned).map(Found::file).map(this::read).map(states -> {
            states.remove(AT);
            return states;
        });
    }

    private Map<String, State> read(Path file) {
        return new HashMap<>(
                new Checkpoint(file).read(manager, "Remove the file; the run then goes on with what was kept before."));
    }

    @Override
    public Optional<StageResult> learned(Stage stage, Learner now) {
        var result = found.filter(Found::isLearned)
                .filter(here -> isOf(here, stage))
                .map(here -> {
                    learner = learner(here.file());
                    return result(stage, here.notes(), now);
                });
        result.ifPresent(done -> {
            found = Optional.empty();
            log.info("stage {} has been learned already", stage.number());
        });
        return result;
    }

    private static boolean isOf(Found found, Stage stage) {
        return found.notes().get("stage").equals(String.valueOf(stage.number()));
    }

    private static StageResult result(Stage stage, Map<String, String> notes, Learner learner) {
        var losses = new LinkedHashMap<String, Double>();
        notes.get("losses")
                .lines()
                .map(line -> line.split(" ", 2))
                .forEach(term -> losses.put(term[1], Double.parseDouble(term[0])));
        return new StageResult(
                stage,
                Integer.parseInt(notes.get("steps")),
                Long.parseLong(notes.get("samples")),
                Double.parseDouble(notes.get("seconds")),
                losses,
                learner.footprint());
    }

    @Override
    public Optional<State> within(Stage stage) {
        return found.filter(here -> !here.isLearned())
                .filter(here -> isOf(here, stage))
                .map(here -> read(here.file()).get(AT));
    }

    @Override
    public void restoreStrategies() {
        var states = read(found.orElseThrow().file());
        states.remove(AT);
        strategies.openStage().load(states);
        found = Optional.empty();
        last = System.nanoTime();
    }

    @Override
    public boolean isDue(int steps) {
        return pace.isDue(steps, (System.nanoTime() - last) / 1e9, cost);
    }

    @Override
    public void keep(State position) {
        var states = strategies.openStage().save();
        if (states.isEmpty()) {
            tell();
            return;
        }
        var all = new HashMap<>(states.get());
        var notes = new HashMap<>(position.metadata());
        notes.put(AFTER, after);
        all.put(AT, new State(position.tensors(), notes));
        trace.force(); // or a power cut could leave a gap in it
        write(all);
    }

    private void tell() {
        if (!told) {
            told = true;
            log.info(
                    "{} cannot say what a step changes: a run that ends within a stage will begin the stage again",
                    String.join(", ", strategies.openStage().silent()));
        }
    }

    @Override
    public void keep(StageResult result) {
        var notes = Map.of(
                AFTER,
                after,
                LEARNED,
                "true",
                "stage",
                String.valueOf(result.stage().number()),
                "steps",
                String.valueOf(result.steps()),
                "samples",
                String.valueOf(result.samples()),
                "seconds",
                String.valueOf(result.seconds()),
                "losses",
                result.losses().entrySet().stream()
                        .map(term -> Double.toHexString(term.getValue()) + " " + term.getKey())
                        .collect(Collectors.joining("\n")));
        try (var scope = Scope.open()) {
            var all = new HashMap<>(strategies.save());
            all.put(AT, new State(Map.of(), notes));
            learner = learner(write(all));
        }
    }

    /** Reads back what it has written before it removes what is no longer needed. */
    private Path write(Map<String, State> states) {
        var started = System.nanoTime();
        var older = folder.progress();
        var file = folder.nextProgress();
        var checkpoint = new Checkpoint(file);
        checkpoint.write(states);
        checkpoint.check();
        older.stream().skip(1).forEach(RunBookmark::remove);
        last = System.nanoTime();
        cost = (last - started) / 1e9;
        log.debug("{} took {} s", file, cost);
        return file;
    }

    /** What stands for a learner: nothing else has the hash of what was kept of it. */
    private String learner(Path file) {
        return after + " " + new Checkpoint(file).hash();
    }

    @Override
    public AnswerLog answers(int stage) {
        return AnswerFile.open(folder.answers(), "stage " + stage + " of " + learner);
    }

    /** A stage is complete, and nothing that was kept within it is needed. */
    void completed(String now) {
        after = now;
        learner = now;
        found = Optional.empty();
        folder.progress().forEach(RunBookmark::remove);
        remove(folder.answers());
        last = System.nanoTime();
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stuck) {
            throw new KarutaException(
                    "The file " + file + " is no longer needed and cannot be removed: " + stuck.getMessage(),
                    "Check who owns the folder.",
                    stuck);
        }
    }
}
