package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.Selector;
import karuta.api.Strategy;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.Strategies.Instance;
import karuta.kit.PromptReference;
import karuta.kit.Reference;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** The parts that make ModalPrompt, as they are shipped and with options by name, against {@code releng/methods/modalprompt.py}. */
@ExtendWith(ServiceExtension.class)
class ModalPromptIT {

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
    void threeStagesAndTheAnswersAfterThemAreAsTheEquationsSay() {
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

    private Selector selector(String id, Map<String, Object> options) {
        return make(Kind.SELECTOR, id, options, Selector.class);
    }

    private <T extends Strategy> T make(Kind kind, String id, Map<String, Object> options, Class<T> contract) {
        var instance = strategies.create(strategies.find(kind, id).orElseThrow(), options);
        made.add(instance);
        return contract.cast(instance.strategy());
    }
}
