package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import karuta.api.Benchmark;
import karuta.api.Task;
import karuta.archive.pool.CardStates;
import karuta.bench.folder.FolderWriter;
import karuta.bench.folder.TaskFolder;
import karuta.doctor.advice.Advice;
import karuta.doctor.advice.Adviser;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.plan.StudyPlan;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.FrozenGuidance;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyListener;
import karuta.engine.run.StudyRunner;
import karuta.intake.Intake;
import karuta.intake.IntakeRequest;
import karuta.metrics.separability.CardKeys;
import karuta.metrics.separability.TaskFeatures;
import karuta.study.file.StudyReader;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** Data that is imported, told apart and learned from, with the embedded model. */
@ExtendWith(ServiceExtension.class)
class DataIT {

    private static final List<String> FEATURES = List.of("image", "text");

    private static final String STUDY = """
        study: data
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: folder, path: "%s"}
        training: {steps: 4, batch: 8, rate: 0.05}
        arms:
          cards: {learner: prompt, pool: {id: prototype, length: 4}, selector: {id: dual, k: 2}, fusion: concat}
        """;

    @TempDir
    Path folder;

    @InjectService
    Strategies strategies;

    private Path data;
    private List<String> names = List.of();

    @BeforeEach
    void tasks() {
        data = folder.resolve("tasks");
        var cards = strategies.find(Kind.BENCHMARK, "cards").orElseThrow();
        try (var made = strategies.create(cards, Map.of("train", 60, "test", 40))) {
            var benchmark = (Benchmark) made.strategy();
            names = benchmark.tasks();
            new FolderWriter().write(benchmark, data);
        }
    }

    private StudyPlan plan(Path tasks) {
        return Planner.plan(strategies, StudyReader.parse("data", STUDY.formatted(tasks)));
    }

    private FrozenGuidance guidance() {
        return FrozenGuidance.open(strategies, plan(data), folder.resolve("cache"));
    }

    private List<TaskFeatures> features(FrozenGuidance guidance) {
        return names.stream()
                .map(name -> guidance.features(read(name), (task, number, count) -> {}))
                .toList();
    }

    private Task read(String name) {
        return new TaskFolder(data.resolve(name)).read();
    }

    @Test
    void theEmbeddedTasksAreToldApartAsTheDefinitionSays() {
        try (var guidance = guidance()) {
            var features = features(guidance);
            var advice = Adviser.of(guidance.encoder(), features, List.of());
            for (var i = 0; i < names.size(); i++) {
                for (var told : advice.tasks().get(i).fromTasks()) {
                    var by = told.by().equals("both") ? FEATURES : List.of(told.by());
                    assertEquals(own(features, i, by), told.own(), 1e-9, names.get(i) + " by " + told.by());
                }
            }
            assertEquals(
                    3 * names.size(),
                    advice.tasks().stream()
                            .mapToInt(task -> task.fromTasks().size())
                            .sum());
        }
    }

    /** The share of a task's test samples whose own prototype is the nearest; equally near ones share a sample. */
    private static double own(List<TaskFeatures> tasks, int task, List<String> by) {
        var sum = 0.0;
        for (var sample : tasks.get(task).test()) {
            var likes = tasks.stream()
                    .mapToDouble(other -> by.stream()
                            .mapToDouble(name -> cosine(sample.get(name), mean(other, name)))
                            .sum())
                    .toArray();
            var most = java.util.Arrays.stream(likes).max().orElseThrow() - 1e-6 * by.size();
            var nearest =
                    java.util.Arrays.stream(likes).filter(like -> like >= most).count();
            sum += likes[task] >= most ? 1.0 / nearest : 0;
        }
        return sum / tasks.get(task).test().size();
    }

    private static double[] mean(TaskFeatures task, String name) {
        var mean = new double[task.train().get(0).get(name).length];
        task.train().forEach(sample -> {
            for (var i = 0; i < mean.length; i++) {
                mean[i] += sample.get(name)[i];
            }
        });
        return mean;
    }

    private static double cosine(float[] one, double[] other) {
        var product = 0.0;
        var ones = 0.0;
        var others = 0.0;
        for (var i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            ones += (double) one[i] * one[i];
            others += other[i] * other[i];
        }
        return product / Math.sqrt(ones * others);
    }

    @Test
    void whatIsImportedIsLearnedAndItsCardsAreKnownAgain() throws IOException {
        var imported = folder.resolve("imported");
        var intake = new Intake(IntakeRequest.of(List.of(table())), 3, (what, number, total) -> {});
        var report = intake.read(1);
        assertTrue(report.left().isEmpty(), report.toString());
        intake.write(imported);

        var plan = plan(imported);
        var options = new RunOptions(folder.resolve("out"), folder.resolve("cache"), 1, false, false);
        var runs = new StudyRunner(strategies, plan, options, StudyListener.NOBODY, new CancellationToken()).run();
        assertTrue(runs.get(0).finished(), runs.toString());

        try (var guidance = guidance()) {
            var cards = keys(guidance, runs.get(0).folder().orElseThrow());
            assertEquals(
                    names.subList(0, 3),
                    cards.stream()
                            .map(CardKeys::card)
                            .sorted((one, other) -> names.indexOf(one) - names.indexOf(other))
                            .toList());
            cards.forEach(card ->
                    assertEquals(java.util.Set.copyOf(FEATURES), card.rows().keySet()));
            var advice = Adviser.of(guidance.encoder(), features(guidance).subList(0, 1), cards);
            var told = advice.tasks().get(0).fromCards();
            assertEquals(
                    List.of("image", "text", "both"),
                    told.stream().map(Advice.Told::by).toList());
        }
    }

    /** Three of the tasks as a table of their images. */
    private Path table() throws IOException {
        var rows = new ArrayList<>(List.of("image;question;answer;task"));
        for (var name : names.subList(0, 3)) {
            for (var sample : read(name).train()) {
                rows.add(Stream.of(
                                name + "/"
                                        + sample.query().images().get(0).path().orElseThrow(),
                                sample.query().instruction(),
                                sample.answer(),
                                name)
                        .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                        .reduce((one, other) -> one + ";" + other)
                        .orElseThrow());
            }
        }
        return Files.write(data.resolve("table.csv"), rows);
    }

    private static List<CardKeys> keys(FrozenGuidance guidance, RunFolder run) throws IOException {
        var stages = run.read().getStages().size();
        var states = CardStates.ofCheckpoint("run", Files.readAllBytes(run.checkpoint(stages)));
        var cards = new LinkedHashMap<String, byte[]>();
        states.cards().forEach(card -> cards.put(card.id(), card.tensors()));
        return guidance.keys(manager -> CardStates.join(cards, states.rest(), manager));
    }
}
