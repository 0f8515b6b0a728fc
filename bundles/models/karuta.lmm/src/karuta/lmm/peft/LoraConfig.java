package karuta.lmm.peft;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import karuta.lmm.config.Json;

/**
 * What {@code adapter_config.json} says of a LoRA adapter.
 *
 * @param rank of modules without a deviation
 * @param alpha of modules without a deviation
 * @param stabilised whether the scale is alpha / sqrt(r) rather than alpha / r
 * @param ranks deviations
 * @param alphas deviations
 * @param targets which modules are adapted
 */
record LoraConfig(
        int rank, double alpha, boolean stabilised, List<Deviation> ranks, List<Deviation> alphas, Targets targets) {

    private static final List<String> SWITCHES =
            List.of("use_dora", "use_qalora", "use_bdlora", "lora_bias", "fan_in_fan_out");

    /** Parts of PEFT that change what is computed. */
    private static final List<String> PARTS = List.of(
            "modules_to_save",
            "layer_replication",
            "target_parameters",
            "trainable_token_indices",
            "alora_invocation_tokens",
            "arrow_config",
            "kasa_config",
            "velora_config",
            "monteclora_config");

    /** Another value for the modules whose path ends with a match. */
    record Deviation(Pattern path, double value) {}

    static LoraConfig read(Json json) {
        for (var key : SWITCHES) {
            if (json.flag(key, false)) {
                throw json.unsupported(key, "true", "false");
            }
        }
        for (var key : PARTS) {
            if (json.has(key) && !json.object().get(key).toString().equals("[]")) {
                throw json.unsupported(key, json.object().get(key).toString(), "null");
            }
        }
        json.oneOf("bias", "none");
        requirePlainStart(json);
        return new LoraConfig(
                json.whole("r", 8, 1, 1 << 14),
                json.number("lora_alpha", 8, 0, 1e6),
                json.flag("use_rslora", false),
                deviations(json, "rank_pattern"),
                deviations(json, "alpha_pattern"),
                Targets.read(json));
    }

    /** Other starts than these change the base model's weights, which the adapter then does not fit. */
    private static void requirePlainStart(Json json) {
        var start = json.object().get("init_lora_weights");
        if (start != null
                && start.isJsonPrimitive()
                && start.getAsJsonPrimitive().isString()) {
            json.oneOf("init_lora_weights", "gaussian", "eva", "orthogonal");
        }
    }

    private static List<Deviation> deviations(Json json, String key) {
        var deviations = new ArrayList<Deviation>();
        json.object(key).ifPresent(pattern -> {
            for (var path : pattern.object().keySet()) {
                deviations.add(new Deviation(
                        Targets.pattern(json, key, "(.*\\.)?(" + path + ")"), pattern.number(path, 0, 0, 1e6)));
            }
        });
        return deviations;
    }

    int rankOf(String module) {
        return (int) of(module, ranks, rank);
    }

    double scaleOf(String module) {
        var r = rankOf(module);
        return of(module, alphas, alpha) / (stabilised ? Math.sqrt(r) : r);
    }

    private static double of(String module, List<Deviation> deviations, double otherwise) {
        return deviations.stream()
                .filter(deviation -> deviation.path.matcher(module).matches())
                .findFirst()
                .map(Deviation::value)
                .orElse(otherwise);
    }
}
