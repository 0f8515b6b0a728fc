package karuta.archive.git;

/** Signs revisions. */
@FunctionalInterface
public interface Signer {

    /**
     * Signs a commit.
     *
     * @param commit all bytes of the commit but the signature
     * @return the signature as a commit holds it, in ASCII lines
     * @throws karuta.api.KarutaException if the key cannot be used
     */
    String sign(byte[] commit);
}
