package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.Sample;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.Strategy;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.Strategies.Instance;
import karuta.kit.PromptReference;
import karuta.kit.Reference;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.tensor.ParameterGradients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** ModalPrompt and the baselines, as they are shipped and with options by name, against scripts in {@code releng/methods}. */
@ExtendWith(ServiceExtension.class)
class ReferenceIT {

    @InjectService
    Strategies strategies;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final List<Instance> made = new ArrayList<>();
    private ToyContext context;

    @BeforeEach
    void start() {
        Thread.currentThread().setContextClassLoader(Engine.class.getClassLoader());
        context = new ToyContext(3);
    }

    @AfterEach
    void free() {
        made.forEach(Instance::close);
        context.close();
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void modalPromptsStagesAndAnswersAreAsItsEquationsSay() {
        var reference = new Reference(Path.of("test", "fixtures", "modalprompt.txt"), context.manager());
        var options = Map.<String, Object>of("length", 3, "lossImage", 0.7, "lossText", 1.3, "transformRate", 0.5);
        var pool = make(Kind.POOL, "prototype", options, PromptPool.class);
        context.with(PromptPool.class, pool)
                .with(Selector.class, selector("dual", Map.of("k", 2, "lambda", 0.3)))
                .with(Fusion.class, make(Kind.FUSION, "concat", Map.of(), Fusion.class));
        var learner = context.start(make(Kind.LEARNER, "prompt", Map.of(), Learner.class));
        var played = new PromptReference(reference, new ToyTraining(learner, context), pool);
        for (var number = 1; number <= 3; number++) {
            var old = pool.cards();
            played.stage(number);
            assertEquals(old, pool.cards().subList(0, number - 1));
            var card = pool.cards().get(number - 1);
            var name = "stage" + number;
            reference.agrees(name + ".key", card.keys(Guidance.IMAGE).orElseThrow());
            reference.agrees(name + ".key", card.keys(Guidance.TEXT).orElseThrow());
            reference.agrees(name + ".end.prompt", PromptReference.tokens(card));
        }
        var samples = IntStream.rangeClosed(1, 4)
                .boxed()
                .flatMap(task -> ToyTasks.samples(task, 2).stream())
                .toList();
        played.answer(samples);
        for (var id : List.of("image", "text")) {
            context.with(Selector.class, selector(id, Map.of("k", 2)));
            played.choice(id, samples);
        }
        assertEquals(Set.of(), reference.left());
    }

    private static final Map<String, Object> LORA =
            Map.of("rank", 2, "alpha", 5.0, "targets", new String[] {"v_proj", "down_proj"});

    private Learner lora() {
        return make(Kind.BASELINE, "lora", LORA, Learner.class);
    }

    /** Without cards, as baselines are. */
    private PromptReference played(String fixture, Learner learner) {
        var reference = new Reference(Path.of("test", "fixtures", fixture + ".txt"), context.manager());
        return new PromptReference(reference, new ToyTraining(context.start(learner), context), List::of);
    }

    private static List<Sample> asked() {
        return IntStream.rangeClosed(1, 3)
                .boxed()
                .flatMap(task -> ToyTasks.samples(task, 2).stream())
                .toList();
    }

    @Test
    void sequentialLorasStagesAndAnswersAreAsItsEquationsSay() {
        twoStages(played("lora", lora()));
    }

    @Test
    void replaysStagesAndAnswersAreAsItsEquationsSay() {
        context.with(Learner.class, lora());
        twoStages(played("replay", make(Kind.BASELINE, "replay", Map.of("buffer", 4, "batch", 4), Learner.class)));
    }

    private static void twoStages(PromptReference played) {
        played.stage(1);
        played.stage(2);
        played.answer(asked());
        assertEquals(Set.of(), played.reference().left());
    }

    @Test
    void zeroShotSaysWhatTheFrozenModelSays() {
        var played = played("zeroshot", make(Kind.BASELINE, "zero-shot", Map.of(), Learner.class));
        played.answer(asked());
        assertEquals(Set.of(), played.reference().left());
    }

    @Test
    void jointTrainingIsOneStageOfAllTasks() {
        context.with(Learner.class, lora());
        var played = played("joint", make(Kind.BASELINE, "joint", Map.of(), Learner.class));
        var training = played.training();
        var tasks = List.of("task1", "task2");
        assertEquals(List.of(tasks), training.learner().schedule(tasks));
        var stage = new Stage(1, tasks);
        var samples = Stream.of(ToyTasks.samples(1, 3), ToyTasks.samples(2, 5))
                .flatMap(List::stream)
                .toList();
        var parameters = training.open(stage, samples);
        played.reference().give("start.", parameters);
        var batch = training.batch(samples);
        played.reference()
                .agrees("lm", training.losses(batch, training.step(stage)).get("lm"));
        var gradients = ParameterGradients.of(
                () -> training.losses(batch, training.step(stage)).get("lm"), parameters);
        for (var i = 0; i < parameters.size(); i++) {
            played.reference().agrees("gradient." + parameters.get(i).name(), gradients.get(i));
        }
        assertEquals(Set.of(), played.reference().left());
    }

    private Selector selector(String id, Map<String, Object> options) {
        return make(Kind.SELECTOR, id, options, Selector.class);
    }

    private <T extends Strategy> T make(Kind kind, String id, Map<String, Object> options, Class<T> contract) {
        var instance = strategies.create(strategies.find(kind, id).orElseThrow(), options);
        made.add(instance);
        return contract.cast(instance.strategy());
    }
}
