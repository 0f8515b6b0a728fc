package karuta.archive.git;

import java.util.Optional;
import java.util.regex.Pattern;
import karuta.api.KarutaException;

/**
 * Who makes a revision; by itself, one that is not signed.
 *
 * @param name as git shows it
 * @param mail address
 */
public record Author(String name, String mail) implements Committer {

    private static final Pattern FORM =
            Pattern.compile("([^<>\\p{Cntrl}]*[^<>\\p{Cntrl}\\s]\\s*)<([^<>\\p{Cntrl}\\s]+)>");

    /** Neither may be empty, or hold what ends a line of a commit. */
    public Author {
        if (unfit(name) || unfit(mail)) {
            throw new IllegalArgumentException("unfit for git: " + name + " <" + mail + ">");
        }
    }

    /**
     * Reads {@code NAME <MAIL>}.
     *
     * @throws KarutaException if it is written otherwise
     */
    public static Author parse(String words) {
        var match = FORM.matcher(words.strip());
        if (!match.matches()) {
            throw new KarutaException(
                    "\"" + words + "\" does not say who you are.",
                    "Write it as git does: \"Ada Byron <ada@example.org>\".");
        }
        return new Author(match.group(1).strip(), match.group(2).strip());
    }

    @Override
    public Author author() {
        return this;
    }

    @Override
    public Optional<Signer> signer() {
        return Optional.empty();
    }

    private static boolean unfit(String words) {
        return words.isBlank() || words.chars().anyMatch(c -> c == '<' || c == '>' || c < ' ');
    }

    @Override
    public String toString() {
        return name + " <" + mail + ">";
    }
}
