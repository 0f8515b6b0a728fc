package karuta.product;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How what a page shows is compared with what is printed.
 *
 * @param within how much decimal numbers may differ; blanks count only if 0
 */
record Shown(double within) {

    private static final String ANY = "...";
    private static final Pattern DECIMAL = Pattern.compile("\\d+\\.\\d+");

    /** The place of the first shown line that is not printed where it should be; -1 if there is none. */
    int missing(List<String> shown, List<String> printed) {
        var from = 0;
        var anywhere = false;
        for (var i = 0; i < shown.size(); i++) {
            if (shown.get(i).strip().equals(ANY)) {
                anywhere = true;
                continue;
            }
            var place = from;
            while (anywhere && place < printed.size() && !same(shown.get(i), printed.get(place))) {
                place++;
            }
            if (place >= printed.size() || !same(shown.get(i), printed.get(place))) {
                return i;
            }
            from = place + 1;
            anywhere = false;
        }
        return anywhere || from == printed.size() ? -1 : shown.size() - 1;
    }

    private boolean same(String shown, String printed) {
        var pattern = new StringBuilder();
        var text = within > 0 ? shown.strip().replaceAll("\\s+", " ") : shown.stripTrailing();
        var parts = text.split(Pattern.quote(ANY), -1);
        for (var i = 0; i < parts.length; i++) {
            pattern.append(i == 0 ? "" : ".*").append(within > 0 ? numbers(parts[i]) : Pattern.quote(parts[i]));
        }
        var found = Pattern.compile(pattern.toString())
                .matcher(within > 0 ? printed.strip().replaceAll("\\s+", " ") : printed.stripTrailing());
        return found.matches() && close(text, found);
    }

    /** The text with a group for each decimal number. */
    private static String numbers(String text) {
        var pattern = new StringBuilder();
        var decimal = DECIMAL.matcher(text);
        var end = 0;
        while (decimal.find()) {
            pattern.append(Pattern.quote(text.substring(end, decimal.start()))).append("(\\d+\\.\\d+)");
            end = decimal.end();
        }
        return pattern.append(Pattern.quote(text.substring(end))).toString();
    }

    private boolean close(String text, Matcher found) {
        var decimal = DECIMAL.matcher(text);
        for (var group = 1; group <= found.groupCount(); group++) {
            if (!decimal.find()
                    || Math.abs(Double.parseDouble(decimal.group()) - Double.parseDouble(found.group(group)))
                            > within) {
                return false;
            }
        }
        return true;
    }
}
