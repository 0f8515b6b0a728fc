package karuta.engine.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The strategies without those of some jars.
 *
 * @param all that are there
 * @param retired the files whose strategies do not count, asked anew every time
 */
record CurrentStrategies(Strategies all, Supplier<Set<String>> retired) implements Strategies {

    @Override
    public List<StrategyType> types() {
        var files = retired.get();
        return all.types().stream()
                .filter(type -> !files.contains(type.source().file()))
                .toList();
    }

    @Override
    public Missing missing(Kind kind, String id) {
        return ambiguous(kind, id).or(() -> gone(kind, id)).orElseGet(() -> all.missing(kind, id));
    }

    private Optional<Missing> gone(Kind kind, String id) {
        var files = retired.get();
        return all.types().stream()
                .filter(type -> type.kind() == kind
                        && type.id().equals(id)
                        && files.contains(type.source().file()))
                .findFirst()
                .map(type -> new Missing(
                        "there is no " + kind.key() + " \"" + id + "\" any more: "
                                + type.source().file().replaceFirst("#\\d+$", "") + " was taken away",
                        "put it there again"));
    }

    @Override
    public Optional<Culprit> culprit(Throwable thrown) {
        return all.culprit(thrown);
    }

    @Override
    public Instance create(StrategyType type, Map<String, Object> options) {
        return all.create(type, options);
    }
}
