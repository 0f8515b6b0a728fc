package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import karuta.api.KarutaException;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.QueryEmbeddings;
import karuta.api.RandomStream;
import karuta.api.TokenContext.Kind;
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
    private static final String PROJECTOR = "projector.linear";

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
                "toy backbone " + hidden + " x " + layers.size(),
                hidden,
                layers.size(),
                hidden,
                linears,
                List.of(new Linear(PROJECTOR, 3, hidden)),
                2);
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
            return new Length(
                    1 + query.images().size() + before + query.instruction().length(), answer.length() + 1);
        }

        @Override
        public Set<String> special() {
            return Set.of();
        }

        @Override
        public Optional<String> word(int token) {
            return Optional.of(token).filter(id -> id >= FIRST).map(id -> String.valueOf((char) (' ' + id - FIRST)));
        }

        @Override
        public double unknown(String text) {
            return text.chars().filter(c -> c < ' ' || c > '~').count() / (double) Math.max(1, text.length());
        }
    }

    @Override
    public NDArray weight(String linear) {
        if (linear.equals(PROJECTOR)) {
            return projector.duplicate();
        }
        return layers.stream()
                .flatMap(layer -> layer.weights().entrySet().stream())
                .filter(weight -> weight.getKey().equals(linear))
                .map(weight -> weight.getValue().duplicate())
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        "The toy backbone has no linear layer " + linear + ".", "Name one of spec()."));
    }

    @Override
    public List<QueryEmbeddings> embed(List<PromptedInput> batch) {
        return batch.stream()
                .map(sample -> {
                    var images = images(sample.input(), sample.inserts());
                    var image = images.isEmpty() ? Optional.<NDArray>empty() : Optional.of(concat(images));
                    var text = embeddings.get(array(ids(sample.input().query().instruction())));
                    return new QueryEmbeddings(text, image);
                })
                .toList();
    }

    @Override
    public CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
        var logits = new NDList();
        var labels = new ArrayList<Integer>();
        var lengths = new ArrayList<Integer>();
        for (var i = 0; i < batch.size(); i++) {
            var answer = ids(answers.get(i));
            var all = logits(batch.get(i), answer, new HashMap<>());
            var length = all.getShape().get(0);
            logits.add(all.get((length - answer.size() - 1) + ":"));
            labels.addAll(answer);
            labels.add(END);
            lengths.add(answer.size() + 1);
        }
        NDArray rows = concat(logits);
        NDArray truth = array(labels).toType(DataType.INT64, false);
        return new CausalLmOutput(rows, truth, lengths, Ops.crossEntropy(rows, truth));
    }

    /** DJL's concat of a single array cuts the gradient. */
    private static NDArray concat(NDList arrays) {
        return arrays.size() == 1 ? arrays.get(0) : NDArrays.concat(arrays);
    }

    @Override
    public List<String> generate(List<PromptedInput> batch) {
        return Autograd.noGrad(() -> batch.stream().map(this::generate).toList());
    }

    private String generate(PromptedInput prompted) {
        var said = new ArrayList<Integer>();
        var memory = new HashMap<List<Object>, NDArray>();
        while (said.size() < LONGEST) {
            var next = (int) logits(prompted, said, memory).get(-1).argMax().getLong();
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
    private NDArray logits(PromptedInput prompted, List<Integer> answer, Map<List<Object>, NDArray> memory) {
        var sequence = sequence(prompted, answer);
        var tokens = new ToyTokens(manager, sequence.kinds, memory, memory.isEmpty());
        NDArray x = NDArrays.concat(sequence.rows);
        x = x.add(places.get(":" + x.getShape().get(0))).expandDims(0);
        for (var layer : layers) {
            x = layer.apply(x, prompted.inserts(), tokens);
        }
        return Ops.linear(x.squeeze(0), head);
    }

    /** Rows {@code [places, d]} and what they are. */
    private record Sequence(NDList rows, List<Kind> kinds) {

        void add(NDArray part, Kind kind) {
            rows.add(part);
            kinds.addAll(Collections.nCopies((int) part.getShape().get(0), kind));
        }
    }

    /** BOS, soft tokens, images, question, answer. */
    private Sequence sequence(PromptedInput prompted, List<Integer> answer) {
        Input input = prompted.input();
        var sequence = new Sequence(new NDList(), new ArrayList<>());
        sequence.add(embeddings.get(array(List.of(BEGIN))), Kind.INSTRUCTION);
        prompted.inserts().stream()
                .flatMap(insert -> insert instanceof Insert.Tokens tokens ? Stream.of(tokens) : Stream.empty())
                .forEach(tokens -> sequence.add(tokens.embeddings(), Kind.PROMPT));
        images(input, prompted.inserts()).forEach(image -> sequence.add(image, Kind.IMAGE));
        for (var turn : input.query().earlier()) {
            sequence.add(embeddings.get(array(ids(turn.question() + turn.answer()))), Kind.INSTRUCTION);
            sequence.add(embeddings.get(array(List.of(END))), Kind.INSTRUCTION);
        }
        sequence.add(embeddings.get(array(ids(input.query().instruction()))), Kind.INSTRUCTION);
        if (!answer.isEmpty()) {
            sequence.add(embeddings.get(array(answer)), Kind.ANSWER);
        }
        return sequence;
    }

    /** The projected visual tokens of each image, {@code [1, d]}. */
    private NDList images(Input input, List<Insert> inserts) {
        var projected = new NDList();
        for (var vision : input.vision()) {
            NDArray x = vision.tokens().expandDims(0);
            var tokens = ToyTokens.of(manager, Kind.IMAGE);
            projected.add(ToyLayer.adapted(PROJECTOR, Ops.linear(x, projector), x, inserts, tokens)
                    .squeeze(0));
        }
        return projected;
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
