package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import karuta.api.Benchmark;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Pixels;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Selector;
import karuta.api.Task;
import karuta.engine.catalog.Kind;
import karuta.engine.plan.Planner;
import karuta.engine.toy.Pupil;
import karuta.engine.toy.Toys;
import karuta.metrics.separability.StudySeparability;
import karuta.study.Note;
import karuta.study.Part;
import karuta.study.RunStatus;
import karuta.study.TaskFree;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class StudyRunnerTest {

    private static final String STUDY = """
        study: toys
        seeds: [1, 2]
        backbone: toy
        encoder: toy
        benchmark: toys
        training: {rate: 0.3, epochs: 3, batch: 3}
        arms:
          good: {learner: pupil}
        """;

    @TempDir
    private Path folder;

    @RegisterExtension
    final Toys toys = new Toys();

    private final CancellationToken stop = new CancellationToken();
    private final List<String> warnings = new ArrayList<>();

    private StudyRunner runner(String study, RunOptions options) {
        var plan = Planner.plan(toys.shelf(), StudyReader.parse("toys.yaml", study));
        var watch = new StudyListener() {
            @Override
            public void warns(String message) {
                warnings.add(message);
            }
        };
        return new StudyRunner(toys.shelf(), plan, options, watch, stop);
    }

    private RunOptions options(String out, int jobs, boolean failFast, boolean restart) {
        return new RunOptions(folder.resolve(out), folder.resolve("cache"), jobs, failFast, restart);
    }

    private RunOptions options(String out) {
        return options(out, 1, false, false);
    }

    private static String text(RunOutcome outcome, String file) throws IOException {
        return Files.readString(outcome.folder().orElseThrow().path().resolve(file));
    }

    /** Answers a whole batch by its first sample. */
    private static final class Leaky extends Pupil {

        @Override
        public List<PromptedInput> prompt(List<Input> inputs) {
            var first = super.prompt(inputs).get(0);
            return inputs.stream()
                    .map(input -> new PromptedInput(input, first.inserts(), first.selection()))
                    .toList();
        }
    }

    @Test
    void whoKnowsTheTaskByItsBatchIsRefusedBeforeAnythingStarts() {
        toys.shelf().with(Kind.LEARNER, "leaky", options -> new Leaky());
        var study = STUDY.replace("pupil", "leaky");
        var refused = assertThrows(
                StudyException.class, () -> runner(study, options("out")).validate());
        assertTrue(
                refused.getMessage().contains("toys.yaml:8: arm \"good\": learner.leaky of ")
                        && refused.getMessage().contains("So the task is known at inference."),
                refused.getMessage());
    }

    @Test
    void anArmThatMayBeToldTheTaskIsExemptAndStampedSo() {
        toys.shelf().with(Kind.LEARNER, "leaky", options -> new Leaky());
        var study = STUDY.replace("{learner: pupil}", "{learner: leaky, analysis: true}");
        var run = runner(study, options("out"))
                .run()
                .get(0)
                .folder()
                .orElseThrow()
                .read();
        assertEquals(TaskFree.EXEMPT, run.getTaskFree());
        assertEquals(0, run.getTaskFreeSamples());
    }

    @Test
    void everyRunLeavesACompleteFolder() throws IOException {
        var runner = runner(STUDY, options("out"));
        var outcomes = runner.run();
        runner.summarise();

        assertEquals(2, outcomes.size());
        for (var outcome : outcomes) {
            assertTrue(outcome.finished());
            var lines = text(outcome, "matrix.csv").lines().toList();
            assertEquals("stage,task0 [exact],task1 [exact],task2 [exact]", lines.get(0));
            assertEquals(5, lines.size());
            assertEquals(4 * 3 * 5, text(outcome, "predictions.jsonl").lines().count());
            assertEquals(STUDY, text(outcome, "study.yaml"));
            assertTrue(Files.exists(outcome.folder().orElseThrow().log()));
            var run = outcome.folder().orElseThrow().read();
            assertEquals(RunStatus.FINISHED, run.getStatus());
            assertEquals(9, run.getStages().get(0).getSteps());
            assertEquals(TaskFree.VERIFIED, run.getTaskFree());
            assertEquals(4 * 2, run.getTaskFreeSamples(), "two of fifteen answers in each of four rows");
            assertFalse(Records.fingerprint(run, "data").isEmpty());
        }
        var summary = Files.readAllLines(folder.resolve("out").resolve("summary.csv"));
        assertEquals("arm,seed,order,metric,value", summary.get(0));
        assertTrue(summary.stream().anyMatch(line -> line.startsWith("good,2,default,last/gem,")));
    }

    @Test
    void theRecordHasEveryPartAndWhatBitsDependOn() {
        var run = runner(STUDY, options("out"))
                .run()
                .get(0)
                .folder()
                .orElseThrow()
                .read();

        var names = run.getParts().stream().map(Part::getName).toList();
        for (var kind : List.of("backbone.", "encoder.", "benchmark.", "scorer.", "learner.")) {
            assertTrue(names.stream().anyMatch(name -> name.startsWith(kind)), kind + " in " + names);
        }
        var part = run.getParts().get(0);
        assertEquals("toys 1.0.0 dropins/toys.jar", part.getBundle() + " " + part.getVersion() + " " + part.getFile());
        assertTrue(part.getSha256().startsWith("hash of "), part.getSha256());
        var environment = run.getEnvironment().stream().map(Note::getName).toList();
        assertTrue(environment.containsAll(List.of("processor", "kernels", "threads")), environment.toString());
    }

    @Test
    void anotherBuildOfAStrategyIsNotGoneOnWith() {
        var options = options("out");
        var first = runner(STUDY, options).run().get(0).folder().orElseThrow();
        assertEquals(first, runner(STUDY, options).run().get(0).folder().orElseThrow());

        toys.shelf().rebuild(Kind.SCORER, "toys", false);
        assertNotEquals(first, runner(STUDY, options).run().get(0).folder().orElseThrow());
    }

    @Test
    void aStrategyThatTwoBundlesBringIsRefusedWithBoth() {
        toys.shelf().rebuild(Kind.BENCHMARK, "rival", true);
        var refused = assertThrows(StudyException.class, () -> runner(STUDY, options("out")));
        assertEquals(
                "toys.yaml:5: there are 2 of benchmark \"toys\": of bundle toys 1.0.0 (dropins/toys.jar) and of bundle"
                        + " rival 2.0.0 (dropins/rival.jar); take all but one out of the dropins folder, give yours"
                        + " another id, or say which one the study means ({id: toys, bundle: rival})",
                refused.getMessage().lines().findFirst().orElseThrow());
    }

    @Test
    void oneOfThemIsTakenWhereTheStudyNamesItsBundleAndTheRecordSaysSo() {
        toys.shelf().rebuild(Kind.BENCHMARK, "rival", true);
        var named = STUDY.replace("benchmark: toys", "benchmark: {id: toys, bundle: rival}");
        assertNotEquals(STUDY, named);
        var run = runner(named, options("out"))
                .run()
                .get(0)
                .folder()
                .orElseThrow()
                .read();

        assertEquals("rival", run.getBenchmark().getBundle());
        var part = run.getParts().stream()
                .filter(each -> each.getName().equals("benchmark.toys"))
                .findFirst()
                .orElseThrow();
        assertEquals("rival 2.0.0 another hash", part.getBundle() + " " + part.getVersion() + " " + part.getSha256());
    }

    @Test
    void aBundleThatBringsNoSuchStrategyIsRefusedWithTheOnesThatDo() {
        var named = STUDY.replace("benchmark: toys", "benchmark: {id: toys, bundle: toy}");
        var refused = assertThrows(StudyException.class, () -> runner(named, options("out")));
        assertEquals(
                "toys.yaml:5: no bundle \"toy\" brings a benchmark \"toys\" (did you mean \"toys\"?); name one of these,"
                        + " or leave \"bundle\" out where there is only one",
                refused.getMessage().lines().findFirst().orElseThrow());
        var misspelt = STUDY.replace("benchmark: toys", "benchmark: {id: toys, bundel: toys}");
        var told = assertThrows(StudyException.class, () -> runner(misspelt, options("out")))
                .getMessage();
        assertTrue(told.contains("has no option \"bundel\" (did you mean \"bundle\"?)"), told);
    }

    @Test
    void severalAtOnceGiveTheSameAsOneAfterTheOther() throws IOException {
        var oneByOne = runner(STUDY, options("one"));
        var twoAtOnce = runner(STUDY, options("two", 2, false, false));
        var one = oneByOne.run();
        var two = twoAtOnce.run();
        oneByOne.summarise();
        twoAtOnce.summarise();

        for (var i = 0; i < one.size(); i++) {
            assertEquals(text(one.get(i), "matrix.csv"), text(two.get(i), "matrix.csv"));
            assertEquals(text(one.get(i), "predictions.jsonl"), text(two.get(i), "predictions.jsonl"));
        }
        assertEquals(
                Files.readString(folder.resolve("one").resolve("summary.csv")),
                Files.readString(folder.resolve("two").resolve("summary.csv")));
    }

    /** Fails in the third stage, where a rehearsal does not come. */
    private static Learner failing() {
        return new Pupil((loss, step) -> step.stage().number() == 3 ? loss.div(0) : loss);
    }

    @Test
    void aFailedRunKeepsWhatItHadAndDoesNotTouchTheOthers() throws IOException {
        toys.shelf().with(Kind.LEARNER, "failing", options -> failing());
        var study = STUDY.replace("arms:\n", "arms:\n  bad: {learner: failing}\n");
        var runner = runner(study, options("out"));
        var outcomes = runner.run();
        runner.summarise();

        assertEquals(
                List.of(RunStatus.FAILED, RunStatus.FAILED, RunStatus.FINISHED, RunStatus.FINISHED),
                outcomes.stream().map(RunOutcome::status).toList());
        var failed = outcomes.get(0).folder().orElseThrow().read();
        assertEquals(RunStatus.FAILED, failed.getStatus());
        assertTrue(failed.getMessage().contains("stage 3 [task2], step 1 of 9"), failed.getMessage());
        assertEquals(3, failed.getMatrix().getRows().size());
        assertEquals(2, failed.getStages().size());
        assertFalse(
                Files.readString(folder.resolve("out").resolve("summary.csv")).contains("bad"));
    }

    @Test
    void failFastBeginsNoFurtherRuns() {
        toys.shelf().with(Kind.LEARNER, "failing", options -> failing());
        var study = STUDY.replace("arms:\n", "arms:\n  bad: {learner: failing}\n");
        var outcomes = runner(study, options("out", 1, true, false)).run();

        assertEquals(
                List.of(RunStatus.FAILED, RunStatus.INTERRUPTED, RunStatus.INTERRUPTED, RunStatus.INTERRUPTED),
                outcomes.stream().map(RunOutcome::status).toList());
        assertTrue(outcomes.get(3).folder().isEmpty());
    }

    @Test
    void aRunThatEndedEarlyIsGoneOnWithToTheSameBits() throws IOException {
        var whole = runner(STUDY, options("whole")).run();
        toys.shelf()
                .with(
                        Kind.LEARNER,
                        "stopping",
                        options -> new Pupil((loss, step) -> {
                            if (step.stage().number() == 3 && step.step() == 5) {
                                stop.raise();
                            }
                            return loss;
                        }));
        var study = STUDY.replace("learner: pupil", "learner: stopping");
        var stopped = runner(study, options("out")).run();
        assertEquals(RunStatus.INTERRUPTED, stopped.get(0).status());
        assertTrue(stopped.get(1).folder().isEmpty(), "the second run never began");

        var calm = new Toys();
        calm.shelf().with(Kind.LEARNER, "stopping", options -> new Pupil());
        var plan = Planner.plan(calm.shelf(), StudyReader.parse("toys.yaml", study));
        var options = options("out");
        var resumed = new StudyRunner(calm.shelf(), plan, options, StudyListener.NOBODY, new CancellationToken()).run();
        calm.close();

        assertEquals(stopped.get(0).folder(), resumed.get(0).folder());
        for (var i = 0; i < 2; i++) {
            assertEquals(text(whole.get(i), "matrix.csv"), text(resumed.get(i), "matrix.csv"));
            assertEquals(text(whole.get(i), "predictions.jsonl"), text(resumed.get(i), "predictions.jsonl"));
        }
        try (Stream<Path> files =
                Files.list(resumed.get(0).folder().orElseThrow().path())) {
            assertEquals(
                    List.of("checkpoint-2.safetensors", "checkpoint-3.safetensors"),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("checkpoint"))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void aWatchedTaskIsInTheRecordAndOutlivesAnInterruption() throws IOException {
        var study = STUDY.replace("arms:", "watch: [task1]\narms:");
        var whole = runner(study, options("whole")).run();
        toys.shelf()
                .with(
                        Kind.LEARNER,
                        "stopping",
                        options -> new Pupil((loss, step) -> {
                            if (step.stage().number() == 2 && step.step() == 5) {
                                stop.raise();
                            }
                            return loss;
                        }));
        assertEquals(
                RunStatus.INTERRUPTED,
                runner(study.replace("learner: pupil", "learner: stopping"), options("out"))
                        .run()
                        .get(0)
                        .status());
        var calm = new Toys();
        calm.shelf().with(Kind.LEARNER, "stopping", options -> new Pupil());
        var plan = Planner.plan(
                calm.shelf(), StudyReader.parse("toys.yaml", study.replace("learner: pupil", "learner: stopping")));
        var resumed = new StudyRunner(calm.shelf(), plan, options("out"), StudyListener.NOBODY, new CancellationToken())
                .run();
        calm.close();

        var run = resumed.get(0).folder().orElseThrow().read();
        assertEquals(List.of("task0", "task2"), run.getTasks());
        assertEquals(List.of("task1"), run.getMatrix().getWatched());
        assertEquals(List.of("exact", "exact", "exact"), run.getMatrix().getScorers());
        for (var i = 0; i < 2; i++) {
            assertEquals(text(whole.get(i), "matrix.json"), text(resumed.get(i), "matrix.json"));
            assertEquals(text(whole.get(i), "predictions.jsonl"), text(resumed.get(i), "predictions.jsonl"));
        }
    }

    @Test
    void howEasyTasksAreToTellApartIsSaidOnceForDataAndEncoder() throws IOException {
        runner(STUDY, options("out")).run();
        var file = folder.resolve("out").resolve(StudySeparability.file("toys"));
        var said = StudySeparability.read(Files.readString(file));
        assertEquals(List.of("task0", "task1", "task2"), said.found().tasks());
        var run = RunFolder.find(folder.resolve("out")).get(0).read();
        assertEquals(List.of(Records.fingerprint(run, "data")), said.data());
        assertEquals(Records.fingerprint(run, "encoder"), said.encoder());
        for (var view : said.found().views()) {
            for (var row : view.routed()) {
                assertEquals(1, row.stream().mapToDouble(share -> share).sum(), 1e-9);
            }
        }
        var before = Files.getLastModifiedTime(file);
        runner(STUDY, options("out")).run();
        assertEquals(before, Files.getLastModifiedTime(file), "it was made again");
        Files.writeString(file, said.json().replace(said.encoder(), "another"));
        runner(STUDY, options("out")).run();
        assertEquals(said, StudySeparability.read(Files.readString(file)));
    }

    @Test
    void whatIsFinishedIsNotRunAgain() {
        var first = runner(STUDY, options("out")).run();
        var again = runner(STUDY, options("out")).run();
        var longer =
                runner(STUDY.replace("epochs: 3", "epochs: 4"), options("out")).run();

        assertEquals(
                first.stream().map(RunOutcome::folder).toList(),
                again.stream().map(RunOutcome::folder).toList());
        assertEquals(4, RunFolder.find(folder.resolve("out")).size(), "another training is another run");
        assertTrue(longer.stream().allMatch(RunOutcome::finished));
    }

    @Test
    void aPartThatIsMissingIsFoundBeforeAnythingBegins() {
        toys.shelf().with(Kind.LEARNER, "needy", options -> new Pupil() {
            @Override
            protected void started() {
                super.started();
                part(Selector.class);
            }
        });
        var runner = runner(STUDY.replace("learner: pupil", "learner: needy"), options("out"));

        var failure = assertThrows(StudyException.class, runner::run);
        assertTrue(
                failure.getMessage().startsWith("toys.yaml:8: arm \"good\": learner.needy needs a Selector"),
                failure.getMessage());
        assertThrows(StudyException.class, runner::validate);
        assertEquals(0, folder.resolve("out").toFile().list().length, "no run has begun");
    }

    @Test
    void aPartThatNobodyAsksForIsTold() {
        toys.shelf().with(Kind.SELECTOR, "idle", options -> (Selector) calls -> null);
        runner(STUDY.replace("learner: pupil", "learner: pupil, selector: idle"), options("out"))
                .validate();

        assertEquals(List.of("arm \"good\" gives selector.idle, but its learner never asks for it"), warnings);
    }

    /** Tasks of toys whose samples are changed. */
    private void change(UnaryOperator<Sample> change) {
        toys.shelf().with(Kind.BENCHMARK, "changed", options -> new Benchmark() {
            @Override
            public List<String> tasks() {
                return List.of("task0", "task1");
            }

            @Override
            public Task task(String name) {
                var task = Toys.task(tasks().indexOf(name));
                return new Task(
                        name,
                        "",
                        task.train().stream().map(change).toList(),
                        task.test().stream().map(change).toList(),
                        "exact",
                        List.of("a note of the benchmark"));
            }
        });
    }

    @Test
    void aSampleWithMoreImagesThanTheBackboneTakesIsRefusedBefore() {
        change(sample -> {
            var image = sample.query().images().get(0);
            var three = sample.id().equals("s3") ? List.of(image, image, image) : List.of(image, image);
            return sample.with(new Query(three, List.of(), sample.query().instruction()));
        });
        var refused = assertThrows(
                KarutaException.class, () -> runner(CHANGED, options("out")).validate());
        assertTrue(
                refused.getMessage().contains("task task0, training sample s3 has 3 images; the backbone takes 2"),
                refused.getMessage());
        assertFalse(refused.getMessage().contains("sample s4"), refused.getMessage());
    }

    private static final String CHANGED = STUDY.replace("benchmark: toys", "benchmark: changed");

    private record Torn(String name) implements Image {

        @Override
        public Optional<String> path() {
            return Optional.of(name);
        }

        @Override
        public Pixels pixels() {
            throw new KarutaException(name + " is torn.", "Mend it.");
        }
    }

    /** Two training samples and one test sample of every task have bad pictures; two of them the same. */
    private void tear() {
        var torn = new Torn("torn.png");
        change(sample -> switch (sample.id()) {
            case "s3", "s9" -> new Sample(sample.id(), new Query(Optional.of(torn), "aaa 1?"), "a!");
            case "s4" -> new Sample(sample.id(), new Query(Optional.of(new Torn("4.png")), "aaa 1?"), "a!");
            default -> sample;
        });
    }

    @Test
    void allBadPicturesAreToldAtOnce() {
        tear();
        for (var work : List.<Executable>of(
                () -> runner(CHANGED, options("out")).validate(),
                () -> runner(CHANGED, options("out")).run())) {
            var failure = assertThrows(KarutaException.class, work);
            assertTrue(
                    failure.getMessage()
                            .startsWith(
                                    "Pictures that cannot be used: 4\n    task task0, training sample s3:"
                                            + " torn.png is torn.\n    task task0, training sample s4: 4.png is torn.\n    task task1,"),
                    failure.getMessage());
            assertTrue(failure.getMessage().contains("skipBad: true"), failure.getMessage());
        }
        var some = assertThrows(
                KarutaException.class, () -> runner(CHANGED, options("out")).validate(1));
        assertTrue(some.getMessage().contains("and 3 more"), some.getMessage());
        assertEquals(0, folder.resolve("out").toFile().list().length, "no run has begun");
    }

    @Test
    void badPicturesAreLeftOutAndCountedWhereTheStudySaysSo() {
        tear();
        var run = runner(CHANGED.replace("seeds: [1, 2]", "seeds: [1]\nskipBad: true"), options("out"))
                .run()
                .get(0)
                .folder()
                .orElseThrow();
        var notes = run.read().getData().stream()
                .filter(note -> note.getName().equals("task0"))
                .map(Note::getText)
                .toList();
        assertEquals("a note of the benchmark", notes.get(0));
        assertEquals(
                "2 of 8 training samples are left out, since their pictures cannot be used (first: s3: torn.png is"
                        + " torn.)",
                notes.get(1));
        assertTrue(notes.get(2).startsWith("1 of 5 test samples are left out"), notes.get(2));
        assertTrue(warnings.contains("task task0: " + notes.get(1)), warnings.toString());
        var stages = run.read().getStages();
        assertEquals(6, stages.get(0).getSteps(), "3 epochs of 6 samples in batches of 3");
    }

    @Test
    void aTaskOfBadPicturesAloneIsRefused() {
        change(sample -> new Sample(sample.id(), new Query(Optional.of(new Torn("x")), "?"), "a!"));
        var runner = runner(CHANGED.replace("seeds: [1, 2]", "seeds: [1]\nskipBad: true"), options("out"));
        var failure = assertThrows(KarutaException.class, runner::validate);
        assertTrue(failure.getMessage().contains("no training samples left"), failure.getMessage());
    }

    @Test
    void allThatIsTooLongIsNamedBeforeAnythingBegins() {
        change(sample -> switch (sample.id()) {
            case "s2" -> new Sample(sample.id(), sample.query(), "a".repeat(600));
            case "s5", "s8" -> new Sample(sample.id(), new Query(Optional.empty(), "?".repeat(600)), "a!");
            case "s10" -> new Sample(sample.id(), sample.query(), "b".repeat(600)); // is never read by the model
            default -> sample;
        });
        var failure = assertThrows(
                KarutaException.class, () -> runner(CHANGED, options("out")).run());
        assertTrue(
                failure.getMessage()
                        .startsWith("Samples that are longer than what the model reads at once: 6\n    task"
                                + " task0, training sample s2: the answer takes 601 tokens after 8 of the question, and the model"
                                + " reads 512\n    task task0, training sample s5: the question takes 601 tokens, and the model"
                                + " reads 512\n    task task0, test sample s8: the question"),
                failure.getMessage());
        assertTrue(!failure.getMessage().contains("s10"), failure.getMessage());
    }

    @Test
    void aLanguageThatTheModelDoesNotKnowIsTold() {
        change(sample -> new Sample(sample.id(), new Query(sample.query().images(), List.of(), "これは何ですか"), "a!"));
        runner(CHANGED, options("out")).validate();
        assertTrue(
                warnings.stream()
                        .anyMatch(warning -> warning.startsWith(
                                        "task task0: the model hardly knows this" + " language: 70 % of the tokens")
                                && warning.contains("これは何ですか")),
                warnings.toString());
    }

    @Test
    void anAnswerIsJudgedByAllReferencesAndTheRecordHasThem() {
        change(sample -> new Sample(sample.id(), sample.query(), List.of(sample.answer(), "a!", "b!", "c!", "d!")));
        var run = runner(CHANGED.replace("seeds: [1, 2]", "seeds: [1]"), options("out"))
                .run()
                .get(0)
                .folder()
                .orElseThrow();
        run.forEachPrediction(prediction -> {
            assertEquals(1, prediction.score());
            assertEquals(5, prediction.answers().size());
        });
        assertTrue(
                warnings.stream().anyMatch(warning -> warning.contains("5 of 5 test samples have several answers")),
                warnings.toString());
        assertTrue(
                warnings.stream().anyMatch(warning -> warning.contains("8 of 8 training samples have several answers")),
                warnings.toString());
    }

    @Test
    void anOutputFolderThatCannotBeWrittenIsToldAtOnce() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        var runner = runner(STUDY, options("file"));

        var failure = assertThrows(KarutaException.class, runner::run);
        assertTrue(failure.getMessage().contains("Cannot write into the output folder"), failure.getMessage());
    }
}
