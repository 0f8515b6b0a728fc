package karuta.lmm.modalprompt;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import karuta.api.KarutaException;

/**
 * Where a checkpoint of ModalPrompt's official code has what. It saves every parameter with a gradient of a {@code
 * ModalPrompt} model ({@code llava/train/train.py}, {@code non_lora_trainables.bin}): the token embeddings {@code
 * model.embed_tokens.weight} [V + n M, d], to whose end the prompts of all n tasks that are planned were appended in
 * their order, and {@code prompt_transform.i.{0,2}.{weight,bias}} of the tasks up to the current one. Inside of PEFT's
 * or other wrappers, names have further prefixes, which its loaders cut off as well.
 *
 * @param embedding the name of the token embeddings
 * @param prefix of the transforms' names
 * @param transforms how many there are
 */
record CheckpointLayout(String embedding, String prefix, int transforms) {

    private static final String WRAPPERS = "((?:(?:base_model|model|module)\\.)*)";
    private static final Pattern EMBEDDING = Pattern.compile(WRAPPERS + "embed_tokens\\.weight");
    private static final Pattern TRANSFORM =
            Pattern.compile(WRAPPERS + "prompt_transform\\.(0|[1-9][0-9]{0,3})\\.(?:0|2)\\.(?:weight|bias)");

    /** The parts of a transform: Linear(d, d), SiLU, Linear(d, c). */
    static final List<String> PARTS = List.of("0.weight", "0.bias", "2.weight", "2.bias");

    /**
     * Finds the names.
     *
     * @throws KarutaException if something is missing or ambiguous
     */
    static CheckpointLayout of(String file, Set<String> names) {
        var embeddings = new TreeSet<String>();
        var transforms = new TreeMap<Integer, String>();
        for (var name : names) {
            if (EMBEDDING.matcher(name).matches()) {
                embeddings.add(name);
            }
            var transform = TRANSFORM.matcher(name);
            if (transform.matches()) {
                transforms.put(Integer.parseInt(transform.group(2)), transform.group(1));
            }
        }
        if (embeddings.size() != 1 || transforms.isEmpty()) {
            throw unusable(
                    file,
                    "has " + embeddings.size() + " tensors embed_tokens.weight and " + transforms.size()
                            + " transforms prompt_transform.i");
        }
        var layout =
                new CheckpointLayout(embeddings.first(), transforms.firstEntry().getValue(), transforms.size());
        layout.requireAll(file, names);
        return layout;
    }

    private void requireAll(String file, Set<String> names) {
        IntStream.range(0, transforms)
                .boxed()
                .flatMap(task -> PARTS.stream().map(part -> name(task, part)))
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw unusable(file, "has parts of " + transforms + " transforms, but no " + name);
                });
    }

    /** The name of a part of a task's transform; tasks count from 0. */
    String name(int task, String part) {
        return prefix + "prompt_transform." + task + "." + part;
    }

    /**
     * Checks that all shapes agree.
     *
     * @param rows of the vocabulary, V
     * @param length of a prompt, M
     * @throws KarutaException if they do not
     */
    Sizes sizes(String file, PromptTensors tensors, int rows, int length) {
        var table = tensors.shape(embedding);
        if (table.dimension() != 2 || table.get(0) <= rows) {
            throw unusable(
                    file, "has " + embedding + " " + table + ", no rows after the " + rows + " of the vocabulary");
        }
        var extra = table.get(0) - rows;
        if (extra % length != 0) {
            throw new KarutaException(
                    file + " has " + extra + " rows of " + embedding + " after the vocabulary's " + rows + ", which are"
                            + " no prompts of " + length + " rows each.",
                    "Say the length of a prompt with --length and the vocabulary with --vocabulary.");
        }
        if (extra / length < transforms) {
            throw unusable(
                    file,
                    "has " + transforms + " transforms, but only " + extra / length + " prompts of " + length
                            + " rows");
        }
        var hidden = table.get(1);
        var features = Optional.of(tensors.shape(name(0, "2.bias")))
                .filter(shape -> shape.dimension() == 1)
                .map(shape -> shape.get(0))
                .orElse(0L);
        for (var task = 0; task < transforms; task++) {
            require(file, tensors, name(task, "0.weight"), new Shape(hidden, hidden));
            require(file, tensors, name(task, "0.bias"), new Shape(hidden));
            require(file, tensors, name(task, "2.weight"), new Shape(features, hidden));
            require(file, tensors, name(task, "2.bias"), new Shape(features));
        }
        return new Sizes(Math.toIntExact(extra / length), hidden, features);
    }

    private static void require(String file, PromptTensors tensors, String name, Shape expected) {
        if (!tensors.shape(name).equals(expected)) {
            throw unusable(file, "has " + name + " of shape " + tensors.shape(name) + " instead of " + expected);
        }
    }

    /**
     * What the shapes say.
     *
     * @param planned prompts that there are rows for
     * @param hidden numbers per row, d
     * @param features numbers per prototype, c
     */
    record Sizes(int planned, long hidden, long features) {}

    private static KarutaException unusable(String file, String has) {
        return new KarutaException(
                file + " " + has + ".",
                "Give a non_lora_trainables.bin of ModalPrompt's official code, or the same as safetensors.");
    }
}
