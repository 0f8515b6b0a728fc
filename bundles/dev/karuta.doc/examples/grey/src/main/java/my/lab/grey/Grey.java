package my.lab.grey;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;
import karuta.api.Guidance;
import karuta.api.GuidanceEncoder;
import karuta.api.Image;
import karuta.api.StrategyBase;
import karuta.api.VisionFeatures;
import karuta.tensor.Tensors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Images by the histogram of their values, instructions by that of their letters, in 27 places each. Nothing is learned. */
@Component(name = "grey", factory = GuidanceEncoder.KIND)
@Designate(ocd = Grey.About.class)
public final class Grey extends StrategyBase implements GuidanceEncoder {

    @ObjectClassDefinition(description = "Histograms of values and of letters: the least that can guide a choice.")
    public @interface About {}

    private static final int WIDTH = 27;

    @Override
    public String fingerprint() {
        return "my.lab.grey 1"; // another number wherever a feature changes
    }

    @Override
    public Map<String, Integer> sizes() {
        return Map.of(Guidance.IMAGE, WIDTH, Guidance.TEXT, WIDTH);
    }

    @Override
    public Map<String, NDArray> image(Image image, Optional<VisionFeatures> vision) {
        var counts = new float[WIDTH];
        for (var value : image.pixels().rgb()) {
            counts[(value & 0xFF) * WIDTH / 256]++;
        }
        return Map.of(Guidance.IMAGE, Tensors.of(context().manager(), counts));
    }

    @Override
    public Map<String, NDArray> text(String instruction) {
        var counts = new float[WIDTH];
        instruction
                .toLowerCase(java.util.Locale.ROOT)
                .chars()
                .forEach(c -> counts[c >= 'a' && c <= 'z' ? c - 'a' : 26]++);
        return Map.of(Guidance.TEXT, Tensors.of(context().manager(), counts));
    }
}
