package karuta.engine.run;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Pretraining;
import karuta.api.RandomStream;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.StudyPlan;
import karuta.files.Access;
import karuta.files.TemporaryFolder;
import karuta.tensor.TorchEngine;

/** Carries out a study that makes the weights of an embedded model. */
public final class PretrainingRunner {

    private final Strategies strategies;
    private final StudyPlan plan;
    private final Path out;
    private final StudyListener watch;
    private final CancellationToken stop;

    /**
     * @param strategies what there is
     * @param plan what to pretrain
     * @param out folder for the models' folders
     * @param watch is told
     * @param stop ends the work when it is raised
     */
    public PretrainingRunner(
            Strategies strategies, StudyPlan plan, Path out, StudyListener watch, CancellationToken stop) {
        this.strategies = strategies;
        this.plan = plan;
        this.out = out;
        this.watch = watch;
        this.stop = stop;
    }

    /**
     * Pretrains once per seed.
     *
     * @return the folders of the models
     * @throws KarutaException if that fails
     */
    public List<Path> run() {
        TorchEngine.start();
        var folders = new ArrayList<Path>();
        for (var seed : plan.study().getSeeds()) {
            folders.add(run(seed));
        }
        return folders;
    }

    private Path run(long seed) {
        var name = plan.study().getName();
        try {
            Access.PRIVATE.folders(out);
            try (var temporary = TemporaryFolder.in(out, ".draft")) {
                var draft = Files.createDirectory(temporary.path().resolve("models"));
                pretrain(seed, draft);
                var folder = free(plan.study().getSeeds().size() == 1 ? name : name + ".seed" + seed);
                Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
                watch.says("the models are in " + folder);
                return folder;
            }
        } catch (IOException unwritable) {
            throw new KarutaException(
                    "Cannot write into the output folder " + out.toAbsolutePath() + " (" + unwritable + ").",
                    "Choose another one with --out, or check who owns it and whether the disk is full.",
                    unwritable);
        }
    }

    private void pretrain(long seed, Path folder) {
        var choice = plan.pretraining().orElseThrow();
        try (var manager = TorchEngine.manager(Device.cpu());
                var instance = strategies.create(choice.type(), choice.options())) {
            instance.strategy().start(new SharedContext(manager));
            var estimate = new Estimate(plan.study().getName());
            ((Pretraining) instance.strategy()).run(RandomStream.of(seed, "pretraining"), folder, estimate);
        }
    }

    private Path free(String name) {
        return Stream.iterate(1, number -> number + 1)
                .map(number -> out.resolve(number == 1 ? name : name + "." + number))
                .filter(folder -> !Files.exists(folder))
                .findFirst()
                .orElseThrow();
    }

    /** Tells how far a phase is, and how long it will still take. */
    private final class Estimate implements Pretraining.Progress {

        private final String name;
        private String phase = "";
        private long from;
        private long since = System.nanoTime();

        Estimate(String name) {
            this.name = name;
        }

        @Override
        public void at(String what, long done, long total, Map<String, Double> figures) {
            stop.check();
            if (!what.equals(phase)) {
                phase = what;
                from = done;
                since = System.nanoTime();
            }
            var seconds = (System.nanoTime() - since) / 1e9;
            var left =
                    done > from ? OptionalDouble.of(seconds / (done - from) * (total - done)) : OptionalDouble.empty();
            watch.progress(new Progress(name, what + words(figures), done, total, left));
        }

        private static String words(Map<String, Double> figures) {
            return figures.entrySet().stream()
                    .map(figure -> figure.getKey() + " " + Math.round(1000 * figure.getValue()) / 1000.0)
                    .sorted()
                    .collect(Collectors.joining(", ", " (", ")"));
        }
    }
}
