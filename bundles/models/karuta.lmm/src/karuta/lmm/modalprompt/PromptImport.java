package karuta.lmm.modalprompt;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import karuta.api.KarutaException;
import karuta.lmm.exchange.EmptyFolder;
import karuta.lmm.modalprompt.CheckpointLayout.Sizes;
import karuta.safetensors.SealedTensors;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.SavedNames;
import karuta.tensor.Scope;
import karuta.tensor.TorchEngine;

/**
 * Turns a checkpoint of ModalPrompt's official code into one of a run whose pool is {@code prototype}: the prompts are
 * rows of the token embeddings, a prototype is the mean over the rows of the transformed prompt ({@code
 * llava/model/llava_arch.py}), here in float32.
 *
 * @param file the checkpoint
 * @param tasks their names, or none
 * @param length rows of a prompt, M
 * @param vocabulary rows of the embeddings before the first prompt
 */
public record PromptImport(Path file, List<String> tasks, int length, int vocabulary) {

    /** Where the pool of a run's checkpoint keeps its state. */
    private static final String POOL = "pool/";

    /** @throws KarutaException if a number is below 1, or a task is named twice */
    public PromptImport {
        tasks = List.copyOf(tasks);
        if (length < 1 || vocabulary < 1) {
            throw new KarutaException(
                    "Prompts of " + length + " rows after " + vocabulary + " of the vocabulary cannot be.",
                    "Give numbers from 1 on.");
        }
        if (Set.copyOf(tasks).size() < tasks.size() || tasks.stream().anyMatch(String::isBlank)) {
            throw new KarutaException(
                    "The tasks " + String.join(", ", tasks) + " are not all different.", "Name each task once.");
        }
    }

    /**
     * Writes {@code checkpoint-T.safetensors}, T being the number of tasks that were found.
     *
     * @param out a folder that does not exist yet, or an empty one
     * @param log gets lines with what was found
     * @throws KarutaException if the file is no such checkpoint, contradicts itself or what was said about it, or the
     *     folder cannot be written to
     */
    public void write(Path out, Consumer<String> log) {
        try (var manager = TorchEngine.manager(Device.cpu());
                var tensors = PromptTensors.open(file)) {
            var layout = CheckpointLayout.of(file.toString(), tensors.names());
            var sizes = layout.sizes(file.toString(), tensors, vocabulary, length);
            requireTasks(layout.transforms());
            log.accept(new CheckpointSummary(layout, sizes, length, tensors.names()).toString());
            var cards = Autograd.noGrad(() -> cards(layout, sizes, tensors, manager));
            var target = EmptyFolder.prepare(out).resolve("checkpoint-" + layout.transforms() + ".safetensors");
            SealedTensors.write(target, cards, notes(layout.transforms()));
        }
    }

    private void requireTasks(int found) {
        if (!tasks.isEmpty() && tasks.size() != found) {
            throw new KarutaException(
                    tasks.size() + " tasks are named, but " + file + " has transforms of " + found + ".",
                    "Name the tasks that it was trained on, in their order, or none.");
        }
    }

    private Map<String, NDArray> cards(CheckpointLayout layout, Sizes sizes, PromptTensors tensors, NDManager manager) {
        var cards = new HashMap<String, NDArray>();
        try (var scope = Scope.open()) {
            NDArray prompts = tensors.rows(layout.embedding(), vocabulary, manager);
            for (var task = 0; task < layout.transforms(); task++) {
                NDArray prompt =
                        prompts.get(length * task + ":" + length * (task + 1)).duplicate();
                var key = prototype(prompt, layout, task, tensors, manager);
                cards.put(card(task, SavedNames.PROMPT), Scope.keep(finite(prompt, "prompt", task), manager));
                cards.put(card(task, SavedNames.KEY), finite(key, "prototype", task));
            }
        }
        return cards;
    }

    private static String card(int task, String what) {
        return POOL + SavedNames.card(task, what);
    }

    /** Computes one task's [1, c]; its transform is in memory only meanwhile. */
    private static NDArray prototype(
            NDArray prompt, CheckpointLayout layout, int task, PromptTensors tensors, NDManager manager) {
        try (var scope = Scope.open()) {
            var parts = CheckpointLayout.PARTS.stream()
                    .map(part -> tensors.rows(layout.name(task, part), 0, manager))
                    .toList();
            NDArray bent = Ops.silu(Ops.linear(prompt, parts.get(0), parts.get(1)));
            NDArray rows = Ops.linear(bent, parts.get(2), parts.get(3));
            return Scope.keep(rows.mean(new int[] {0}, true), manager);
        }
    }

    private NDArray finite(NDArray numbers, String what, int task) {
        var size = numbers.abs().max().getFloat();
        if (!Float.isFinite(size)) {
            throw new KarutaException(
                    "The " + what + " of task " + (task + 1) + " of " + file + " has numbers that are not finite.",
                    "Its training has failed; take an earlier checkpoint.");
        }
        return numbers;
    }

    private Map<String, String> notes(int cards) {
        var notes =
                new HashMap<>(Map.of(POOL + SavedNames.CARDS, String.valueOf(cards), POOL + SavedNames.TRAINED, "0"));
        for (var task = 0; task < cards; task++) {
            notes.put(card(task, SavedNames.ID), tasks.isEmpty() ? "task" + (task + 1) : tasks.get(task));
            if (!tasks.isEmpty()) {
                notes.put(card(task, SavedNames.TASK), tasks.get(task));
            }
        }
        return notes;
    }
}
