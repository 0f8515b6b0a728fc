package karuta.archive.pool;

import java.util.Optional;

/**
 * A card that two lines of history have both changed, each in its way.
 *
 * @param card its name
 * @param base as it was when they parted; empty if it was not there
 * @param ours as the pool has it; empty if it was removed
 * @param theirs as the other line has it; empty if it was removed
 */
public record MergeConflict(
        CardName card, Optional<CardRecord> base, Optional<CardRecord> ours, Optional<CardRecord> theirs) {}
