package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Guidance;
import karuta.api.RandomStream;
import karuta.api.StrategyBase;
import karuta.tensor.LoraLayer;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/** What the examples need: sizes, and random arrays that live as long as the run. */
abstract class Example extends StrategyBase {

    final NDArray normals(RandomStream draws, double scale, long... dimensions) {
        var shape = new Shape(dimensions);
        NDArray numbers = Tensors.of(context().manager(), draws.normals((int) shape.size()), shape);
        return context().keep(Ops.scale(numbers, scale));
    }

    /** A new adapter, which adds nothing yet. */
    final LoraLayer adapter(Linear linear, int rank, double scale, RandomStream draws) {
        var fresh = LoraLayer.fresh(context().manager(), linear.in(), linear.out(), rank, scale, draws);
        return new LoraLayer(context().keep(fresh.a()), context().keep(fresh.b()), scale);
    }

    final Linear linear(String name) {
        return context().backbone().spec().linears().stream()
                .filter(linear -> linear.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    final int hidden() {
        return context().backbone().spec().hidden();
    }

    /** The width of the image's feature, which they choose by. */
    final int features() {
        return context().encoder().size(Guidance.IMAGE);
    }
}
