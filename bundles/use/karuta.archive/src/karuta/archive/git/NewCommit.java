package karuta.archive.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;

/** A commit as git writes it, signed if whoever makes it signs. */
final class NewCommit {

    private NewCommit() {}

    /** @throws karuta.api.KarutaException if it cannot be signed */
    static CommitBuilder of(ObjectId tree, List<ObjectId> parents, Committer by, Instant when, String message)
            throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        var ident = new PersonIdent(by.author().name(), by.author().mail(), when, ZoneId.of("UTC"));
        commit.setAuthor(ident);
        commit.setCommitter(ident);
        commit.setMessage(message.endsWith("\n") ? message : message + "\n");
        if (by.signer().isPresent()) {
            var signature = by.signer().get().sign(commit.build());
            commit.setGpgSignature(new GpgSignature(signature.getBytes(StandardCharsets.US_ASCII)));
        }
        return commit;
    }
}
