package karuta.tiny;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import karuta.api.Ability;
import karuta.api.Backbone;
import karuta.api.BackboneSpec;
import karuta.api.CausalLmOutput;
import karuta.api.Image;
import karuta.api.Paper;
import karuta.api.PromptedInput;
import karuta.api.Provides;
import karuta.api.QueryEmbeddings;
import karuta.api.Tokenization;
import karuta.api.VisionFeatures;
import karuta.lmm.LlavaBackbone;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.model.Precision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The embedded small LLaVA: the backbone {@code llava} on the model folder in this bundle. */
@Component(name = "backbone.tiny", factory = Backbone.KIND)
@Designate(ocd = TinyBackbone.Options.class)
@Paper("Architecture of Liu et al., Improved Baselines with Visual Instruction Tuning, CVPR 2024; pretrained by Karuta")
@Provides({Ability.PROJECTOR, Ability.WEIGHTS, Ability.QUERY_EMBEDDINGS})
public final class TinyBackbone implements Backbone {

    /** What can be set. */
    @ObjectClassDefinition(name = "Embedded LLaVA", description = "A small LLaVA that knows the world of cards.")
    @interface Options {

        @AttributeDefinition(description = "Tokens that an answer may have", min = "1", max = "400")
        int maxNewTokens() default 24;

        @AttributeDefinition(
                description = "What becomes of an answer that goes beyond what the model reads at once: refuse ends"
                        + " before anything is learned, cut learns its beginning, as LLaVA does",
                options = {@Option("refuse"), @Option("cut")})
        String tooLong() default "refuse";
    }

    private final EmbeddedFolder folder;
    private final LlavaBackbone model;

    @Activate
    public TinyBackbone(Options options) {
        this(options.maxNewTokens(), options.tooLong().equals("cut"));
    }

    /** @param maxNewTokens tokens that an answer may have */
    public TinyBackbone(int maxNewTokens) {
        this(maxNewTokens, false);
    }

    private TinyBackbone(int maxNewTokens, boolean cuts) {
        folder = EmbeddedFolder.open("llava");
        try {
            var source = new LlavaModel.Source(folder.path(), Optional.empty(), Precision.FP32, Optional.empty());
            var template = LlavaBackbone.templateOf(folder.path());
            model = new LlavaBackbone(
                    source, Device.cpu(), new LlavaBackbone.Style(template, false, maxNewTokens, cuts));
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    @Override
    public BackboneSpec spec() {
        return model.spec();
    }

    @Override
    public NDArray embeddings() {
        return model.embeddings();
    }

    @Override
    public VisionFeatures encode(Image image) {
        return model.encode(image);
    }

    @Override
    public Optional<Tokenization> tokenization() {
        return model.tokenization();
    }

    @Override
    public NDArray weight(String linear) {
        return model.weight(linear);
    }

    @Override
    public List<QueryEmbeddings> embed(List<PromptedInput> batch) {
        return model.embed(batch);
    }

    @Override
    public CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
        return model.score(batch, answers);
    }

    @Override
    public List<String> generate(List<PromptedInput> batch) {
        return model.generate(batch);
    }

    @Override
    @Deactivate
    public void close() {
        model.close();
        folder.close();
    }
}
