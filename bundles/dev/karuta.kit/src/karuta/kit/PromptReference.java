package karuta.kit;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.Batch;
import karuta.api.Card;
import karuta.api.Insert;
import karuta.api.PromptPool;
import karuta.api.PromptedInput;
import karuta.api.Sample;
import karuta.api.Selection;
import karuta.api.Stage;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.ParameterGradients;

/**
 * Plays stages as a script in {@code releng/methods} does, and compares everything: of stage N the {@code stageN.} arrays start
 * (given, where there are some), loss, chosen, put, gradient and end; of questions afterwards the {@code answer.} arrays chosen,
 * scores, put, losses and said.
 *
 * @param reference of the script
 * @param training of the learner
 * @param pool of the learner
 */
public record PromptReference(Reference reference, ToyTraining training, PromptPool pool) {

    private static final int SAMPLES = 4;
    private static final double RATE = 1e-3;

    /** Four samples of the toy task of the same number, two steps with a rate of 1e-3. */
    public void stage(int number) {
        var name = "stage" + number + ".";
        var stage = new Stage(number, List.of(ToyTasks.name(number)));
        var samples = ToyTasks.samples(number, SAMPLES);
        var parameters = training.open(stage, samples);
        parameters.stream()
                .filter(parameter -> reference.has(name + "start." + parameter.name()))
                .forEach(parameter -> reference.give(name + "start.", List.of(parameter)));
        var batch = training.batch(samples);
        var step = training.step(stage);
        training.losses(batch, step).forEach((term, value) -> reference.agrees(name + "loss." + term, value));
        var gradients = ParameterGradients.of(
                () -> ParameterGradients.sum(training.losses(batch, step).values()), parameters);
        for (var i = 0; i < gradients.size(); i++) {
            reference.agrees(name + "gradient." + parameters.get(i).name(), gradients.get(i));
        }
        compare(name, training.learner().prompt(batch.inputs(), step));
        training.train(stage, samples, 2, RATE);
        reference.agrees(name + "end.", parameters);
        training.close(stage, samples);
    }

    /** What is put in for questions, what is made of it, and what is said. */
    public void answer(List<Sample> samples) {
        var batch = training.batch(samples);
        var prompted = Autograd.noGrad(() -> training.learner().prompt(batch.inputs()));
        compare("answer.", prompted);
        reference.agrees("answer.losses", losses(prompted, batch));
        reference.said("answer.said", training.answer(samples));
    }

    /** Which cards are chosen for questions, and their scores. */
    public void choice(String name, List<Sample> samples) {
        var selections =
                training.answer(samples).stream().map(Answer::selection).toList();
        reference.chose(name + ".chosen", selections, cards());
        reference.scored(name + ".scores", selections);
    }

    private void compare(String name, List<PromptedInput> prompted) {
        var selections = prompted.stream().map(PromptedInput::selection).toList();
        if (reference.has(name + "chosen")) {
            reference.chose(name + "chosen", selections, cards());
        }
        if (reference.has(name + "scores")) {
            reference.scored(name + "scores", selections);
        }
        if (reference.has(name + "weights")) {
            reference.agrees(name + "weights", weights(selections));
        }
        if (reference.has(name + "put")) {
            reference.put(
                    name + "put", prompted.stream().map(PromptedInput::inserts).toList());
        }
    }

    private static float[] weights(List<Selection> selections) {
        var weights = selections.stream()
                .flatMap(selection -> selection.picks().stream())
                .flatMap(pick -> pick.weight().stream())
                .map(NDArray::getFloat)
                .toList();
        var numbers = new float[weights.size()];
        IntStream.range(0, numbers.length).forEach(i -> numbers[i] = weights.get(i));
        return numbers;
    }

    /** Of each token of the answers. */
    private float[] losses(List<PromptedInput> prompted, Batch batch) {
        var output = training.context().backbone().score(prompted, batch.answers());
        NDArray said = Ops.logSoftmax(output.logits());
        var labels = output.labels().toLongArray();
        var losses = new float[labels.length];
        for (var i = 0; i < losses.length; i++) {
            losses[i] = -said.getFloat(i, labels[i]);
        }
        return losses;
    }

    /** The cards' names. */
    public List<String> cards() {
        return pool.cards().stream().map(Card::id).toList();
    }

    /** The soft tokens of a card. */
    public static NDArray tokens(Card card) {
        return ((Insert.Tokens) card.inserts().get(0)).embeddings();
    }
}
