package karuta.lmm;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Ability;
import karuta.api.Backbone;
import karuta.api.BackboneSpec;
import karuta.api.CausalLmOutput;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.PromptedInput;
import karuta.api.Provides;
import karuta.api.QueryEmbeddings;
import karuta.api.Tokenization;
import karuta.api.VisionFeatures;
import karuta.lmm.batch.EmbeddedQueries;
import karuta.lmm.batch.Inserts;
import karuta.lmm.batch.PaddedBatch;
import karuta.lmm.config.Json;
import karuta.lmm.model.DecoderContext;
import karuta.lmm.model.Devices;
import karuta.lmm.model.GreedyDecoder;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.model.Precision;
import karuta.lmm.text.ChatTemplate;
import karuta.lmm.text.LlavaPromptTokenizer;
import karuta.lmm.text.LlavaTokenization;
import karuta.lmm.text.TokenizedPrompt;
import karuta.lmm.text.Tokenizer;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Scope;
import karuta.tensor.TorchEngine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * A LLaVA-1.5 model in a local folder. Frozen; gradients flow into the inserts. Any number of threads may use it.
 */
@Component(name = "llava", factory = Backbone.KIND)
@Designate(ocd = LlavaBackbone.Options.class)
@Paper("Liu, Li, Li, Lee: Improved Baselines with Visual Instruction Tuning, CVPR 2024")
@Provides({Ability.PROJECTOR, Ability.WEIGHTS, Ability.QUERY_EMBEDDINGS})
public final class LlavaBackbone implements Backbone {

    /** Options of this backbone. */
    @ObjectClassDefinition(name = "LLaVA", description = "A LLaVA-1.5 model in a local Hugging Face folder.")
    public @interface Options {

        @AttributeDefinition(description = "Folder with config.json, safetensors and tokenizer.json.")
        String path();

        @AttributeDefinition(
                description = "Folder of the CLIP model whose image tower is used, for models in the LLaVA"
                        + " repository's own layout, which lack it; empty otherwise.")
        String tower() default "";

        @AttributeDefinition(
                description = "What the weights are kept in and computed with.",
                options = {@Option("fp32"), @Option("bf16"), @Option("fp16")})
        String dtype() default "fp32";

        @AttributeDefinition(description = "Where it is computed: cpu, or gpu:0 and so on.")
        String device() default "cpu";

        @AttributeDefinition(description = "Tokens that an answer may have.", min = "1", max = "4096")
        int maxNewTokens() default 64;

        @AttributeDefinition(
                description = "What is wrapped around an instruction: LLaVA's own vicuna_v1, or the chat template of"
                        + " Hugging Face's folders; auto takes what the model's config.json says under prompt_template,"
                        + " or else vicuna.",
                options = {@Option("auto"), @Option("vicuna"), @Option("chat")})
        String template() default "auto";

        @AttributeDefinition(
                description =
                        "Where soft tokens go: right behind the start token, as in ModalPrompt, or before it, as in"
                                + " PEFT's prompt tuning.",
                options = {@Option("afterStart"), @Option("beforeStart")})
        String softTokens() default "afterStart";

        @AttributeDefinition(
                description = "Whether images are padded to squares rather than cropped; auto does what the model's"
                        + " folder says.",
                options = {@Option("auto"), @Option("true"), @Option("false")})
        String pad() default "auto";

        @AttributeDefinition(
                description = "What becomes of an answer that goes beyond what the model reads at once: refuse ends"
                        + " before anything is learned, cut learns its beginning, as LLaVA does.",
                options = {@Option("refuse"), @Option("cut")})
        String tooLong() default "refuse";
    }

    /**
     * How a model is asked.
     *
     * @param template what is wrapped around an instruction
     * @param softTokensFirst whether soft tokens stand before BOS rather than behind it
     * @param maxNewTokens tokens that an answer may have
     * @param cuts whether an answer that goes beyond what the model reads is cut rather than refused
     */
    public record Style(ChatTemplate template, boolean softTokensFirst, int maxNewTokens, boolean cuts) {

        /** Refuses what is too long. */
        public Style(ChatTemplate template, boolean softTokensFirst, int maxNewTokens) {
            this(template, softTokensFirst, maxNewTokens, false);
        }
    }

    private final Style style;
    private final NDManager manager;
    private final LlavaModel model;
    private final Tokenizer tokenizer;
    private final LlavaPromptTokenizer tokens;
    private final GreedyDecoder greedy;
    private final String fingerprint;

    @Activate
    public LlavaBackbone(Options options) {
        this(
                new LlavaModel.Source(
                        Folders.of("backbone", options.path()),
                        options.tower().isBlank() ? Optional.empty() : Optional.of(Path.of(options.tower())),
                        Precision.valueOf(options.dtype().toUpperCase(Locale.ROOT)),
                        options.pad().equals("auto")
                                ? Optional.empty()
                                : Optional.of(options.pad().equals("true"))),
                Devices.of(options.device()),
                new Style(
                        template(options),
                        options.softTokens().equals("beforeStart"),
                        options.maxNewTokens(),
                        options.tooLong().equals("cut")));
    }

