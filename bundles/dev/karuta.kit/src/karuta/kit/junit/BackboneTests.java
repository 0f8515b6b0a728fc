package karuta.kit.junit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Backbone;
import karuta.api.CausalLmOutput;
import karuta.api.Guidance;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.kit.ToyPicture;
import karuta.tensor.Autograd;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** What must hold of every backbone that takes soft tokens. */
public abstract class BackboneTests extends StrategyTests<Backbone> {

    private static final List<String> QUESTIONS = List.of("a?", "What is to be seen?", "Where, and since when?");
    private static final List<String> ANSWERS = List.of("a red one", "b", "it");

    private static PromptedInput question(Backbone backbone, int i, List<Insert> inserts) {
        var image = new ToyPicture(80 * i, 100, 50);
        var query = new Query(backbone.spec().images() > 0 ? Optional.of(image) : Optional.empty(), QUESTIONS.get(i));
        var vision = query.images().stream().map(backbone::encode).toList();
        var guidance = new Guidance(Optional.empty(), Optional.empty());
        return new PromptedInput(new Input(i, query, vision, guidance, Optional.empty()), inserts);
    }

    /** Another number of soft tokens for each. */
    private List<PromptedInput> questions(Backbone backbone) {
        return IntStream.range(0, QUESTIONS.size())
                .mapToObj(i ->
                        question(backbone, i, i == 0 ? List.of() : List.of(new Insert.Tokens(tokens(backbone, i)))))
                .toList();
    }

    private NDArray tokens(Backbone backbone, int n) {
        var shape = new Shape(n, backbone.spec().hidden());
        return Tensors.of(context().manager(), RandomStream.of(n, "tokens").normals((int) shape.size()), shape);
    }

    @Test
    void itIsWhatItSays() {
        var backbone = started();
        assertFalse(backbone.spec().fingerprint().isEmpty());
        assertEquals(backbone.spec().hidden(), backbone.embeddings().getShape().get(1));
    }

    @Test
    void theScoresOfASampleDoNotDependOnTheOthers() {
        var backbone = started();
        var questions = questions(backbone);
        var together = Autograd.noGrad(() -> backbone.score(questions, ANSWERS));
        assertEquals(questions.size(), together.lengths().size());
        var from = 0;
        for (var i = 0; i < questions.size(); i++) {
            var question = questions.get(i);
            var answer = ANSWERS.get(i);
            var alone = Autograd.noGrad(() -> backbone.score(List.of(question), List.of(answer)));
            var to = from + together.lengths().get(i);
            assertArrayEquals(rows(together, from, to), rows(alone, 0, to - from), "sample " + i);
            from = to;
        }
    }

    private static float[] rows(CausalLmOutput output, int from, int to) {
        return output.logits().get(from + ":" + to).toFloatArray();
    }

    @Test
    void theAnswerToASampleDoesNotDependOnTheOthers() {
        var backbone = started();
        var questions = questions(backbone);
        var together = backbone.generate(questions);
        for (var i = 0; i < questions.size(); i++) {
            assertEquals(List.of(together.get(i)), backbone.generate(List.of(questions.get(i))), "sample " + i);
        }
    }

    @Test
    void gradientsReachSoftTokensAndNothingElse() {
        var backbone = started();
        NDArray tokens = tokens(backbone, 2);
        tokens.setRequiresGradient(true);
        var question = question(backbone, 1, List.of(new Insert.Tokens(tokens)));
        NDArray gradient = Autograd.gradients(
                        () -> backbone.score(List.of(question), List.of("b")).loss(), List.of(tokens))
                .get(0);
        assertTrue(gradient.abs().max().getFloat() > 0, "a soft token changes no answer");
        assertFalse(backbone.embeddings().hasGradient());
    }
}
