package karuta.scoring.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Figures as texts. */
final class Figures {

    private Figures() {}

    /** In percent with two decimals, rounded as Python's {@code .2f} does it: what published scripts print. */
    static String percent(double value) {
        return new BigDecimal(100 * value).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** All digits that tell it from its neighbours. */
    static String whole(double value) {
        return Double.toString(value);
    }

    /** Named figures in percent, by name. */
    static String percent(Map<String, Double> figures) {
        return new TreeMap<>(figures)
                .entrySet().stream()
                        .map(figure -> figure.getKey() + " " + percent(figure.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
