package karuta.archive.trust;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import karuta.api.KarutaException;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Revision;
import karuta.archive.git.Snapshot;
import karuta.archive.ssh.SshSignature;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Judges revisions, each by the roles of those that it was made from. The first one with roles, the founding one, is judged by
 * its own.
 *
 * @param pool where they are
 */
record Judge(PoolRepository pool) {

    /** A parent that has roles. */
    private record Parent(Snapshot snapshot, Roles roles) {}

    /**
     * Judges all of these revisions.
     *
     * @param revisions parents before children
     * @param founding the founding revision among those from before, or one that comes from it
     * @return the founding revision; empty if none of them has roles
     * @throws KarutaException for the first one that its maker had no right to make
     */
    Optional<String> judge(List<Revision> revisions, Optional<String> founding) {
        var found = founding;
        for (var revision : revisions) {
            if (judge(pool.at(revision.id()))) {
                if (found.isPresent()) {
                    throw refusal(
                            revision,
                            "brings other roles into a history that has roles already",
                            "Merge branches from after the first roles alone.");
                }
                found = Optional.of(revision.id());
            }
        }
        return found;
    }

    /**
     * Judges a revision.
     *
     * @return whether it is a founding one
     */
    private boolean judge(Snapshot snapshot) {
        var revision = snapshot.revision();
        var parents = revision.parents().stream().map(pool::at).toList();
        var judging = parents.stream()
                .flatMap(parent -> Roles.of(parent).map(roles -> new Parent(parent, roles)).stream())
                .toList();
        var roles = Roles.of(snapshot);
        if (judging.isEmpty()) {
            roles.ifPresent(first -> {
                if (signer(revision, first).role() != Role.OWNER) {
                    throw refusal(
                            revision, "gives the pool its first roles, and none of its owners has signed it", OWNERS);
                }
            });
            return roles.isPresent();
        }
        if (roles.isEmpty()) {
            throw refusal(revision, "takes the roles away from the pool", "Roles can be changed, and stay.");
        }
        if (parents.size() > 2) {
            throw refusal(revision, "merges more than two revisions", "Merge two at a time.");
        }
        var changed = changed(snapshot, judging);
        for (var parent : judging) {
            allow(snapshot, parent, changed);
        }
        return false;
    }

    private static final String OWNERS = "Let an owner do it: \"karuta pool roles\" says who is.";

    private void allow(Snapshot snapshot, Parent parent, SortedSet<String> changed) {
        var revision = snapshot.revision();
        var signer = signer(revision, parent.roles());
        if (signer.role() == Role.READER) {
            throw refusal(revision, "is signed by " + signer.person() + ", who is a reader and may only ask", OWNERS);
        }
        if (signer.role() == Role.AUTHOR) {
            var property = new Property(parent.snapshot(), snapshot, signer.person());
            for (var path : changed) {
                property.objection(path).ifPresent(why -> {
                    throw refusal(
                            revision, "is signed by " + signer.person() + ", who is an author, and " + why, OWNERS);
                });
            }
        }
    }

    private Member signer(Revision revision, Roles roles) {
        var commit = pool.lineage().signed(revision);
        if (commit.signature().isEmpty()) {
            throw refusal(
                    revision,
                    "is not signed, and the pool has roles",
                    "Sign with your SSH key: --sign FILE, KARUTA_SIGNING_KEY, or git's user.signingKey.");
        }
        SshSignature signature;
        try {
            signature = SshSignature.parse(commit.signature());
        } catch (KarutaException unfit) {
            throw refusal(revision, "has a signature that cannot be read. " + unfit.getMessage(), OWNERS);
        }
        if (!signature.fits(commit.payload())) {
            throw refusal(revision, "has a signature that was not made for it", "Nothing in it can be relied on.");
        }
        var signer = roles.of(signature.key())
                .orElseThrow(() -> refusal(
                        revision,
                        "is signed by a key that nobody of the pool has, "
                                + signature.key().fingerprint(),
                        "An owner gives a key a role by \"karuta pool roles set\"."));
        for (var named : List.of(revision.author(), commit.committer())) {
            if (!named.mail().equals(signer.person().mail())) {
                throw refusal(
                        revision,
                        "says that it is by " + named + ", and is signed by the key of " + signer.person(),
                        "Make revisions in your own name: --author, or git's user.name and user.email.");
            }
        }
        return signer;
    }

    /** What its maker has changed: of a merge, what does not simply follow from its two parents. */
    private SortedSet<String> changed(Snapshot snapshot, List<Parent> judging) {
        var one = judging.get(0).snapshot();
        if (judging.size() == 1) { // what comes from a parent without roles is as if the signer had written it
            return differing(one, snapshot);
        }
        var other = judging.get(1).snapshot();
        var changed = differing(one, snapshot);
        changed.addAll(differing(other, snapshot));
        var bases = pool.lineage().bases(one, other);
        changed.removeIf(
                path -> !bases.isEmpty() && bases.stream().allMatch(base -> follows(path, base, one, other, snapshot)));
        return changed;
    }

    private static boolean follows(String path, Snapshot base, Snapshot one, Snapshot other, Snapshot merged) {
        var result = content(path, merged);
        var first = content(path, one);
        var second = content(path, other);
        var before = content(path, base);
        if (first.equals(before) || first.equals(second)) {
            return result.equals(second);
        }
        return second.equals(before) && result.equals(first);
    }

    private static Optional<ObjectId> content(String path, Snapshot snapshot) {
        return Optional.ofNullable(snapshot.contents().get(path));
    }

    private static SortedSet<String> differing(Snapshot before, Snapshot after) {
        var paths = new TreeMap<>(before.contents());
        paths.putAll(after.contents());
        var differing = new TreeSet<>(paths.keySet());
        differing.removeIf(path -> content(path, before).equals(content(path, after)));
        return differing;
    }

    private KarutaException refusal(Revision revision, String why, String remedy) {
        return new KarutaException(
                pool.folder() + ": revision " + revision.shortId() + " (\"" + revision.subject() + "\" by "
                        + revision.author() + ") " + why + ".",
                remedy);
    }
}