    /** Loads a model whose soft tokens stand behind BOS. */
    public LlavaBackbone(LlavaModel.Source source, Device device, ChatTemplate template, int maxNewTokens) {
        this(source, device, new Style(template, false, maxNewTokens));
    }

    /**
     * Loads a model.
     *
     * @param source where it is
     * @param device where it is computed
     * @param style how it is asked
     * @throws KarutaException if the folder is not what it should be
     */
    public LlavaBackbone(LlavaModel.Source source, Device device, Style style) {
        this.style = style;
        TorchEngine.start();
        tokenizer = Tokenizer.open(source.folder());
        manager = TorchEngine.manager(device);
        try {
            model = LlavaModel.load(source, manager);
            var text = model.config().text();
            tokenizer.requireWithin(text.vocabulary());
            tokens = new LlavaPromptTokenizer(
                    tokenizer,
                    style.template,
                    model.config().imageToken(),
                    model.config().imageTokens(),
                    text.ends().get(0));
            tokens.requireFit(text.start());
            greedy = new GreedyDecoder(model.llama(), new HashSet<>(text.ends()), style.maxNewTokens);
            fingerprint = model.fingerprint();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static ChatTemplate template(Options options) {
        return switch (options.template()) {
            case "vicuna" -> ChatTemplate.VICUNA;
            case "chat" -> ChatTemplate.CHAT;
            default -> templateOf(Folders.of("backbone", options.path()));
        };
    }

    /**
     * The template that a model's {@code config.json} gives under {@code prompt_template}; vicuna, if it gives none.
     */
    public static ChatTemplate templateOf(Path folder) {
        return Json.read(folder.resolve("config.json"))
                .text("prompt_template")
                .map(ChatTemplate::new)
                .orElse(ChatTemplate.VICUNA);
    }

    @Override
    public BackboneSpec spec() {
        var config = model.config();
        return new BackboneSpec(
                fingerprint,
                config.text().hidden(),
                config.text().layers(),
                config.text().keyValueSize(),
                config.text().linears(),
                config.projectorLinears(),
                Math.max(1, config.text().positions() / config.imageTokens()));
    }

    @Override
    public NDArray embeddings() {
        NDArray table = model.llama().table();
        return table.getDataType() == DataType.FLOAT32 ? table : Ops.cast(table, DataType.FLOAT32);
    }

    @Override
    public VisionFeatures encode(Image image) {
        var states = model.imageEncoder().encode(image);
        return Autograd.noGrad(() -> new VisionFeatures(
                model.imageEncoder().fingerprint(),
                model.visualTokens(states).squeeze(0),
                Ops.cast(states.pooled(), DataType.FLOAT32).squeeze(0)));
    }

    @Override
    public Optional<Tokenization> tokenization() {
        return Optional.of(new LlavaTokenization(tokens, model.config().text().positions(), style.cuts));
    }

    @Override
    public NDArray weight(String linear) {
        return Autograd.noGrad(() -> model.weight(linear));
    }

    @Override
    public List<QueryEmbeddings> embed(List<PromptedInput> batch) {
        return EmbeddedQueries.of(model, tokens, batch);
    }

    @Override
    public CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
        var texts = IntStream.range(0, batch.size())
                .mapToObj(i -> tokens.answered(
                        batch.get(i).input().query(),
                        batch.get(i).input().vision().size(),
                        answers.get(i)))
                .toList();
        var sequences = PaddedBatch.of(model, batch, texts, new PaddedBatch.Style(style.softTokensFirst, style.cuts));
        NDArray states = model.llama().forward(sequences.embeddings(), pass(sequences, batch));
        NDArray logits = model.llama().logits(states, sequences.places());
        if (!logits.hasGradient()) { // whoever trains looks at the losses, and knows the rate
            model.llama().requireFinite(logits);
        }
        return new CausalLmOutput(
                logits, sequences.labels(), sequences.answers(), Ops.crossEntropy(logits, sequences.labels()));
    }

    @Override
    public List<String> generate(List<PromptedInput> batch) {
        return Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                List<TokenizedPrompt> texts = batch.stream()
                        .map(sample -> tokens.question(
                                sample.input().query(), sample.input().vision().size()))
                        .toList();
                var sequences =
                        PaddedBatch.of(model, batch, texts, new PaddedBatch.Style(style.softTokensFirst, false));
                return greedy.decode(sequences.embeddings(), sequences.lengths(), pass(sequences, batch)).stream()
                        .map(tokens::text)
                        .toList();
            }
        });
    }

    private DecoderContext pass(PaddedBatch sequences, List<PromptedInput> batch) {
        var inserts = Inserts.of(batch, model.config(), manager);
        return sequences.pass().with(inserts.adapters(), inserts.prefixes());
    }

    @Override
    @Deactivate
    public void close() {
        tokenizer.close();
        manager.close();
    }
}
