package karuta.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;
import karuta.api.Insert;
import karuta.api.PromptedInput;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ToyBackboneTest {

    private static final int D = ToyContext.HIDDEN;

    private final ToyContext context = new ToyContext(1);

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void everyKindOfInsertChangesTheLossAndGetsAGradient() {
        NDArray tokens = trained(3, D);
        NDArray keys = trained(2, D);
        NDArray values = trained(2, D);
        NDArray weight = trained(D, D);
        var plain = loss(List.of());
        for (var insert : List.of(
                new Insert.Tokens(tokens),
                new Insert.Prefix(1, keys, values),
                new Insert.Adapter("layers.0.self_attn.v_proj", x -> Ops.linear(x, weight)))) {
            assertNotEquals(plain, loss(List.of(insert)), insert.getClass().getSimpleName());
        }
        var all = List.of(
                new Insert.Tokens(tokens),
                new Insert.Prefix(1, keys, values),
                new Insert.Adapter("layers.0.self_attn.v_proj", x -> Ops.linear(x, weight)));
        for (var gradient : Autograd.gradients(() -> score(all, samples()), List.of(tokens, keys, values, weight))) {
            assertTrue(gradient.abs().max().getFloat() > 0);
        }
    }

    @Test
    void anAnswerDoesNotDependOnTheBatch() {
        var prompt = List.<Insert>of(new Insert.Tokens(trained(3, D)));
        var other = List.<Insert>of(new Insert.Tokens(trained(5, D)));
        var mixed = Stream.concat(prompted(prompt).stream(), prompted(other).stream())
                .toList();
        var together = context.backbone().generate(mixed);
        for (var i = 0; i < mixed.size(); i++) {
            assertEquals(together.subList(i, i + 1), context.backbone().generate(mixed.subList(i, i + 1)));
        }
    }

    @Test
    void theLossIsTheMeanOverTheTokensOfTheBatch() {
        var both = samples();
        var first = score(List.of(), both.subList(0, 1)).getFloat();
        var second = score(List.of(), both.subList(1, 2)).getFloat();
        assertEquals((first + second) / 2, score(List.of(), both).getFloat(), 1e-4); // answers of equal length
    }

    private float loss(List<Insert> inserts) {
        return score(inserts, samples()).getFloat();
    }

    private NDArray score(List<? extends Insert> inserts, List<Sample> samples) {
        var prompted = samples.stream()
                .map(sample -> new PromptedInput(context.encode(sample.query()), List.copyOf(inserts)))
                .toList();
        return context.backbone()
                .score(prompted, samples.stream().map(Sample::answer).toList())
                .loss();
    }

    private List<PromptedInput> prompted(List<Insert> inserts) {
        return samples().stream()
                .map(sample -> new PromptedInput(context.encode(sample.query()), inserts))
                .toList();
    }

    private static List<Sample> samples() {
        return ToyTasks.samples(1, 2);
    }

    private NDArray trained(int... shape) {
        var numbers = RandomStream.of(shape[0], "test").normals(shape[0] * shape[1]);
        NDArray array = context.keep(context.manager().create(numbers, new Shape(shape[0], shape[1])));
        array.setRequiresGradient(true);
        return array;
    }
}
