package karuta.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.Insert;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;
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
                new Insert.Adapter("layers.0.self_attn.v_proj", (x, of) -> Ops.linear(x, weight)))) {
            assertNotEquals(plain, loss(List.of(insert)), insert.getClass().getSimpleName());
        }
        var all = List.of(
                new Insert.Tokens(tokens),
                new Insert.Prefix(1, keys, values),
                new Insert.Adapter("layers.0.self_attn.v_proj", (x, of) -> Ops.linear(x, weight)));
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

    @Test
    void anAdapterCountsByItsWeight() {
        NDArray matrix = trained(D, D);
        Insert.Delta delta = (x, of) -> Ops.linear(x, matrix);
        Insert.Delta scaled = (x, of) -> Ops.scale(Ops.linear(x, matrix), 0.3);
        NDArray weight = context.keep(Tensors.of(context.manager(), 0.3f).sum());
        var linear = "layers.0.self_attn.v_proj";
        assertEquals(
                loss(List.of(new Insert.Adapter(linear, scaled))),
                loss(List.of(new Insert.Adapter(linear, delta, Optional.of(weight)))),
                1e-5);
        assertNotEquals(
                loss(List.of(new Insert.Adapter(linear, delta))),
                loss(List.of(new Insert.Adapter(linear, delta, Optional.of(weight)))),
                1e-3);
        weight.setRequiresGradient(true);
        GradientCheck.holds(
                () -> score(List.of(new Insert.Adapter(linear, delta, Optional.of(weight))), samples()), weight, 0.02);
    }

    @Test
    void anAdapterOfTheProjectorChangesTheImagesAndGetsAGradient() {
        var projector = context.backbone().spec().projector().get(0);
        NDArray matrix = trained(projector.out(), projector.in());
        var adapter = new Insert.Adapter(projector.name(), (x, of) -> Ops.linear(x, matrix));
        assertNotEquals(loss(List.of()), loss(List.of(adapter)), 1e-3);
        GradientCheck.holds(() -> score(List.of(adapter), samples()), matrix, 0.02);

        var plain = context.backbone().embed(prompted(List.of())).get(0);
        var adapted = context.backbone().embed(prompted(List.of(adapter))).get(0);
        assertEquals(plain.text(), adapted.text());
        NDArray colour =
                context.encode(samples().get(0).query()).vision().get(0).tokens();
        NDArray added = adapted.image().orElseThrow().sub(plain.image().orElseThrow());
        assertArrayEquals(Ops.linear(colour, matrix).toFloatArray(), added.toFloatArray(), 1e-5f);
        GradientCheck.holds(
                () -> context.backbone()
                        .embed(prompted(List.of(adapter)))
                        .get(0)
                        .image()
                        .orElseThrow()
                        .square()
                        .sum(),
                matrix,
                0.02);
    }

    @Test
    void whatTheDecoderReadsOfAQueryIsItsWordsAndItsImages() {
        var question = samples().get(0).query();
        var blind = new PromptedInput(context.encode(new Query(Optional.empty(), question.instruction())), List.of());
        var two = new Query(List.of(new ToyPicture(1, 2, 3), new ToyPicture(200, 2, 3)), List.of(), "a?");
        var embedded = context.backbone().embed(List.of(blind, new PromptedInput(context.encode(two), List.of())));
        assertEquals(
                new Shape(question.instruction().length(), D),
                embedded.get(0).text().getShape());
        assertTrue(embedded.get(0).image().isEmpty());
        assertEquals(new Shape(2, D), embedded.get(1).text().getShape());
        assertEquals(new Shape(2, D), embedded.get(1).image().orElseThrow().getShape());
        NDArray row =
                Ops.rows(context.backbone().embeddings(), Tensors.of(context.manager(), new long[] {'?' - ' ' + 2}));
        assertEquals(row.get(0), embedded.get(1).text().get(1));
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
