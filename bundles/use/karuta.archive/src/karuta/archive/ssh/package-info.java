/**
 * Signatures by SSH keys as git takes them ({@code gpg.format ssh}), in OpenSSH's format SSHSIG. The program
 * {@code ssh-keygen} signs, as it does for git: Karuta never sees a secret key. Java's own cryptography verifies, so that who
 * only reads needs no program.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package karuta.archive.ssh;
