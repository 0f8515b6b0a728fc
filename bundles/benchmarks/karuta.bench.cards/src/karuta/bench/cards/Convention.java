package karuta.bench.cards;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How answers shall be given.
 *
 * @param choices what is said; for an axis that is not in it, its first directive holds
 */
public record Convention(Map<Axis, Directive> choices) {

    /** Copies the map. */
    public Convention {
        choices = Map.copyOf(choices);
    }

    /** A convention; of two directives about one axis, the later holds. */
    public static Convention of(Collection<Directive> directives) {
        var choices = new EnumMap<Axis, Directive>(Axis.class);
        directives.forEach(directive -> choices.put(directive.axis(), directive));
        return new Convention(choices);
    }

    /** A convention; of two directives about one axis, the later holds. */
    public static Convention of(Directive... directives) {
        return of(List.of(directives));
    }

    /** What holds on an axis. */
    public Directive on(Axis axis) {
        return choices.getOrDefault(axis, first(axis));
    }

    /** What holds on an axis whose silence means something else than its first directive. */
    Directive on(Axis axis, Directive silence) {
        return choices.getOrDefault(axis, silence);
    }

    private static Directive first(Axis axis) {
        return Stream.of(Directive.values())
                .filter(directive -> directive.axis() == axis)
                .findFirst()
                .orElseThrow();
    }
}
