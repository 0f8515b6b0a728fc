package karuta.engine.catalog;

import karuta.api.KarutaException;

/** Tells why a strategy could not be made, and whose it is. */
final class Unmade {

    private Unmade() {}

    static KarutaException explain(StrategyType type, Throwable cause) {
        return cause instanceof KarutaException meant
                ? meant
                : new KarutaException(
                        "the strategy " + type.describe() + " could not be made: " + why(cause), remedy(cause), cause);
    }

    private static String why(Throwable cause) {
        if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
            return "there is no class "
                    + String.valueOf(cause.getMessage()).replace('/', '.').split("[\\s]")[0];
        }
        if (cause instanceof NoSuchMethodException) {
            return "it has no constructor that fits its description (" + cause.getMessage() + ")";
        }
        return cause.toString();
    }

    private static String remedy(Throwable cause) {
        if (cause instanceof UnsupportedClassVersionError) {
            return "build the bundle for Java " + Runtime.version().feature()
                    + ", or start Karuta with the Java that it" + " was built for (JAVA_HOME)";
        }
        if (cause instanceof ClassNotFoundException || cause instanceof LinkageError) {
            return "build the bundle with all its classes, against the versions that `karuta strategies` lists";
        }
        return "mend the bundle, or take it out";
    }
}
