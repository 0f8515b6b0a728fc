package karuta.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import karuta.api.Pretraining.Progress;
import karuta.api.RandomStream;
import karuta.lmm.model.ClipModel;
import karuta.tensor.CosineSchedule;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/**
 * Stage 1: both towers of CLIP, by the contrastive loss (Radford et al., ICML 2021, section 2.3) and, so that the
 * patches mean something within minutes, by {@link PatchReading} from the layer that LLaVA uses.
 */
final class ClipStage {

    private static final int BATCH = 64;
    private static final int WARMUP = 150;
    private static final double RATE = 1.5e-3;
    private static final double DECAY = 0.01;
    private static final double BRIGHTNESS_NOISE = 0.08;
    private static final double TINT_NOISE = 0.06;

    private final TinyClip model;
    private final NDManager manager;
    private final RandomStream draws;
    private final InitialWeights heads;
    private final PatchReading reading;

    ClipStage(TinyClip model, NDManager manager, RandomStream draws) {
        this.model = model;
        this.manager = manager;
        this.draws = draws;
        heads = new InitialWeights(manager, InitialValues::clip, draws.fork("heads"));
        reading = new PatchReading(heads, model.config().vision().tower().hidden());
    }

    /** Trains. The heads of the reading are thrown away. */
    void run(int steps, Progress progress) {
        var figures = new Figures("towers of image and text", steps, progress);
        var weights = new LinkedHashMap<>(model.weights().made());
        weights.putAll(heads.made());
        try (var training = new Training(weights, RATE, DECAY, new CosineSchedule(steps, Math.min(WARMUP, steps)))) {
            for (var step = 0; step < steps; step++) {
                var now = step;
                training.step(() -> loss(now, figures));
                figures.done(step);
            }
        }
    }

    private NDArray loss(int step, Figures figures) {
        var shots = RenderedScenes.of(manager, draws.fork("shots"), (long) step * BATCH, BATCH);
        var seen = model.clip()
                .vision()
                .forward(disturbed(shots.pixels(), draws.fork("light").fork(step)));
        NDArray loss = reading.loss(TinyClip.patches(seen), shots.scenes(), figures);
        if (step % 2 == 1) {
            return loss; // contrast every second time is enough, and saves a third
        }
        ClipModel clip = model.clip();
        var texts = Texts.told(
                model.vocabulary(), shots.scenes(), draws.fork("texts").fork(step));
        NDArray images = clip.projectImage(seen.pooled());
        NDArray read = clip.projectText(clip.text().forward(texts.ids(manager)).pooled());
        return loss.add(Contrast.loss(clip.logitsPerImage(images, read), figures));
    }

    /** The images in another light. */
    private NDArray disturbed(NDArray pixels, RandomStream light) {
        NDArray brightness = Tensors.of(manager, light.fork("brightness").normals(BATCH), new Shape(BATCH, 1, 1, 1));
        NDArray tint = Tensors.of(manager, light.fork("tint").normals(3 * BATCH), new Shape(BATCH, 3, 1, 1));
        return pixels.mul(Ops.plus(Ops.scale(brightness, BRIGHTNESS_NOISE), 1)).add(Ops.scale(tint, TINT_NOISE));
    }
}
