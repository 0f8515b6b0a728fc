package karuta.project;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import karuta.api.KarutaException;

/**
 * The name of a strategy's bundle, which is also its package: {@code my.lab.nearest}. The last word is the strategy's id and,
 * with a capital, its class.
 *
 * @param text a Java package in lower case
 */
public record ProjectName(String text) {

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]*");

    /** What Java keeps for itself (The Java Language Specification 17, section 3.9). */
    static final Set<String> KEYWORDS = Set.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "false",
            "final",
            "finally",
            "float",
            "for",
            "goto",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "native",
            "new",
            "null",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "strictfp",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "transient",
            "true",
            "try",
            "void",
            "volatile",
            "while");

    private static final List<String> RESERVED = List.of("karuta", "java", "javax");

    private static final int LONGEST = 200;

    /** @throws KarutaException saying why it is none */
    public ProjectName {
        if (text.isBlank()) {
            throw refused("The name is empty.");
        }
        if (text.length() > LONGEST) {
            throw refused("The name has " + text.length() + " characters, more than " + LONGEST + ".");
        }
        for (var word : text.split("\\.", -1)) {
            complain(text, word);
        }
        var first = text.split("\\.")[0];
        if (RESERVED.contains(first)) {
            throw refused("\"" + text + "\" begins with \"" + first + "\", which is not yours to take.");
        }
    }

    private static void complain(String text, String word) {
        if (word.isEmpty()) {
            throw refused("\"" + text + "\" has a full stop without a word before or after it.");
        }
        if (KEYWORDS.contains(word)) {
            throw refused("\"" + word + "\" in \"" + text + "\" is a word of the Java language.");
        }
        if (!WORD.matcher(word).matches()) {
            throw refused(
                    "\"" + text + "\" is no Java package: its words begin with a small letter and have small letters,"
                            + " digits and _ only, and there are full stops between them.");
        }
    }

    private static KarutaException refused(String why) {
        return new KarutaException(why, "Name it like your own package, such as my.lab.nearest.");
    }

    /** As a study names it: {@code nearest}. */
    public String id() {
        return text.substring(text.lastIndexOf('.') + 1);
    }

    /** Its class: {@code Nearest}. */
    public String className() {
        return Arrays.stream(id().split("_"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.joining());
    }

    /** Its folder below {@code src/main/java}: {@code my/lab/nearest}. */
    public String path() {
        return text.replace('.', '/');
    }
}
