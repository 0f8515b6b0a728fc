package karuta.archive.git;

import java.util.Optional;

/** Who makes a revision, and signs it or not. */
public interface Committer {

    /** Whose name the revision bears. */
    Author author();

    /** What signs it. */
    Optional<Signer> signer();

    /** Who signs. */
    static Committer signing(Author author, Signer signer) {
        return new Committer() {

            @Override
            public Author author() {
                return author;
            }

            @Override
            public Optional<Signer> signer() {
                return Optional.of(signer);
            }

            @Override
            public String toString() {
                return author.toString();
            }
        };
    }
}
