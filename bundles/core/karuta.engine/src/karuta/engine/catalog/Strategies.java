package karuta.engine.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.api.Strategy;
import karuta.yaml.Suggestion;

/** The strategies that are there. */
public interface Strategies {

    /** A fresh strategy; it is given back when its user is done with it. */
    interface Instance extends AutoCloseable {

        /** The strategy itself. */
        Strategy strategy();

        /** Closes the strategy and gives it back. */
        @Override
        void close();
    }

    /** All, in {@link StrategyType#ORDER}. */
    List<StrategyType> types();

    /** The strategy of a kind with an id; empty if there is none, or if several bundles bring one. */
    default Optional<StrategyType> find(Kind kind, String id) {
        return only(named(kind, id));
    }

    /** The strategy that a study asks for: where it names a bundle, that bundle's. */
    default Optional<StrategyType> find(Kind kind, String id, Optional<String> bundle) {
        return only(of(bundle, named(kind, id)));
    }

    private static Optional<StrategyType> only(List<StrategyType> found) {
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static List<StrategyType> of(Optional<String> bundle, List<StrategyType> types) {
        return types.stream()
                .filter(type -> bundle.map(type.source().bundle()::equals).orElse(true))
                .toList();
    }

    private List<StrategyType> named(Kind kind, String id) {
        return types().stream()
                .filter(type -> type.kind() == kind && type.id().equals(id))
                .toList();
    }

    /** Why {@link #find(Kind, String)} finds no such strategy, and what to do about it. */
    Missing missing(Kind kind, String id);

    /** Why {@link #find(Kind, String, Optional)} finds no such strategy, and what to do about it. */
    default Missing missing(Kind kind, String id, Optional<String> bundle) {
        var named = named(kind, id);
        if (bundle.isEmpty() || named.isEmpty()) {
            return missing(kind, id);
        }
        return ambiguous(of(bundle, named)).orElseGet(() -> {
            var bundles = named.stream()
                    .map(type -> type.source().bundle())
                    .distinct()
                    .toList();
            return new Missing(
                    "no bundle \"" + bundle.get() + "\" brings a " + kind.key() + " \"" + id + "\""
                            + Suggestion.hint(bundle.get(), bundles),
                    "name one of these, or leave \"bundle\" out where there is only one");
        });
    }

    /** Told where several bundles bring a strategy of one kind and id: which of them a study means, nobody can know. */
    default Optional<Missing> ambiguous(Kind kind, String id) {
        return ambiguous(named(kind, id));
    }

    private static Optional<Missing> ambiguous(List<StrategyType> found) {
        if (found.size() < 2) {
            return Optional.empty();
        }
        var own = found.stream().filter(type -> type.source().isDropped()).reduce((one, later) -> later);
        var meant = own.orElse(found.get(found.size() - 1));
        return Optional.of(new Missing(
                "there are " + found.size() + " of " + meant.kind().key() + " \"" + meant.id() + "\": of "
                        + found.stream().map(type -> type.source().describe()).collect(Collectors.joining(" and of ")),
                "take all but one out of the dropins folder, give yours another id, or say which one the study means"
                        + " ({id: " + meant.id() + ", bundle: " + meant.source().bundle() + "})"));
    }

    /** All that is ambiguous, by the names of the strategies. */
    default Map<String, Missing> ambiguities() {
        var told = new LinkedHashMap<String, Missing>();
        types().forEach(type ->
                ambiguous(type.kind(), type.id()).ifPresent(ambiguity -> told.put(type.name(), ambiguity)));
        return told;
    }

    /**
     * Whose code has thrown something: the strategy bundle, of those that did not come with the program, that is nearest
     * to where it was thrown.
     */
    default Optional<Culprit> culprit(Throwable thrown) {
        return Optional.empty();
    }

    /**
     * Makes an instance that nobody else has.
     *
     * @param type which
     * @param options checked values; the others get their defaults
     * @throws KarutaException if it is gone meanwhile or cannot be made
     */
    Instance create(StrategyType type, Map<String, Object> options);

    /**
     * A place in the code of a bundle.
     *
     * @param file the jar
     * @param bundle with version and file
     * @param place class, method and line
     */
    record Culprit(String file, String bundle, StackTraceElement place) {}

    /**
     * A strategy that is not there.
     *
     * @param what is missing, and why
     * @param remedy what to do about it
     */
    record Missing(String what, String remedy) {}
}
