package karuta.archive.trust;

import java.util.Optional;
import karuta.api.KarutaException;
import karuta.archive.git.Author;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Revision;
import karuta.archive.ssh.SshKey;
import karuta.archive.ssh.SshSignature;

/**
 * Whose signature a revision bears. This is for people who look at a history; whether the signer had the right to make the revision is
 * for {@link Trust} to say.
 *
 * @param key fingerprint of the key; empty where the signature is none that can be read
 * @param person who has that key by the roles of the revision or of the newest one; empty if nobody has
 * @param valid whether it was made by that key for this revision
 */
public record SignedBy(Optional<String> key, Optional<Author> person, boolean valid) {

    private static final SignedBy UNREADABLE = new SignedBy(Optional.empty(), Optional.empty(), false);

    /** Reads it; empty if the revision is not signed. */
    public static Optional<SignedBy> of(PoolRepository pool, Revision revision) {
        try {
            var commit = pool.lineage().signed(revision);
            if (commit.signature().isEmpty()) {
                return Optional.empty();
            }
            var signature = SshSignature.parse(commit.signature());
            return Optional.of(new SignedBy(
                    Optional.of(signature.key().fingerprint()),
                    person(pool, revision, signature.key()),
                    signature.fits(commit.payload())));
        } catch (KarutaException unfit) {
            return Optional.of(UNREADABLE);
        }
    }

    private static Optional<Author> person(PoolRepository pool, Revision revision, SshKey key) {
        return Optional.of(pool.at(revision.id()))
                .flatMap(Roles::of)
                .flatMap(roles -> roles.of(key))
                .or(() -> pool.head().flatMap(Roles::of).flatMap(roles -> roles.of(key)))
                .map(Member::person);
    }

    /** In words: who, or by which key; or that it is not valid. */
    public String words() {
        return valid ? person.map(Author::name).or(() -> key).orElseThrow() : "not valid";
    }
}
