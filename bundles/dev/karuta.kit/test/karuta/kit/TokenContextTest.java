package karuta.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Insert;
import karuta.api.Insert.Delta;
import karuta.api.PromptedInput;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.api.TokenContext;
import karuta.api.TokenContext.Kind;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deltas that look at more than one token. */
class TokenContextTest {

    private static final int D = ToyContext.HIDDEN;
    private static final String LINEAR = "layers.1.self_attn.o_proj";

    private final ToyContext context = new ToyContext(1);
    private final NDArray weight =
            Tensors.of(context.manager(), RandomStream.of(1, "test").normals(D * D), new Shape(D, D));

    @AfterEach
    void free() {
        context.close();
    }

    /** The mean of x over the question and its images, through a matrix. */
    private NDArray byQuestion(NDArray x, TokenContext tokens) {
        NDArray mean = tokens.remember("mean", () -> {
            NDArray mask = tokens.mask(Kind.INSTRUCTION, Kind.IMAGE).expandDims(2);
            return x.mul(mask).sum(new int[] {1}, true).div(mask.sum(new int[] {1}, true));
        });
        return x.onesLike().mul(Ops.linear(mean, weight));
    }

    @Test
    void aMeanOverTheQuestionGivesAnAnswerThatTheBatchDoesNotChange() {
        var samples = IntStream.range(1, 5)
                .mapToObj(task -> ToyTasks.samples(task, 2))
                .flatMap(List::stream)
                .toList();
        var prompted = prompted(samples, this::byQuestion);
        var together = context.backbone().generate(prompted);
        for (var i = prompted.size() - 1; i >= 0; i--) {
            assertEquals(together.subList(i, i + 1), context.backbone().generate(prompted.subList(i, i + 1)));
        }
        assertNotEquals(together, context.backbone().generate(prompted(samples, (x, tokens) -> x.zerosLike())));
    }

    @Test
    void softTokensAndAnswersAreNoQuestion() {
        var seen = new ArrayList<List<Float>>();
        Delta spy = (x, tokens) -> {
            for (var kind : List.of(Kind.PROMPT, Kind.IMAGE, Kind.INSTRUCTION, Kind.ANSWER, Kind.PADDING)) {
                seen.add(List.of(tokens.mask(kind).sum().getFloat()));
            }
            return x.zerosLike();
        };
        var sample = ToyTasks.samples(1, 1).get(0); // "bbb 0?" and "b!"
        var soft = Tensors.of(context.manager(), new float[3 * D], new Shape(3, D));
        var input = context.encode(sample.query());
        context.backbone()
                .score(
                        List.of(new PromptedInput(
                                input, List.of(new Insert.Tokens(soft), new Insert.Adapter(LINEAR, spy)))),
                        List.of(sample.answer()));
        var question = 1f + sample.query().instruction().length(); // BOS
        assertEquals(List.of(List.of(3f), List.of(1f), List.of(question), List.of(2f), List.of(0f)), seen);
    }

    @Test
    void anAnswerGoesOnWithWhatWasComputedWhenTheQuestionWasRead() {
        var sample = ToyTasks.samples(2, 1);
        var computed = new ArrayList<float[]>();
        Delta remembering = (x, tokens) -> {
            NDArray mean = tokens.remember("mean", () -> {
                NDArray ofAll = x.mean(new int[] {1}, true);
                computed.add(ofAll.toFloatArray());
                return ofAll;
            });
            return x.onesLike().mul(Ops.linear(mean, weight));
        };
        var text = context.backbone().generate(prompted(sample, remembering)).get(0);
        assertTrue(text.length() > 1, "the answer must have several tokens: " + text);
        assertEquals(1, computed.size());
        NDArray first = Tensors.of(context.manager(), computed.get(0), new Shape(1, 1, D));
        Delta constant = (x, tokens) -> x.onesLike().mul(Ops.linear(first, weight));
        assertEquals(
                text, context.backbone().generate(prompted(sample, constant)).get(0));
    }

    @Test
    void whatTwoDeltasRememberUnderOneNameAreTwoThings() {
        var sample = ToyTasks.samples(1, 1);
        Delta one = (x, tokens) -> x.onesLike().mul(tokens.remember("same", x::onesLike));
        Delta two = (x, tokens) -> x.onesLike().mul(tokens.remember("same", x::zerosLike));
        var both = score(sample, one, two);
        assertEquals(score(sample, one), both);
        assertNotEquals(score(sample, two), both);
    }

    private float score(List<Sample> samples, Delta... deltas) {
        return Autograd.noGrad(() -> context.backbone()
                .score(
                        prompted(samples, deltas),
                        samples.stream().map(Sample::answer).toList())
                .loss()
                .getFloat());
    }

    private List<PromptedInput> prompted(List<Sample> samples, Delta... deltas) {
        var inserts = List.of(deltas).stream()
                .<Insert>map(delta -> new Insert.Adapter(LINEAR, delta))
                .toList();
        return samples.stream()
                .map(sample -> new PromptedInput(context.encode(sample.query()), inserts))
                .toList();
    }
}
