package karuta.lmm.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Insert.Prefix;
import karuta.api.KarutaException;
import karuta.api.PromptedInput;
import karuta.lmm.config.LlavaConfig;
import karuta.lmm.model.BatchAdapter;
import karuta.lmm.model.DecoderContext;
import karuta.tensor.Tensors;

/**
 * The inserts of a batch at the sites within the decoder.
 *
 * @param adapters by linear layer
 * @param prefixes by layer
 */
public record Inserts(Map<String, BatchAdapter> adapters, Map<Integer, DecoderContext.Prefix> prefixes) {

    /**
     * Puts the samples' inserts together.
     *
     * @param config of the model
     * @param manager of new arrays
     * @throws KarutaException if an adapter is one of a layer that the model does not have
     */
    public static Inserts of(List<PromptedInput> batch, LlavaConfig config, NDManager manager) {
        return new Inserts(
                adapters(batch, config, manager), prefixes(batch, config.text().keyValueSize(), manager));
    }

    static <T extends Insert> Stream<T> all(PromptedInput sample, Class<T> kind) {
        return sample.inserts().stream().filter(kind::isInstance).map(kind::cast);
    }

    private static Map<String, BatchAdapter> adapters(
            List<PromptedInput> batch, LlavaConfig config, NDManager manager) {
        if (batch.stream()
                .flatMap(sample -> all(sample, Adapter.class))
                .findAny()
                .isEmpty()) {
            return Map.of();
        }
        var decoder = names(config.text().linears());
        var projector = names(config.projectorLinears());
        var table = new AdapterTable(manager, batch.size());
        for (var row = 0; row < batch.size(); row++) {
            var own = row;
            all(batch.get(row), Adapter.class).forEach(adapter -> {
                if (decoder.contains(adapter.linear())) {
                    table.add(own, adapter);
                } else if (!projector.contains(adapter.linear())) { // those are in the visual tokens
                    throw new KarutaException(
                            "An adapter is one of the linear layer " + adapter.linear() + ", which the model lacks.",
                            "Adapt layers that the backbone's spec() lists, such as layers.0.self_attn.q_proj.");
                }
            });
        }
        return table.adapters();
    }

    private static Set<String> names(List<Linear> linears) {
        return linears.stream().map(Linear::name).collect(Collectors.toSet());
    }

    private static Map<Integer, DecoderContext.Prefix> prefixes(
            List<PromptedInput> batch, int keyValueSize, NDManager manager) {
        var result = new TreeMap<Integer, DecoderContext.Prefix>();
        batch.stream()
                .flatMap(sample -> all(sample, Prefix.class))
                .map(Prefix::layer)
                .distinct()
                .forEach(layer -> {
                    var own = batch.stream()
                            .map(sample -> all(sample, Prefix.class)
                                    .filter(prefix -> prefix.layer() == layer)
                                    .toList())
                            .toList();
                    result.put(layer, prefix(own, keyValueSize, manager));
                });
        return result;
    }

    private static DecoderContext.Prefix prefix(List<List<Prefix>> samples, int size, NDManager manager) {
        var keys = new RowTable(manager, size);
        var values = new RowTable(manager, size);
        var places = new ArrayList<long[]>();
        for (var sample : samples) {
            var own = new ArrayList<Long>();
            for (var prefix : sample) {
                var key = keys.place(prefix.keys());
                if (!prefix.values().getShape().equals(prefix.keys().getShape())
                        || values.place(prefix.values()) != key) {
                    throw new IllegalArgumentException(
                            "a prefix has keys " + prefix.keys().getShape() + " but values "
                                    + prefix.values().getShape());
                }
                for (var row = 0; row < prefix.keys().getShape().get(0); row++) {
                    own.add(key + row);
                }
            }
            places.add(own.stream().mapToLong(place -> place).toArray());
        }
        var width = places.stream().mapToInt(own -> own.length).max().orElse(0);
        var index = new long[samples.size() * width];
        var valid = new boolean[index.length];
        for (var row = 0; row < places.size(); row++) {
            var own = places.get(row);
            System.arraycopy(own, 0, index, row * width, own.length);
            Arrays.fill(valid, row * width, row * width + own.length, true);
        }
        NDArray has = Tensors.of(manager, valid, new Shape(samples.size(), width));
        return new DecoderContext.Prefix(keys.take(index, samples.size()), values.take(index, samples.size()), has);
    }
}
