package karuta.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Function;
import karuta.lmm.check.Models;
import karuta.lmm.check.Models.CheckOptions;
import karuta.lmm.check.Models.CheckRequest;
import karuta.lmm.check.Report;
import karuta.lmm.check.Report.Comparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares what a model computes with what Transformers computed. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Prove that a folder's weights compute here what they compute in Hugging Face Transformers and PEFT.",
            "",
            "REF is a safetensors file with inputs and expected outputs, as releng/parity/reference.py writes it. Of"
                    + " the following, whatever it holds is computed and compared, one line per tensor:",
            "  LLaVA        image_features hs_0 .. hs_L logits loss",
            "               from pixel_values input_ids attention_mask labels",
            "  soft prompt  logits loss grad_prompt",
            "               from prompt_embeddings, inputs_embeds (the prompt included), attention_mask labels",
            "  --adapter    logits loss grad.base_model...lora_A.weight and lora_B.weight; of a soft prompt"
                    + " grad_prompt",
            "  greedy       sampleN: the prompt of row N of the inputs and its continuation; sampleN_prompt_length",
            "  CLIP         image_embeds text_embeds logits_per_image logits_per_text vision_pooler text_pooler",
            "               text_last_hidden vision_hs_i text_hs_i d_sum_logits_d_pixels",
            "               from pixel_values input_ids attention_mask",
            "input_ids hold an image token for each visual token, as Transformers' processor makes them.",
            "",
            "The error of a tensor is max|a - b| / max|b|, where b is expected. For hidden states (image_features,"
                    + " hs_i, vision_hs_i, text_hs_i, text_last_hidden) it is taken channel by channel, because trained"
                    + " models have a few channels of 10^4, and the largest counts; if max|b| of a channel is smaller"
                    + " than that of the median channel, the latter is taken. Of sampleN it is the share of tokens that"
                    + " differ, and none may. Padding is not compared.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 all is within the tolerance, 1 something is not, 2 it cannot be checked.",
            "",
            "Examples:",
            "  python releng/parity/reference.py llava-1.5-7b-hf io.safetensors",
            "  karuta model check llava-1.5-7b-hf --against io.safetensors",
            "  karuta model check llava-1.5-7b-hf --against lora.safetensors --inputs io.safetensors --adapter lora/"
        })
final class ModelCheckCommand implements Callable<Integer> {

    private final Models models;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Parameters(paramLabel = "FOLDER", description = "Folder of a CLIP or LLaVA model.")
    private Path folder = Path.of("");

    @Option(names = "--against", paramLabel = "REF", required = true, description = "What is expected.")
    private Path reference = Path.of("");

    @Option(names = "--inputs", paramLabel = "FILE", description = "A safetensors file with inputs that REF lacks.")
    private Optional<Path> inputs = Optional.empty();

    @Option(
            names = "--adapter",
            paramLabel = "FOLDER",
            description = "Folder of a PEFT adapter: LoRA, or a soft prompt that is put before the inputs.")
    private Optional<Path> adapter = Optional.empty();

    @Option(
            names = "--tower",
            paramLabel = "FOLDER",
            description = "Folder of the CLIP model with the image tower, for models in the LLaVA repository's layout.")
    private Optional<Path> tower = Optional.empty();

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description = "The largest error that passes (default: 1e-5 in fp32, 5e-3 in fp16, 5e-2 in bf16).")
    private Optional<Double> tolerance = Optional.empty();

    @Mixin
    private Computing computing = new Computing();

    ModelCheckCommand(Models models, Terminal terminal) {
        this.models = models;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (tolerance.isPresent() && !(tolerance.get() >= 0)) {
            throw new ParameterException(spec.commandLine(), "--tolerance must be at least 0");
        }
        var limit = tolerance.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
        var report = models.check(
                new CheckRequest(folder, tower, reference, inputs, adapter),
                new CheckOptions(computing.dtype(), computing.device(), limit));
        tell(report);
        return report.passed() ? 0 : CommandLines.FAILED;
    }

    private void tell(Report report) {
        var names = width(report.comparisons(), Comparison::name);
        var shapes = width(report.comparisons(), Comparison::shape);
        for (var tensor : report.comparisons()) {
            terminal.say(String.format(
                    Locale.ROOT,
                    "%-" + names + "s  %-" + shapes + "s  %8.1e  %s",
                    tensor.name(),
                    tensor.shape(),
                    tensor.error(),
                    tensor.passed() ? "ok" : "OVER"));
        }
        if (!report.ignored().isEmpty()) {
            terminal.warn("not known and not compared: " + String.join(", ", report.ignored()));
        }
        var over =
                report.comparisons().stream().filter(tensor -> !tensor.passed()).count();
        terminal.say(String.format(
                Locale.ROOT,
                "%d of %d tensors are over the tolerance of %.1e",
                over,
                report.comparisons().size(),
                report.tolerance()));
    }

    private static int width(List<Comparison> tensors, Function<Comparison, String> column) {
        return tensors.stream().map(column).mapToInt(String::length).max().orElse(1);
    }
}
