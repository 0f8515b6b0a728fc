package karuta.engine.run;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import karuta.api.Guidance;
import karuta.engine.plan.RunPlan;
import karuta.engine.plan.StudyPlan;
import karuta.files.WholeFile;
import karuta.metrics.separability.Separability;
import karuta.metrics.separability.StudySeparability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in a file beside the run folders how easy the tasks that a study learns are to tell apart by its frozen encoder.
 *
 * @param plan of the study
 * @param out the folder of its runs
 * @param watch is told
 * @param stop ends it
 */
record SeparabilityFile(StudyPlan plan, Path out, StudyListener watch, CancellationToken stop) {

    private static final Logger log = LoggerFactory.getLogger(SeparabilityFile.class);

    /** Writes it, unless there is one task, or it is there; a file that cannot be written stops no study. */
    void write(StudyResources resources) {
        var names = plan.runs().stream()
                .flatMap(run -> run.tasks().stream())
                .distinct()
                .toList();
        var trained = resources.tasks(names).stream()
                .filter(task -> !task.train().isEmpty())
                .toList();
        if (trained.size() < 2) {
            return;
        }
        var study = plan.study().getName();
        var file = out.resolve(StudySeparability.file(study));
        var encoder = resources.frozen().encoder().fingerprint();
        var data = plan.runs().stream()
                .map(RunPlan::evaluated)
                .distinct()
                .map(order -> resources.data().of(resources.tasks(order)))
                .toList();
        if (known(file, encoder, data)) {
            return;
        }
        var features = trained.stream()
                .map(task -> GuidanceFeatures.of(resources.frozen(), task, this::watch))
                .toList();
        var found = Separability.of(features, List.of(Guidance.IMAGE, Guidance.TEXT));
        try {
            WholeFile.ofOwner(file)
                    .write(new StudySeparability(
                                    study, encoder, data, GuidanceFeatures.TRAIN, GuidanceFeatures.TEST, found)
                            .json());
        } catch (IOException unwritable) {
            watch.warns("how easy the tasks are to tell apart could not be written: " + unwritable);
        }
    }

    private static boolean known(Path file, String encoder, List<String> data) {
        try {
            if (!Files.exists(file)) {
                return false;
            }
            var there = StudySeparability.read(Files.readString(file));
            return there.encoder().equals(encoder) && there.data().equals(data);
        } catch (IOException | JsonParseException damaged) {
            log.debug("{} is made anew", file, damaged);
            return false;
        }
    }

    private void watch(String task, int number, int count) {
        stop.check();
        watch.progress(
                new Progress("all runs", "told apart, sample of " + task, number, count, OptionalDouble.empty()));
    }
}
