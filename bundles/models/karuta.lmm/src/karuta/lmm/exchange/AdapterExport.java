package karuta.lmm.exchange;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.lmm.config.LlavaDecoder;
import karuta.safetensors.SealedTensors;
import karuta.tensor.TorchEngine;

/**
 * Writes what a run has learned as PEFT's adapters. What its checkpoint holds decides: the matrices of the baseline
 * {@code lora}, or the prompts of the pool {@code prototype}, wherever in the arm they stand.
 *
 * @param checkpoint of the run
 * @param model the folder of its backbone, of which {@code config.json} is read
 */
public record AdapterExport(Path checkpoint, Path model) {

    /**
     * Writes one LoRA into the folder, or one soft prompt per card into folders in it.
     *
     * @param out a folder that does not exist yet, or an empty one
     * @param log gets lines with what is written
     * @throws KarutaException if the checkpoint holds neither, does not fit the model, or the folder is in use
     */
    public void write(Path out, Consumer<String> log) {
        var decoder = LlavaDecoder.read(model);
        try (var manager = TorchEngine.manager(Device.cpu());
                var file = SealedTensors.open(checkpoint)) {
            var kept = only(StrategyState.in(file));
            if (LoraState.matches(kept)) {
                var lora = LoraState.read(kept, decoder, manager);
                lora.adapter().write(EmptyFolder.prepare(out), decoder.layout(), lora.dropout());
                log.accept(lora + ": " + out);
            } else {
                PoolState.read(kept, decoder, manager).write(EmptyFolder.prepare(out), decoder, log);
            }
        }
    }

    /** The one of them that has adapters. */
    private StrategyState only(List<StrategyState> states) {
        var found = states.stream()
                .filter(kept -> LoraState.matches(kept) || PoolState.matches(kept))
                .toList();
        if (found.size() != 1) {
            throw new KarutaException(
                    checkpoint + " holds tensors of " + places(states) + ", and adapters of " + places(found) + ".",
                    "Give the checkpoint of an arm with the baseline \"lora\" or the pool \"prototype\".");
        }
        return found.get(0);
    }

    private static String places(List<StrategyState> states) {
        return states.isEmpty()
                ? "nobody"
                : states.stream().map(StrategyState::place).collect(Collectors.joining(", "));
    }
}
