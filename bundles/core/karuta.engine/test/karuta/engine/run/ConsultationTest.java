package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.Guidance;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.State;
import karuta.engine.catalog.Kind;
import karuta.engine.plan.Planner;
import karuta.engine.plan.StudyPlan;
import karuta.engine.toy.Pupil;
import karuta.engine.toy.Toys;
import karuta.study.file.StudyReader;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Arms that are asked, one beside another. */
class ConsultationTest {

    /** Backbone and encoder. */
    private static final int MODELS = 2;

    /** That a pupil knows. */
    private static final int ANSWERS = 4;

    @TempDir
    private Path folder;

    @RegisterExtension
    final Toys toys = new Toys();

    private StudyPlan plan() {
        return plan("pupil");
    }

    private StudyPlan plan(String learner) {
        return Planner.plan(toys.shelf(), StudyReader.parse("toys.yaml", """
                study: toys
                seeds: [1]
                backbone: toy
                encoder: toy
                benchmark: toys
                training: {steps: 1, batch: 1, rate: 0.1}
                arms:
                  only: {learner: %s}
                """.formatted(learner)));
    }

    private Consultation first() {
        return Consultation.open(toys.shelf(), plan(), this::learned, folder);
    }

    private Consultation next(Consultation before, StudyPlan plan) {
        return before.next(toys.shelf(), plan, this::learned, folder);
    }

    /** What a pupil may have learned. */
    private Map<String, State> learned(NDManager manager) {
        var encoder = toys.context().encoder();
        var size = encoder.size(Guidance.IMAGE) + encoder.size(Guidance.TEXT);
        var weights =
                Tensors.of(manager, RandomStream.of(1, "learned").normals(ANSWERS * size), new Shape(ANSWERS, size));
        return Map.of("learner", new State(Map.of("weights", weights), Map.of()));
    }

    private static List<String> answers(Consultation asked) {
        return asked.ask(queries()).stream().map(Answer::text).toList();
    }

    private static List<Query> queries() {
        return Toys.task(0).test().stream().map(sample -> sample.query()).toList();
    }

    @Test
    void otherCodeOfALearnerIsAskedOnTheSameModelsWhicheverIsClosedFirst() {
        var first = first();
        var answers = answers(first);
        toys.shelf().rebuild(Kind.LEARNER, "other", false);
        var second = next(first, plan());
        assertEquals(MODELS + 2, toys.shelf().open());
        var third = next(second, plan());

        first.close();
        assertEquals(answers, answers(second));
        third.close();
        assertEquals(answers, answers(second));
        assertEquals(MODELS + 1, toys.shelf().open());
        second.close();
        assertEquals(0, toys.shelf().open());
        assertThrows(IllegalStateException.class, () -> next(second, plan()));
    }

    @Test
    void otherCodeOfAModelIsLoadedBesideTheOldOne() {
        try (var first = first()) {
            toys.shelf().rebuild(Kind.ENCODER, "other", false);
            try (var second = next(first, plan())) {
                assertEquals(2 * (MODELS + 1), toys.shelf().open());
                assertEquals(answers(first), answers(second));
            }
            assertEquals(MODELS + 1, toys.shelf().open());
        }
    }

    @Test
    void oneThatCannotBeOpenedLeavesTheModelsToTheOthers() {
        toys.shelf().with(Kind.LEARNER, "broken", options -> new Pupil() {
            @Override
            protected void started() {
                throw new NoClassDefFoundError("a jar that is half there");
            }
        });
        try (var first = first()) {
            assertThrows(NoClassDefFoundError.class, () -> next(first, plan("broken")));
            assertEquals(MODELS + 1, toys.shelf().open());
            assertEquals(queries().size(), answers(first).size());
        }
    }

    @Test
    void twoAreAskedAtTheSameTime() {
        try (var first = first();
                var second = next(first, plan())) {
            var alone = answers(first);
            var answers = IntStream.range(0, 40)
                    .parallel()
                    .mapToObj(i -> i % 2 == 0 ? first : second)
                    .map(asked -> {
                        synchronized (asked) { // one thread at a time asks each
                            return answers(asked);
                        }
                    })
                    .distinct()
                    .toList();
            assertEquals(List.of(alone), answers);
        }
    }
}
