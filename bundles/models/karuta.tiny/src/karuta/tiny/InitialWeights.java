package karuta.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import karuta.api.RandomStream;
import karuta.safetensors.Weights;
import karuta.tensor.Tensors;

/** Weights that come into being, ready to be trained, when a model asks for them. */
final class InitialWeights implements Weights {

    /** How a new weight is drawn. */
    @FunctionalInterface
    interface Rule {

        /**
         * @param name of the weight
         * @param shape its sizes
         * @param draws its random numbers
         * @return its numbers, row-major
         */
        float[] draw(String name, long[] shape, RandomStream draws);
    }

    private final NDManager manager;
    private final Rule rule;
    private final RandomStream draws;
    private final Map<String, NDArray> made = new LinkedHashMap<>();

    /**
     * @param manager the weights live as long
     * @param rule how they are drawn
     * @param draws all random numbers come from here
     */
    InitialWeights(NDManager manager, Rule rule, RandomStream draws) {
        this.manager = manager;
        this.rule = rule;
        this.draws = draws;
    }

    /** What has been asked for. */
    Map<String, NDArray> made() {
        return made;
    }

    /** From here on no gradient reaches what has been asked for. */
    void freeze() {
        made.values().forEach(weight -> weight.setRequiresGradient(false));
    }

    @Override
    public String source() {
        return "new weights";
    }

    @Override
    public Set<String> names() {
        return made.keySet();
    }

    @Override
    public Shape shape(String name) {
        return made.get(name).getShape();
    }

    @Override
    public NDArray get(String name, long... shape) {
        return made.computeIfAbsent(name, key -> {
            NDArray weight = Tensors.of(manager, rule.draw(name, shape, draws.fork(name)), new Shape(shape));
            weight.setRequiresGradient(true);
            return weight;
        });
    }
}
