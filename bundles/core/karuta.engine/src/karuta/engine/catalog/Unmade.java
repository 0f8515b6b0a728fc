package karuta.engine.catalog;

import karuta.api.KarutaException;

/** Tells why a strategy failed to load, and whose it is. */
final class Unmade {

    private Unmade() {}

    static KarutaException explain(StrategyType type, Throwable cause) {
        return cause instanceof KarutaException meant
                ? meant
                : new KarutaException(
                        "Strategy " + type.describe() + " failed to load: " + why(cause) + ".", remedy(cause), cause);
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
            return "Build the bundle for Java " + Runtime.version().feature()
                    + ", or start Karuta with the Java that it was built for (JAVA_HOME).";
        }
        if (cause instanceof ClassNotFoundException || cause instanceof LinkageError) {
            return "Build the bundle with all its classes, against the versions that `karuta strategies` lists.";
        }
        return "Mend the bundle, or take it out.";
    }
}
