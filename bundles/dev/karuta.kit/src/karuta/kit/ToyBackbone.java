package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Backbone;
import karuta.api.BackboneSpec;
import karuta.api.BackboneSpec.Linear;
import karuta.api.CausalLmOutput;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Tokenization;
import karuta.api.VisionFeatures;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/**
 * A small transformer with random weights that speaks in single characters and sees one colour. It honours every insert
 * and computes sample by sample, so that nothing can leak within a batch.
 */
public final class ToyBackbone implements Backbone {

    private static final int END = 0;
    private static final int BEGIN = 1;
    private static final int FIRST = 2;
    private static final int VOCABULARY = FIRST + '~' - ' ' + 1;
    private static final int LONGEST = 6;
    private static final int PLACES = 512;

    private final NDManager manager;
    private final int hidden;
    private final List<ToyLayer> layers;
    private final NDArray embeddings;
    private final NDArray places;
    private final NDArray projector;
    private final NDArray head;

    ToyBackbone(NDManager manager, int hidden, int layers) {
        this.manager = manager;
        this.hidden = hidden;
        var draws = RandomStream.of(1, "toy backbone");
        this.layers = IntStream.range(0, layers)
                .mapToObj(i -> new ToyLayer(manager, i, hidden, draws.fork(i)))
                .toList();
        embeddings = Tensors.of(
                manager, draws.fork("embeddings").normals(VOCABULARY * hidden), new Shape(VOCABULARY, hidden));
        places = Ops.scale(
                Tensors.of(manager, draws.fork("places").normals(PLACES * hidden), new Shape(PLACES, hidden)), 0.3f);
        projector = Tensors.of(manager, draws.fork("projector").normals(hidden * 3), new Shape(hidden, 3));
        head = Tensors.of(manager, draws.fork("head").normals(VOCABULARY * hidden), new Shape(VOCABULARY, hidden));
    }

    /** Mean red, green and blue, from 0 to 1. */
    static NDArray colour(Image image, NDManager manager) {
        var rgb = image.pixels().rgb();
        var sums = new float[3];
        for (var i = 0; i < rgb.length; i++) {
            sums[i % 3] += (rgb[i] & 0xFF) / 255f / (rgb.length / 3);
        }
        return Tensors.of(manager, sums);
    }

    @Override
    public BackboneSpec spec() {
        var linears = layers.stream()
                .flatMap(layer -> layer.weights().entrySet().stream())
                .map(entry -> new Linear(
                        entry.getKey(), (int) entry.getValue().getShape().get(1), (int)
                                entry.getValue().getShape().get(0)))
                .toList();
        return new BackboneSpec(
                "toy backbone " + hidden + " x " + layers.size(), hidden, layers.size(), hidden, linears);
    }

    @Override
    public NDArray embeddings() {
        return embeddings;
    }

    @Override
    public VisionFeatures encode(Image image) {
        var colour = colour(image, manager);
        return new VisionFeatures("toy tower", colour.expandDims(0), colour);
    }

    @Override
    public Optional<Tokenization> tokenization() {
        return Optional.of(new Characters());
    }

    /** Every character is a token, and those that are not ASCII are unknown. */
    private record Characters() implements Tokenization {

        @Override
        public int most() {
            return PLACES;
        }

        @Override
        public boolean cuts() {
            return false;
        }

        @Override
        public Length length(Query query, String answer, int room) {
            var before = query.earlier().stream()
                    .mapToInt(turn -> turn.question().length() + turn.answer().length() + 1)
                    .sum();
            var picture = query.image().isPresent() ? 1 : 0;
            return new Length(1 + picture + before + query.instruction().length(), answer.length() + 1);
        }

        @Override
        public Set<String> special() {
            return Set.of();
        }

        @Override
        public double unknown(String text) {
            return text.chars().filter(c -> c < ' ' || c > '~').count() / (double) Math.max(1, text.length());
        }
    }

    @Override
    public CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
        var logits = new NDList();
        var labels = new ArrayList<Integer>();
        for (var i = 0; i < batch.size(); i++) {
            var answer = ids(answers.get(i));
            var all = logits(batch.get(i), answer);
            var length = all.getShape().get(0);
            logits.add(all.get((length - answer.size() - 1) + ":"));
            labels.addAll(answer);
            labels.add(END);
        }
        // DJL's concat of a single array cuts the gradient
        NDArray rows = logits.size() == 1 ? logits.get(0) : NDArrays.concat(logits);
        NDArray truth = array(labels).toType(DataType.INT64, false);
        return new CausalLmOutput(rows, truth, Ops.crossEntropy(rows, truth));
    }

    @Override
    public List<String> generate(List<PromptedInput> batch) {
        return Autograd.noGrad(() -> batch.stream().map(this::generate).toList());
    }

    private String generate(PromptedInput prompted) {
        var said = new ArrayList<Integer>();
        while (said.size() < LONGEST) {
            var next = (int) logits(prompted, said).get(-1).argMax().getLong();
            if (next == END) {
                break;
            }
            said.add(next);
        }
        var text = new StringBuilder();
        said.stream().filter(id -> id >= FIRST).forEach(id -> text.append((char) (' ' + id - FIRST)));
        return text.toString();
    }

    /** At every place, {@code [places, vocabulary]}. */
    private NDArray logits(PromptedInput prompted, List<Integer> answer) {
        NDArray x = sequence(prompted, answer);
        x = x.add(places.get(":" + x.getShape().get(0))).expandDims(0);
        for (var layer : layers) {
            x = layer.apply(x, prompted.inserts());
        }
        return Ops.linear(x.squeeze(0), head);
    }

    /** BOS, soft tokens, picture, question, answer: {@code [places, d]}. */
    private NDArray sequence(PromptedInput prompted, List<Integer> answer) {
        Input input = prompted.input();
        var parts = new NDList(embeddings.get(array(List.of(BEGIN))));
        prompted.inserts().stream()
                .flatMap(insert -> insert instanceof Insert.Tokens tokens ? Stream.of(tokens) : Stream.empty())
                .forEach(tokens -> parts.add(tokens.embeddings()));
        input.vision().ifPresent(vision -> parts.add(Ops.linear(vision.tokens(), projector)));
        for (var turn : input.query().earlier()) {
            parts.add(embeddings.get(array(ids(turn.question() + turn.answer()))));
            parts.add(embeddings.get(array(List.of(END))));
        }
        parts.add(embeddings.get(array(ids(input.query().instruction()))));
        if (!answer.isEmpty()) {
            parts.add(embeddings.get(array(answer)));
        }
        return NDArrays.concat(parts);
    }

    private NDArray array(List<Integer> ids) {
        return Tensors.of(manager, ids.stream().mapToLong(i -> i).toArray());
    }

    private static List<Integer> ids(String text) {
        return text.chars()
                .map(c -> c < ' ' || c > '~' ? '?' : c)
                .mapToObj(c -> c - ' ' + FIRST)
                .toList();
    }
}
