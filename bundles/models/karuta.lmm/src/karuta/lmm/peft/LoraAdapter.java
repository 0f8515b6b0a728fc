package karuta.lmm.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.BackboneSpec.Linear;
import karuta.api.KarutaException;
import karuta.lmm.config.LlavaConfig.Layout;
import karuta.tensor.LoraLayer;

/**
 * A LoRA adapter.
 *
 * @param layers of the decoder, by the linear layers' names, as {@code layers.0.self_attn.q_proj}
 * @param others of the image tower, the projector and the head, by the names that {@link
 *     karuta.lmm.config.LlavaNames} gives their weights, without {@code .weight}
 */
public record LoraAdapter(Map<String, LoraLayer> layers, Map<String, LoraLayer> others) {

    private static final String ROOT = "base_model.model.";
    private static final Pattern PARAMETER =
            Pattern.compile("base_model\\.model\\.(.*)\\.lora_([AB])(?:\\.default)?\\.weight");

    /** Copies the maps. */
    public LoraAdapter {
        layers = Map.copyOf(layers);
        others = Map.copyOf(others);
    }

    /** An adapter of the decoder alone. */
    public LoraAdapter(Map<String, LoraLayer> layers) {
        this(layers, Map.of());
    }

    /**
     * Reads an adapter of the decoder.
     *
     * @param folder with both files
     * @param linears the decoder's
     * @param manager gets the matrices, float32
     * @throws KarutaException if it is broken or incomplete, adapts anything but the decoder's linear layers, or needs
     *     a part of PEFT that is not implemented
     */
    public static LoraAdapter read(Path folder, List<Linear> linears, NDManager manager) {
        return ofDecoder(folder, new LoraReader(folder, linears, manager));
    }

    private static LoraAdapter ofDecoder(Path folder, LoraReader reader) {
        var adapter = reader.read();
        if (!adapter.others.isEmpty()) {
            throw new KarutaException(
                    folder + " adapts " + new TreeSet<>(adapter.others.keySet()).first()
                            + ", which is no linear layer of the decoder.",
                    "Adapt the decoder alone: PEFT finds bare names such as q_proj in the image tower, too, so say"
                            + " target_modules as a regular expression.");
        }
        return adapter;
    }

    /**
     * Reads an adapter of any linear layers of a LLaVA.
     *
     * @param folder with both files
     * @param linears the decoder's
     * @param manager gets the matrices, float32
     * @throws KarutaException if it is broken or incomplete, adapts anything but linear layers, or needs a part of PEFT
     *     that Karuta does not have
     */
    public static LoraAdapter readAll(Path folder, List<Linear> linears, NDManager manager) {
        return new LoraReader(folder, linears, manager).read();
    }

    /**
     * Reads an adapter of the decoder without a model: the sizes of the layers are those that it was made for.
     *
     * @param folder with both files
     * @param manager gets the matrices, float32
     * @throws KarutaException as {@link #read}, but for what only a model can tell
     */
    public static LoraAdapter readAlone(Path folder, NDManager manager) {
        return ofDecoder(folder, LoraReader.ofItsOwn(folder, manager));
    }

    /**
     * The dropout that an adapter was, or is to be, trained with.
     *
     * @param folder with both files
     * @throws KarutaException if its configuration cannot be read, or is of another kind of adapter
     */
    public static double dropout(Path folder) {
        return new AdapterFolder(folder).config("LORA").number("lora_dropout", 0, 0, 1);
    }

    static String parameter(String path, String matrix) {
        return ROOT + path + ".lora_" + matrix + ".weight";
    }

    /**
     * A matrix.
     *
     * @param parameter as PEFT names it, such as {@code
     *     base_model.model.model.language_model.layers.0.mlp.up_proj.lora_A.weight}
     */
    public Optional<NDArray> matrix(String parameter) {
        var name = PARAMETER.matcher(parameter);
        if (!name.matches()) {
            return Optional.empty();
        }
        var module = ModulePath.canonical(name.group(1));
        return Optional.ofNullable(ModulePath.linearOf(module).map(layers::get).orElseGet(() -> others.get(module)))
                .map(layer -> name.group(2).equals("A") ? layer.a() : layer.b());
    }

    /** All matrices. */
    public List<NDArray> matrices() {
        return Stream.concat(layers.values().stream(), others.values().stream())
                .flatMap(layer -> Stream.of(layer.a(), layer.b()))
                .toList();
    }

    /**
     * The rank of the decoder's layers.
     *
     * @throws KarutaException if they have several
     */
    public long rank() {
        return one("ranks", layer -> layer.a().getShape().get(0));
    }

    /**
     * The alpha of the decoder's layers, which are scaled by alpha / rank, to 12 digits: a scale is a rounded quotient.
     *
     * @throws KarutaException if they have several
     */
    public double alpha() {
        return new BigDecimal(one("scales", LoraLayer::scale) * rank())
                .round(new MathContext(12))
                .doubleValue();
    }

    private <T> T one(String what, Function<LoraLayer, T> size) {
        var sizes = layers.values().stream().map(size).collect(Collectors.toSet());
        if (sizes.size() != 1) {
            throw new KarutaException(
                    "The layers of the adapter have the " + what + " " + sizes + ".",
                    "Give an adapter of the decoder with one rank and one alpha, without rank_pattern and"
                            + " alpha_pattern.");
        }
        return sizes.iterator().next();
    }

    /**
     * Writes the adapter of the decoder so that PEFT loads it.
     *
     * @param folder made if it is not there
     * @param layout of the model that it belongs to
     * @param dropout that it was trained with
     * @throws KarutaException if not all layers have the same rank and scale, or it cannot be written
     */
    public void write(Path folder, Layout layout, double dropout) {
        var module = ModulePath.of(layout);
        var config = new JsonObject();
        config.addProperty("peft_type", "LORA");
        config.addProperty("task_type", "CAUSAL_LM");
        config.add("base_model_name_or_path", JsonNull.INSTANCE);
        config.addProperty("r", rank());
        config.addProperty("lora_alpha", whole(alpha()));
        config.addProperty("lora_dropout", dropout);
        config.addProperty("target_modules", targets(module));
        config.addProperty("bias", "none");
        config.addProperty("fan_in_fan_out", false);
        config.addProperty("use_rslora", false);
        config.addProperty("init_lora_weights", true);
        config.addProperty("inference_mode", true);
        new AdapterFolder(folder).write(config, tensors(module));
    }

    /** Whole numbers are written as such: PEFT's alpha is one, as a rule. */
    private static Number whole(double alpha) {
        return alpha == Math.rint(alpha) ? (Number) (long) alpha : (Number) alpha;
    }

    /** A regular expression: bare names would be found in the image tower, too. */
    private String targets(ModulePath module) {
        return layers.keySet().stream()
                .sorted()
                .map(linear -> module.full(linear).replace(".", "\\."))
                .collect(Collectors.joining("|"));
    }

    private Map<String, NDArray> tensors(ModulePath module) {
        var tensors = new HashMap<String, NDArray>();
        layers.forEach((linear, layer) -> {
            tensors.put(parameter(module.full(linear), "A"), layer.a());
            tensors.put(parameter(module.full(linear), "B"), layer.b());
        });
        return tensors;
    }
}
