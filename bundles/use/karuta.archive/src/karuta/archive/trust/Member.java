package karuta.archive.trust;

import java.util.Locale;
import java.util.regex.Pattern;
import karuta.api.KarutaException;
import karuta.archive.git.Author;
import karuta.archive.ssh.SshKey;

/**
 * Somebody with a role, and a key by which the revisions of that person are known.
 *
 * @param person as in revisions
 * @param role what the person may do
 * @param key public
 */
public record Member(Author person, Role role, SshKey key) {

    /** As ssh-keygen(1) has it under ALLOWED SIGNERS; after the key there is room for a comment. */
    private static final Pattern LINE =
            Pattern.compile("(\\S+) namespaces=\"([a-z-]+)\" (ssh-\\S+ \\S+) (owner|author|reader) (\\S.*)");

    /** Git wants signatures for {@code git}, so that a reader's do not count for it. */
    private static final String READS = "karuta-reader";

    /** What such a file takes for patterns of addresses, or for their end. */
    private static final Pattern UNFIT = Pattern.compile("[,*?!\"#\\s]");

    /** @throws KarutaException if the address would be read as a pattern of addresses */
    public Member {
        if (UNFIT.matcher(person.mail()).find()) {
            throw new KarutaException(
                    "The address \"" + person.mail()
                            + "\" cannot have a role: it has a sign that git takes for a pattern.",
                    "Use an address without , * ? ! \" #.");
        }
    }

    /** The line of the file. */
    String line() {
        return person.mail() + " namespaces=\"" + namespaces(role) + "\" " + key + " " + role + " " + person.name();
    }

    private static String namespaces(Role role) {
        return role == Role.READER ? READS : "git";
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Member parse(String line) {
        var match = LINE.matcher(line);
        if (!match.matches()) {
            throw new IllegalArgumentException("\"" + line + "\" does not say who, by which key, in which role");
        }
        var role = Role.valueOf(match.group(4).toUpperCase(Locale.ROOT));
        if (!match.group(2).equals(namespaces(role))) {
            throw new IllegalArgumentException(
                    "\"" + line + "\" has a namespace that does not go with the role " + role);
        }
        return new Member(new Author(match.group(5), match.group(1)), role, SshKey.parse(match.group(3)));
    }

    @Override
    public String toString() {
        return person + ", " + role + ", " + key.fingerprint();
    }
}
