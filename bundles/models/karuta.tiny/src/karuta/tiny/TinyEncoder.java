package karuta.tiny;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;
import karuta.api.Ability;
import karuta.api.GuidanceEncoder;
import karuta.api.Image;
import karuta.api.Paper;
import karuta.api.Provides;
import karuta.api.VisionFeatures;
import karuta.lmm.ClipEncoder;
import karuta.lmm.model.ClipFolder;
import karuta.lmm.model.Precision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The embedded small CLIP: the encoder {@code clip} on the model folder in this bundle; texts, too, are projected. */
@Component(name = "encoder.tiny", factory = GuidanceEncoder.KIND)
@Designate(ocd = TinyEncoder.About.class)
@Paper("Architecture of Radford et al., Learning Transferable Visual Models From Natural Language Supervision, ICML"
        + " 2021; pretrained by Karuta")
@Provides({Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES})
public final class TinyEncoder implements GuidanceEncoder {

    /** It has no options. */
    @ObjectClassDefinition(name = "Embedded CLIP", description = "The embedded small CLIP, for the embedded tasks.")
    public @interface About {}

    private final EmbeddedFolder folder;
    private final ClipEncoder model;

    @Activate
    public TinyEncoder() {
        folder = EmbeddedFolder.open("clip");
        try {
            var source = new ClipFolder.Source(folder.path(), Precision.FP32, Optional.empty());
            model = new ClipEncoder(source, Device.cpu(), ClipEncoder.TextFeature.PROJECTED);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    @Override
    public String fingerprint() {
        return model.fingerprint();
    }

    @Override
    public Map<String, Integer> sizes() {
        return model.sizes();
    }

    @Override
    public Map<String, NDArray> image(Image image, Optional<VisionFeatures> vision) {
        return model.image(image, vision);
    }

    @Override
    public Map<String, NDArray> text(String instruction) {
        return model.text(instruction);
    }

    @Override
    @Deactivate
    public void close() {
        model.close();
        folder.close();
    }
}
