package karuta.lmm.tokenizer;

import java.util.regex.Pattern;
import karuta.api.KarutaException;
import karuta.lmm.config.Json;

/**
 * Regular expressions that take a time in proportion to a text's length. The native library gives up a match after ten
 * million steps back, and with it the whole process; so whatever lets steps multiply is refused: repeated groups with
 * repetitions in them, several repetitions with something behind that may fail, back references, recursion. So is what
 * matches nothing, as {@code a*} does, where the library counts beyond the text's end. Those of all published
 * tokenizers that are known here pass.
 */
final class SafeRegex {

    private static final int DEEPEST = 16;
    private static final int MOST_WAYS = 1 << 10;
    private static final int FEW = 8;
    private static final Pattern GROUP = Pattern.compile("\\((\\?(<?[=!]|[im]*(-[im]+)?:))?");
    private static final Pattern ESCAPE = Pattern.compile(
            "\\\\([\\p{Punct}&&[^<>]]|[sSdDwWhHbBAzZnrtfvae]|x[0-9A-Fa-f]{2}|x\\{[0-9A-Fa-f]{1,6}}|u[0-9A-Fa-f]{4}"
                    + "|[pP]\\{\\^?[A-Za-z0-9_ ]{1,40}})");
    private static final Pattern PLACE = Pattern.compile("[$^]|\\\\[bBAzZ]");
    private static final Pattern REPEAT = Pattern.compile("[*+?][+?]?|\\{(\\d{1,3})?(,)?(\\d{1,3})?}\\??");
    private static final Pattern CLASS_PART =
            Pattern.compile("\\[:\\^?[a-z]{1,10}:]|" + ESCAPE.pattern() + "|[^\\\\\\[\\]&]|&(?!&)", Pattern.DOTALL);

    /**
     * What was read of a branch.
     *
     * @param ways in which it may match a text, but for the lengths of what is repeated without end
     * @param endless how often something is repeated without end
     * @param plain whether it always matches the same number of characters, in one way
     * @param empty whether it may match no character at all
     */
    private record Part(long ways, int endless, boolean plain, boolean empty) {}

    private final Json where;
    private final String regex;
    private int at;

    private SafeRegex(Json where, String regex) {
        this.where = where;
        this.regex = regex;
    }

    /** @throws KarutaException if it is none, or may take longer */
    static void check(Json where, String regex) {
        var reader = new SafeRegex(where, regex);
        var whole = reader.branches(0);
        if (reader.at < regex.length()) {
            throw reader.refused("a bracket that was not opened");
        }
        if (whole.empty) {
            throw reader.refused("a match of no character");
        }
    }

    private KarutaException refused(String what) {
        return where.broken("has the regular expression " + regex + " with " + what + " at character " + at
                + "; that is not read, since it may end the program");
    }

    private Part branches(int depth) {
        if (depth > DEEPEST) {
            throw refused("too many brackets in each other");
        }
        var first = branch(depth);
        var ways = first.ways;
        var endless = first.endless;
        var plain = first.plain;
        var empty = first.empty;
        while (at < regex.length() && regex.charAt(at) == '|') {
            at++;
            var next = branch(depth);
            ways += next.ways;
            endless = Math.max(endless, next.endless);
            plain = false;
            empty |= next.empty;
        }
        return new Part(ways, endless, plain, empty);
    }

    private Part branch(int depth) {
        var ways = 1L;
        var endless = 0;
        var plain = true;
        var empty = true;
        while (at < regex.length() && "|)".indexOf(regex.charAt(at)) < 0) {
            var item = item(depth);
            if (item.mayFail && endless > 1) {
                throw refused("a second repetition before something that may fail");
            }
            ways *= item.part.ways;
            endless += item.part.endless;
            plain &= item.part.plain;
            empty &= item.part.empty;
            if (ways > MOST_WAYS) {
                throw refused("too many ways to match");
            }
        }
        return new Part(ways, endless, plain, empty);
    }

    /** @param mayFail whether a text may lack it */
    private record Item(Part part, boolean mayFail) {}

    private Item item(int depth) {
        var part = atom(depth);
        var repeat = REPEAT.matcher(regex).region(at, regex.length());
        if (!repeat.lookingAt()) {
            return new Item(part, true);
        }
        at = repeat.end();
        if (at < regex.length() && "*+?".indexOf(regex.charAt(at)) >= 0) {
            throw refused("a repetition of a repetition");
        }
        var sign = repeat.group().charAt(0);
        var least = sign == '+' ? 1 : sign == '{' ? number(repeat.group(1), 0) : 0;
        var most = sign == '?' ? 1 : sign == '{' ? most(repeat.group(2), repeat.group(3), least) : Integer.MAX_VALUE;
        if (most < least || most < 1) {
            throw refused("an impossible repetition");
        }
        if (most > 1 && !part.plain) {
            throw refused("a repetition of something that matches in several ways");
        }
        var endless = most > FEW;
        var ways = endless || most == least ? part.ways : part.ways + most - least;
        var empty = least == 0 || part.empty;
        return new Item(new Part(ways, endless ? 1 : part.endless, most == least && !endless, empty), least > 0);
    }

    private static int most(String comma, String number, int least) {
        if (comma == null) {
            return least;
        }
        return number(number, Integer.MAX_VALUE);
    }

    private static int number(String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    private Part atom(int depth) {
        var from = at;
        switch (regex.charAt(at)) {
            case '(' -> {
                return group(depth);
            }
            case '[' -> inBrackets();
            case '\\' -> {
                var escape = ESCAPE.matcher(regex).region(at, regex.length());
                if (!escape.lookingAt()) {
                    throw refused("an escape");
                }
                at = escape.end();
            }
            case '*', '+', '?', '{', ']' -> throw refused("a sign out of place");
            default -> at += Character.charCount(regex.codePointAt(at));
        }
        return new Part(1, 0, true, PLACE.matcher(regex).region(from, at).matches());
    }

    private Part group(int depth) {
        var start = GROUP.matcher(regex).region(at, regex.length());
        if (!start.lookingAt() || regex.startsWith("(?", at) && start.end() == at + 1) {
            throw refused("a kind of group");
        }
        var looking = start.group().matches(".*[=!]");
        at = start.end();
        var inner = branches(depth + 1);
        if (at >= regex.length()) {
            throw refused("a bracket that is not closed");
        }
        if (looking && inner.endless > 0) {
            throw refused("a repetition in what is only looked at");
        }
        at++;
        return looking ? new Part(inner.ways, 0, false, true) : inner;
    }

    private void inBrackets() {
        at += regex.startsWith("[^", at) ? 2 : 1;
        var parts = CLASS_PART.matcher(regex);
        var count = 0;
        while (parts.region(at, regex.length()).lookingAt()) {
            at = parts.end();
            count++;
        }
        if (count == 0 || at >= regex.length() || regex.charAt(at) != ']') {
            throw refused("a character class");
        }
        at++;
    }
}
