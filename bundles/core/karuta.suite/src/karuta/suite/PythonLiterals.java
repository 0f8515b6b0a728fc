package karuta.suite;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import karuta.api.KarutaException;
import karuta.yaml.BoundedYaml;
import karuta.yaml.Problem;
import karuta.yaml.Problems;
import karuta.yaml.YamlFile;

/**
 * Reads what Python files assign to names at the top, as far as it is literal: texts, numbers, {@code None}, {@code True},
 * {@code False}, lists, dicts, names that were assigned before, and f-strings of such names. A name that is not known stays
 * in an f-string as it is, in braces. Bounded as {@link BoundedYaml} is. Imports are passed over, and everything else is refused: nothing is executed.
 */
final class PythonLiterals {

    private static final Map<String, JsonElement> CONSTANTS =
            Map.of("None", JsonNull.INSTANCE, "True", new JsonPrimitive(true), "False", new JsonPrimitive(false));

    private static final Map<Character, Character> ESCAPES =
            Map.of('n', '\n', 't', '\t', '\\', '\\', '\'', '\'', '"', '"');

    private final Path file;
    private final String text;
    private final Map<String, JsonElement> names = new LinkedHashMap<>();
    private int at;
    private int depth;

    private PythonLiterals(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * What is assigned, by name, in the order of the file.
     *
     * @throws KarutaException if the file cannot be read, or says something else than literals
     */
    static Map<String, JsonElement> read(Path file) {
        var problems = new Problems(file.toString());
        var text = YamlFile.text(file, "configuration", problems)
                .orElseThrow(() -> new KarutaException(
                        String.join(
                                "\n",
                                problems.found().stream().map(Problem::toString).toList()),
                        "Is it Prism's file of a benchmark?"));
        var literals = new PythonLiterals(file, text);
        literals.statements();
        return literals.names;
    }

    private void statements() {
        for (skip(true); at < text.length(); skip(true)) {
            if (peek() == '"' || peek() == '\'') {
                value(); // a text that nobody uses, such as the file's own description
                continue;
            }
            var word = word();
            if (word.equals("import") || word.equals("from")) {
                imported();
            } else {
                expect('=');
                names.put(word, value());
            }
            skip(false);
            if (at < text.length() && peek() != '\n') {
                throw bad("nothing but a value");
            }
        }
    }

    /** To the end of the line, or behind the names in brackets. */
    private void imported() {
        while (at < text.length() && peek() != '\n' && peek() != '(') {
            at++;
        }
        if (at < text.length() && peek() == '(') {
            while (at < text.length() && peek() != ')') {
                at++;
            }
            at++;
        }
    }

    private JsonElement value() {
        skip(true);
        if (at >= text.length()) {
            throw bad("a value");
        }
        if (++depth > BoundedYaml.DEPTH) {
            throw bad("no list or dict so deep in others");
        }
        var value = switch (peek()) {
            case '[' -> list();
            case '{' -> dict();
            case '"', '\'' -> texts();
            default -> Character.isDigit(peek()) || peek() == '-' ? number() : named();
        };
        depth--;
        return value;
    }

    private JsonElement named() {
        var start = at;
        var word = word();
        if (List.of("f", "r", "rf", "fr").contains(word) && at < text.length() && (peek() == '"' || peek() == '\'')) {
            at = start;
            return texts();
        }
        if (CONSTANTS.containsKey(word)) {
            return CONSTANTS.get(word);
        }
        if (!names.containsKey(word)) {
            at = start;
            throw bad("a literal or a name that was assigned before");
        }
        return names.get(word);
    }

    private JsonArray list() {
        var list = new JsonArray();
        at++;
        for (skip(true); at < text.length() && peek() != ']'; skip(true)) {
            list.add(value());
            comma(']');
        }
        expect(']');
        return list;
    }

    private JsonObject dict() {
        var dict = new JsonObject();
        at++;
        for (skip(true); at < text.length() && peek() != '}'; skip(true)) {
            var key = value();
            if (!key.isJsonPrimitive()) {
                throw bad("a key that is a text");
            }
            skip(true);
            expect(':');
            dict.add(key.getAsString(), value());
            comma('}');
        }
        expect('}');
        return dict;
    }

    private void comma(char end) {
        skip(true);
        if (at < text.length() && peek() != end) {
            expect(',');
        }
    }

    /** Texts that follow each other are one. */
    private JsonPrimitive texts() {
        var all = new StringBuilder();
        do {
            all.append(oneText());
            skip(false);
        } while (at < text.length() && (peek() == '"' || peek() == '\''));
        return new JsonPrimitive(all.toString());
    }

    private String oneText() {
        var prefix = take(Character::isLetter);
        var quote = text.startsWith(String.valueOf(peek()).repeat(3), at)
                ? String.valueOf(peek()).repeat(3)
                : String.valueOf(peek());
        at += quote.length();
        var said = new StringBuilder();
        while (!text.startsWith(quote, at)) {
            if (at >= text.length() || quote.length() == 1 && peek() == '\n') {
                throw bad("the end of a text");
            }
            said.append(peek() == '\\' && !prefix.contains("r") ? escape() : peek());
            at++;
        }
        at += quote.length();
        return prefix.contains("f") ? filled(said.toString()) : said.toString();
    }

    private char escape() {
        at++;
        if (at >= text.length() || !ESCAPES.containsKey(peek())) {
            throw bad("\\n, \\t, \\\\ or a quote");
        }
        return ESCAPES.get(peek());
    }

    private String filled(String said) {
        var filled = said;
        for (var name : names.entrySet()) {
            if (name.getValue().isJsonPrimitive()) {
                filled = filled.replace(
                        "{" + name.getKey() + "}", name.getValue().getAsString());
                if (filled.length() > BoundedYaml.VALUE) {
                    throw bad("a text of at most " + BoundedYaml.VALUE + " characters");
                }
            }
        }
        return filled;
    }

    private JsonPrimitive number() {
        var start = at;
        var digits = take(c -> "+-.eE_0123456789".indexOf(c) >= 0);
        try {
            return new JsonPrimitive(new BigDecimal(digits.replace("_", "")));
        } catch (NumberFormatException e) {
            at = start;
            throw bad("a number");
        }
    }

    private String word() {
        var word = take(Character::isJavaIdentifierPart);
        if (word.isEmpty()) {
            throw bad("a name");
        }
        return word;
    }

    private String take(IntPredicate fits) {
        var start = at;
        while (at < text.length() && fits.test(peek())) {
            at++;
        }
        return text.substring(start, at);
    }

    private void expect(char sign) {
        skip(false);
        if (at >= text.length() || peek() != sign) {
            throw bad("\"" + sign + "\"");
        }
        at++;
    }

    /** White space and comments; ends of lines only where a statement or brackets go on over them. */
    private void skip(boolean lines) {
        while (at < text.length() && (Character.isWhitespace(peek()) && (lines || peek() != '\n') || peek() == '#')) {
            if (peek() == '#') {
                take(c -> c != '\n');
            } else {
                at++;
            }
        }
    }

    private char peek() {
        return text.charAt(at);
    }

    private KarutaException bad(String expected) {
        var line = text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new KarutaException(
                file + ":" + line + ": here should be " + expected + ".",
                "Python files are read as far as they are lists, dicts and texts; they are never executed. Write the"
                        + " values out.");
    }
}
