package karuta.engine.catalog;

import java.util.function.Predicate;
import karuta.api.KarutaException;
import karuta.diagnosis.Thrown;

/** Stands between what a strategy threw when it was to be made and the words for it. */
final class Unmade extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Thrown thrown;

    private Unmade(Thrown thrown, Throwable cause) {
        super(thrown.what(), cause, false, false);
        this.thrown = thrown;
    }

    /**
     * Tells why a strategy failed to load, and whose it is.
     *
     * @param isOwn whether a class is of the bundle that brings it
     */
    static KarutaException explain(StrategyType type, Throwable cause, Predicate<String> isOwn) {
        if (cause instanceof KarutaException meant) {
            return meant;
        }
        var thrown = Thrown.explain(cause, isOwn);
        return new KarutaException(
                "Strategy " + type.describe() + " failed to load: " + thrown.what() + ".",
                Character.toUpperCase(thrown.cure().charAt(0)) + thrown.cure().substring(1) + ".",
                new Unmade(thrown, cause));
    }

    Thrown thrown() {
        return thrown;
    }
}
