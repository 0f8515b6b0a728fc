package karuta.lmm.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Insert.Adapter;
import karuta.api.PromptedInput;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.model.TokenRows;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;

/** What the projector makes of the images of samples, with the samples' adapters of it. */
final class VisualTokens {

    private VisualTokens() {}

    /**
     * Projects all images in one pass.
     *
     * @param samples with at least one image among them
     * @return {@code [visual tokens of all images, d]}, float32, sample after sample; gradients flow into adapters of the
     *     projector
     */
    static NDArray of(LlavaModel model, List<PromptedInput> samples) {
        var sites = model.config().projectorLinears().stream().map(Linear::name).collect(Collectors.toSet());
        var images = new NDList();
        samples.forEach(sample -> sample.input().vision().forEach(vision -> images.add(vision.tokens())));
        return samples.stream()
                        .flatMap(sample -> adapters(sample, sites))
                        .findAny()
                        .isPresent()
                ? adapted(model, samples, images, sites)
                : Autograd.noGrad(() -> Ops.cast(model.projector().forward(NDArrays.concat(images)), DataType.FLOAT32));
    }

    private static Stream<Adapter> adapters(PromptedInput sample, Set<String> sites) {
        return Inserts.all(sample, Adapter.class).filter(adapter -> sites.contains(adapter.linear()));
    }

    /** A row of the pass is an image, not a sample: what becomes of an image depends on no other one. */
    private static NDArray adapted(LlavaModel model, List<PromptedInput> samples, NDList images, Set<String> sites) {
        var table = new AdapterTable(model.imageEncoder().manager(), images.size());
        var row = 0;
        for (var sample : samples) {
            for (var image = 0; image < sample.input().vision().size(); image++) {
                var own = row++;
                adapters(sample, sites).forEach(adapter -> table.add(own, adapter));
            }
        }
        var tokens = TokenRows.ofImages(images.size(), model.config().imageTokens());
        NDArray projected = model.projector().forward(NDArrays.stack(images), table.adapters(), tokens);
        return Ops.cast(projected.reshape(-1, model.config().text().hidden()), DataType.FLOAT32);
    }
}
