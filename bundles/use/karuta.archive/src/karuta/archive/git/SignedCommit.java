package karuta.archive.git;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/**
 * A commit as its signature sees it.
 *
 * @param committer who has put it into the history, by its own words
 * @param payload all bytes but the signature
 * @param signature in ASCII lines, empty if there is none
 */
public record SignedCommit(Author committer, byte[] payload, String signature) {

    private static final String HEADER = "gpgsig ";

    /**
     * Takes a commit apart.
     *
     * @throws IllegalArgumentException if it has two signatures: programs would not agree which one counts
     */
    static SignedCommit of(Author committer, byte[] commit) {
        var text = new String(commit, StandardCharsets.ISO_8859_1); // a character is a byte
        var end = text.indexOf("\n\n") + 1;
        var kept = new StringBuilder();
        var signature = new ArrayList<String>();
        var signatures = 0;
        var inside = false;
        for (var line : text.substring(0, end).split("(?<=\n)")) {
            inside = line.startsWith(HEADER) || inside && line.startsWith(" ");
            if (!inside) {
                kept.append(line);
                continue;
            }
            signatures += line.startsWith(HEADER) ? 1 : 0;
            signature.add(line.substring(line.startsWith(HEADER) ? HEADER.length() : 1));
        }
        if (signatures > 1) {
            throw new IllegalArgumentException("it has " + signatures + " signatures");
        }
        kept.append(text.substring(end));
        return new SignedCommit(
                committer, kept.toString().getBytes(StandardCharsets.ISO_8859_1), String.join("", signature));
    }
}
