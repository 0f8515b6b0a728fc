package karuta.engine.catalog;

import java.util.List;
import java.util.Optional;
import karuta.yaml.Decimal;

/**
 * One option of a strategy, as the metatype description in its bundle has it.
 *
 * @param name as the study writes it
 * @param form what a value looks like
 * @param many whether it is a list
 * @param defaults one text, or any number for a list; empty if the study must set it
 * @param limits what a number may be
 * @param choices the only allowed texts; empty where anything goes
 * @param description for people
 */
public record OptionType(
        String name,
        Form form,
        boolean many,
        Optional<List<String>> defaults,
        Limits limits,
        List<String> choices,
        String description) {

    /** What a value looks like. */
    public enum Form {
        TEXT("text"),
        WHOLE("whole number"),
        NUMBER("number"),
        FLAG("true or false");

        private final String words;

        Form(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /**
     * An interval, both ends included.
     *
     * @param least smallest allowed value
     * @param most largest allowed value
     */
    public record Limits(Optional<Double> least, Optional<Double> most) {

        /** Anything goes. */
        public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());

        /** These, and what a type of Java can hold. */
        Limits within(double smallest, double largest) {
            return new Limits(
                    Optional.of(Math.max(least.orElse(smallest), smallest)),
                    Optional.of(Math.min(most.orElse(largest), largest)));
        }

        boolean allow(Number number) {
            var value = number.doubleValue();
            return Double.isFinite(value)
                    && least.map(l -> value >= l).orElse(true)
                    && most.map(m -> value <= m).orElse(true);
        }

        /** Such as {@code from 0 to 1}; empty if anything goes. */
        public String words() {
            var lower = least.filter(l -> l > Integer.MIN_VALUE); // what every type has is not worth a word
            if (lower.isPresent() && most.isPresent()) {
                return "from " + plain(lower.get()) + " to " + plain(most.get());
            }
            return lower.map(l -> "at least " + plain(l))
                    .or(() -> most.filter(m -> m < Integer.MAX_VALUE).map(m -> "at most " + plain(m)))
                    .orElse("");
        }

        private static String plain(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : "" + value;
        }
    }

    /** Copies the lists. */
    public OptionType {
        defaults = defaults.map(List::copyOf);
        choices = List.copyOf(choices);
    }

    /**
     * The value that texts stand for.
     *
     * @param texts one, unless the option is a list
     * @return as a component factory takes it; empty if the texts are of another form or out of limits
     */
    public Optional<Object> read(List<String> texts) {
        var values = texts.stream().map(this::read).toList();
        if (!values.stream().allMatch(Optional::isPresent)) {
            return Optional.empty();
        }
        return many
                ? Optional.of(
                        values.stream().map(value -> value.get().toString()).toArray(String[]::new))
                : values.get(0);
    }

    private Optional<Object> read(String text) {
        try {
            return switch (form) {
                case TEXT -> Optional.<Object>of(text).filter(t -> choices.isEmpty() || choices.contains(t));
                case FLAG ->
                    Optional.<Object>of(Boolean.valueOf(text))
                            .filter(flag -> flag.toString().equals(text));
                case WHOLE ->
                    Optional.of(Long.valueOf(text)).filter(limits::allow).map(Object.class::cast);
                case NUMBER -> Decimal.read(text).filter(limits::allow).map(Object.class::cast);
            };
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    /** What is allowed, for people: {@code whole number, at least 1}. */
    public String allowed() {
        var words = choices.isEmpty() ? form.words() : "one of " + String.join(", ", choices);
        var limits = limits().words();
        return (many ? "list, each " : "") + words + (limits.isEmpty() ? "" : ", " + limits);
    }
}
