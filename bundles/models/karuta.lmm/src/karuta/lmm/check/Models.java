package karuta.lmm.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import karuta.api.KarutaException;

/** What can be done with the folders of CLIP and LLaVA models, without a study. */
public interface Models {

    /**
     * What to compare with what.
     *
     * @param folder of the model
     * @param tower folder of the CLIP model whose image tower is used, for models that lack one
     * @param reference a safetensors file with what Transformers or PEFT computed, and perhaps with the inputs
     * @param inputs a second one, with the inputs that the first does not hold
     * @param adapter folder of a PEFT adapter, LoRA or a soft prompt
     */
    record CheckRequest(
            Path folder, Optional<Path> tower, Path reference, Optional<Path> inputs, Optional<Path> adapter) {}

    /**
     * How to compute and to compare.
     *
     * @param dtype of the weights and the arithmetic: fp32, bf16 or fp16
     * @param device such as cpu or gpu:0
     * @param tolerance the largest relative error that passes; that of the dtype, if empty
     */
    record CheckOptions(String dtype, String device, OptionalDouble tolerance) {}

    /**
     * Computes whatever the reference holds, and compares.
     *
     * @throws KarutaException if something cannot be read, if the reference holds nothing that can be compared, lacks
     *     inputs, or has other shapes than the model
     */
    Report check(CheckRequest request, CheckOptions options);

    /**
     * What to make.
     *
     * @param shape one of {@link #shapes}
     * @param layers of the decoder; all that the shape has, if empty
     * @param dtype of the weights: fp32, bf16 or fp16
     * @param seed of the weights
     * @param out a folder that does not exist yet, or an empty one
     */
    record RandomModelSpec(String shape, OptionalInt layers, String dtype, long seed, Path out) {}

    /** The names of the shapes that there are. */
    List<String> shapes();

    /**
     * Writes a LLaVA with random weights.
     *
     * @param log gets a line with the size before anything is written
     * @throws KarutaException if there is no such shape, the folder is in use, or the disk is too small
     */
    void random(RandomModelSpec spec, Consumer<String> log);

    /**
     * Turns files of {@code torch.save} into safetensors with the same tensors. Nothing in them is executed.
     *
     * @param in a file, or a folder with {@code pytorch_model.bin} or its index and shards
     * @param out where to write; beside what is read, if empty
     * @param log gets a line with the size before anything is written, and one per file
     * @throws KarutaException if a file is refused, would be overwritten, or the disk is too small
     */
    void convert(Path in, Optional<Path> out, Consumer<String> log);

    /**
     * Prompts to import.
     *
     * @param file a checkpoint of ModalPrompt's official code, {@code non_lora_trainables.bin} or the same as
     *     safetensors
     * @param out a folder that does not exist yet, or an empty one
     * @param tasks their names in the order of training, or none
     * @param length soft tokens per prompt
     * @param vocabulary rows of the token embeddings before the first prompt
     */
    record Prompts(Path file, Path out, List<String> tasks, int length, int vocabulary) {

        /** Copies the list. */
        public Prompts {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * Writes {@code checkpoint-T.safetensors}, as a run writes it after T stages with the pool {@code prototype}.
     *
     * @param log gets lines with what was found
     * @throws KarutaException if the file is no such checkpoint or contradicts itself, or the folder is in use
     */
    void importPrompts(Prompts prompts, Consumer<String> log);

    /**
     * Writes {@code checkpoint-1.safetensors}, as a run writes it with the baseline {@code lora}.
     *
     * @param adapter folder of a LoRA in PEFT's format
     * @param out a folder that does not exist yet, or an empty one
     * @param log gets lines with what was found, and with what a study must say
     * @throws KarutaException if the adapter cannot be used so, or the folder is in use
     */
    void importAdapter(Path adapter, Path out, Consumer<String> log);

    /**
     * Writes what a run has learned in PEFT's format: one LoRA, or a soft prompt per card of its pool.
     *
     * @param checkpoint the file that the run has kept
     * @param model the folder of its backbone, of which {@code config.json} is read
     * @param out a folder that does not exist yet, or an empty one
     * @param log gets lines with what is written
     * @throws KarutaException if the checkpoint holds neither, does not fit the model, or the folder is in use
     */
    void exportAdapters(Path checkpoint, Path model, Path out, Consumer<String> log);
}
