package karuta.engine.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Rule;

/**
 * What a scoring rule tells of itself; see {@link Rule}.
 *
 * @param family the rules that it is listed with
 * @param of whose rule it is
 * @param usedBy what is scored by it
 * @param needs fields that it needs of every sample
 * @param takes fields that it makes use of where they are there
 * @param mendedBy the rule without its faults
 */
public record RuleFacts(
        String family, String of, String usedBy, List<String> needs, List<String> takes, Optional<String> mendedBy) {

    /** Copies the lists. */
    public RuleFacts {
        needs = List.copyOf(needs);
        takes = List.copyOf(takes);
    }

    /** From the properties of a component; empty if it tells nothing. */
    static Optional<RuleFacts> of(Map<String, Object> properties) {
        return Optional.ofNullable(properties.get(Rule.PREFIX_ + "family"))
                .map(family -> new RuleFacts(
                        family.toString(),
                        text(properties, "of"),
                        text(properties, "usedBy"),
                        texts(properties, "needs"),
                        texts(properties, "takes"),
                        Optional.of(text(properties, "mendedBy")).filter(id -> !id.isEmpty())));
    }

    private static String text(Map<String, Object> properties, String name) {
        return properties.getOrDefault(Rule.PREFIX_ + name, "").toString();
    }

    private static List<String> texts(Map<String, Object> properties, String name) {
        var value = properties.getOrDefault(Rule.PREFIX_ + name, new String[0]);
        return value instanceof String[] texts ? List.of(texts) : List.of(value.toString());
    }
}
