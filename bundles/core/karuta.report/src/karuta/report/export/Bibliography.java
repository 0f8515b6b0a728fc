package karuta.report.export;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * BibTeX of what strategies say of where they come from: authors, title, venue and year, and perhaps a section. Where that form
 * is not found, the words stand in a note, and nothing is guessed.
 */
public final class Bibliography {

    private static final String NAME = "[A-Z][\\p{L}'-]+(?: [A-Z][\\p{L}'-]+)?";

    /** {@code Authors: Title, Venue 2025, what of it}; the title may hold colons and commas. */
    private static final Pattern ENTRY = Pattern.compile(
            "(?<authors>" + NAME + "(?:, " + NAME + ")*(?: et al\\.)?): "
                    + "(?<title>.+?)(?:, (?<archive>arXiv [0-9.]+))?, (?:(?<venue>[^,:]+?) )?(?<year>(?:19|20)\\d\\d)(?:[ ,(:].*)?");

    /** What stands before the authors where a strategy says how it uses a paper: {@code trained in sequence as in}. */
    private static final Pattern BEFORE = Pattern.compile("^(?:Karuta's own,? ?)?(?:[a-z][^A-Z]*)?");

    private static final Pattern WORD = Pattern.compile("[A-Za-z]{4,}");

    private Bibliography() {}

    /**
     * An entry per paper, the first mention first; the same paper from several strategies once.
     *
     * @param papers as strategies say it; several of one strategy with semicolons between them
     */
    public static String of(Collection<String> papers) {
        var entries = new LinkedHashMap<String, String>();
        papers.stream()
                .flatMap(paper -> Stream.of(paper.split(";\\s+")))
                .map(paper -> BEFORE.matcher(paper.strip()).replaceFirst(""))
                .flatMap(paper -> entry(paper).stream())
                .forEach(entry -> entries.merge(entry.key(), entry.text(), Bibliography::fuller));
        return String.join("\n", entries.values());
    }

    /** One strategy gives a paper's title in full, another its name alone. */
    private static String fuller(String one, String other) {
        return other.length() > one.length() ? other : one;
    }

    private record Entry(String key, String text) {}

    private static Optional<Entry> entry(String paper) {
        var match = ENTRY.matcher(paper);
        if (!match.matches()) {
            return looksLikePaper(paper) ? Optional.of(note(paper)) : Optional.empty();
        }
        var title = match.group("title");
        var year = match.group("year");
        var key = key(match.group("authors"), year, title);
        var fields = new LinkedHashMap<String, String>();
        fields.put("author", authors(match.group("authors")));
        fields.put("title", "{" + Latex.escape(title) + "}");
        Optional.ofNullable(match.group("venue")).ifPresent(venue -> fields.put("booktitle", Latex.escape(venue)));
        Optional.ofNullable(match.group("archive")).ifPresent(id -> fields.put("note", Latex.escape(id)));
        fields.put("year", year);
        var kind = match.group("venue") == null ? "misc" : "inproceedings";
        return Optional.of(new Entry(key, text(kind, key, fields)));
    }

    /** What only says how a paper was read, such as {@code details from the code}, is none. */
    private static boolean looksLikePaper(String paper) {
        return paper.matches(".*\\b(19|20)\\d\\d\\b.*");
    }

    private static Entry note(String paper) {
        var year = paper.replaceFirst(".*\\b((?:19|20)\\d\\d)\\b.*", "$1");
        var key = key(paper, year, paper);
        var fields = new LinkedHashMap<String, String>();
        fields.put("note", Latex.escape(paper));
        fields.put("year", year);
        return new Entry(key, text("misc", key, fields));
    }

    private static String text(String kind, String key, LinkedHashMap<String, String> fields) {
        var text = new StringBuilder("@" + kind + "{" + key + ",\n");
        fields.forEach((name, value) ->
                text.append("  ").append(name).append(" = {").append(value).append("},\n"));
        return text.append("}\n").toString();
    }

    private static String authors(String names) {
        return Latex.escape(names.replaceAll(" et al\\.$", ", others").replace(", ", " and "));
    }

    /** Such as {@code zeng2025modalprompt}. */
    private static String key(String authors, String year, String title) {
        var first = authors.split("[ ,]", 2)[0].replaceAll("[^A-Za-z]", "");
        var word = WORD.matcher(title);
        return (first + year + (word.find() ? word.group() : "")).toLowerCase(Locale.ROOT);
    }
}
