package karuta.lmm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Image;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Insert.Delta;
import karuta.api.Insert.Prefix;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.PromptedInput;
import karuta.api.RandomStream;
import karuta.api.TokenContext;
import karuta.api.TokenContext.Kind;
import karuta.lmm.model.Precision;
import karuta.lmm.model.Reference;
import karuta.safetensors.SafeTensors;
import karuta.tensor.Autograd;
import karuta.tensor.LoraLayer;
import karuta.tensor.Ops;
import karuta.tensor.Scope;
import karuta.tensor.Tensors;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every kind of insert promises, on the small LLaVA of the fixtures. */
class InsertsTest {

    private static final int D = 64;
    private static final String Q = "layers.0.self_attn.q_proj";
    private static final String DOWN = "layers.1.mlp.down_proj";
    private static final String PROJECTOR_1 = "multi_modal_projector.linear_1";
    private static final String PROJECTOR_2 = "multi_modal_projector.linear_2";

    @TempDir
    Path folder;

    private LlavaBackbone backbone;
    private NDManager manager;

    @BeforeEach
    void open() throws IOException {
        TorchEngine.start();
        backbone = Toy.backbone(Toy.llava(folder), Precision.FP32, 8);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
        backbone.close();
    }

    private NDArray noise(String name, long... shape) {
        var numbers = RandomStream.of(3, name).normals(Math.toIntExact(new Shape(shape).size()));
        return Tensors.of(manager, numbers, new Shape(shape));
    }

    private LoraLayer lowRank(String name, int in, int out) {
        return new LoraLayer(Ops.scale(noise(name + " a", 2, in), 0.2), noise(name + " b", out, 2), 1);
    }

    private NDArray scalar(double number) {
        return Tensors.of(manager, new float[] {(float) number}, new Shape());
    }

    private NDArray trained(NDArray array) {
        array.setRequiresGradient(true);
        return array;
    }

    private PromptedInput ask(int image, String instruction, List<? extends Insert> inserts) {
        return Toy.ask(
                backbone,
                image == 0 ? Optional.<Image>empty() : Optional.of(new Toy.Noise(image)),
                instruction,
                inserts.toArray(Insert[]::new));
    }

    /** Ways to put something into the model. */
    private enum Way {
        TOKENS(t -> List.of(new Tokens(t.noise("tokens", 3, D)), new Tokens(t.noise("more", 2, D)))),
        PREFIX(t -> List.of(new Prefix(1, t.noise("k", 3, 32), t.noise("v", 3, 32)))),
        ADAPTER(t -> List.of(
                new Adapter(Q, t.lowRank("q", D, D)),
                new Adapter(Q, t.lowRank("q2", D, D)),
                new Adapter(DOWN, t.lowRank("down", 96, D)))),
        WEIGHTED(t -> List.of(
                new Adapter(Q, t.lowRank("q", D, D), Optional.of(t.scalar(0.7))),
                new Adapter(Q, t.lowRank("q2", D, D), Optional.of(t.scalar(-1.3))))),
        MASKED(t -> List.of(
                new Adapter(Q, t.gated("q", D, D)),
                new Adapter(DOWN, t.gated("down", 96, D), Optional.of(t.scalar(2))))),
        PROJECTOR(t -> List.of(
                new Adapter(PROJECTOR_1, t.lowRank("p1", 48, D)),
                new Adapter(PROJECTOR_2, t.gated("p2", D, D), Optional.of(t.scalar(0.5)))));

        private final Function<InsertsTest, List<Insert>> inserts;

        Way(Function<InsertsTest, List<Insert>> inserts) {
            this.inserts = inserts;
        }
    }

    private Gated gated(String name, int in, int out) {
        return new Gated(lowRank(name, in, out), noise(name + " gate", 1, in));
    }

    /** The sample between longer ones: two have inserts of the same way, one of them the very same ones. */
    private List<PromptedInput> between(Way way) {
        var own = way.inserts.apply(this);
        return List.of(
                ask(2, "w9 w10 w11 w12 w13 w14", own),
                ask(1, "w5 w6 w7", own),
                ask(0, "w8", List.of()),
                ask(3, "w15 w16 w17 w18 w19", way.inserts.apply(this)));
    }

