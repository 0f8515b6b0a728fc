package karuta.lmm.exchange;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import karuta.api.KarutaException;
import karuta.lmm.peft.LoraAdapter;
import karuta.lmm.peft.SoftPrompt;
import karuta.tensor.TorchEngine;

/**
 * Turns a LoRA of PEFT into the checkpoint of a run whose learner is the baseline {@code lora}. Whether it fits a model
 * is seen by the study that begins with it.
 *
 * @param folder with {@code adapter_config.json} and {@code adapter_model.safetensors}
 */
public record LoraImport(Path folder) {

    /**
     * Writes {@code checkpoint-1.safetensors}.
     *
     * @param out a folder that does not exist yet, or an empty one
     * @param log gets lines with what was found, and with what a study must say
     * @throws KarutaException if it is a soft prompt, broken, no LoRA of the decoder alone or not of one rank and
     *     alpha, or the folder is in use
     */
    public void write(Path out, Consumer<String> log) {
        if (SoftPrompt.matches(folder)) {
            throw new KarutaException(
                    folder
                            + " is a soft prompt, which cannot become a card of a pool: a card is found by its"
                            + " prototype, and that is not in an adapter.",
                    "Import a LoRA. For prompts with prototypes, train them in a study, or import a checkpoint of"
                            + " ModalPrompt's official code.");
        }
        try (var manager = TorchEngine.manager(Device.cpu())) {
            var state = new LoraState(LoraAdapter.readAlone(folder, manager), LoraAdapter.dropout(folder));
            log.accept("found " + state);
            state.write(EmptyFolder.prepare(out).resolve("checkpoint-1.safetensors"));
            log.accept(arm(state, out));
        }
    }

    /** How an arm is written that begins with it. */
    private static String arm(LoraState state, Path out) {
        return "an arm begins with it by\n  baseline: {id: lora, rank: "
                + state.adapter().rank() + ", alpha: "
                + state.adapter().alpha() + ", dropout: " + state.dropout() + ", targets: "
                + targets(state.adapter().layers().keySet()) + "}\n  from: '" + out + "'";
    }

    /** The last parts of the layers' names, or the whole names if not every decoder layer has the same parts. */
    private static Collection<String> targets(Collection<String> linears) {
        var layers = new TreeMap<String, TreeSet<String>>();
        for (var linear : linears) {
            var parts = linear.split("\\.");
            layers.computeIfAbsent(parts[1], number -> new TreeSet<>()).add(parts[parts.length - 1]);
        }
        var kinds = layers.values().stream().distinct().toList();
        return kinds.size() == 1 ? kinds.get(0) : new TreeSet<>(linears);
    }
}
