package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.Card;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.Insert;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.PromptedInput;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.Strategy;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.Strategies.Instance;
import karuta.kit.Reference;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.ParameterGradients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** The parts that make ModalPrompt, as they are shipped and with options by name, against {@code releng/methods/modalprompt.py}. */
@ExtendWith(ServiceExtension.class)
class ModalPromptIT {

    private static final double RATE = 1e-3;

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
        context.with(PromptPool.class, make(Kind.POOL, "prototype", options, PromptPool.class))
                .with(Selector.class, selector("dual", Map.of("k", 2, "lambda", 0.3)))
                .with(Fusion.class, make(Kind.FUSION, "concat", Map.of(), Fusion.class));
        var learner = context.start(make(Kind.LEARNER, "prompt", Map.of(), Learner.class));
        var training = new ToyTraining(learner, context);
        for (var number = 1; number <= 3; number++) {
            stage(number, training, reference);
        }
        var samples = IntStream.rangeClosed(1, 4)
                .boxed()
                .flatMap(task -> ToyTasks.samples(task, 2).stream())
                .toList();
        var answers = training.answer(samples);
        var selections = answers.stream().map(Answer::selection).toList();
        reference.chose("answer.dual.chosen", selections, cards());
        reference.scored("answer.dual.scores", selections);
        reference.said("answer.said", answers);
        var batch = training.batch(samples);
        var prompted = Autograd.noGrad(() -> learner.prompt(batch.inputs()));
        reference.inserted("answer.tokens", inserts(prompted));
        var output = context.backbone().score(prompted, batch.answers());
        NDArray said = Ops.logSoftmax(output.logits());
        var losses = IntStream.range(0, (int) output.labels().size())
                .mapToObj(i -> said.getFloat(i, output.labels().getLong(i)))
                .toList();
        var numbers = new float[losses.size()];
        IntStream.range(0, numbers.length).forEach(i -> numbers[i] = -losses.get(i));
        reference.agrees("answer.losses", numbers);
        for (var id : List.of("image", "text")) {
            context.with(Selector.class, selector(id, Map.of("k", 2)));
            var other = training.answer(samples).stream().map(Answer::selection).toList();
            reference.chose("answer." + id + ".chosen", other, cards());
            reference.scored("answer." + id + ".scores", other);
        }
        assertEquals(List.of(), List.copyOf(reference.left()));
    }

    private void stage(int number, ToyTraining training, Reference reference) {
        var name = "stage" + number + ".";
        var stage = new Stage(number, List.of(ToyTasks.name(number)));
        var samples = ToyTasks.samples(number, 4);
        var parameters = training.open(stage, samples);
        reference.give(name + "start.", parameters);
        var batch = training.batch(samples);
        var step = training.step(stage);
        training.losses(batch, step).forEach((term, value) -> reference.agrees(name + "loss." + term, value));
        var gradients = ParameterGradients.of(
                () -> ParameterGradients.sum(training.losses(batch, step).values()), parameters);
        for (var i = 0; i < gradients.size(); i++) {
            reference.agrees(name + "gradient." + parameters.get(i).name(), gradients.get(i));
        }
        if (number > 1) {
            var prompted = training.learner().prompt(batch.inputs(), step);
            reference.chose(
                    name + "chosen",
                    prompted.stream().map(PromptedInput::selection).toList(),
                    cards());
            reference.inserted(name + "tokens", inserts(prompted));
        }
        training.train(stage, samples, 2, RATE);
        reference.agrees(name + "end.", parameters);
        var old = context.part(PromptPool.class).cards().subList(0, number - 1);
        training.close(stage, samples);
        var card = context.part(PromptPool.class).cards().get(number - 1);
        reference.agrees(name + "key", card.keys(Guidance.IMAGE).orElseThrow());
        reference.agrees(name + "key", card.keys(Guidance.TEXT).orElseThrow());
        reference.agrees(name + "end.prompt", ((Insert.Tokens) card.inserts().get(0)).embeddings());
        assertEquals(old, context.part(PromptPool.class).cards().subList(0, number - 1));
    }

    private List<String> cards() {
        return context.part(PromptPool.class).cards().stream().map(Card::id).toList();
    }

    private static List<List<Insert>> inserts(List<PromptedInput> prompted) {
        return prompted.stream().map(PromptedInput::inserts).toList();
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