    private static final List<String> ANSWERS = List.of("w20 w21", "w22", "w23 w24 w25", "w26");

    /** Bit for bit, with padding on either side: rows before it and behind it are longer. */
    @ParameterizedTest
    @EnumSource
    void aSampleIsScoredAsIfItWereAlone(Way way) {
        var batch = between(way);
        var all = backbone.score(batch, ANSWERS);
        assertEquals(List.of(3, 2, 4, 2), all.lengths());
        var at = 0;
        for (var i = 0; i < batch.size(); i++) {
            var one = backbone.score(batch.subList(i, i + 1), ANSWERS.subList(i, i + 1));
            assertEquals(List.of(all.lengths().get(i)), one.lengths());
            var to = at + all.lengths().get(i);
            assertEquals(one.logits(), all.logits().get(at + ":" + to), way + " " + i);
            at = to;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSampleIsAnsweredAsIfItWereAlone(Way way) {
        var batch = between(way);
        var together = backbone.generate(batch);
        for (var i = 0; i < batch.size(); i++) {
            assertEquals(
                    together.get(i), backbone.generate(batch.subList(i, i + 1)).get(0), way + " " + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInsertChangesTheScoreOfItsSampleAlone(Way way) {
        var own = way.inserts.apply(this);
        var plain = backbone.score(List.of(ask(1, "w5", List.of()), ask(2, "w6", List.of())), List.of("w7", "w8"))
                .logits();
        var first = backbone.score(List.of(ask(1, "w5", own), ask(2, "w6", List.of())), List.of("w7", "w8"))
                .logits();
        assertTrue(plain.sub(first).get(":2").abs().max().getFloat() > 1e-3);
        assertEquals(plain.get("2:"), first.get("2:"), "the other");
    }

    /** What was computed when the question was read holds for the answer: scoring computes it in one pass. */
    @Test
    void aRememberedGateIsTheSameInGeneratingAndScoring() {
        var asked = List.of(ask(1, "w5 w6", Way.MASKED.inserts.apply(this)), ask(0, "w7 w8 w9", List.of()));
        var said = backbone.generate(asked).get(0);
        assertFalse(said.isEmpty());
        var scored = backbone.score(asked.subList(0, 1), List.of(said));
        var words = said.split(" ").length;
        assertEquals(
                scored.labels().get(":" + words), scored.logits().argMax(-1).get(":" + words));
    }

    /** What a delta is told, and says nothing itself. */
    private record Told(Map<String, float[]> masks, List<Boolean> decoding, int out) implements Delta {

        Told(int out) {
            this(new TreeMap<>(), new ArrayList<>(), out);
        }

        @Override
        public NDArray apply(NDArray x, TokenContext tokens) {
            try (var scope = Scope.open()) { // of its own: what it asks for must outlive it
                for (var kind : Kind.values()) {
                    masks.put(kind + " " + decoding.size(), tokens.mask(kind).toFloatArray());
                }
                assertEquals(
                        new Shape(x.getShape().get(0), x.getShape().get(1)),
                        tokens.mask(Kind.values()).getShape());
                decoding.add(tokens.decoding());
                tokens.remember(
                        "rows", () -> x.getManager().ones(new Shape(x.getShape().get(0), 1)));
            }
            assertEquals(x.getShape().get(0), (long)
                    tokens.remember("rows", () -> x.getManager().zeros(new Shape(1)))
                            .sum()
                            .getFloat());
            return x.getManager()
                    .zeros(new Shape(x.getShape().get(0), x.getShape().get(1), out));
        }

        String pattern(int call) {
            var rows = new char[masks.get(Kind.IMAGE + " " + call).length];
            for (var kind : Kind.values()) {
                var mask = masks.get(kind + " " + call);
                for (var i = 0; i < rows.length; i++) {
                    if (mask[i] == 1) {
                        assertEquals(0, rows[i], "of one kind only");
                        rows[i] = kind.name().charAt(kind == Kind.PROMPT ? 3 : kind == Kind.PADDING ? 2 : 0);
                    }
                }
            }
            return new String(rows);
        }
    }

    @Test
    void aDeltaIsToldWhatItsTokensAre() {
        var told = new Told(D);
        var adapter = List.<Insert>of(new Tokens(noise("tokens", 2, D)), new Adapter(Q, told));
        var batch = List.of(ask(1, "w5 w6 w7", List.of()), ask(0, "w8", adapter), ask(2, "w9", adapter));
        backbone.score(batch, List.of("w20", "w21 w22", "w23"));
        var image = "I".repeat(16);
        // BOS, soft tokens, image, instruction, answer with its end; padded to the row that is not the delta's
        assertEquals("IMMIAAA" + "D".repeat(15) + "IMM" + image + "IAA", told.pattern(0));
        assertEquals(List.of(false), told.decoding);
    }

    @Test
    void anEndedAnswerGoesOnAsPadding() {
        var told = new Told(D);
        var adapter = List.<Insert>of(new Adapter(Q, told));
        var batch = IntStream.range(3, 100)
                .mapToObj(word -> ask(0, "w" + word, adapter))
                .toList();
        var said = backbone.generate(batch);
        var steps = told.decoding.size();
        assertEquals(
                Stream.concat(Stream.of(false), Collections.nCopies(steps - 1, true).stream())
                        .toList(),
                told.decoding);
        var ended = 0;
        for (var row = 0; row < batch.size(); row++) {
            var kinds = new StringBuilder();
            for (var step = 1; step < steps; step++) {
                kinds.append(told.pattern(step).charAt(row));
            }
            assertTrue(kinds.toString().matches("A*D*"), kinds.toString());
            var words = said.get(row).isEmpty() ? 0 : said.get(row).split(" ").length;
            assertTrue(kinds.chars().filter(kind -> kind == 'A').count() >= Math.min(words, steps - 1));
            ended += kinds.indexOf("D") >= 0 ? 1 : 0;
        }
        assertTrue(ended > 0, said.toString());
    }

    @Test
    void theTokensOfAnImageAreAllImages() {
        var told = new Told(D);
        backbone.score(
                List.of(ask(1, "w5", List.of()), ask(2, "w6", List.of(new Adapter(PROJECTOR_2, told)))),
                List.of("w7", "w8"));
        assertEquals("I".repeat(16), told.pattern(0));
    }

    /** Counts its calls and rows. */
    private record Counted(LoraLayer layer, List<Long> rows) implements Delta {

        @Override
        public NDArray apply(NDArray x, TokenContext tokens) {
            rows.add(x.getShape().get(0));
            return layer.delta(x);
        }
    }

    @Test
    void samplesThatMixTheSameAdaptersShareTheProducts() {
        var rows = new ArrayList<Long>();
        var shared = IntStream.range(0, 8)
                .mapToObj(i -> new Counted(lowRank("shared " + i, D, D), rows))
                .toList();
        var batch = IntStream.range(0, 32)
                .mapToObj(sample -> {
                    var order = new ArrayList<>(shared);
                    Collections.rotate(order, sample); // each in an order of its own
                    return ask(
                            0,
                            "w5 w" + (6 + sample),
                            order.stream()
                                    .map(delta -> new Adapter(
                                            Q, delta, Optional.of(scalar(0.1 * sample - shared.indexOf(delta) * 0.3))))
                                    .toList());
                })
                .toList();
        var all = backbone.score(batch, Collections.nCopies(32, "w7"));
        assertEquals(Collections.nCopies(8, 32L), rows);
        for (var sample : List.of(0, 7, 31)) {
            var one = backbone.score(batch.subList(sample, sample + 1), List.of("w7"));
            Reference.assertClose(
                    "sample " + sample, one.logits(), all.logits().get(2 * sample + ":" + (2 * sample + 2)), 1e-6);
        }
    }

    /** A weight w of the product B A is a product (w B) A, so the derivative by w is that by w B, times B. */
    @ParameterizedTest
    @EnumSource
    void aWeightGetsTheGradientOfThePlainFormula(Lora lora) {
        var layer = lowRank("q", D, D);
        NDArray w = trained(scalar(0.7));
        NDArray scaled = trained(Ops.scale(layer.b(), 0.7));
        var weighted = new Adapter(Q, lora.of(layer), Optional.of(w));
        var plain = new Adapter(Q, new LoraLayer(layer.a(), scaled, 1));
        var byWeight = Autograd.gradients(() -> loss(List.of(weighted)), List.of(w))
                .get(0)
                .getFloat();
        var byMatrix =
                Autograd.gradients(() -> loss(List.of(plain)), List.of(scaled)).get(0);
        assertEquals(byMatrix.mul(layer.b()).sum().getFloat(), byWeight, 1e-5);
        assertTrue(Math.abs(byWeight) > 1e-3);
        assertEquals(loss(List.of(plain)).getFloat(), loss(List.of(weighted)).getFloat(), 1e-6);
    }

    /** Weighted where it is narrow, or as any delta. */
    private enum Lora {
        KNOWN,
        OPAQUE;

        Delta of(LoraLayer layer) {
            return this == KNOWN ? layer : (x, tokens) -> layer.delta(x);
        }
    }

    private NDArray loss(List<? extends Insert> inserts) {
        var batch = List.of(ask(1, "w5 w6", inserts), ask(0, "w8", List.of()), ask(2, "w9", inserts));
        return backbone.score(batch, List.of("w20", "w23", "w24 w25")).loss();
    }

    @Test
    void anAdapterOfTheProjectorGetsItsGradient() {
        var first = lowRank("p1", 48, D);
        var second = lowRank("p2", D, D);
        NDArray w = trained(scalar(0.7));
        var inserts = List.of(new Adapter(PROJECTOR_1, first), new Adapter(PROJECTOR_2, second, Optional.of(w)));
        for (var array : List.of(first.a(), first.b(), second.a(), second.b(), w)) {
            assertSlope(() -> loss(inserts), array);
        }
    }

    @Test
    void whatEmbeddingsAreMadeOfGetsItsGradient() {
        var layer = lowRank("p1", 48, D);
        var asked = List.of(ask(1, "w5 w6", List.of(new Adapter(PROJECTOR_1, layer))));
        Supplier<NDArray> loss = () -> {
            var image = backbone.embed(asked).get(0).image().orElseThrow();
            return image.mul(image).mean();
        };
        assertSlope(loss, layer.a());
        assertSlope(loss, layer.b());
    }

    /** The derivative in a direction, against a finite difference. */
    private void assertSlope(Supplier<NDArray> loss, NDArray array) {
        var gradient = Autograd.gradients(loss, List.of(trained(array))).get(0);
        NDArray direction = noise("direction", array.getShape().getShape());
        NDArray step = Ops.scale(direction, 1e-2 / direction.norm().getFloat());
        var slope = gradient.mul(step).sum().getFloat();
        var difference = Autograd.noGrad(() -> {
            NDArray start = array.duplicate();
            start.add(step).copyTo(array);
            var more = loss.get().getFloat();
            start.sub(step).copyTo(array);
            var less = loss.get().getFloat();
            start.copyTo(array);
            return (more - less) / 2;
        });
        assertEquals(
                difference,
                slope,
                3e-5 + 2e-2 * Math.abs(slope),
                array.getShape().toString());
        assertNotEquals(0, slope);
    }

    @Test
    void whatIsEmbeddedIsWhatTheDecoderReads() {
        var projector = Way.PROJECTOR.inserts.apply(this);
        for (var inserts : List.of(List.<Insert>of(), projector)) {
            var asked = List.of(ask(0, "w9", List.of()), ask(1, "w5 w6", inserts), ask(2, "w7", projector));
            var embedded = backbone.embed(asked);
            assertEquals(Optional.empty(), embedded.get(0).image());
            var image = embedded.get(1).image().orElseThrow();
            assertEquals(new Shape(16, D), image.getShape());
            NDArray read = backbone.score(asked.subList(1, 2), List.of("w20")).logits();
            NDArray told = backbone.score(List.of(ask(0, "w5 w6", List.of(new Tokens(image)))), List.of("w20"))
                    .logits();
            Reference.assertClose("visual tokens as soft tokens", read, told, 1e-6);
            NDArray words = backbone.embeddings().get(Tensors.of(manager, 5L, 6L));
            assertEquals(words, embedded.get(1).text());
        }
        assertEquals(
                new Shape(0, D),
                backbone.embed(List.of(ask(0, "", List.of()))).get(0).text().getShape());
    }

    @Test
    void weightsAreRead() {
        var spec = backbone.spec();
        assertEquals(
                List.of(PROJECTOR_1, PROJECTOR_2),
                spec.projector().stream().map(linear -> linear.name()).toList());
        for (var linear : Stream.concat(spec.linears().stream(), spec.projector().stream())
                .toList()) {
            assertEquals(
                    new Shape(linear.out(), linear.in()),
                    backbone.weight(linear.name()).getShape(),
                    linear.name());
        }
        try (var file = SafeTensors.open(folder.resolve("model.safetensors"))) {
            for (var name : Map.of(Q, "language_model.model." + Q + ".weight", PROJECTOR_1, PROJECTOR_1 + ".weight")
                    .entrySet()) {
                NDArray stored = file.read(name.getValue(), manager, DataType.FLOAT32);
                NDArray copy = backbone.weight(name.getKey());
                assertEquals(stored, copy);
                copy.muli(copy);
                assertEquals(stored, backbone.weight(name.getKey()), "what is given is a copy");
            }
        }
        var refusal = assertThrows(KarutaException.class, () -> backbone.weight("layers.9.self_attn.q_proj"));
        assertTrue(refusal.getMessage().contains("layers.9.self_attn.q_proj"), refusal.getMessage());
    }

    @Test
    void anAdapterOfALayerThatIsNotThereIsRefused() {
        var inserts = List.of(new Adapter("layers.2.mlp.up_proj", lowRank("up", D, 96)));
        var refusal = assertThrows(KarutaException.class, () -> loss(inserts));
        assertTrue(refusal.getMessage().contains("layers.2.mlp.up_proj"), refusal.getMessage());
    }

    @Test
    void aWeightIsOneNumber() {
        var inserts = List.of(new Adapter(Q, lowRank("q", D, D), Optional.of(noise("two", 2))));
        assertThrows(IllegalArgumentException.class, () -> loss(inserts));
    }

    @Test
    void severalImagesStandInTheirOrder() {
        var one = new Toy.Noise(1);
        var two = new Toy.Noise(2);
        var both = Toy.ask(backbone, List.of(one, two), "w5 w6");
        var swapped = Toy.ask(backbone, List.of(two, one), "w5 w6");
        var images = backbone.embed(List.of(both)).get(0).image().orElseThrow();
        assertEquals(new Shape(32, D), images.getShape());
        var told = ask(0, "w5 w6", List.of(new Tokens(images)));
        NDArray read = backbone.score(List.of(both), List.of("w20")).logits();
        Reference.assertClose(
                "as soft tokens", backbone.score(List.of(told), List.of("w20")).logits(), read, 1e-6);
        assertNotEquals(read, backbone.score(List.of(swapped), List.of("w20")).logits());
        var batch = List.of(ask(3, "w9", List.of()), both, ask(0, "w8", List.of()), swapped);
        var together = backbone.generate(batch);
        for (var i = 0; i < batch.size(); i++) {
            assertEquals(
                    together.get(i), backbone.generate(batch.subList(i, i + 1)).get(0));
        }
        var length = backbone.tokenization().orElseThrow().length(both.input().query(), "w20", 256);
        assertEquals(1 + 32 + 2, length.question());
        assertTrue(backbone.spec().images() >= 2);
    }

    @Test
    void leavesNothingBehind() {
        for (var way : Way.values()) {
            var batch = between(way);
            var mine = backbone.embeddings().getManager().getManagedArrays().size();
            try (var scope = Scope.open()) {
                backbone.score(batch, ANSWERS);
                backbone.embed(batch);
            }
            backbone.generate(batch);
            assertEquals(
                    mine, backbone.embeddings().getManager().getManagedArrays().size(), way.toString());
        }
    }
}
