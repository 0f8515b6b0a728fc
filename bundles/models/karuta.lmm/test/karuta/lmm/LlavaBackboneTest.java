package karuta.lmm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Insert.Prefix;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Turn;
import karuta.lmm.model.Precision;
import karuta.lmm.model.Reference;
import karuta.tensor.Autograd;
import karuta.tensor.LoraLayer;
import karuta.tensor.Ops;
import karuta.tensor.Scope;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlavaBackboneTest {

    private static final int D = 64;

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
        var size = Math.toIntExact(new Shape(shape).size());
        return manager.create(RandomStream.of(3, name).normals(size), new Shape(shape));
    }

    private LoraLayer lowRank(String name, int in, int out) {
        return new LoraLayer(noise(name + " a", 2, in).mul(0.2), noise(name + " b", out, 2), 1);
    }

    @Test
    void aLongAnswerIsCutToWhatTheModelReadsWhereAskedForAndRefusedOtherwise() {
        var answer = "w7 ".repeat(300);
        var query = new Query(Optional.empty(), "w5 w6");
        var tokenization = backbone.tokenization().orElseThrow();
        assertEquals(256, tokenization.most());
        assertEquals(301, tokenization.length(query, answer, 0).answer());
        var question = tokenization.length(query, answer, 0).question();
        var tokens = new Tokens(noise("tokens", 3, D));
        var asked = List.of(
                Toy.ask(backbone, Optional.empty(), "w5 w6", tokens),
                Toy.ask(backbone, Optional.empty(), "w5 w6 w9", tokens));
        assertThrows(KarutaException.class, () -> backbone.score(asked, List.of(answer, "w8")));
        try (var cutting = Toy.backbone(folder, Precision.FP32, 8, true)) {
            var at = 256 - question - 3 - 1;
            var whole = backbone.score(asked, List.of("w7 ".repeat(at).strip(), "w8"));
            var cut = cutting.score(asked, List.of(answer, "w8"));
            assertEquals(whole.labels().size(), cut.labels().size());
            assertEquals(2, whole.labels().getLong(at), "the whole one ends");
            assertEquals(7, cut.labels().getLong(at), "the cut one goes on");
            assertEquals(
                    0,
                    whole.logits().sub(cut.logits()).abs().max().getFloat(),
                    "what is said before is the same, token by token");
            var endless = List.of(Toy.ask(backbone, Optional.empty(), "w5 ".repeat(300)));
            assertThrows(KarutaException.class, () -> cutting.score(endless, List.of("w8")));
        }
    }

    @Test
    void anEarlierTurnIsContext() {
        var plain = Toy.ask(backbone, Optional.empty(), "w5 w6");
        var input = plain.input();
        var query = new Query(List.of(), List.of(new Turn("w9", "w10")), "w5 w6");
        var later =
                new PromptedInput(new Input(1, query, input.vision(), input.guidance(), Optional.empty()), List.of());
        var alone = backbone.score(List.of(plain), List.of("w8"));
        var told = backbone.score(List.of(later), List.of("w8"));
        assertEquals(alone.labels(), told.labels());
        assertNotEquals(alone.logits(), told.logits());
        // the same tokens as one long question that ends its earlier answer
        var same = Toy.ask(backbone, Optional.empty(), "w9 w10 </s> w5 w6");
        assertEquals(backbone.score(List.of(same), List.of("w8")).logits(), told.logits());
    }

    /** Ragged prompts, with and without image, shared and own adapters, prefixes of different lengths. */
    private List<PromptedInput> zoo() {
        var shared = lowRank("shared", D, D);
        var own = lowRank("own", D, D);
        var tokens = new Tokens(noise("tokens", 3, D));
        var more = new Tokens(noise("more", 5, D));
        var q = "layers.0.self_attn.q_proj";
        var down = new Adapter("layers.1.mlp.down_proj", lowRank("down", 96, D));
        var shortPrefix = new Prefix(1, noise("k", 2, 32), noise("v", 2, 32));
        var longPrefix = new Prefix(1, noise("K", 4, 32), noise("V", 4, 32));
        return List.of(
                ask(1, "w5 w6 w7", tokens, more),
                ask(2, "w8", tokens, new Adapter(q, shared)),
                ask(0, "w9 w10 w11 w12 w13", more, new Adapter(q, shared), new Adapter(q, own), shortPrefix),
                ask(3, "w14 w15"),
                ask(4, "w5 w6 w7", new Adapter(q, shared), down, longPrefix, shortPrefix),
                ask(0, "w5 w6 w7", down));
    }

    private PromptedInput ask(int image, String instruction, Insert... inserts) {
        return Toy.ask(
                backbone, image == 0 ? Optional.empty() : Optional.of(new Toy.Noise(image)), instruction, inserts);
    }

    @Test
    void everySampleIsScoredAsIfItWereAlone() {
        var batch = zoo();
        var answers = List.of("w20 w21", "w22", "w23 w24 w25", "w26", "w27", "w28 w29");
        var all = backbone.score(batch, answers);
        assertEquals(10 + 6, all.labels().size());
        var at = 0;
        for (var i = 0; i < batch.size(); i++) {
            var one = backbone.score(batch.subList(i, i + 1), answers.subList(i, i + 1));
            var rows = one.logits().getShape().get(0);
            Reference.assertClose("sample " + i, one.logits(), all.logits().get(at + ":" + (at + rows)), 1e-5);
            assertEquals(one.labels(), all.labels().get(at + ":" + (at + rows)));
            at += (int) rows;
        }
        assertEquals(Ops.crossEntropy(all.logits(), all.labels()), all.loss());
    }

    @Test
    void answersDependOnNoOtherSample() {
        var batch = zoo();
        var together = backbone.generate(batch);
        var order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
        Collections.shuffle(order, new Random(4));
        var shuffled = backbone.generate(order.stream().map(batch::get).toList());
        for (var i = 0; i < batch.size(); i++) {
            assertEquals(together.get(order.get(i)), shuffled.get(i));
            assertEquals(
                    together.get(i), backbone.generate(batch.subList(i, i + 1)).get(0));
        }
        assertTrue(new HashSet<>(together).size() > 3, together.toString());
    }

    @Test
    void generatesWhatItScoresHighest() {
        var asked = List.of(ask(1, "w5 w6", new Tokens(noise("tokens", 3, D))));
        var said = backbone.generate(asked).get(0);
        var scored = backbone.score(asked, List.of(said));
        var words = said.split(" ").length;
        NDArray best = scored.logits().argMax(-1).get(":" + words);
        assertEquals(scored.labels().get(":" + words), best);
    }

    @Test
    void everyInsertChangesTheScore() {
        var answer = List.of("w20 w21");
        NDArray plain = backbone.score(List.of(ask(1, "w5")), answer).logits();
        for (var insert : List.<Insert>of(
                new Tokens(noise("tokens", 2, D)),
                new Prefix(0, noise("k", 2, 32), noise("v", 2, 32)),
                new Adapter("layers.1.self_attn.o_proj", lowRank("o", D, D)))) {
            NDArray changed =
                    backbone.score(List.of(ask(1, "w5", insert)), answer).logits();
            assertNotEquals(plain, changed, insert.getClass().getSimpleName());
        }
    }

    @Test
    void gradientsReachTheInsertsAndNothingElse() {
        NDArray prompt = noise("prompt", 3, D);
        NDArray keys = noise("k", 2, 32);
        NDArray values = noise("v", 2, 32);
        var adapter = lowRank("q", D, D);
        var trained = List.of(prompt, keys, values, adapter.a(), adapter.b());
        trained.forEach(array -> array.setRequiresGradient(true));
        var inserts = new Insert[] {
            new Tokens(prompt), new Prefix(1, keys, values), new Adapter("layers.0.self_attn.q_proj", adapter)
        };
        var batch = List.of(ask(1, "w5 w6", inserts), ask(2, "w7", inserts), ask(0, "w8"));
        Autograd.backward(Autograd.withGrad(
                () -> backbone.score(batch, List.of("w20", "w21 w22", "w23")).loss()));
        for (var array : trained) {
            assertTrue(Autograd.gradient(array).abs().max().getFloat() > 1e-6);
        }
        assertTrue(Autograd.find(backbone.embeddings()).isEmpty());
    }

    /** The derivative by the soft tokens, in a direction, against a finite difference. */
    @Test
    void sharedPromptsGetTheSumOfTheirGradients() {
        NDArray prompt = noise("prompt", 3, D);
        NDArray direction = noise("direction", 3, D);
        prompt.setRequiresGradient(true);
        var gradient = Autograd.gradients(() -> loss(prompt), List.of(prompt)).get(0);
        var slope = gradient.mul(direction).sum().getFloat();
        var h = 1e-2f;
        var difference = (loss(prompt.add(direction.mul(h))).getFloat()
                        - loss(prompt.sub(direction.mul(h))).getFloat())
                / (2 * h);
        assertEquals(difference, slope, 2e-3 * Math.max(1, Math.abs(slope)));
    }

    private NDArray loss(NDArray prompt) {
        var batch = List.of(ask(1, "w5 w6", new Tokens(prompt)), ask(0, "w8", new Tokens(prompt), new Tokens(prompt)));
        return backbone.score(batch, List.of("w20", "w23")).loss();
    }

    @Test
    void leavesNothingBehind() {
        var batch = zoo();
        var answers = List.of("w20 w21", "w22", "w23 w24 w25", "w26", "w27", "w28 w29");
        var before = backbone.embeddings().getManager().getManagedArrays().size();
        for (var i = 0; i < 5; i++) {
            try (var scope = Scope.open()) {
                backbone.score(batch, answers);
            }
            backbone.generate(batch);
        }
        assertEquals(
                before, backbone.embeddings().getManager().getManagedArrays().size());
    }

    @Test
    void severalThreadsGetWhatOneGets() throws Exception {
        var batch = zoo();
        var answers = List.of("w20 w21", "w22", "w23 w24 w25", "w26", "w27", "w28 w29");
        var expected = backbone.score(batch, answers).logits();
        var said = backbone.generate(batch);
        var pool = Executors.newFixedThreadPool(3);
        try {
            var tasks = Collections.nCopies(6, (Callable<Boolean>) () -> {
                try (var scope = Scope.open()) {
                    return backbone.score(batch, answers).logits().equals(expected)
                            && backbone.generate(batch).equals(said);
                }
            });
            for (var result : pool.invokeAll(tasks)) {
                assertTrue(result.get());
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void mayBeClosedTwice() {
        backbone.close();
        backbone.close();
    }

    @Test
    void halfPrecisionIsCloseToSingle() throws IOException {
        var batch = List.of(ask(1, "w5 w6 w7", new Tokens(noise("tokens", 3, D))), ask(0, "w8"));
        var answers = List.of("w20 w21", "w22");
        NDArray exact = backbone.score(batch, answers).logits();
        for (var precision : List.of(Precision.FP16, Precision.BF16)) {
            try (var half = Toy.backbone(folder, precision, 8)) {
                assertNotEquals(backbone.spec().fingerprint(), half.spec().fingerprint());
                assertEquals(D, half.embeddings().getShape().get(1));
                NDArray prompt = noise("tokens", 3, D);
                prompt.setRequiresGradient(true);
                var again = List.of(
                        Toy.ask(half, Optional.of(new Toy.Noise(1)), "w5 w6 w7", new Tokens(prompt)),
                        Toy.ask(half, Optional.empty(), "w8"));
                var scored = Autograd.withGrad(() -> half.score(again, answers));
                var bound = precision == Precision.FP16 ? 5e-3 : 4e-2;
                Reference.assertClose(precision.toString(), exact, scored.logits(), bound);
                Autograd.backward(scored.loss());
                assertTrue(Autograd.gradient(prompt).abs().max().getFloat() > 1e-6);
                assertEquals(2, half.generate(again).size());
            }
        }
    }

    @Test
    void saysWhatItIsMadeOf() {
        var spec = backbone.spec();
        assertEquals(D, spec.hidden());
        assertEquals(2, spec.layers());
        assertEquals(32, spec.keyValueSize());
        assertEquals(14, spec.linears().size());
        assertEquals(new Shape(128, D), backbone.embeddings().getShape());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"ids\": [1], \"tokens\": [\"<s>\"] | \"ids\": [4], \"tokens\": [\"w4\"] | starts texts with the token 4; the model's start token is 1",
                "120 | 119 | token <image> is 119; the model's is 120"
            })
    void refusesTheTokenizerOfAnotherModel(String right, String wrong, String message) throws IOException {
        var file = folder.resolve("tokenizer.json");
        Files.writeString(
                file, Files.readString(file).replace("\"w119\": 119, ", "").replace(right, wrong));
        var refusal = assertThrows(KarutaException.class, () -> Toy.backbone(folder, Precision.FP32, 8));
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        assertThrows(
                IllegalArgumentException.class,
                () -> backbone.generate(List.of(ask(0, "w5", new Tokens(noise("narrow", 3, 32))))));
        assertThrows(
                KarutaException.class,
                () -> backbone.generate(List.of(ask(0, "w5", new Tokens(noise("long", 300, D))))));
        Files.delete(folder.resolve("model.safetensors"));
        assertThrows(KarutaException.class, () -> Toy.backbone(folder, Precision.FP32, 8));
    }
}
