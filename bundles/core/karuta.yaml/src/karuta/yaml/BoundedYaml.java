package karuta.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Composes the YAML that people write, within bounds that nobody's file reaches: one that was broken or made to break the
 * reader is refused at the place where it leaves them. The library's composer calls itself for every level of nesting, so
 * that the events are looked at first, which takes no more memory the deeper they go.
 */
public final class BoundedYaml {

    /** The largest file, in bytes. */
    public static final int SIZE = 1 << 20;

    /** How deep lists and mappings may lie in each other. */
    public static final int DEPTH = 32;

    /** The longest value or key, as long as the longest path. */
    public static final int VALUE = 4096;

    /** How often a file may refer to its own parts. */
    static final int ALIASES = 50;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(true) // reported by us, with their place
            .setUseMarks(true)
            .build();

    private final Problems problems;
    private int depth;
    private int aliases;

    private BoundedYaml(Problems problems) {
        this.problems = problems;
    }

    /** The root of the text; empty if there is none, or something is reported. */
    public static Optional<Node> compose(String text, Problems problems) {
        var body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            return new BoundedYaml(problems).within(body) ? compose(body) : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            report(e.getProblemMark(), "not valid YAML: " + e.getProblem(), problems);
        } catch (YamlEngineException e) {
            problems.add(0, 0, "not valid YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static Optional<Node> compose(String text) {
        return new Compose(SETTINGS).composeString(text);
    }

    private boolean within(String text) {
        for (var event : new Parse(SETTINGS).parseString(text)) {
            var excess = excess(event);
            if (excess.isPresent()) {
                report(event.getStartMark(), excess.get(), problems);
                return false;
            }
        }
        return true;
    }

    private Optional<String> excess(Event event) {
        if (event instanceof CollectionStartEvent && ++depth > DEPTH) {
            return Optional.of("lists and mappings lie more than " + DEPTH + " deep in each other");
        }
        if (event instanceof CollectionEndEvent) {
            depth--;
        }
        if (event instanceof AliasEvent && ++aliases > ALIASES) {
            return Optional.of("more than " + ALIASES + " references (*name) to other parts of the file");
        }
        if (event instanceof ScalarEvent scalar) {
            return excess(scalar.getValue());
        }
        return Optional.empty();
    }

    private static Optional<String> excess(String value) {
        if (value.length() > VALUE) {
            return Optional.of("a value of " + value.length() + " characters; at most " + VALUE + " are read");
        }
        return value.codePoints()
                .filter(BoundedYaml::unspeakable)
                .mapToObj(point ->
                        String.format("a value holds the character U+%04X, which no name and no path can have", point))
                .findFirst();
    }

    /** Control characters but for white space, and halves of characters. */
    private static boolean unspeakable(int point) {
        return Character.isISOControl(point) && !Character.isWhitespace(point)
                || Character.getType(point) == Character.SURROGATE;
    }

    private static void report(Optional<Mark> mark, String message, Problems problems) {
        problems.add(
                mark.map(m -> m.getLine() + 1).orElse(0),
                mark.map(m -> m.getColumn() + 1).orElse(0),
                message);
    }
}
