package karuta.archive.git;

/**
 * Who makes a revision.
 *
 * @param name as git shows it
 * @param mail address
 */
public record Author(String name, String mail) {

    /** Neither may be empty, or hold what ends a line of a commit. */
    public Author {
        if (unfit(name) || unfit(mail)) {
            throw new IllegalArgumentException("unfit for git: " + name + " <" + mail + ">");
        }
    }

    private static boolean unfit(String words) {
        return words.isBlank() || words.chars().anyMatch(c -> c == '<' || c == '>' || c < ' ');
    }

    @Override
    public String toString() {
        return name + " <" + mail + ">";
    }
}
