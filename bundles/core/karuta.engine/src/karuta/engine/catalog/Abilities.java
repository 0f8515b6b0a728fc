package karuta.engine.catalog;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import karuta.api.Ability;

/**
 * What a strategy declares; see {@link karuta.api.Needs} and {@link karuta.api.Provides}.
 *
 * @param needs what it cannot do without
 * @param provides all that it gives; empty if it does not say
 */
public record Abilities(Set<Ability> needs, Optional<Set<Ability>> provides) {

    /** Says nothing. */
    public static final Abilities NONE = new Abilities(Set.of(), Optional.empty());

    /** Copies the sets. */
    public Abilities {
        needs = Set.copyOf(needs);
        provides = provides.map(Set::copyOf);
    }

    /**
     * From the properties of a component.
     *
     * @throws IllegalArgumentException if it names an ability that these contracts do not know
     */
    static Abilities of(Map<String, Object> properties) {
        return new Abilities(read(properties, "needs").orElse(Set.of()), read(properties, "provides"));
    }

    private static Optional<Set<Ability>> read(Map<String, Object> properties, String name) {
        return Optional.ofNullable(properties.get(name))
                .map(value -> value instanceof String[] names ? names : new String[] {value.toString()})
                .map(names -> {
                    var abilities = EnumSet.noneOf(Ability.class);
                    Arrays.stream(names).map(Ability::valueOf).forEach(abilities::add);
                    return abilities;
                });
    }
}
