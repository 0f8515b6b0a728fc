package karuta.lmm.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import karuta.api.KarutaException;
import karuta.lmm.model.BatchAdapter;
import karuta.lmm.model.DecoderContext;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.peft.LoraAdapter;
import karuta.lmm.peft.SoftPrompt;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;

/**
 * Computes what a reference of a LLaVA model holds.
 *
 * @param model without or with its adapter
 * @param adapter of the model, perhaps none; those of other layers than the decoder's are in the model already
 * @param soft a soft prompt that stands before all rows; that of the file, if empty and there is one
 * @param file inputs and expected outputs
 * @param findings where the results go
 */
record LlavaCheck(
        LlavaModel model, LoraAdapter adapter, Optional<SoftPrompt> soft, ReferenceFile file, Comparisons findings) {

    static final Set<String> INPUTS =
            Set.of("pixel_values", "input_ids", "attention_mask", "labels", "prompt_embeddings", "inputs_embeds");

    static final Pattern OUTPUTS =
            Pattern.compile("image_features|hs_\\d+|logits|loss|grad_prompt|grad\\..*|sample\\d+");

    private static final long IGNORED = -100;
    private static final Pattern PASSED = Pattern.compile("hs_\\d+|logits|loss|grad_prompt|grad\\..*");
    private static final String GRADIENT = "grad.";

    void run() {
        if (soft.isPresent() || file.has("prompt_embeddings")) {
            prompted();
        } else if (expects(PASSED)) {
            asked();
        }
        if (file.expects("image_features") && file.has("pixel_values")) {
            findings.compareStates("image_features", Autograd.noGrad(() -> ReferenceEmbeddings.features(model, file)));
        }
        if (expects(GreedyCheck.SAMPLE)) {
            new GreedyCheck(model, adapters(), file, findings).run();
        }
    }

    private boolean expects(Pattern names) {
        return file.names().stream().anyMatch(name -> names.matcher(name).matches());
    }

    /** Soft tokens before everything else, as PEFT's prompt tuning has it. */
    private void prompted() {
        NDArray prompt = soft.map(SoftPrompt::embeddings).orElseGet(() -> file.input("prompt_embeddings", 2));
        NDArray rest = file.has("inputs_embeds")
                ? behind(prompt)
                : Autograd.noGrad(() -> ReferenceEmbeddings.embeddings(model, file));
        var hidden = (long) model.config().text().hidden();
        if (rest.getShape().get(2) != hidden || prompt.getShape().get(1) != hidden) {
            throw unfit(rest, prompt);
        }
        var tokens = prompt.getShape().get(0);
        prompt.setRequiresGradient(true);
        Autograd.withGrad(() -> {
            NDArray front = prompt.expandDims(0).repeat(0, rest.getShape().get(0));
            var loss = decode(front.concat(rest, 1), tokens);
            if (file.expects("grad_prompt") && loss.isPresent()) {
                findings.compare(
                        "grad_prompt",
                        Autograd.gradients(loss::get, List.of(prompt)).get(0));
            }
            return loss;
        });
    }

    /** What follows the prompt in the embeddings that hold it, too. */
    private NDArray behind(NDArray prompt) {
        NDArray whole = file.input("inputs_embeds", 3);
        var tokens = prompt.getShape().get(0);
        if (whole.getShape().get(1) < tokens) {
            throw unfit(whole, prompt);
        }
        return whole.get(new NDIndex(":, " + tokens + ":"));
    }

    private KarutaException unfit(NDArray embeddings, NDArray prompt) {
        var hidden = model.config().text().hidden();
        return new KarutaException(
                file.path() + " has inputs_embeds of shape " + embeddings.getShape()
                        + " and prompt_embeddings of shape " + prompt.getShape() + ".",
                "Of this model they are [batch, tokens, " + hidden + "] and [soft tokens, " + hidden
                        + "], and the former begin with the latter.");
    }

    private void asked() {
        var names =
                file.names().stream().filter(name -> matrix(name).isPresent()).toList();
        if (names.isEmpty()) {
            Autograd.noGrad(() -> decode(ReferenceEmbeddings.embeddings(model, file), 0));
            return;
        }
        var matrices = names.stream().map(name -> matrix(name).orElseThrow()).toList();
        Autograd.withGrad(() -> {
            var loss = decode(ReferenceEmbeddings.embeddings(model, file), 0)
                    .orElseThrow(() -> new KarutaException(
                            file.path() + " has gradients; the labels that they were computed from are missing.",
                            "Give a file that has them with --inputs."));
            var gradients = Autograd.gradients(() -> loss, matrices);
            for (var i = 0; i < names.size(); i++) {
                findings.compare(names.get(i), gradients.get(i));
            }
            return loss;
        });
    }

    /** The adapter's matrix that a gradient belongs to. */
    private Optional<NDArray> matrix(String name) {
        return name.startsWith(GRADIENT) ? adapter.matrix(name.substring(GRADIENT.length())) : Optional.empty();
    }

    /**
     * States, logits and loss.
     *
     * @param embeddings {@code [batch, tokens, hidden]}
     * @param soft how many of the tokens are soft ones, which stand first
     * @return the loss, if there are labels
     */
    private Optional<NDArray> decode(NDArray embeddings, long soft) {
        var batch = embeddings.getShape().get(0);
        var tokens = embeddings.getShape().get(1);
        var shape = embeddings.getShape().slice(0, 2);
        NDArray valid = Inputs.mask(file, shape, soft);
        var pass = new DecoderContext(DecoderContext.causal(valid).positions(), Inputs.causal(valid));
        var states = model.llama().states(embeddings, pass.with(adapters(), Map.of()));
        for (var i = 0; i < states.size(); i++) {
            findings.compareAt(valid, "hs_" + i, states.get(i), ErrorNorm.CHANNELS);
        }
        NDArray places = valid.getManager().arange(0, (int) (batch * tokens), 1, DataType.INT64);
        NDArray logits =
                model.llama().logits(states.get(states.size() - 1), places).reshape(batch, tokens, -1);
        findings.compareAt(valid, "logits", logits, ErrorNorm.WHOLE);
        if (!file.has("labels")) {
            return Optional.empty();
        }
        NDArray said = logits.get(new NDIndex(":, :-1"));
        NDArray labels = Inputs.ofTokens(file, "labels", shape, soft, IGNORED).get(new NDIndex(":, 1:"));
        NDArray loss = Ops.crossEntropy(said.reshape(batch * (tokens - 1), -1), labels.flatten());
        findings.compare("loss", isOneOfEachRow(batch) ? ofEachRow(said, labels) : loss);
        return Optional.of(loss);
    }

    private boolean isOneOfEachRow(long batch) {
        return file.expects("loss") && batch > 1 && file.expected("loss").size() == batch;
    }

    private static NDArray ofEachRow(NDArray said, NDArray labels) {
        var losses = new NDList();
        for (var row = 0; row < labels.getShape().get(0); row++) {
            losses.add(Ops.crossEntropy(said.get(row), labels.get(row)));
        }
        return NDArrays.stack(losses);
    }

    private Map<String, BatchAdapter> adapters() {
        return BatchAdapter.ofAll(adapter.layers());
    }
}
