package karuta.archive.git;

import java.util.Optional;
import org.eclipse.jgit.lib.Config;

/** What git's settings say, of the user and of a repository, about who makes commits. */
public final class GitSettings {

    private final Config config;

    GitSettings(Config config) {
        this.config = config;
    }

    /** Who works here; empty if they say nothing. */
    public Optional<Author> author() {
        return said("name").flatMap(name -> said("email").map(mail -> new Author(name, mail)));
    }

    private Optional<String> said(String what) {
        return Optional.ofNullable(config.getString("user", null, what)).filter(value -> !value.isBlank());
    }

    /** The key that this user signs with, if they speak of SSH keys; a file, or the key itself. */
    public Optional<String> signingKey() {
        return Optional.ofNullable(config.getString("user", null, "signingkey"))
                .filter(key -> "ssh".equals(config.getString("gpg", null, "format")));
    }

    /** Whether every commit is to be signed. */
    public boolean wantsSignatures() {
        return config.getBoolean("commit", null, "gpgsign", false);
    }
}
