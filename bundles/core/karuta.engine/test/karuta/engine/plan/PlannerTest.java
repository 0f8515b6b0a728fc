package karuta.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import karuta.engine.toy.Toys;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import karuta.yaml.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlannerTest {

    private static final String STUDY = """
        study: toys
        seeds: [1, 2]
        backbone: toy
        encoder: toy
        benchmark: {id: toys, size: 4}
        orders:
          there: [task0, task1, task2]
          back: [task2, task1, task0]
        training: {rate: 0.1, epochs: 3}
        arms:
          one: {learner: pupil}
          two: {learner: pupil, training: {rate: 0.2}}
        """;

    @RegisterExtension
    final Toys toys = new Toys();

    private StudyPlan plan(String study) {
        return Planner.plan(toys.shelf(), StudyReader.parse("toys.yaml", study));
    }

    private List<String> problems(String was, String becomes) {
        var study = STUDY.replace(was, becomes);
        return assertThrows(StudyException.class, () -> plan(study)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void everyArmIsRunInEveryOrderWithEverySeed() {
        var runs = plan(STUDY).runs();

        assertEquals(
                List.of(
                        "one, seed 1, order there",
                        "one, seed 2, order there",
                        "one, seed 1, order back",
                        "one, seed 2, order back",
                        "two, seed 1, order there",
                        "two, seed 2, order there",
                        "two, seed 1, order back",
                        "two, seed 2, order back"),
                runs.stream().map(RunPlan::title).toList());
        assertEquals(List.of("task2", "task1", "task0"), runs.get(2).tasks());
        assertEquals(0.1, runs.get(0).training().getRate());
        assertEquals(0.2, runs.get(7).training().getRate());
        assertEquals(3, runs.get(7).training().getEpochs());
    }

    @Test
    void aStudyWithoutOrdersTakesThatOfTheBenchmark() {
        var study = STUDY.replaceAll("(?s)orders:.*\ntraining", "training");

        assertEquals(
                List.of("task0", "task1", "task2"), plan(study).runs().get(0).tasks());
        assertEquals("one, seed 1", plan(study).runs().get(0).title());
    }

    @Test
    void aTaskThatIsWatchedIsNotLearned() {
        var study = STUDY.replaceAll("(?s)orders:.*\ntraining", "watch: [task1]\ntraining");
        var run = plan(study).runs().get(0);

        assertEquals(List.of("task0", "task2"), run.tasks());
        assertEquals(List.of("task0", "task2", "task1"), run.evaluated());
        assertEquals(
                List.of("toys.yaml:9: benchmark.toys has no task \"tusk\" (did you mean \"task0\"?)"),
                problems("training: {rate: 0.1", "watch: [tusk]\ntraining: {rate: 0.1"));
    }

    @Test
    void anUnknownStrategyIsToldWithItsLineAndTheNearestOne() {
        assertEquals(
                List.of("toys.yaml:3: there is no backbone \"toi\" (did you mean \"toy\"?); look again"),
                problems("backbone: toy", "backbone: toi"));
    }

    @Test
    void optionsAreCheckedWithTheirLines() {
        assertEquals(
                List.of("toys.yaml:5: benchmark.toys has no option \"sise\" (did you mean \"size\"?)"),
                problems("size: 4", "sise: 4"));
        assertEquals(
                List.of("toys.yaml:5: option \"size\" of benchmark.toys is 0 but must be whole number, at least 1:"
                        + " A number."),
                problems("size: 4", "size: 0"));
        assertTrue(problems("size: 4", "size: [4, 5]").get(0).contains("is [4, 5] but must be whole number"));
    }

    @Test
    void anUnknownTaskIsToldWithItsLine() {
        assertEquals(
                List.of(
                        "toys.yaml:7: benchmark.toys has no task \"tusk2\" (did you mean \"task2\"?)",
                        "toys.yaml:8: benchmark.toys has no task \"tusk2\" (did you mean \"task2\"?)"),
                problems("task2", "tusk2"));
    }

    @Test
    void allMistakesAreToldAtOnce() {
        var study = STUDY.replace("backbone: toy", "backbone: toi").replace("learner: pupil}", "learner: pupll}");
        var failure = assertThrows(StudyException.class, () -> plan(study));

        assertEquals(
                List.of(3, 11), failure.problems().stream().map(Problem::line).toList());
    }
}
