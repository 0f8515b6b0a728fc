package karuta.replay;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.plan.StudyPlan;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.Defaults;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyListener;
import karuta.engine.run.StudyRunner;
import karuta.study.KarutaFactory;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.Study;
import karuta.study.Word;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import karuta.study.file.StudyWriter;
import karuta.study.record.Entries;
import org.eclipse.emf.ecore.util.EcoreUtil;

/**
 * Runs a kept run again, from what its record says and nothing else, and compares. Features of the frozen models are computed
 * again, too.
 */
public final class Replay {

    private static final KarutaFactory FACTORY = KarutaFactory.eINSTANCE;

    private final KeptRun kept;
    private final StudyPlan plan;

    private Replay(KeptRun kept, StudyPlan plan) {
        this.kept = kept;
        this.plan = plan;
    }

    /**
     * Reads a record and plans its run.
     *
     * @throws KarutaException if it is no run that can be run again
     * @throws karuta.study.record.RecordException if it cannot be read or is damaged
     */
    public static Replay of(Strategies strategies, Path folder) {
        var kept = KeptRun.read(folder);
        var run = kept.run();
        if (run.getImported() != null) {
            throw new KarutaException(
                    "The answers in " + kept.folder().path() + " are those of others (" + run.getImported()
                            + "): Karuta has scored them, and cannot run them again.",
                    "Score them again with `karuta score`.");
        }
        if (run.getStatus() != RunStatus.FINISHED) {
            throw new KarutaException(
                    "The run in " + kept.folder().path() + " is "
                            + run.getStatus().getLiteral() + ", not finished.",
                    "Go on with it first: run its study again.");
        }
        try {
            return new Replay(kept, Planner.plan(strategies, study(strategies, kept)));
        } catch (StudyException unfit) {
            throw new KarutaException(
                    "The run in " + kept.folder().path() + " cannot be run again by this version of Karuta: "
                            + unfit.getMessage(),
                    "Its record says which bundles it was run with: `karuta diff` against a newer run shows them.",
                    unfit);
        }
    }

    /** The study of that run alone, with every setting of its training, and defaults as they were then. */
    private static Study study(Strategies strategies, KeptRun kept) {
        var run = EcoreUtil.copy(kept.run());
        new Defaults(strategies, run).restore(kept.defaults());
        var study = FACTORY.createStudy();
        study.setName(run.getStudy());
        study.setFile(kept.folder().path().resolve("run.json").toString());
        study.getSeeds().add(run.getSeed());
        study.setBackbone(run.getBackbone());
        study.setEncoder(run.getEncoder());
        study.setBenchmark(run.getBenchmark());
        study.setTraining(run.getTraining());
        var arm = run.getArm();
        arm.setTraining(null);
        study.getArms().add(arm);
        var order = FACTORY.createOrder();
        order.setName(run.getOrder());
        run.getTasks().forEach(task -> order.getTasks().add(word(task)));
        study.getOrders().add(order);
        run.getWatched().forEach(task -> study.getWatch().add(word(task)));
        asked(kept).ifPresent(asked -> {
            study.setSkipBad(asked.isSkipBad());
            study.setExemplarFree(asked.isExemplarFree());
        });
        study.setText(StudyWriter.write(study));
        return study;
    }

    private static Word word(String text) {
        var word = FACTORY.createWord();
        word.setText(text);
        return word;
    }

    /** The study as it was read; empty if this version does not understand it any more. */
    private static Optional<Study> asked(KeptRun kept) {
        try {
            return Optional.of(StudyReader.parse("study.yaml", kept.folder().readStudy()));
        } catch (StudyException older) {
            return Optional.empty();
        }
    }

    /** What is going to be run. */
    public StudyPlan plan() {
        return plan;
    }

    /**
     * Runs it and compares.
     *
     * @param out an empty folder, where the new run is kept; otherwise it is removed
     * @param tolerance how far scores may lie apart where equal bits cannot be expected
     * @throws KarutaException if it does not come to its end
     */
    public Verdict run(
            Strategies strategies, Optional<Path> out, double tolerance, StudyListener watch, CancellationToken stop) {
        try (var place = Place.of(out)) {
            var cache = place.folder().resolve("features");
            var options = new RunOptions(place.folder(), cache, 1, false, false);
            var foresight =
                    new Foresight(watch, place.folder(), begun -> foresee(begun.readRecord(), tolerance, watch));
            var outcome = new StudyRunner(strategies, plan, options, foresight, stop)
                    .run()
                    .get(0);
            if (!outcome.finished()) {
                throw new KarutaException(
                        "The run did not come to its end this time: "
                                + outcome.message().orElse("it was interrupted"),
                        "Look into its log: keep it with --out.");
            }
            return against(KeptRun.read(outcome.folder().orElseThrow().path()), tolerance);
        }
    }

    private void foresee(Run begun, double tolerance, StudyListener watch) {
        if (!isKnown(begun)) {
            watch.warns("equal bits cannot be expected, so that scores are compared within " + tolerance + ":"
                    + obstacles(begun, Facts.of(begun, Map.of())).stream()
                            .map(difference -> "\n  " + difference.text())
                            .collect(Collectors.joining()));
        }
    }

    private Verdict against(KeptRun again, double tolerance) {
        return new Verdict(
                obstacles(again.run(), again.facts()),
                Bisection.of(kept, again),
                Closeness.of(kept.run(), again.run()),
                tolerance,
                isKnown(again.run()));
    }

    /** Whether every bit must be equal. */
    private boolean isKnown(Run again) {
        return print(kept.run()).isPresent() && print(kept.run()).equals(print(again));
    }

    private static Optional<String> print(Run run) {
        return Entries.text(run.getFingerprints(), "run");
    }

    /** What is not as it was then, of all that bits depend on; empty where the same run can be expected. */
    private List<Difference> obstacles(Run again, Facts facts) {
        return isKnown(again)
                ? List.of()
                : Stream.of(Group.DATA, Group.WEIGHTS, Group.PARTS, Group.VERSIONS, Group.ENVIRONMENT)
                        .flatMap(group -> Facts.told(group, kept.facts(), facts).stream())
                        .toList();
    }
}
