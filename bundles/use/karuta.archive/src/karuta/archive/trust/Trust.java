package karuta.archive.trust;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.archive.git.Guard;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Revision;
import karuta.archive.git.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a pool can be relied on: everybody who has changed it had the right to, and it is no older state than one that was
 * seen before. A pool without roles is neither judged nor remembered.
 */
public final class Trust implements Guard {

    private static final Logger log = LoggerFactory.getLogger(Trust.class);

    private static final String REMEDY =
            "Fetch the newest revisions, or take a copy from somebody whom you trust. If the"
                    + " pool's owners say that this one is right, accept it by \"karuta pool verify --trust\".";

    private final PoolRepository pool;
    private final Memory memory;
    private final Judge judge;

    /**
     * @param pool which
     * @param memory what was seen of it before
     */
    public Trust(PoolRepository pool, Memory memory) {
        this.pool = pool;
        this.memory = memory;
        this.judge = new Judge(pool);
    }

    /**
     * That a pool is right.
     *
     * @param revisions how many were judged
     * @param owners those of its first roles, in words
     */
    public record Verdict(int revisions, String owners) {}

    /**
     * Judges the revisions that are new since the last time.
     *
     * @return empty if the pool has no roles
     * @throws KarutaException if one of them is not right, or the newest one seen before is not among them
     */
    public Optional<Verdict> check() {
        var seen = memory.all();
        var head = pool.head();
        if (seen.isEmpty() && head.flatMap(Roles::of).isEmpty()) {
            return Optional.empty();
        }
        var start = start();
        var newest = head.map(Snapshot::revision).map(Revision::id);
        return start.isPresent() && start.map(Seen::newest).equals(newest)
                ? Optional.of(new Verdict(0, start.get().owners()))
                : compared(start);
    }

    /**
     * Judges every revision.
     *
     * @return empty if the pool has no roles
     * @throws KarutaException as {@link #check}
     */
    public Optional<Verdict> verify() {
        return compared(Optional.empty());
    }

    /**
     * Judges every revision, and takes the pool for the right one whatever was seen before.
     *
     * @return empty if the pool has no roles
     * @throws KarutaException if a revision is not right
     */
    public Optional<Verdict> accept() {
        var present = judged(Optional.empty());
        if (!present.seen().newest().isEmpty()) {
            memory.remember(present.seen());
        }
        return present.verdict();
    }

    /**
     * Looks at a revision that is about to be used.
     *
     * @throws KarutaException if it is none of those that the newest one has come from
     */
    public void admitUse(Snapshot snapshot) {
        if (check().isPresent() && !pool.lineage().holds(snapshot.revision().id())) {
            throw new KarutaException(
                    pool.folder() + ": revision " + snapshot.revision().shortId()
                            + " is none that the newest one has come from, so nobody has judged it.",
                    "\"karuta pool log\" shows those that can be used.");
        }
    }

    @Override
    public void admit(Snapshot next) {
        var head = pool.head();
        var known = head.map(Snapshot::revision).map(Revision::id);
        var founded = head.flatMap(Roles::of).isPresent() ? known : Optional.<String>empty();
        judge.judge(pool.lineage().leadingTo(next.revision(), known), founded); // a merge brings others along
    }

    @Override
    public void made(Snapshot newest) {
        var present = judged(start());
        if (present.verdict().isPresent()) {
            memory.remember(present.seen());
        }
    }

    private record Present(Seen seen, Optional<Verdict> verdict) {}

    private Optional<Verdict> compared(Optional<Seen> start) {
        var present = judged(start);
        var own = own();
        var known = own.map(List::of)
                .orElseGet(() -> memory.all().stream()
                        .filter(seen -> !Collections.disjoint(
                                seen.roots(), present.seen().roots()))
                        .toList());
        known.forEach(seen -> compare(seen, present.seen()));
        if (present.verdict().isPresent() && !own.equals(Optional.of(present.seen()))) {
            if (known.isEmpty()) {
                log.warn(
                        "{} is used for the first time. Its owners are {}: ask them whether that is so",
                        pool.folder(),
                        present.seen().owners());
            }
            memory.remember(present.seen());
        }
        return present.verdict();
    }

    /** What the pool is now, if all its revisions since {@code start} are right. */
    private Present judged(Optional<Seen> start) {
        var lineage = pool.lineage();
        var head = pool.head();
        var newest = head.map(Snapshot::revision).map(Revision::id).orElse("");
        var place = place();
        var roots = List.copyOf(lineage.roots());
        var roles = head.flatMap(Roles::of);
        var revisions = lineage.since(start.map(Seen::newest));
        var known = roles.isPresent() || start.isPresent()
                ? judge.judge(revisions, start.map(Seen::founding))
                : Optional.<String>empty();
        if (roles.isEmpty()) {
            return new Present(new Seen(place, roots, "", "", newest, now()), Optional.empty());
        }
        if (lineage.isCut()) {
            throw new KarutaException(
                    pool.folder() + " is a shallow clone: it does not show who has made the pool what it is.",
                    "Fetch the rest: git fetch --unshallow.");
        }
        var founding = known.orElseThrow();
        var owners = Roles.of(pool.at(founding)).orElseThrow().owners();
        var when = start.filter(last -> last.newest().equals(newest))
                .map(Seen::when)
                .orElseGet(Trust::now);
        return new Present(
                new Seen(place, roots, founding, owners, newest, when),
                Optional.of(new Verdict(revisions.size(), owners)));
    }

    private void compare(Seen seen, Seen present) {
        var then = " when it was used on " + seen.when()
                + (seen.folder().equals(present.folder()) ? "" : " in " + seen.folder());
        if (seen.hasRoles() && !present.hasRoles()) {
            throw new KarutaException(
                    pool.folder() + " has no roles, and had some" + then
                            + ": its history was cut back, or it is another pool.",
                    REMEDY);
        }
        if (seen.hasRoles() && !seen.founding().equals(present.founding())) {
            throw new KarutaException(
                    pool.folder() + " has got its roles from " + present.owners() + ", and had them from "
                            + seen.owners() + then + ": its whole history was replaced.",
                    REMEDY);
        }
        if (seen.hasRoles() && !pool.lineage().holds(seen.newest())) {
            throw new KarutaException(
                    pool.folder() + " does not hold the revision "
                            + seen.newest().substring(0, 10)
                            + ", which was its newest" + then
                            + ": this is an older copy of the pool, or its history was rewritten.",
                    REMEDY);
        }
    }

    /** From where on revisions have to be judged: the newest one that was, if it is still there. */
    private Optional<Seen> start() {
        return own().filter(Seen::hasRoles).filter(last -> pool.lineage().holds(last.newest()));
    }

    private Optional<Seen> own() {
        var place = place();
        return memory.all().stream().filter(seen -> seen.folder().equals(place)).findAny();
    }

    private String place() {
        try {
            return pool.folder().toRealPath().toString();
        } catch (IOException gone) {
            throw new KarutaException(
                    pool.folder() + " cannot be found any more: " + gone.getMessage(), "Check the path.", gone);
        }
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
