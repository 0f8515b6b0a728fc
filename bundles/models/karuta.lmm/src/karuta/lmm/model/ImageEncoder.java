package karuta.lmm.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import karuta.api.Image;
import karuta.lmm.image.ImageProcessor;
import karuta.tensor.Autograd;
import karuta.tensor.Tensors;

/**
 * An image tower together with what is done to an image before it.
 *
 * @param vision the tower
 * @param processor makes its input
 * @param manager where its arrays live
 * @param fingerprint names its weights, sizes and preprocessing, precision and device
 */
public record ImageEncoder(ClipVision vision, ImageProcessor processor, NDManager manager, String fingerprint) {

    /** Encodes one image, without gradients; the batch is 1. */
    public ClipVision.States encode(Image image) {
        var numbers = processor.process(image.pixels());
        return Autograd.noGrad(() ->
                vision.forward(Tensors.of(manager, numbers, new Shape(1, 3, processor.height(), processor.width()))));
    }
}
