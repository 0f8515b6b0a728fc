package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.BenchmarkWrapper;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.LearnerWrapper;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.StrategyContext.Twin;
import karuta.api.Task;
import karuta.api.TrainingStep;
import karuta.engine.catalog.Kind;
import karuta.engine.plan.Planner;
import karuta.engine.toy.Pupil;
import karuta.engine.toy.Toys;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import karuta.study.file.StudyWriter;
import karuta.tensor.Autograd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Wrappers over learners and over benchmarks, in a whole study. */
class WrapperTest {

    private static final String STUDY = """
        study: toys
        seeds: [1]
        backbone: toy
        encoder: toy
        benchmark: toys
        training: {steps: 9, batch: 4, rate: 0.1}
        arms:
          good: {learner: pupil}
        """;

    @TempDir
    private Path folder;

    @RegisterExtension
    final Toys toys = new Toys();

    private StudyRunner runner(String study) {
        var plan = Planner.plan(toys.shelf(), StudyReader.parse("toys.yaml", study));
        var options = new RunOptions(folder.resolve("out"), folder.resolve("cache"), 1, false, false);
        return new StudyRunner(toys.shelf(), plan, options, new StudyListener() {}, new CancellationToken());
    }

    /** Compares the learner below with what it was when the stage began. */
    private static final class Distils extends LearnerWrapper {

        private final List<float[]> before;
        private final List<float[]> taught;
        private Optional<Twin> teacher = Optional.empty();

        Distils(List<float[]> before, List<float[]> taught) {
            this.before = before;
            this.taught = taught;
        }

        @Override
        public void beginStage(Stage stage, StageData data) {
            teacher.ifPresent(Twin::close);
            teacher = Optional.of(context().twin());
            super.beginStage(stage, data);
        }

        @Override
        public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
            var old = Autograd.noGrad(
                    () -> Forward.of(context().backbone(), teacher.orElseThrow().learner(), forward.batch()));
            if (step.step() == 0) {
                before.add(forward.output().logits().toFloatArray());
            }
            if (step.step() == 0 || step.step() == 8) {
                taught.add(old.output().logits().toFloatArray());
            }
            var losses = new LinkedHashMap<>(super.losses(forward, step));
            losses.put(
                    "distillation",
                    forward.output()
                            .logits()
                            .sub(old.output().logits())
                            .square()
                            .mean());
            return losses;
        }
    }

    @Test
    void aTwinIsTheLearnerBelowAsItWasWhenItWasMade() {
        var before = new ArrayList<float[]>();
        var taught = new ArrayList<float[]>();
        toys.shelf().with(Kind.BASELINE, "distils", options -> new Distils(before, taught));
        var outcomes = runner(STUDY.replace("{learner: pupil}", "{baseline: distils, over: {learner: pupil}}"))
                .run();

        assertTrue(outcomes.get(0).finished(), outcomes.toString());
        // the rehearsal's two stages of a step come first
        assertEquals(2 + 3, before.size());
        assertEquals(2 + 6, taught.size());
        for (var stage = 0; stage < 3; stage++) {
            assertArrayEquals(before.get(2 + stage), taught.get(2 + 2 * stage), "at first they are the same");
        }
    }

    @Test
    void whoGoesOverNothingIsToldToBefore() {
        toys.shelf().with(Kind.BASELINE, "distils", options -> new Distils(List.of(), List.of()));
        var runner = runner(STUDY.replace("{learner: pupil}", "{baseline: distils}"));
        var refused = assertThrows(StudyException.class, runner::validate);
        assertTrue(refused.getMessage().contains("baseline.distils needs a Learner"), refused.getMessage());
    }

    /** Asks in capital letters. */
    private static final class Loud extends BenchmarkWrapper {

        @Override
        public Task task(String name) {
            var task = super.task(name);
            return task.with(task.train().stream().map(Loud::loud).toList(), task.test());
        }

        private static Sample loud(Sample sample) {
            var query = sample.query();
            return sample.with(new Query(
                    query.images(), query.earlier(), query.instruction().toUpperCase()));
        }
    }

    @Test
    void aBenchmarkMayGoOverAnotherOne() {
        toys.shelf().with(Kind.BENCHMARK, "loud", options -> new Loud());
        var wrapped = STUDY.replace("benchmark: toys", "benchmark: {id: loud, over: {id: toys, size: 4}}");
        var plain = runner(STUDY).run().get(0);
        var loud = runner(wrapped).run().get(0);

        assertTrue(loud.finished());
        var record = loud.folder().orElseThrow().read();
        assertEquals("toys", record.getBenchmark().getOver().getId());
        assertTrue(record.getParts().stream().anyMatch(part -> part.getName().equals("benchmark.toys")));
        assertTrue(!Records.fingerprint(record, "data")
                .equals(Records.fingerprint(plain.folder().orElseThrow().read(), "data")));
        var study = StudyReader.parse("x", wrapped);
        assertEquals(
                "toys",
                StudyReader.parse("y", StudyWriter.write(study))
                        .getBenchmark()
                        .getOver()
                        .getId());
    }

    @Test
    void aBenchmarkThatGoesOverNothingTakesNoOther() {
        var study = STUDY.replace("benchmark: toys", "benchmark: {id: toys, over: toys}");
        var refused = assertThrows(StudyException.class, () -> runner(study));
        assertTrue(refused.getMessage().contains("benchmark.toys goes over no other benchmark"), refused.getMessage());
    }

    @Test
    void anUnknownBenchmarkBelowIsNamed() {
        toys.shelf().with(Kind.BENCHMARK, "loud", options -> new Loud());
        var study = STUDY.replace("benchmark: toys", "benchmark: {id: loud, over: toyz}");
        var refused = assertThrows(StudyException.class, () -> runner(study));
        assertTrue(refused.getMessage().contains("there is no benchmark \"toyz\""), refused.getMessage());
    }

    @Test
    void aMethodThatStoresSamplesIsRefusedWhereTheStudyForbidsIt() {
        toys.shelf().with(Kind.LEARNER, "keeper", options -> new Pupil() {
            @Override
            public Footprint footprint() {
                return new Footprint(1, 1, 2, 30);
            }
        });
        var study = STUDY.replace("learner: pupil", "learner: keeper");
        runner(study).validate();
        var refused = assertThrows(
                StudyException.class,
                () -> runner("exemplarFree: true\n" + study).validate());
        assertTrue(
                refused.getMessage()
                        .contains(
                                "arm \"good\" stores samples of earlier tasks (2 in the rehearsal), and the study says"
                                        + " \"exemplarFree: true\""),
                refused.getMessage());
        runner("exemplarFree: true\n" + STUDY).validate();
    }
}
