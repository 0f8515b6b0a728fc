package karuta.lmm.exchange;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.safetensors.SafeTensors;

/**
 * What one strategy kept in a run's checkpoint, where tensors and notes (the metadata) are named {@code PLACE/NAME}.
 *
 * @param file the open checkpoint
 * @param place of the strategy in its arm, such as {@code learner} or {@code over.learner}
 */
record StrategyState(SafeTensors file, String place) {

    /** What all strategies that keep tensors have kept, by their places. */
    static List<StrategyState> in(SafeTensors file) {
        return file.names().stream()
                .filter(name -> name.contains("/"))
                .map(name -> name.substring(0, name.indexOf('/')))
                .distinct()
                .sorted()
                .map(place -> new StrategyState(file, place))
                .toList();
    }

    /** The names of its tensors. */
    Set<String> names() {
        var prefix = place + "/";
        return file.names().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    /** @throws KarutaException if there is no such note */
    String note(String name) {
        return Optional.ofNullable(file.metadata().get(place + "/" + name))
                .orElseThrow(() -> unusable("has no note " + place + "/" + name));
    }

    /**
     * A note that is a number.
     *
     * @throws KarutaException if there is no such note, or it is not a number of at least that size
     */
    double number(String name, double least) {
        var text = note(name);
        try {
            var number = Double.parseDouble(text);
            if (number >= least && Double.isFinite(number)) {
                return number;
            }
            throw unusable("has the note " + place + "/" + name + " = " + text + ", which cannot be");
        } catch (NumberFormatException e) {
            throw unusable("has the note " + place + "/" + name + " = " + text + ", which is no number");
        }
    }

    /** @throws KarutaException if there is no such tensor */
    Shape shape(String name) {
        return file.info(place + "/" + name).shape();
    }

    /**
     * A tensor as float32.
     *
     * @param shape that it must have
     * @throws KarutaException if it is not there, or has another shape
     */
    NDArray tensor(String name, Shape shape, NDManager manager) {
        var found = shape(name);
        if (!found.equals(shape)) {
            throw unusable("has " + place + "/" + name + " of shape " + found + " instead of " + shape);
        }
        return file.readFinite(place + "/" + name, manager, DataType.FLOAT32);
    }

    KarutaException unusable(String why) {
        return new KarutaException(
                file.path() + " " + why + ".",
                "Give the checkpoint of a run of this version, and the folder of the model that it was trained on.");
    }
}
